// "Zaloguj Profilem Zaufanym lub podpisem" of one company in one environment. It goes on while no screen shows it.
import { host, type Answer, type Problem, type Scope, type SigningPage, type SigningView, type SubjectIdentifierType } from '../host';
import { Newest } from './newest';
import { onPartOf } from './parts';
import { perScope } from './perScope.svelte';

export type SigningWork = 'start' | 'trial' | 'save' | 'files' | 'sign' | 'cancel' | 'page';

export class Signing {
  view = $state.raw<SigningView | null>(null);
  /** Why the last click could not be done; what became of the login is in the view. */
  problem = $state.raw<Problem | null>(null);
  work = $state<SigningWork | null>(null);
  /** Which click that was. */
  failed = $state<SigningWork | null>(null);

  constructor(readonly scope: Scope) {}

  /** It is under way: waited for, sent or checked. */
  readonly running: boolean = $derived(this.view !== null && ['waiting', 'sending', 'checking'].includes(this.view.step));

  readonly #newest = new Newest(
    () => host().signing(this.scope),
    (answer) => {
      if (answer.status === 'ok') this.view = answer.data;
      else [this.problem, this.failed] = [answer.error, null];
    },
  );

  load(): Promise<void> {
    return this.#newest.load();
  }

  /** A new request; an older one is no longer waited for. Who has chosen by what KSeF is to know the signer has chosen it for the next one too. */
  start(subject: SubjectIdentifierType = this.view?.subjectType ?? 'certificateSubject'): Promise<void> {
    return this.#show('start', host().startSigning(this.scope, subject));
  }

  /** The program signs by itself; offered only where KSeF takes that. */
  trial(): Promise<void> {
    return this.#show('trial', host().signOnTrial(this.scope));
  }

  saveElsewhere(): Promise<void> {
    return this.#show('save', host().saveSigningRequestAs(this.scope));
  }

  pick(): Promise<void> {
    return this.#show('files', host().pickSignedFile(this.scope));
  }

  take(paths: string[]): Promise<void> {
    return this.#show('files', host().loadSignedFiles(this.scope, paths));
  }

  /** The password goes straight on and stays nowhere. */
  sign(paths: string[], password: string | null): Promise<void> {
    return this.#show('sign', host().signWithFiles(this.scope, paths, password));
  }

  cancel(): Promise<void> {
    return this.#show('cancel', host().cancelSigning(this.scope));
  }

  async openPage(page: SigningPage): Promise<void> {
    await this.#during('page', host().openSigningPage(page));
  }

  async #show(what: SigningWork, answer: Promise<Answer<SigningView | null>>): Promise<void> {
    const got = await this.#during(what, answer);
    this.#newest.clicked();
    if (got.status === 'ok' && got.data !== null) this.view = got.data;
  }

  async #during<T>(what: SigningWork, answer: Promise<Answer<T>>): Promise<Answer<T>> {
    this.work = what;
    this.problem = null;
    this.failed = null;
    const got = await answer;
    this.work = null;
    if (got.status === 'error') [this.problem, this.failed] = [got.error, what];
    return got;
  }
}

export const signings = perScope((scope) => new Signing(scope));

onPartOf('signing', signings, (signing) => signing.load());
