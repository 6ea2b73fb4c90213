// A list that the program hands out page by page, searched while a person types.
import type { Answer, Problem } from '../host';

const TYPING_PAUSE_MS = 200;

export interface Page<Row> {
  rows: Row[];
  next: string | null;
  total: number;
}

export abstract class Paged<Row extends { id: string }> {
  text = $state('');
  rows = $state.raw<Row[]>([]);
  total = $state(0);
  next = $state<string | null>(null);
  loading = $state(false);
  loaded = $state(false);
  problem = $state.raw<Problem | null>(null);

  #question = 0;
  #typing: ReturnType<typeof setTimeout> | undefined;

  /** Asks for the page that begins after this place; for the first one with nothing. */
  protected abstract page(text: string, after: string | null): Promise<Answer<Page<Row>>>;

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

  clear(): Promise<void> {
    this.text = '';
    return this.load();
  }

  /** Only the answer to the latest question is shown. */
  async #ask(after: string | null): Promise<void> {
    const question = ++this.#question;
    this.loading = true;
    const answer = await this.page(this.text.trim(), after);
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
