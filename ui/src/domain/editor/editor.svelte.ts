// An invoice while it is written: opened, edited, saved by itself, issued. Knows nothing of the page.
import { tick, untrack } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import { blank, host, type AfterIssuing, type ContractorView, type DraftKind, type DraftOpened, type DraftStart, type InvoiceDraft, type PayerView, type Problem, type SaleView, type Scope, type SellerProfile, type SeriesView } from '../../host';
import { perScope } from '../perScope.svelte';
import { Checks } from './checks.svelte';
import { earliest, later, middleOfNextMonth, today } from './days';
import { Exchange } from './exchange.svelte';
import type { Placed } from './findings';
import { corrects, turnInto } from './kinds';
import { isEmpty, Lines } from './lines.svelte';
import { nipIn } from './nip';
import { Payer } from './payer.svelte';
import { Saving } from './saving.svelte';
import { fromDraft, toDraft, type Form } from './wire';

export type Phase = 'empty' | 'opening' | 'editing' | 'issuing' | 'issued';

export class Editor {
  phase = $state<Phase>('empty');
  form = $state<Form>(fromDraft(blank.draft()).form);
  sale = $state.raw<SaleView | null>(null);
  /** Why the last step was not taken. */
  problem = $state.raw<Problem | null>(null);
  profile = $state.raw<SellerProfile>(blank.profile());
  series = $state.raw<SeriesView[]>([]);
  /** The finding that somebody wants to see; the fields look whether it is theirs. */
  aim = $state.raw<Placed | null>(null);
  /** KSeF numbers of the advances whose amounts the program wrote when the draft was begun. */
  counted = $state.raw<ReadonlySet<string>>(new Set());
  /** Lines whose details are open. */
  readonly open = new SvelteSet<number>();

  readonly lines = new Lines(() => this.#changed());
  readonly checks: Checks;
  readonly saving: Saving;
  readonly payer: Payer;
  readonly exchange: Exchange;

  /** Id of the draft that was shown last, also once it is issued. */
  lastId = '';

  /** Nothing was typed since it was begun. */
  #untouched = false;
  #question = 0;
  #visits = 0;
  #end: (() => void) | null = null;
  #aside: Parameters<typeof turnInto>[2] = { correction: null, advance: null, settles: [] };
  /** Events can overtake the answer to the click that caused them. */
  readonly #early = new Map<string, SaleView>();

  /**
   * The day before which the rate of NBP's table counts (art. 31a): the earlier of issuing and sale. A supply within the Union is
   * taxed when it is invoiced, at the latest on the 15th of the month after it (art. 20 ust. 1).
   */
  readonly rateDay: string = $derived.by(() => {
    const { sale, issueDate } = this.form;
    const sold = sale.kind === 'day' ? sale.date : sale.kind === 'period' ? sale.to : '';
    const filled = this.lines.rows.filter(({ line }) => !isEmpty(line));
    const toTheUnion = filled.length > 0 && filled.every(({ line }) => line.rate === '0 WDT');
    const due = toTheUnion ? middleOfNextMonth(sold) : sold;
    return earliest(issueDate === '' ? today() : issueDate, due) || today();
  });
  readonly corrects: boolean = $derived(corrects(this.form.kind));
  readonly foreign: boolean = $derived(this.form.currency !== '' && this.form.currency !== 'PLN');

  constructor(readonly scope: Scope) {
    this.checks = new Checks(scope, { draft: () => this.draft(), keys: () => this.lines.rows.map(({ key }) => key) });
    this.saving = new Saving({ draft: () => this.draft(), lines: () => this.lines.rows.length });
    this.payer = new Payer(scope);
    this.exchange = new Exchange(scope, (exchange) => (this.form.exchange = exchange));
  }

  /** The draft as it is now. */
  draft(): InvoiceDraft {
    return toDraft($state.snapshot(this.form as unknown) as Form, this.lines.all());
  }

  /** Begins a new draft; the one before it is saved. */
  begin(start: DraftStart): Promise<boolean> {
    return this.#enter(() => host().newDraft(this.scope, start), start.from === 'blank');
  }

  /** Goes on with one that was left. */
  async resume(id: string): Promise<boolean> {
    if (this.phase === 'editing' && this.saving.id === id) return true;
    return this.#enter(() => host().draft(id), false);
  }

  /** Nothing was typed, or it is issued: there is no draft to come back to. */
  get done(): boolean {
    return this.phase === 'issued' || this.phase === 'empty' || (this.phase === 'editing' && this.#untouched);
  }

  /** A screen shows it from now on. */
  arrive(): number {
    return ++this.#visits;
  }

  /** No other screen shows it since. */
  isLatest(visit: number): boolean {
    return visit === this.#visits;
  }

  /** The screen is left: on the disk, or gone where nothing was typed. */
  async leave(): Promise<void> {
    if (this.phase === 'issued') this.#close();
    else if (this.phase === 'editing' && this.#untouched) {
      const { id } = this.saving;
      this.#close();
      await host().removeDraft(id);
    } else if (this.phase === 'editing') await this.saving.now();
    else if (this.phase === 'opening') {
      this.#question += 1;
      this.phase = 'empty';
    }
  }

  setKind(kind: DraftKind): void {
    this.#aside = turnInto(this.form, kind, this.#aside);
    this.form.series = null;
  }

  takeContractor({ id, card }: ContractorView): void {
    const { party, localGovernment, vatGroup, paymentDays, paymentForm } = structuredClone(card);
    this.form.buyer = { party: { ...blank.party(), ...party }, localGovernment, vatGroup, buyerKey: '', contractor: id };
    this.payer.forget();
    const { payment } = this.form;
    if (paymentDays !== '') payment.terms = [{ date: '', days: paymentDays, count: '', unit: '', event: '' }];
    if (paymentForm !== '') payment.form = paymentForm;
  }

  takePayer({ nip, name, address }: PayerView): void {
    this.#identify(nip);
    const { party } = this.form.buyer;
    party.name = name;
    party.address = { ...party.address, country: 'PL', line1: address[0], line2: address[1] };
  }

  /** Asks the white list, and fills the buyer in; without an answer the NIP is there. */
  async lookUp(nip: string): Promise<void> {
    this.#identify(nip);
    const found = await this.payer.ask(nip);
    if (found !== null) this.takePayer(found);
  }

  /** Whether it can be issued now; otherwise everything that is missing is shown, and the first of it is aimed at. */
  async ready(): Promise<boolean> {
    this.problem = null;
    const view = await this.checks.now();
    if (view === null) {
      this.problem = this.checks.problem;
      return false;
    }
    this.checks.revealed = true;
    if (view.issuable) return true;
    this.aim = this.checks.found.all.find(({ finding }) => finding.error) ?? null;
    return false;
  }

  async issue(then: AfterIssuing): Promise<boolean> {
    if (!(await this.saving.now())) {
      this.problem = this.saving.problem;
      return false;
    }
    this.phase = 'issuing';
    const answer = await host().issueDraft(this.saving.id, this.saving.revision, then);
    if (answer.status === 'error') {
      this.phase = 'editing';
      this.problem = answer.error;
      return false;
    }
    this.sale = this.#early.get(answer.data.id) ?? answer.data;
    this.phase = 'issued';
    this.#stop();
    return true;
  }

  /** A change that the program tells of. */
  follow(sale: SaleView): void {
    if (this.sale?.id === sale.id) this.sale = sale;
    else if (this.phase === 'issuing') this.#early.set(sale.id, sale);
  }

  /** The version that was saved elsewhere. */
  async takeTheirs(): Promise<void> {
    const { id } = this.saving;
    this.saving.forget();
    await this.#enter(() => host().draft(id), false);
  }

  async remove(): Promise<boolean> {
    const { id } = this.saving;
    const answer = await host().removeDraft(id);
    if (answer.status === 'error') this.problem = answer.error;
    else this.#close();
    return answer.status === 'ok';
  }

  /** Due on the day of issuing so many days later, ISO; nothing for what is no number. */
  dueIn(days: string): string {
    return /^\d{1,4}$/.test(days.trim()) ? later(this.form.issueDate || today(), Number(days)) : '';
  }

  /** Another buyer is none of the book's, and has no key of the one before it. */
  #identify(nip: string): void {
    const { buyer } = this.form;
    if (buyer.party.idKind !== 'nip' || nipIn(buyer.party.id) !== nip) Object.assign(buyer, { contractor: null, buyerKey: '' });
    Object.assign(buyer.party, { idKind: 'nip', id: nip });
  }

  async #enter(ask: () => Promise<{ status: 'ok'; data: DraftOpened } | { status: 'error'; error: Problem }>, fresh: boolean): Promise<boolean> {
    const question = ++this.#question;
    if (this.phase === 'editing') await this.leave();
    this.phase = 'opening';
    this.#stop();
    this.problem = null;
    const [answer, profile, series] = await Promise.all([ask(), host().sellerProfile(this.scope.nip), host().series(this.scope)]);
    if (question !== this.#question) {
      // Left, or another one was asked for, before it was there.
      if (fresh && answer.status === 'ok') await host().removeDraft(answer.data.id);
      return false;
    }
    if (profile.status === 'ok') this.profile = profile.data;
    if (series.status === 'ok') this.series = series.data;
    if (answer.status === 'error') {
      this.problem = answer.error;
      this.phase = 'empty';
      return false;
    }
    this.#show(answer.data, fresh);
    await tick();
    return true;
  }

  #show({ id, revision, draft }: DraftOpened, fresh: boolean): void {
    const { form, lines } = fromDraft(draft);
    this.form = form;
    if (this.form.currency === '') this.form.currency = 'PLN';
    this.lines.load(lines.length > 0 ? lines : [{ ...blank.line(), rate: '23' }], form.correction !== null && form.correction.corrected.some(({ ksefNumber }) => ksefNumber !== ''));
    this.#aside = { correction: null, advance: null, settles: [] };
    this.counted = new Set(form.basedOn.length === 0 ? [] : form.settles.flatMap(({ ksefNumber, amounts }) => (ksefNumber === '' || amounts.length === 0 ? [] : [ksefNumber])));
    this.open.clear();
    this.aim = null;
    this.checks.forget();
    this.payer.forget();
    this.saving.begin(id, revision);
    this.lastId = id;
    this.exchange.begin(this.form.currency, this.rateDay, form.exchange);
    this.#untouched = fresh;
    this.phase = 'editing';
    this.#watch();
    this.checks.wish();
  }

  #changed(): void {
    this.#untouched = false;
    this.checks.wish();
    this.saving.wish();
  }

  /** Follows every field of the form; the lines tell by themselves. */
  #watch(): void {
    this.#end?.();
    this.#end = $effect.root(() => {
      let first = true;
      $effect(() => {
        $state.snapshot(this.form as unknown);
        if (!first) untrack(() => this.#changed());
        first = false;
      });
      $effect(() => {
        const [currency, day] = [this.form.currency, this.rateDay];
        if (!this.corrects) untrack(() => void this.exchange.follow(currency, day, $state.snapshot(this.form.exchange)));
      });
    });
  }

  #stop(): void {
    this.#end?.();
    this.#end = null;
    this.saving.forget();
    this.checks.forget();
  }

  #close(): void {
    this.#stop();
    this.phase = 'empty';
  }
}

export const editors = perScope((scope) => new Editor(scope));
