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
import { onPartOf } from './parts';
import { perScope } from './perScope.svelte';

export class Certificates {
  view = $state.raw<CertificatesView | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** KSeF is being asked for the state of all. */
  asking = $state(false);

  constructor(readonly scope: Scope) {}

  /** As known; nothing is asked of KSeF. */
  async load(): Promise<void> {
    this.#keep(await host().certificates(this.scope, false));
  }

  async ask(): Promise<void> {
    this.asking = true;
    this.#keep(await host().certificates(this.scope, true));
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
