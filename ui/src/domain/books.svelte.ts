// The books of a company: contractors, goods and services. Nothing in them changes an invoice that was issued.
import { blank, host, type Answer, type BookImport, type BookQuery, type ContractorCard, type GoodsCard, type Problem, type Scope } from '../host';
import { perScope } from './perScope.svelte';

const TYPING_PAUSE_MS = 180;

export interface Entry<C> {
  id: string;
  card: C;
  used: number;
}

/** The commands of one of the books. */
interface Doors<C> {
  page: (query: BookQuery) => Promise<Answer<{ rows: Entry<C>[]; next: string | null; total: number }>>;
  save: (id: string | null, card: C) => Promise<Answer<Entry<C>>>;
  remove: (id: string) => Promise<Answer<null>>;
  doubles: () => Promise<Answer<Entry<C>[][]>>;
  merge: (into: string, from: string[]) => Promise<Answer<Entry<C>>>;
  take: (path: string) => Promise<Answer<BookImport>>;
  pick: () => Promise<Answer<BookImport | null>>;
  export: () => Promise<Answer<string | null>>;
  empty: () => C;
}

export class Book<C> {
  text = $state('');
  rows = $state.raw<Entry<C>[]>([]);
  total = $state(0);
  next = $state<string | null>(null);
  loaded = $state(false);
  loading = $state(false);
  /** Something of the whole book is being done. */
  work = $state<'import' | 'export' | 'doubles' | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** What the last file brought. */
  report = $state.raw<BookImport | null>(null);
  /** Entries that look like one; nothing while nobody asked. */
  doubles = $state.raw<Entry<C>[][] | null>(null);

  #question = 0;
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly doors: Doors<C>) {}

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

  async save(id: string | null, card: C): Promise<Problem | null> {
    const answer = await this.doors.save(id, card);
    if (answer.status === 'error') return answer.error;
    await this.load();
    return null;
  }

  async remove(id: string): Promise<void> {
    await this.#thenLoad(this.doors.remove(id));
    if (this.doubles !== null) await this.findDoubles();
  }

  async findDoubles(): Promise<void> {
    this.work = 'doubles';
    const answer = await this.doors.doubles();
    this.work = null;
    if (answer.status === 'error') this.problem = answer.error;
    else this.doubles = answer.data;
  }

  async merge(into: string, from: string[]): Promise<void> {
    await this.#thenLoad(this.doors.merge(into, from));
    await this.findDoubles();
  }

  take(path: string): Promise<void> {
    return this.#import(this.doors.take(path));
  }

  pick(): Promise<void> {
    return this.#import(this.doors.pick());
  }

  /** The path of the file, or nothing. */
  async export(): Promise<string | null> {
    this.work = 'export';
    this.problem = null;
    const answer = await this.doors.export();
    this.work = null;
    if (answer.status === 'ok') return answer.data;
    this.problem = answer.error;
    return null;
  }

  async #import(asked: Promise<Answer<BookImport | null>>): Promise<void> {
    this.work = 'import';
    this.problem = null;
    const answer = await asked;
    this.work = null;
    if (answer.status === 'error') {
      this.problem = answer.error;
      return;
    }
    if (answer.data === null) return;
    this.report = answer.data;
    await this.load();
  }

  async #thenLoad(asked: Promise<Answer<unknown>>): Promise<void> {
    const answer = await asked;
    if (answer.status === 'error') this.problem = answer.error;
    else await this.load();
  }

  /** Only the answer to the latest question is shown. */
  async #ask(after: string | null): Promise<void> {
    const question = ++this.#question;
    this.loading = true;
    const answer = await this.doors.page({ text: this.text.trim(), after });
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

export const contractorBooks = perScope(({ nip }: Scope): Book<ContractorCard> =>
  new Book<ContractorCard>({
    page: (query) => host().contractors(nip, query),
    save: (id, card) => host().saveContractor(nip, id, card),
    remove: (id) => host().removeContractor(id),
    doubles: () => host().contractorDoubles(nip),
    merge: (into, from) => host().mergeContractors(into, from),
    take: (path) => host().importContractors(nip, path),
    pick: () => host().pickContractors(nip),
    export: () => host().exportContractors(nip),
    empty: blank.contractor,
  }),
);

export const goodsBooks = perScope(({ nip }: Scope): Book<GoodsCard> =>
  new Book<GoodsCard>({
    page: (query) => host().goods(nip, query),
    save: (id, card) => host().saveGoods(nip, id, card),
    remove: (id) => host().removeGoods(id),
    doubles: () => host().goodsDoubles(nip),
    merge: (into, from) => host().mergeGoods(into, from),
    take: (path) => host().importGoods(nip, path),
    pick: () => host().pickGoods(nip),
    export: () => host().exportGoods(nip),
    empty: blank.goods,
  }),
);
