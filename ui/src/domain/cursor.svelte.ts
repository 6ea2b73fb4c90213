// A list that the program hands out page by page, with a mark for the next one.
import type { Answer, Problem } from '../host';

export interface CursorPage<Row, Mark> {
  rows: Row[];
  next: Mark | null;
}

export abstract class Cursor<Row, Mark = string, Page extends CursorPage<Row, Mark> = CursorPage<Row, Mark>> {
  rows = $state.raw<Row[]>([]);
  next = $state.raw<Mark | null>(null);
  loading = $state(false);
  loaded = $state(false);
  problem = $state.raw<Problem | null>(null);

  #question = 0;

  /** Asks for the page at this mark; for the first one with nothing. */
  protected abstract page(next: Mark | null): Promise<Answer<Page>>;

  /** By what a row is known; where something new came meanwhile, the next page begins with rows that are there already. */
  protected identity(_row: Row): string | null {
    return null;
  }

  /** What else a page tells. */
  protected told(_page: Page): void {}

  load(): Promise<void> {
    return this.#ask(null);
  }

  async more(): Promise<void> {
    if (this.next !== null) await this.#ask(this.next);
  }

  /** An answer that another command gave in place of the first page. */
  protected take(page: Page, first = true): void {
    const known = new Set(first ? [] : this.rows.map((row) => this.identity(row)));
    const fresh = page.rows.filter((row) => this.identity(row) === null || !known.has(this.identity(row)));
    this.rows = first ? page.rows : [...this.rows, ...fresh];
    this.next = page.next;
    this.loaded = true;
    this.problem = null;
    this.told(page);
  }

  /** Only the answer to the latest question is shown. */
  async #ask(mark: Mark | null): Promise<void> {
    const question = ++this.#question;
    this.loading = true;
    const answer = await this.page(mark);
    if (question !== this.#question) return;
    this.loading = false;
    if (answer.status === 'error') this.problem = answer.error;
    else this.take(answer.data, mark === null);
  }
}
