// The list Sprzedaż of one company in one environment, page by page.
import { host, type Problem, type SaleState, type SaleView, type Scope } from '../host';
import { perScope } from './perScope.svelte';

const TYPING_PAUSE_MS = 200;

/** Issued with "send later": it waits for a word of the person and is nobody's fault. */
export function keptBack(sale: SaleView): boolean {
  return sale.state === 'held' && sale.problem?.code === 'sending.waits';
}

export class Sales {
  text = $state('');
  state = $state<SaleState | null>(null);
  rows = $state.raw<SaleView[]>([]);
  total = $state(0);
  next = $state<string | null>(null);
  loading = $state(false);
  loaded = $state(false);
  problem = $state.raw<Problem | null>(null);

  #question = 0;
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly scope: Scope) {}

  get filtered(): boolean {
    return this.text.trim() !== '' || this.state !== null;
  }

  load(): Promise<void> {
    return this.#ask(null);
  }

  async more(): Promise<void> {
    if (this.next !== null) await this.#ask(this.next);
  }

  type(text: string): void {
    this.text = text;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.load(), TYPING_PAUSE_MS);
  }

  filter(state: SaleState | null): Promise<void> {
    this.state = state;
    return this.load();
  }

  clear(): Promise<void> {
    this.text = '';
    return this.filter(null);
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

  /** A change that the program tells of: the row stays where it is, a new one comes to the top. */
  follow(sale: SaleView): void {
    if (this.rows.some(({ id }) => id === sale.id)) {
      this.rows = this.rows.map((row) => (row.id === sale.id ? sale : row));
    } else if (this.loaded && !this.filtered) {
      this.rows = [sale, ...this.rows];
      this.total += 1;
    }
  }

  /** Only the answer to the latest question is shown. */
  async #ask(after: string | null): Promise<void> {
    const question = ++this.#question;
    this.loading = true;
    const answer = await host().sales(this.scope, { text: this.text.trim(), state: this.state, after });
    if (question !== this.#question) return;
    this.loading = false;
    if (answer.status === 'error') {
      this.problem = answer.error;
      return;
    }
    this.problem = null;
    this.loaded = true;
    const known = new Set(after === null ? [] : this.rows.map(({ id }) => id));
    this.rows = after === null ? answer.data.rows : [...this.rows, ...answer.data.rows.filter(({ id }) => !known.has(id))];
    this.total = answer.data.total;
    this.next = answer.data.next;
  }
}

export const salesLists = perScope((scope) => new Sales(scope));
