import type { Answer, BookImport, BookQuery, Commands } from '../contract';
import { rowFinding } from './bookFixtures';
import * as make from './fixtures';
import { bad, ok, type Play } from './state';

const PAGE = 50;

type Part = Pick<
  Commands,
  | 'contractors'
  | 'contractor'
  | 'saveContractor'
  | 'removeContractor'
  | 'contractorDoubles'
  | 'mergeContractors'
  | 'importContractors'
  | 'pickContractors'
  | 'exportContractors'
  | 'goods'
  | 'goodsItem'
  | 'saveGoods'
  | 'removeGoods'
  | 'goodsDoubles'
  | 'mergeGoods'
  | 'importGoods'
  | 'pickGoods'
  | 'exportGoods'
>;

interface Entry<C> {
  id: string;
  card: C;
  used: number;
}

/** One of the two books. */
interface Book<C> {
  all: () => Entry<C>[];
  set: (rows: Entry<C>[]) => void;
  name: (card: C) => string;
  /** Whatever a search looks at. */
  words: (card: C) => string[];
  /** Two with the same are doubles. */
  sameness: (card: C) => string;
  prefix: string;
  unknown: string;
}

interface Page<C> {
  rows: Entry<C>[];
  next: string | null;
  total: number;
}

const fold = (text: string): string => text.toLocaleLowerCase('pl').replaceAll('ł', 'l').normalize('NFD').replace(/\p{Mark}/gu, '');

function keep<C>(book: Book<C>, newId: () => string) {
  const find = (id: string): Entry<C> | undefined => book.all().find((entry) => entry.id === id);
  const unknown = bad(make.problem(book.unknown, 'retry'));
  return {
    page(query: BookQuery): Answer<Page<C>> {
      const wanted = fold(query.text.trim());
      const rows = book
        .all()
        .filter(({ card }) => book.words(card).some((word) => fold(word).includes(wanted)))
        .sort((a, b) => book.name(a.card).localeCompare(book.name(b.card), 'pl'));
      const from = query.after === null ? 0 : Number(query.after);
      return ok({ rows: rows.slice(from, from + PAGE), next: from + PAGE < rows.length ? String(from + PAGE) : null, total: rows.length });
    },
    one(id: string): Answer<Entry<C>> {
      const entry = find(id);
      return entry === undefined ? unknown : ok(entry);
    },
    save(id: string | null, card: C): Answer<Entry<C>> {
      if (id !== null && find(id) === undefined) return unknown;
      const entry = { id: id ?? `${book.prefix}-${newId()}`, card: structuredClone(card), used: id === null ? 0 : (find(id)?.used ?? 0) };
      book.set(id === null ? [...book.all(), entry] : book.all().map((other) => (other.id === id ? entry : other)));
      return ok(entry);
    },
    remove(id: string): Answer<null> {
      book.set(book.all().filter((entry) => entry.id !== id));
      return ok(null);
    },
    doubles(): Answer<Entry<C>[][]> {
      const groups = new Map<string, Entry<C>[]>();
      for (const entry of book.all()) {
        const sameness = book.sameness(entry.card);
        if (sameness !== '') groups.set(sameness, [...(groups.get(sameness) ?? []), entry]);
      }
      return ok([...groups.values()].filter((group) => group.length > 1));
    },
    merge(into: string, from: string[]): Answer<Entry<C>> {
      const kept = find(into);
      if (kept === undefined) return unknown;
      kept.used += from.reduce((sum, id) => sum + (find(id)?.used ?? 0), 0);
      book.set(book.all().filter(({ id }) => !from.includes(id)));
      return ok(kept);
    },
  };
}

/** Contractors and goods. */
export function books({ state, newId }: Play): Part {
  const contractors = keep(
    {
      all: () => state.contractors,
      set: (rows) => (state.contractors = rows),
      name: ({ party }) => party.name,
      words: ({ party }) => [party.name, party.id, party.id.replaceAll('-', ''), party.address.line2, party.clientNumber],
      sameness: ({ party }) => party.id.replace(/\D/g, ''),
      prefix: 'c',
      unknown: 'contractor.unknown',
    },
    newId,
  );
  const goods = keep(
    {
      all: () => state.goods,
      set: (rows) => (state.goods = rows),
      name: ({ line }) => line.name,
      words: ({ line }) => [line.name, line.index, line.gtin, line.pkwiu, line.cn],
      sameness: ({ line }) => fold(line.name),
      prefix: 'g',
      unknown: 'goods.unknown',
    },
    newId,
  );

  return {
    contractors: async (_nip, query) => contractors.page(query),
    contractor: async (id) => contractors.one(id),
    saveContractor: async (_nip, id, card) => contractors.save(id, card),
    removeContractor: async (id) => contractors.remove(id),
    contractorDoubles: async () => contractors.doubles(),
    mergeContractors: async (into, from) => contractors.merge(into, from),
    importContractors: async (_nip, path) => ok(imported(path)),
    pickContractors: async () => ok(imported('kontrahenci.csv')),
    exportContractors: async () => ok('/home/anna/Dokumenty/kontrahenci.csv'),
    goods: async (_nip, query) => goods.page(query),
    goodsItem: async (id) => goods.one(id),
    saveGoods: async (_nip, id, card) => goods.save(id, card),
    removeGoods: async (id) => goods.remove(id),
    goodsDoubles: async () => goods.doubles(),
    mergeGoods: async (into, from) => goods.merge(into, from),
    importGoods: async (_nip, path) => ok(imported(path)),
    pickGoods: async () => ok(imported('towary.xlsx')),
    exportGoods: async () => ok('/home/anna/Dokumenty/towary.csv'),
  };
}

/** A file whose name says that it is broken is. */
function imported(path: string): BookImport {
  const fileName = path.split(/[\\/]/).pop() ?? path;
  const broken = /bled|broken/.test(fileName);
  return {
    fileName,
    applied: !broken,
    added: broken ? 0 : 12,
    updated: broken ? 0 : 3,
    unchanged: broken ? 0 : 41,
    findings: broken
      ? [
          rowFinding('import.nipCheckDigit', 7, 'NIP', 'NIP 526-587-76-36 ma złą cyfrę kontrolną.', 'The NIP 526-587-76-36 has a wrong check digit.'),
          rowFinding('import.nameMissing', 19, 'Nazwa', 'Brakuje nazwy.', 'The name is missing.'),
        ]
      : [rowFinding('import.columnIgnored', null, 'Segment', 'Kolumna „Segment” nie jest znana i została pominięta.', 'The column “Segment” is not known and was left out.', false)],
  };
}
