// Which of the dialogs about credentials is open. They stand on the screen KSeF and can be asked for from anywhere.
import type { CertificateRow, CertificateSlot } from '../host';
import { session } from './session.svelte';

export type AccessDialog = 'signing' | 'enrolment' | 'guide' | { renew: CertificateSlot } | { revoke: CertificateRow } | { export: CertificateSlot };

class Dialogs {
  open = $state.raw<AccessDialog | null>(null);
  /** The guide from token to certificate is shown again when a dialog that it led to is closed. */
  #guided = false;

  show(dialog: AccessDialog): void {
    if (dialog === 'guide') this.#guided = true;
    this.open = dialog;
    if (session.screen !== 'ksef') session.go('ksef');
  }

  close(): void {
    const back = this.#guided && this.open !== 'guide';
    if (!back) this.#guided = false;
    this.open = back ? 'guide' : null;
  }

  forget(): void {
    this.#guided = false;
    this.open = null;
  }
}

export const dialogs = new Dialogs();
