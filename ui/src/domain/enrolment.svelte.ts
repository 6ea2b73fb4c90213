// "Wystąp o certyfikat" of one company in one environment. Requests go on while no screen shows them.
import { host, type Answer, type EnrolmentOffer, type EnrolmentStep, type EnrolmentView, type EnrolmentWish, type Problem, type Scope } from '../host';
import { Newest } from './newest';
import { onPartOf } from './parts';
import { perScope } from './perScope.svelte';

const OVER: EnrolmentStep[] = ['done', 'failed', 'abandoned'];

export function unfinished({ step }: EnrolmentView): boolean {
  return !OVER.includes(step);
}

/** It waits for a person: something is in its way that time alone does not mend. */
export function standsStill(row: EnrolmentView): boolean {
  return unfinished(row) && row.problem !== null && row.problem.next !== 'wait';
}

export class Enrolments {
  offer = $state.raw<EnrolmentOffer | null>(null);
  rows = $state.raw<EnrolmentView[]>([]);
  problem = $state.raw<Problem | null>(null);
  /** What is being asked now: the offer, the sending of wishes, or the id of a request that is taken up or given up. */
  work = $state<string | null>(null);
  /** Requests that were begun, or taken up, in front of this person: their end is told. */
  followed = $state.raw<string[]>([]);

  constructor(readonly scope: Scope) {}

  readonly watched: EnrolmentView[] = $derived(this.rows.filter(({ id }) => this.followed.includes(id)));
  readonly left: EnrolmentView[] = $derived(this.rows.filter((row) => unfinished(row) && !this.followed.includes(row.id)));

  readonly #newest = new Newest(
    () => host().enrolments(this.scope),
    (answer) => {
      if (answer.status === 'error') this.problem = answer.error;
      else this.rows = answer.data;
    },
  );

  load(): Promise<void> {
    return this.#newest.load();
  }

  /** What KSeF says before one asks. */
  async ask(): Promise<void> {
    this.offer = null;
    const answer = await this.#during('offer', host().enrolmentOffer(this.scope));
    if (answer.status === 'ok') this.offer = answer.data;
    await this.load();
  }

  async enrol(wish: EnrolmentWish): Promise<void> {
    const before = new Set(this.rows.map(({ id }) => id));
    const answer = await this.#during('enrol', host().enrol(this.scope, wish));
    this.#keep(answer);
    if (answer.status === 'ok') this.follow(answer.data.filter(({ id }) => !before.has(id)).map(({ id }) => id));
  }

  follow(ids: string[]): void {
    this.followed = [...new Set([...this.followed, ...ids])];
  }

  /** Begins anew: what was seen to its end is no longer shown. */
  forgetFinished(): void {
    const open = new Set(this.rows.filter(unfinished).map(({ id }) => id));
    this.followed = this.followed.filter((id) => open.has(id));
    this.problem = null;
  }

  async goOn(id: string): Promise<void> {
    this.follow([id]);
    this.#keep(await this.#during(id, host().continueEnrolment(this.scope, id)));
  }

  async abandon(id: string): Promise<void> {
    this.#keep(await this.#during(id, host().abandonEnrolment(this.scope, id)));
  }

  #keep(answer: Answer<EnrolmentView[]>): void {
    this.#newest.clicked();
    if (answer.status === 'ok') this.rows = answer.data;
  }

  async #during<T>(what: string, answer: Promise<Answer<T>>): Promise<Answer<T>> {
    this.work = what;
    this.problem = null;
    const got = await answer;
    this.work = null;
    if (got.status === 'error') this.problem = got.error;
    return got;
  }
}

export const enrolments = perScope((scope) => new Enrolments(scope));

onPartOf('enrolments', enrolments, (store) => store.load());
