// "Wczytaj i wyślij" of one company in one environment: checked files, and what became of those that were sent.
import { host, type Answer, type PreparedView, type Problem, type SaleView, type Scope } from '../host';
import { perScope } from './perScope.svelte';
import { keptBack } from './sales.svelte';

export type Row = { kind: 'prepared'; id: string; file: PreparedView } | { kind: 'sale'; id: string; sale: SaleView };

export interface Totals {
  ready: number;
  accepted: number;
  underway: number;
  toCorrect: number;
  held: number;
}

const UNDERWAY = new Set(['queued', 'sending', 'processing']);

export function underway(sale: SaleView): boolean {
  return UNDERWAY.has(sale.state);
}

export class Outbox {
  rows = $state.raw<Row[]>([]);
  problem = $state.raw<Problem | null>(null);
  loading = $state(false);
  /** The click on "Wyślij" is being answered. */
  handing = $state(false);
  stopping = $state(false);
  /** Ids of what was sent with the last click, for the progress of that click. */
  batch = $state.raw<string[]>([]);

  readonly totals: Totals = $derived.by(() => {
    const totals: Totals = { ready: 0, accepted: 0, underway: 0, toCorrect: 0, held: 0 };
    for (const row of this.rows) {
      const as = countedAs(row);
      if (as !== null) totals[as] += 1;
    }
    return totals;
  });

  readonly progress = $derived.by(() => {
    const ids = new Set(this.batch);
    const settled = this.rows.filter((row) => row.kind === 'sale' && ids.has(row.id) && !underway(row.sale)).length;
    return { settled, all: this.batch.length, running: settled < this.batch.length };
  });

  #loaded = false;

  constructor(readonly scope: Scope) {}

  async load(): Promise<void> {
    if (this.#loaded) return;
    this.#loaded = true;
    this.#add(await host().prepared(this.scope));
  }

  pick(): Promise<void> {
    return this.#loading(host().pickInvoices(this.scope));
  }

  take(paths: string[]): Promise<void> {
    return this.#loading(host().loadInvoices(this.scope, paths));
  }

  sample(): Promise<void> {
    const one = host().makeSampleInvoice(this.scope);
    return this.#loading(one.then((answer): Answer<PreparedView[]> => (answer.status === 'ok' ? { status: 'ok', data: [answer.data] } : answer)));
  }

  async send(): Promise<void> {
    const ids = this.rows.flatMap((row) => (row.kind === 'prepared' && row.file.sendable ? [row.id] : []));
    if (ids.length === 0 || this.handing) return;
    this.handing = true;
    this.problem = null;
    const answer = await host().sendPrepared(this.scope, ids);
    const left = await host().prepared(this.scope);
    this.handing = false;
    if (answer.status === 'error') {
      this.problem = answer.error;
      return;
    }
    this.#replace(ids, answer.data, left.status === 'ok' ? left.data : []);
    const running = this.batch.filter((id) => this.rows.some((row) => row.kind === 'sale' && row.id === id && underway(row.sale)));
    this.batch = [...running, ...answer.data.map(({ id }) => id)];
  }

  async cancel(): Promise<void> {
    this.stopping = true;
    const answer = await host().cancelSending(this.scope);
    this.stopping = false;
    if (answer.status === 'error') this.problem = answer.error;
  }

  async drop(ids: string[]): Promise<void> {
    const answer = await host().dropPrepared(this.scope, ids);
    if (answer.status === 'error') this.problem = answer.error;
    else this.rows = this.rows.filter((row) => row.kind === 'sale' || !ids.includes(row.id));
  }

  /** Issued and kept back until a person says so. */
  readonly waiting: SaleView[] = $derived(this.rows.flatMap((row) => (row.kind === 'sale' && keptBack(row.sale) ? [row.sale] : [])));

  /** Sends all that wait for a word. */
  async sendWaiting(): Promise<void> {
    const ids = this.waiting.map(({ id }) => id);
    this.handing = true;
    for (const id of ids) await this.retry(id);
    this.handing = false;
    this.batch = [...this.batch, ...ids];
  }

  /** Invoices that were just issued from a table: they are followed like files that were sent. */
  issued(sales: SaleView[]): void {
    this.rows = [...this.rows, ...sales.map((sale) => this.#row(sale))];
    this.batch = [...this.batch, ...sales.filter(underway).map(({ id }) => id)];
  }

  /** Takes what is settled off this screen; it stays in the list Sprzedaż. */
  tidy(): void {
    this.rows = this.rows.filter((row) => row.kind === 'prepared' || underway(row.sale));
    this.batch = [];
  }

  async retry(id: string): Promise<void> {
    const answer = await host().retrySale(id);
    if (answer.status === 'error') this.problem = answer.error;
    else this.follow(answer.data);
  }

  /** Takes back what has not left. */
  async withdraw(id: string): Promise<void> {
    const answer = await host().withdrawSale(id);
    if (answer.status === 'error') this.problem = answer.error;
    else this.follow(answer.data);
  }

  /** A change that the program tells of. */
  follow(sale: SaleView): void {
    this.#early.set(sale.id, sale);
    this.rows = this.rows.map((row) => (row.kind === 'sale' && row.id === sale.id ? { ...row, sale } : row));
  }

  /** Events can overtake the answer to the click that caused them. */
  #early = new Map<string, SaleView>();

  async #loading(files: Promise<Answer<PreparedView[] | null>>): Promise<void> {
    this.loading = true;
    this.problem = null;
    this.#add(await files);
    this.loading = false;
  }

  #add(answer: Answer<PreparedView[] | null>): void {
    if (answer.status === 'error') {
      this.problem = answer.error;
      return;
    }
    const fresh = answer.data ?? [];
    const known = new Map(fresh.map((file) => [file.id, file]));
    const kept = this.rows.map((row) => (row.kind === 'prepared' ? { ...row, file: known.get(row.id) ?? row.file } : row));
    const ids = new Set(kept.map(({ id }) => id));
    const added = fresh.filter(({ id }) => !ids.has(id)).map((file): Row => ({ kind: 'prepared', id: file.id, file }));
    this.rows = [...kept, ...added];
  }

  /** Each sent file turns into its invoice where it stood. */
  #replace(sent: string[], sales: SaleView[], left: PreparedView[]): void {
    const waiting = [...sales];
    const stays = new Set(left.map(({ id }) => id));
    const rows = this.rows.flatMap((row): Row[] => {
      if (row.kind === 'sale' || !sent.includes(row.id)) return [row];
      const index = waiting.findIndex((sale) => sale.fileName === row.file.fileName && sale.invoice.number === row.file.invoice?.number);
      const [sale] = index < 0 ? [] : waiting.splice(index, 1);
      if (sale !== undefined) return [this.#row(sale)];
      return stays.has(row.id) ? [row] : [];
    });
    this.rows = [...rows, ...waiting.map((sale) => this.#row(sale))];
  }

  #row(sale: SaleView): Row {
    return { kind: 'sale', id: sale.id, sale: this.#early.get(sale.id) ?? sale };
  }
}

function countedAs(row: Row): keyof Totals | null {
  if (row.kind === 'prepared') return row.file.sendable ? 'ready' : row.file.already === null ? 'toCorrect' : null;
  if (row.sale.state === 'withdrawn') return null;
  if (row.sale.state === 'accepted') return 'accepted';
  if (row.sale.state === 'refused') return 'toCorrect';
  return row.sale.state === 'held' ? 'held' : 'underway';
}

export const outboxes = perScope((scope) => new Outbox(scope));
