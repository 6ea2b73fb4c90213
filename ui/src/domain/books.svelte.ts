// The books of a company: contractors, goods and services. Nothing in them changes an invoice that was issued.
import { blank, host, type Answer, type BookImport, type BookQuery, type ContractorCard, type GoodsCard, type Problem, type Scope } from '../host';
import { Paged, type Page } from './paged.svelte';
import { perScope } from './perScope.svelte';

export interface Entry<C> {
  id: string;
  card: C;
  used: number;
}

/** The commands of one of the books. */
interface Doors<C> {
  page: (query: BookQuery) => Promise<Answer<Page<Entry<C>>>>;
  save: (id: string | null, card: C) => Promise<Answer<Entry<C>>>;
  remove: (id: string) => Promise<Answer<null>>;
  doubles: () => Promise<Answer<Entry<C>[][]>>;
  merge: (into: string, from: string[]) => Promise<Answer<Entry<C>>>;
  take: (path: string) => Promise<Answer<BookImport>>;
  pick: () => Promise<Answer<BookImport | null>>;
  export: () => Promise<Answer<string | null>>;
  empty: () => C;
}

export class Book<C> extends Paged<Entry<C>> {
  /** Something of the whole book is being done. */
  work = $state<'import' | 'export' | 'doubles' | null>(null);
  /** What the last file brought. */
  report = $state.raw<BookImport | null>(null);
  /** Entries that look like one; nothing while nobody asked. */
  doubles = $state.raw<Entry<C>[][] | null>(null);

  constructor(readonly doors: Doors<C>) {
    super();
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

  importFile(path: string): Promise<void> {
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

  protected override search(text: string, after: string | null): Promise<Answer<Page<Entry<C>>>> {
    return this.doors.page({ text, after });
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
