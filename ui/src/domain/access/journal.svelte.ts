// The journal of what was done with credentials, in all companies or in one.
import { host, type Answer, type JournalPage, type JournalRow } from '../../host';
import { Cursor } from '../cursor.svelte';

class Journal extends Cursor<JournalRow, string, JournalPage> {
  /** Only this company's. */
  nip = $state<string | null>(null);
  /** The number of the first row whose hash does not fit. */
  brokenAt = $state<string | null>(null);

  filter(nip: string | null): Promise<void> {
    this.nip = nip;
    return this.load();
  }

  forget(): void {
    this.rows = [];
    this.next = null;
    this.loaded = false;
    this.problem = null;
    this.nip = null;
    this.brokenAt = null;
  }

  /** Whether it was saved; not where the person changed their mind. */
  async save(): Promise<boolean> {
    const answer = await host().saveJournal();
    this.problem = answer.status === 'error' ? answer.error : null;
    return answer.status === 'ok' && answer.data;
  }

  protected override identity({ number }: JournalRow): string {
    return number;
  }

  protected override page(next: string | null): Promise<Answer<JournalPage>> {
    return host().journal({ nip: this.nip, next });
  }

  protected override told({ brokenAt }: JournalPage): void {
    this.brokenAt = brokenAt;
  }
}

export const journal = new Journal();
