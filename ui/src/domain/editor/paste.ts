// Rows copied from a spreadsheet become lines.
import type { LineDraft } from '../../host';
import { parse, plain } from './money';
import { readRate } from './rates';

/** The cells of the grid in their order. */
export const CELLS = ['name', 'quantity', 'unit', 'unitPrice', 'discount', 'rate'] as const;
export type Cell = (typeof CELLS)[number];

type Target = Cell | 'index' | 'gtin' | 'pkwiu' | 'cn' | 'gtu';

const headers: [RegExp, Target][] = [
  [/^(nazwa|towar|usługa|opis|name|description|item)/, 'name'],
  [/^(ilość|ilosc|szt|quantity|qty)/, 'quantity'],
  [/^(j\.? ?m|jedn|unit$|miara)/, 'unit'],
  [/^(cena|price|unit price)/, 'unitPrice'],
  [/^(rabat|upust|discount)/, 'discount'],
  [/^(stawka|vat|rate)/, 'rate'],
  [/^(indeks|index|kod|sku)/, 'index'],
  [/^(gtin|ean)/, 'gtin'],
  [/^pkwiu/, 'pkwiu'],
  [/^cn$/, 'cn'],
  [/^gtu/, 'gtu'],
];

/** A part of a line for each pasted row; nothing where the text is a single value, which the field takes as usual. */
export function pastedLines(text: string, from: Cell): Partial<LineDraft>[] | null {
  const table = rowsOf(text);
  if (table.length === 0 || (table.length === 1 && table[0]!.length === 1)) return null;
  if (table[0]!.length === 1 && from === 'name' && !text.includes('\t') && table.length < 2) return null;
  const named = targetsOf(table[0]!);
  const rows = named === null ? table : table.slice(1);
  return rows.map((row) => lineOf(row, named ?? inOrder(row, from)));
}

/** Fields may be quoted, with line breaks and doubled quotation marks inside. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"(?=\t|\r|\n|$)|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/gy;
  for (let match = field.exec(text); match !== null; match = field.exec(text)) {
    row.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').replace(/\s+/g, ' ').trim());
    if (match[3] !== '\t') {
      if (row.some((value) => value !== '')) rows.push(row);
      row = [];
    }
    if (field.lastIndex >= text.length && match[3] !== '\t') break;
  }
  return rows;
}

/** What the columns are, where the first row names them; a row with a number in it is a line. */
function targetsOf(row: string[]): (Target | null)[] | null {
  if (row.some((value) => parse(value) !== null || readRate(value) !== null)) return null;
  const targets = row.map((title) => headers.find(([pattern]) => pattern.test(title.toLocaleLowerCase('pl')))?.[1] ?? null);
  return targets.filter((target) => target !== null).length >= 2 && targets.includes('name') ? targets : null;
}

function inOrder(row: string[], from: Cell): (Target | null)[] {
  const order = CELLS.slice(CELLS.indexOf(from));
  const last = row.length - 1;
  // Most tables have no discount: name, quantity, unit, price, rate.
  if (order[last] === 'discount' && readRate(row[last] ?? '') !== null) return [...order.slice(0, last), 'rate'];
  return order;
}

function lineOf(row: string[], targets: (Target | null)[]): Partial<LineDraft> {
  const line: Partial<LineDraft> = {};
  row.forEach((value, index) => {
    const target = targets[index];
    if (target !== undefined && target !== null && value !== '') line[target] = readAs(target, value);
  });
  return line;
}

function readAs(target: Target, value: string): string {
  if (target === 'rate') return readRate(value) ?? value;
  if (target === 'quantity' || target === 'unitPrice') return plain(value);
  if (target === 'gtu') return value.replace(/^(?:gtu[ _]?)?(\d{1,2})$/i, (_, digits: string) => `GTU_${digits.padStart(2, '0')}`);
  return value;
}
