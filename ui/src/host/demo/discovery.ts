import type { BulkRow, Commands, NipLine, NipListPreview } from '../contract';
import { nipFault } from './compute';
import * as make from './fixtures';
import { key, ok, type Play } from './state';

type Part = Pick<Commands, 'foundCompanies' | 'readNipList' | 'loadNipList' | 'pickNipList' | 'addCompanies' | 'checkCompanies' | 'bulk' | 'cancelBulk' | 'companyContext' | 'setCompanyContext'>;

const AT_MOST = 10_000;

/** Many companies at once. Each asking for the progress moves it on by one; `settleBulk` ends it. */
export function discovery({ state, partChanged, companiesChanged }: Play): Part {
  const mine = state.access;

  function read(text: string): NipListPreview {
    const seen = new Map<string, number>();
    const lines = text.split(/\r?\n/).map((line, index) => ({ line: index + 1, text: line.trim() })).filter((line) => line.text !== '');
    const rows = lines.slice(0, AT_MOST).map(({ line, text: written }): NipLine => {
      const [first = '', ...rest] = written.split(/[;,\t]/);
      const digits = first.replace(/[\s-]|^PL/gi, '');
      const name = rest.join(' ').trim() || null;
      const problem = fault(digits);
      if (problem === null) seen.set(digits, line);
      return { line, text: written.slice(0, 60), nip: /^\d{10}$/.test(digits) ? digits : null, name, problem };
    });
    return { rows, ready: rows.filter(({ problem }) => problem === null).length, cutOff: Math.max(0, lines.length - AT_MOST) };

    function fault(digits: string) {
      const strange = /\D/.exec(digits);
      if (strange !== null) return make.problem('nip.character', 'correctField', { character: strange[0] });
      if (digits.length !== 10) return make.problem('nip.length', 'correctField', { count: String(digits.length) });
      if (nipFault(digits)) return make.problem('nip.checkDigit', 'correctField');
      const before = seen.get(digits);
      if (before !== undefined) return make.problem('discovery.repeat', 'correctField', { line: String(before) });
      return state.companies.some(({ nip }) => nip === digits) ? make.problem('discovery.known', 'correctField', { nip: digits }) : null;
    }
  }

  function begin(rows: Pick<BulkRow, 'nip' | 'name'>[]) {
    mine.bulk = { rows: rows.map(({ nip, name }) => ({ nip, name, state: 'waiting', permissions: [], problem: null })), done: 0, running: rows.length > 0, cancelled: false };
    partChanged('bulk');
    return ok(mine.bulk);
  }

  function step(): void {
    const row = mine.bulk.rows.find(({ state: now }) => now === 'waiting' || now === 'checking');
    if (!mine.bulk.running || row === undefined) return;
    if (mine.refuses.includes(row.nip)) Object.assign(row, { state: 'refused', problem: make.problem('ksef.auth415', 'openPortal') });
    else {
      Object.assign(row, { state: 'added', permissions: ['InvoiceRead', 'InvoiceWrite'] });
      if (!state.companies.some(({ nip }) => nip === row.nip)) state.companies = [...state.companies, make.company(row.nip, row.name, state.companies[0]?.environment ?? 'sandbox')];
      companiesChanged();
    }
    mine.bulk.done += 1;
    mine.bulk.running = mine.bulk.done < mine.bulk.rows.length;
  }

  return {
    foundCompanies: async () => ok(mine.found.map((company) => ({ ...company, known: company.known || state.companies.some(({ nip }) => nip === company.nip) }))),
    readNipList: async (text) => ok(read(text)),
    loadNipList: async () => ok(read('5265877635;Kowalski Hurt\n1234563218;Hurtownia Łódź sp.j.\n123-456-32-19\nabc')),
    pickNipList: async () => ok(read('1234563218;Hurtownia Łódź sp.j.\n2222222222;Bez Uprawnień sp. z o.o.\n1234563218\n123-456-32-19\nNIP klienta')),
    addCompanies: async (wish) => begin(wish.companies),
    checkCompanies: async (_environment, nips) => begin(nips.map((nip) => ({ nip, name: state.companies.find((company) => company.nip === nip)?.name ?? null }))),
    bulk: async () => {
      const before = structuredClone(mine.bulk);
      step();
      if (before.running) queueMicrotask(() => partChanged('bulk'));
      return ok(mine.bulk);
    },
    cancelBulk: async () => {
      mine.bulk.rows.forEach((row) => row.state === 'waiting' && (row.state = 'cancelled'));
      mine.bulk.running = false;
      mine.bulk.cancelled = true;
      return ok(mine.bulk);
    },
    companyContext: async (scope) => ok(mine.contexts[key(scope)] ?? { kind: 'nip' as const, value: scope.nip }),
    setCompanyContext: async (scope, context) => {
      const digits = context.value.replace(/[\s]/g, '');
      if (context.kind === 'internalId' && !/^\d{10}-?\d{5}$/.test(digits)) return { status: 'error', error: make.problem('context.shape', 'correctField') };
      mine.contexts[key(scope)] = { kind: context.kind, value: digits };
      return ok({ kind: context.kind, value: digits });
    },
  };
}
