// "Kurs NBP": fetched by itself when the currency or the day changes, unless it was typed by hand.
import { host, type ExchangeDraft, type Problem, type Scope } from '../../host';
import { typed } from './money';

export class Exchange {
  asking = $state(false);
  problem = $state.raw<Problem | null>(null);

  #last = '';

  constructor(
    private readonly scope: Scope,
    private readonly set: (exchange: ExchangeDraft) => void,
  ) {}

  /** The draft was opened: what was typed is kept until something changes, a table's rate may be of another day by now. */
  begin(currency: string, day: string, exchange: ExchangeDraft): void {
    this.asking = false;
    this.problem = null;
    if (exchange.rate === '') this.#last = '';
    else this.#last = exchange.table === '' ? `${currency} ${day}` : `${currency} `;
  }

  /** The day before which the table is looked for. */
  async follow(currency: string, day: string, now: ExchangeDraft): Promise<void> {
    const wanted = `${currency} ${day}`;
    if (wanted === this.#last) return;
    const other = !this.#last.startsWith(`${currency} `);
    this.#last = wanted;
    if (currency === 'PLN' || currency === '') {
      this.problem = null;
      if (now.rate !== '') this.set({ rate: '', day: '', table: '' });
      return;
    }
    if (other || now.rate === '' || now.table !== '') await this.ask(currency, day, other ? null : now);
  }

  /** What stands there is kept when there is no answer: of which day it is, stands beside it. */
  async ask(currency: string, day: string, kept: ExchangeDraft | null = null): Promise<void> {
    if (!/^[A-Z]{3}$/.test(currency)) return;
    const wanted = `${currency} ${day}`;
    this.#last = wanted;
    this.asking = true;
    this.problem = null;
    const answer = await host().exchangeRate(this.scope, currency, day);
    if (this.#last !== wanted) return;
    this.asking = false;
    if (answer.status === 'error') {
      this.problem = answer.error;
      if (kept === null) this.set({ rate: '', day: '', table: '' });
    } else {
      this.set({ rate: typed(answer.data.rate), day: answer.data.day, table: answer.data.table });
    }
  }
}
