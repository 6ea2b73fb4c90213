// The list Sprzedaż of one company in one environment, page by page.
import { host, type Answer, type SaleState, type SaleView, type SalesPage, type Scope } from '../host';
import { Paged } from './paged.svelte';
import { perScope } from './perScope.svelte';

/** Issued with "send later": it waits for a word of the person and is nobody's fault. */
export function keptBack(sale: SaleView): boolean {
  return sale.state === 'held' && sale.problem?.code === 'sending.waits';
}

export class Sales extends Paged<SaleView> {
  state = $state<SaleState | null>(null);

  /** Told while the list was asked for: newer than its answer. */
  #meanwhile = new Map<string, SaleView>();

  constructor(readonly scope: Scope) {
    super();
  }

  get filtered(): boolean {
    return this.text.trim() !== '' || this.state !== null;
  }

  filter(state: SaleState | null): Promise<void> {
    this.state = state;
    return this.load();
  }

  override clear(): Promise<void> {
    this.state = null;
    return super.clear();
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
    if (this.loading) this.#meanwhile.set(sale.id, sale);
    if (this.rows.some(({ id }) => id === sale.id)) {
      this.rows = this.rows.map((row) => (row.id === sale.id ? sale : row));
    } else if (this.loaded && !this.filtered) {
      this.rows = [sale, ...this.rows];
      this.total += 1;
    }
  }

  protected override search(text: string, after: string | null): Promise<Answer<SalesPage>> {
    this.#meanwhile.clear();
    return host().sales(this.scope, { text, state: this.state, after });
  }

  protected override told(page: SalesPage): void {
    super.told(page);
    for (const sale of this.#meanwhile.values()) this.follow(sale);
  }
}

export const salesLists = perScope((scope) => new Sales(scope));
