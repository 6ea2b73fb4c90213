// The white list of VAT payers, asked for one NIP at a time. Nothing waits for it.
import { host, type PayerView, type Problem, type Scope } from '../../host';

export class Payer {
  asking = $state<string | null>(null);
  found = $state.raw<PayerView | null>(null);
  /** Why it could not be asked, with the NIP that was meant. */
  trouble = $state.raw<{ nip: string; problem: Problem } | null>(null);

  constructor(private readonly scope: Scope) {}

  /** What the list says of the NIP; nothing when it could not be asked, or another was asked meanwhile. */
  async ask(nip: string): Promise<PayerView | null> {
    if (this.found?.nip === nip) return this.found;
    if (this.asking === nip) return null;
    this.asking = nip;
    this.trouble = null;
    const answer = await host().lookUpPayer(this.scope, nip);
    if (this.asking !== nip) return null;
    this.asking = null;
    if (answer.status === 'error') {
      this.found = null;
      this.trouble = { nip, problem: answer.error };
      return null;
    }
    this.found = answer.data;
    return answer.data;
  }

  forget(): void {
    this.asking = null;
    this.found = null;
    this.trouble = null;
  }
}
