// The screen KSeF of one company in one environment.
import {
  host,
  type Answer,
  type CertificateSlot,
  type ConnectionView,
  type CredentialSlot,
  type CredentialsView,
  type OfflineCheck,
  type Problem,
  type Scope,
} from '../host';
import { Newest } from './newest';
import { onPartOf } from './parts';
import { perScope } from './perScope.svelte';

/** What is being done now; one thing at a time. */
export type Work = 'load' | 'files' | 'password' | 'serial' | 'token' | 'offlineCheck' | 'remove' | 'connection';

export class Credentials {
  view = $state.raw<CredentialsView | null>(null);
  connection = $state.raw<ConnectionView | null>(null);
  offlineCheck = $state.raw<OfflineCheck | null>(null);
  /** A problem of the screen as a whole; those of fields are in the view. */
  problem = $state.raw<Problem | null>(null);
  work = $state<{ what: Work; slot: CredentialSlot | null } | null>(null);

  constructor(readonly scope: Scope) {}

  busy(what: Work, slot: CredentialSlot | null = null): boolean {
    return this.work?.what === what && this.work.slot === slot;
  }

  async load(): Promise<void> {
    await this.#show('load', null, host().credentials(this.scope));
  }

  readonly #newest = new Newest(
    () => host().credentials(this.scope),
    (answer) => {
      if (answer.status === 'ok') this.view = answer.data;
    },
  );

  /** The program tells that something changed. What a click brings meanwhile is newer than what was asked before it. */
  async follow(): Promise<void> {
    if (this.view !== null) await this.#newest.load();
  }

  /** By the button beside a field: what belongs into the other field is told. */
  pick(field: 'certificate' | 'key', slot: CertificateSlot): Promise<void> {
    return this.#change('files', slot, host().pickCredentialFiles(this.scope, { kind: field, slot }));
  }

  /** By a drop: sorted by content, into a card or anywhere. */
  take(slot: CertificateSlot | null, paths: string[]): Promise<void> {
    return this.#change('files', slot, host().loadCredentialFiles(this.scope, slot === null ? { kind: 'anywhere' } : { kind: 'slot', slot }, paths));
  }

  password(slot: CertificateSlot, password: string): Promise<void> {
    return this.#change('password', slot, host().setCertificatePassword(this.scope, slot, password));
  }

  serial(text: string): Promise<void> {
    return this.#change('serial', 'offline', host().setOfflineSerial(this.scope, text));
  }

  pasteSerial(): Promise<void> {
    return this.#change('serial', 'offline', host().pasteOfflineSerial(this.scope));
  }

  token(text: string): Promise<void> {
    return this.#changeByToken(host().setToken(this.scope, text));
  }

  pasteToken(): Promise<void> {
    return this.#changeByToken(host().pasteToken(this.scope));
  }

  remove(slot: CredentialSlot): Promise<void> {
    return this.#change('remove', slot, host().removeCredential(this.scope, slot));
  }

  async checkOffline(): Promise<void> {
    const answer = await this.#during('offlineCheck', 'offline', host().checkOfflineCertificate(this.scope));
    this.offlineCheck = answer.status === 'ok' ? answer.data : null;
  }

  async checkConnection(): Promise<void> {
    const answer = await this.#during('connection', null, host().checkConnection(this.scope));
    this.connection = answer.status === 'ok' ? answer.data : null;
  }

  async #changeByToken(answer: ReturnType<ReturnType<typeof host>['pasteToken']>): Promise<void> {
    const taken = answer.then((got): Answer<CredentialsView> => (got.status === 'ok' ? { status: 'ok', data: got.data.credentials } : got));
    await this.#change('token', 'token', taken);
  }

  /** What was found out before says nothing about new credentials. */
  async #change(what: Work, slot: CredentialSlot | null, answer: Promise<Answer<CredentialsView | null>>): Promise<void> {
    if (!(await this.#show(what, slot, answer))) return;
    this.connection = null;
    this.offlineCheck = null;
  }

  /** Whether there was something to show. */
  async #show(what: Work, slot: CredentialSlot | null, answer: Promise<Answer<CredentialsView | null>>): Promise<boolean> {
    const got = await this.#during(what, slot, answer);
    if (got.status === 'error' || got.data === null) return false;
    this.#newest.clicked();
    this.view = got.data;
    return true;
  }

  async #during<T>(what: Work, slot: CredentialSlot | null, answer: Promise<Answer<T>>): Promise<Answer<T>> {
    this.work = { what, slot };
    this.problem = null;
    const got = await answer;
    this.work = null;
    if (got.status === 'error') this.problem = got.error;
    return got;
  }
}

export const credentials = perScope((scope) => new Credentials(scope));

onPartOf('credentials', credentials, (store) => store.follow());
