// Saving by itself. A draft that was saved in another window too is never overwritten without a choice.
import { host, type InvoiceDraft, type Problem } from '../../host';
import { Latest } from './latest';

const PAUSE_MS = 900;
const PAUSE_PER_THOUSAND_MS = 200;

export class Saving {
  id = $state('');
  /** RFC 3339 of the last saving. */
  savedAt = $state<string | null>(null);
  dirty = $state(false);
  running = $state(false);
  problem = $state.raw<Problem | null>(null);

  /** Saved elsewhere since: a choice is due. */
  readonly conflict: boolean = $derived(this.problem?.code === 'draft.changedElsewhere');

  #revision = 0;
  #changes = 0;
  readonly #latest: Latest;

  constructor(private readonly of: { draft: () => InvoiceDraft; lines: () => number }) {
    this.#latest = new Latest(
      () => this.#save(),
      () => PAUSE_MS + (of.lines() / 1000) * PAUSE_PER_THOUSAND_MS,
    );
  }

  get revision(): number {
    return this.#revision;
  }

  begin(id: string, revision: number): void {
    this.#latest.forget();
    this.id = id;
    this.#revision = revision;
    this.#changes = 0;
    this.savedAt = null;
    this.dirty = false;
    this.problem = null;
  }

  /** Something was changed. */
  wish(): void {
    this.#changes += 1;
    this.dirty = true;
    if (!this.conflict) this.#latest.wish();
  }

  /** On the disk when this returns true. */
  async now(): Promise<boolean> {
    if (this.dirty && !this.conflict) await this.#latest.again();
    else await this.#latest.now();
    return !this.dirty;
  }

  /** "Zostaw moją wersję": what was saved elsewhere is replaced. */
  async keepMine(): Promise<boolean> {
    const answer = await host().draft(this.id);
    if (answer.status === 'error') {
      this.problem = answer.error;
      return false;
    }
    this.#revision = answer.data.revision;
    this.problem = null;
    this.dirty = true;
    return this.now();
  }

  forget(): void {
    this.begin('', 0);
  }

  async #save(): Promise<void> {
    const [id, changes] = [this.id, this.#changes];
    if (id === '') return;
    this.running = true;
    const answer = await host().saveDraft(id, this.#revision, this.of.draft());
    if (id !== this.id) return;
    this.running = false;
    if (answer.status === 'error') {
      this.problem = answer.error;
      return;
    }
    this.problem = null;
    this.#revision = answer.data.revision;
    this.savedAt = answer.data.savedAt;
    this.dirty = changes !== this.#changes;
  }
}
