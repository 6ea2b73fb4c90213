// The screen Start of one company in one environment.
import { host, type Problem, type SaleView, type Scope, type StartView } from '../host';
import { perScope } from './perScope.svelte';

export class Overview {
  view = $state.raw<StartView | null>(null);
  problem = $state.raw<Problem | null>(null);

  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly scope: Scope) {}

  async load(): Promise<void> {
    const answer = await host().start(this.scope);
    if (answer.status === 'error') {
      this.problem = answer.error;
      return;
    }
    this.problem = null;
    this.view = answer.data;
  }

  /** The row changes at once; the counts are asked for anew when the changes calm down. */
  follow(sale: SaleView): void {
    if (this.view === null) return;
    this.view = { ...this.view, recent: this.view.recent.map((row) => (row.id === sale.id ? sale : row)) };
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.load(), 400);
  }
}

export const overviews = perScope((scope) => new Overview(scope));
