// The table of a company's credentials, and what is done with one of them.
import {
  host,
  type Answer,
  type CertificateRow,
  type CertificateSlot,
  type CertificatesView,
  type EnrolmentView,
  type Exported,
  type ExportForm,
  type Problem,
  type RevocationPreview,
  type RevocationReason,
  type Scope,
} from '../host';
import { Newest } from './newest';
import { onPartOf } from './parts';
import { perScope } from './perScope.svelte';

export class Certificates {
  view = $state.raw<CertificatesView | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** KSeF is being asked for the state of all. */
  asking = $state(false);

  constructor(readonly scope: Scope) {}

  readonly #newest = new Newest(
    () => host().certificates(this.scope, false),
    (answer) => this.#keep(answer),
  );

  /** As known; nothing is asked of KSeF. */
  load(): Promise<void> {
    return this.#newest.load();
  }

  async ask(): Promise<void> {
    this.asking = true;
    const answer = await host().certificates(this.scope, true);
    this.#newest.clicked();
    this.#keep(answer);
    this.asking = false;
  }

  renew(slot: CertificateSlot): Promise<Answer<EnrolmentView>> {
    return host().renewCertificate(this.scope, slot);
  }

  preview({ identifier }: CertificateRow): Promise<Answer<RevocationPreview>> {
    return host().revocationPreview(this.scope, identifier);
  }

  /** For good. */
  async revoke({ kind, identifier }: CertificateRow, reason: RevocationReason): Promise<Problem | null> {
    if (kind === 'token') {
      const answer = await host().revokeToken(this.scope, identifier);
      await this.load();
      return answer.status === 'error' ? answer.error : null;
    }
    const answer = await host().revokeCertificate(this.scope, identifier, reason);
    if (answer.status === 'error') return answer.error;
    this.#newest.clicked();
    this.view = answer.data;
    return null;
  }

  /** Without a password the program makes one; nothing comes back when the person changes their mind about the place. */
  export(slot: CertificateSlot, form: ExportForm, password: string | null): Promise<Answer<Exported | null>> {
    return host().exportCredential(this.scope, slot, form, password);
  }

  #keep(answer: Answer<CertificatesView>): void {
    this.problem = answer.status === 'error' ? answer.error : null;
    if (answer.status === 'ok') this.view = answer.data;
  }
}

export const certificates = perScope((scope) => new Certificates(scope));

onPartOf('credentials', certificates, (store) => store.load());
