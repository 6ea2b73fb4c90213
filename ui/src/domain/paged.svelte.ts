// A list that the program hands out page by page, searched while a person types.
import type { Answer } from '../host';
import { Cursor } from './cursor.svelte';

const TYPING_PAUSE_MS = 200;

export interface Page<Row> {
  rows: Row[];
  next: string | null;
  total: number;
}

export abstract class Paged<Row extends { id: string }> extends Cursor<Row, string, Page<Row>> {
  text = $state('');
  total = $state(0);

  #typing: ReturnType<typeof setTimeout> | undefined;

  /** Asks for the page that begins after this place; for the first one with nothing. */
  protected abstract search(text: string, after: string | null): Promise<Answer<Page<Row>>>;

  type(text: string): void {
    this.text = text;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.load(), TYPING_PAUSE_MS);
  }

  clear(): Promise<void> {
    this.text = '';
    return this.load();
  }

  protected override page(after: string | null): Promise<Answer<Page<Row>>> {
    return this.search(this.text.trim(), after);
  }

  protected override identity({ id }: Row): string {
    return id;
  }

  protected override told({ total }: Page<Row>): void {
    this.total = total;
  }
}
