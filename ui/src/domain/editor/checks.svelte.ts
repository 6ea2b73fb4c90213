// Checking while typing: what the draft comes to, what is wrong with it, how it looks.
import { SvelteSet } from 'svelte/reactivity';
import { host, type DraftCheckView, type InvoiceDraft, type Problem, type Scope } from '../../host';
import { Found, isAbsence, type Placed } from './findings';
import { Latest } from './latest';

const PAUSE_MS = 220;
const CLICK_MS = 250;
const LONGEST_WAIT_MS = 1500;
/** Each thousand lines takes that much longer to check and to hand over. */
const PAUSE_PER_THOUSAND_MS = 160;

export interface Checked {
  draft: () => InvoiceDraft;
  keys: () => number[];
}

export class Checks {
  view = $state.raw<DraftCheckView | null>(null);
  found = $state.raw(new Found(null, []));
  problem = $state.raw<Problem | null>(null);
  running = $state(false);
  /** What is absent is told of every field, not only of those where somebody was. */
  revealed = $state(false);

  readonly #touched = new SvelteSet<string>();
  readonly #latest: Latest;
  #shownAt = 0;

  readonly visible: readonly Placed[] = $derived(this.found.all.filter((placed) => this.shows(placed)));
  /** Errors that are not shown yet, since nobody was at their fields. */
  readonly quiet: number = $derived(this.found.all.filter((placed) => placed.finding.error && !this.shows(placed)).length);

  constructor(scope: Scope, of: Checked) {
    this.#latest = new Latest(
      async () => {
        this.running = true;
        const keys = of.keys();
        const answer = await host().checkDraft(scope, of.draft());
        this.running = false;
        this.problem = answer.status === 'error' ? answer.error : null;
        if (answer.status === 'error') return;
        // What has been corrected meanwhile is not told any more; who types without a pause sees sums all the same.
        const now = performance.now();
        if (this.#latest.outdated && this.view !== null && now - this.#shownAt < LONGEST_WAIT_MS) return;
        this.#shownAt = now;
        this.view = answer.data;
        this.found = new Found(answer.data, keys);
      },
      () => PAUSE_MS + (of.keys().length / 1000) * PAUSE_PER_THOUSAND_MS,
    );
  }

  wish(): void {
    this.#latest.wish();
  }

  /** The latest answer about the draft as it is now. */
  async now(): Promise<DraftCheckView | null> {
    await this.#latest.again();
    return this.problem === null ? this.view : null;
  }

  /** Somebody was at the field. What appears below it then must not push a button away under the click that left the field. */
  touch(id: string): void {
    setTimeout(() => this.#touched.add(id), CLICK_MS);
  }

  shows(placed: Placed): boolean {
    // What the company's data lack has no field here where somebody could be.
    return this.revealed || !isAbsence(placed) || placed.field.startsWith('seller') || this.#touched.has(placed.id);
  }

  at(field: string): Placed[] {
    return this.found.at(field).filter((placed) => this.shows(placed));
  }

  ofRow(key: number): Placed[] {
    return this.found.ofRow(key).filter((placed) => this.shows(placed));
  }

  /** How many errors there are at fields that begin so, shown or not. */
  below(prefix: string): number {
    return this.visible.filter(({ finding }) => finding.error && finding.field.startsWith(prefix)).length;
  }

  forget(): void {
    this.#latest.forget();
    this.#touched.clear();
    this.revealed = false;
    this.view = null;
    this.found = new Found(null, []);
    this.problem = null;
  }
}
