import type { Answer, CertificateSlot, Commands, SaleState, SalesFilter, SalesPage, SaleView, Scope, StartView } from '../contract';
import * as make from './fixtures';
import { bad, ok, same, type Play } from './state';

const PAGE = 50;
export const NEXT: Partial<Record<SaleState, SaleState>> = { queued: 'sending', sending: 'processing', processing: 'accepted' };

type Part = Pick<
  Commands,
  | 'pickInvoices'
  | 'loadInvoices'
  | 'prepared'
  | 'dropPrepared'
  | 'makeSampleInvoice'
  | 'sendPrepared'
  | 'cancelSending'
  | 'sales'
  | 'sale'
  | 'retrySale'
  | 'withdrawSale'
  | 'saveUpo'
  | 'saveXml'
  | 'start'
>;

/** Files, the outbox, the list Sprzedaż, the screen Start. */
export function sending(play: Play): Part {
  const { state, change, credentialsOf } = play;

  function findSale(id: string): Answer<SaleView> {
    const found = state.sales.find((row) => row.id === id);
    return found === undefined ? bad(make.problem('sending.unknownSale', 'openSales')) : ok(found);
  }

  function page(scope: Scope, { text, state: only, after }: SalesFilter): Answer<SalesPage> {
    const wanted = text.toLocaleLowerCase('pl');
    const rows = state.sales.filter(
      (row) =>
        same(row.scope, scope) &&
        (only === null || row.state === only) &&
        [row.invoice.number, row.invoice.buyerName, row.ksefNumber].some((field) => field?.toLocaleLowerCase('pl').includes(wanted)),
    );
    const from = after === null ? 0 : Number(after);
    return ok({ rows: rows.slice(from, from + PAGE), next: from + PAGE < rows.length ? String(from + PAGE) : null, total: rows.length });
  }

  const plain: Part = {
    pickInvoices: async () => {
      if (state.picks === null) return ok(null);
      state.prepared = [...state.prepared, ...state.picks.filter(({ id }) => state.prepared.every((file) => file.id !== id))];
      return ok(state.picks);
    },
    loadInvoices: async (_scope, paths) => {
      const files = paths.map((path, index) => ({ ...make.goodFile(`p-${play.newId()}`, `FV/2026/11/${50 + index}`, index, '1230'), fileName: path.split(/[\\/]/).pop() ?? path }));
      state.prepared = [...state.prepared, ...files];
      return ok(files);
    },
    prepared: async () => ok(state.prepared),
    dropPrepared: async (_scope, gone) => {
      state.prepared = state.prepared.filter(({ id }) => !gone.includes(id));
      return ok(null);
    },
    makeSampleInvoice: async (scope) => {
      const file = make.goodFile(`p-${play.newId()}`, `PROBA/2026/${state.prepared.length + 1}`, 0, '1845');
      if (file.invoice !== null) file.invoice = { ...file.invoice, sellerNip: scope.nip, sellerName: 'Przykładowa Firma sp. z o.o.' };
      state.prepared = [...state.prepared, file];
      return ok(file);
    },
    sendPrepared: async (scope, sent) => {
      const files = state.prepared.filter(({ id, sendable }) => sent.includes(id) && sendable);
      const sales = files.flatMap((file) => (file.invoice === null ? [] : [{ ...make.sale(play.newId(), scope, file.invoice.number, 'queued'), invoice: file.invoice, fileName: file.fileName }]));
      state.prepared = state.prepared.filter((file) => !files.includes(file));
      state.sales = [...sales, ...state.sales];
      return ok(sales);
    },
    cancelSending: async (scope) => {
      for (const row of state.sales) if (same(row.scope, scope) && row.state === 'queued') change({ ...row, state: 'held', problem: make.problem('sending.stopped', 'retry') });
      return ok(null);
    },
    sales: async (scope, filter) => page(scope, filter),
    sale: async (id) => findSale(id),
    retrySale: async (id) => {
      const found = findSale(id);
      if (found.status === 'ok') change({ ...found.data, state: 'queued', problem: null });
      return findSale(id);
    },
    withdrawSale: async (id) => {
      const found = findSale(id);
      if (found.status === 'ok') change({ ...found.data, state: 'withdrawn', problem: null });
      return findSale(id);
    },
    saveUpo: async (id) => ok(`/home/anna/Dokumenty/UPO-${id}.xml`),
    saveXml: async (id) => ok(`/home/anna/Dokumenty/${id}.xml`),
    start: async (scope) => {
      const rows = state.sales.filter((row) => same(row.scope, scope));
      const view = credentialsOf(scope);
      const until = (slot: CertificateSlot): string | null => view[slot].certificate?.notAfter.slice(0, 10) ?? null;
      return ok({
        ksef: { state: 'available', checkedAt: '2026-11-21T07:41:00Z' },
        waiting: rows.filter(({ state: now }) => now in NEXT).length,
        held: rows.filter(({ state: now }) => now === 'held').length,
        acceptedThisMonth: rows.filter(({ state: now }) => now === 'accepted').length,
        access: [
          { slot: 'authentication', present: view.authentication.saved, until: until('authentication'), daysLeft: view.authentication.certificate?.daysLeft ?? null },
          { slot: 'offline', present: view.offline.saved, until: until('offline'), daysLeft: view.offline.certificate?.daysLeft ?? null },
          { slot: 'token', present: view.token.saved, until: view.token.saved ? '2026-12-31' : null, daysLeft: view.token.saved ? 40 : null },
        ],
        recent: rows.slice(0, 5),
        ...state.start,
      } satisfies StartView);
    },
  };
  return plain;
}

/** Moves every invoice under way one step on. */
export function advance({ state, change }: Play): void {
  for (const row of state.sales) {
    const next = NEXT[row.state];
    if (next === undefined) continue;
    change(next === 'accepted' ? { ...make.sale(row.id, row.scope, row.invoice.number, 'accepted'), invoice: row.invoice, fileName: row.fileName } : { ...row, state: next });
  }
}
