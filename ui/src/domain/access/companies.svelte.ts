// Many companies at once: a list of NIPs, the companies that KSeF lets the owner of a certificate into, and how adding goes on.
import { host, type Answer, type BulkCompany, type BulkView, type EnvironmentName, type FoundCompany, type NipListPreview, type Problem, type Scope } from '../../host';

const TYPING_PAUSE_MS = 300;
/** Where no event came, the progress is asked for. */
const ASK_AGAIN_MS = 1000;

/** A list of NIPs before anything is done. */
export class NipList {
  text = $state('');
  preview = $state.raw<NipListPreview | null>(null);
  problem = $state.raw<Problem | null>(null);
  busy = $state(false);

  #typing: ReturnType<typeof setTimeout> | undefined;
  #question = 0;

  /** What can be added. */
  get ready(): BulkCompany[] {
    return (this.preview?.rows ?? []).flatMap(({ nip, name, problem }) => (nip !== null && problem === null ? [{ nip, name }] : []));
  }

  type(text: string): void {
    this.text = text;
    clearTimeout(this.#typing);
    if (text.trim() === '') {
      this.#question += 1;
      this.preview = null;
    } else this.#typing = setTimeout(() => void this.#read(host().readNipList(text)), TYPING_PAUSE_MS);
  }

  async pick(): Promise<void> {
    this.text = '';
    await this.#read(host().pickNipList());
  }

  async take(paths: string[]): Promise<void> {
    this.text = '';
    await this.#read(host().loadNipList(paths));
  }

  clear(): void {
    this.text = '';
    this.preview = null;
    this.problem = null;
  }

  async #read(answer: Promise<Answer<NipListPreview | null>>): Promise<void> {
    const question = ++this.#question;
    this.busy = true;
    const got = await answer;
    if (question !== this.#question) return;
    this.busy = false;
    this.problem = got.status === 'error' ? got.error : null;
    if (got.status === 'ok' && got.data !== null) this.preview = got.data;
  }
}

/** Adding or checking many companies; there is one at a time in the program. */
class Bulk {
  view = $state.raw<BulkView | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** What was begun last here: the words of its end depend on it. */
  what = $state<'add' | 'check'>('add');

  /** Another one for each list that was begun here. */
  began = $state(0);

  #again: ReturnType<typeof setTimeout> | undefined;
  #asking = false;
  #askMore = false;
  /** Closed by the person: what is over is not shown again until something new begins. */
  #closed = false;

  get running(): boolean {
    return this.view?.running ?? false;
  }

  /** Many events at once are one question, and one more where something came while it was asked. */
  async ask(): Promise<void> {
    if (this.#asking) {
      this.#askMore = true;
      return;
    }
    this.#asking = true;
    do {
      this.#askMore = false;
      this.#show(await host().bulk());
    } while (this.#askMore);
    this.#asking = false;
  }

  async add(source: Scope, companies: BulkCompany[], withOffline: boolean): Promise<boolean> {
    this.what = 'add';
    this.#closed = false;
    this.began += 1;
    return this.#show(await host().addCompanies({ source, companies, withOffline }));
  }

  async check(environment: EnvironmentName, nips: string[]): Promise<boolean> {
    this.what = 'check';
    this.#closed = false;
    this.began += 1;
    return this.#show(await host().checkCompanies(environment, nips));
  }

  async cancel(): Promise<void> {
    this.#show(await host().cancelBulk());
  }

  /** The person has seen how it ended. */
  close(): void {
    clearTimeout(this.#again);
    this.#closed = true;
    this.view = null;
    this.problem = null;
  }

  forget(): void {
    this.close();
    this.#closed = false;
  }

  #show(answer: Answer<BulkView>): boolean {
    clearTimeout(this.#again);
    this.problem = answer.status === 'error' ? answer.error : null;
    if (answer.status === 'ok') {
      if (answer.data.running) this.#closed = false;
      this.view = this.#closed ? null : answer.data;
    }
    if (this.running) this.#again = setTimeout(() => void this.ask(), ASK_AGAIN_MS);
    return answer.status === 'ok';
  }
}

export const bulk = new Bulk();

/** Companies in which the owner of the certificate may act. */
export class Found {
  rows = $state.raw<FoundCompany[]>([]);
  chosen = $state.raw<ReadonlySet<string>>(new Set());
  loading = $state(false);
  loaded = $state(false);
  problem = $state.raw<Problem | null>(null);

  constructor(readonly scope: Scope) {}

  get ready(): BulkCompany[] {
    return this.rows.filter(({ nip, known }) => !known && this.chosen.has(nip)).map(({ nip, name }) => ({ nip, name }));
  }

  async load(): Promise<void> {
    this.loading = true;
    const answer = await host().foundCompanies(this.scope);
    this.loading = false;
    this.problem = answer.status === 'error' ? answer.error : null;
    if (answer.status === 'error') return;
    this.rows = answer.data;
    this.loaded = true;
    this.chooseAll(true);
  }

  choose(nip: string, on: boolean): void {
    const next = new Set(this.chosen);
    if (on) next.add(nip);
    else next.delete(nip);
    this.chosen = next;
  }

  chooseAll(on: boolean): void {
    this.chosen = new Set(on ? this.rows.filter(({ known }) => !known).map(({ nip }) => nip) : []);
  }
}
