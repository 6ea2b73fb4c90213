// "Firma": what a company's invoices take from it, and its number series.
import { host, type DraftFinding, type Problem, type Scope, type SellerProfile, type SeriesEdit, type SeriesView } from '../host';
import { perScope } from './perScope.svelte';

const TYPING_PAUSE_MS = 250;

export class Firm {
  /** As it is being typed. */
  profile = $state<SellerProfile | null>(null);
  findings = $state.raw<DraftFinding[]>([]);
  series = $state.raw<SeriesView[]>([]);
  problem = $state.raw<Problem | null>(null);
  saving = $state(false);

  #saved = $state.raw('');
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly scope: Scope) {}

  /** Something was typed that is not saved yet. */
  get changed(): boolean {
    return this.profile !== null && JSON.stringify(this.profile) !== this.#saved;
  }

  async load(): Promise<void> {
    const [profile, series] = await Promise.all([host().sellerProfile(this.scope.nip), host().series(this.scope)]);
    this.problem = null;
    if (series.status === 'error') this.problem = series.error;
    else this.series = series.data;
    if (profile.status === 'error') {
      this.problem = profile.error;
      return;
    }
    if (!this.changed) {
      this.profile = profile.data;
      this.#saved = JSON.stringify(profile.data);
    }
    await this.check();
  }

  /** A moment after the last key. */
  checkSoon(): void {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.check(), TYPING_PAUSE_MS);
  }

  async check(): Promise<void> {
    if (this.profile === null) return;
    const answer = await host().checkSellerProfile(this.scope.nip, $state.snapshot(this.profile));
    if (answer.status === 'ok') this.findings = answer.data;
  }

  /** Whether it is saved. */
  async save(): Promise<boolean> {
    if (this.profile === null) return false;
    const profile = $state.snapshot(this.profile);
    this.saving = true;
    const answer = await host().saveSellerProfile(this.scope.nip, profile);
    this.saving = false;
    this.problem = answer.status === 'error' ? answer.error : null;
    if (answer.status === 'ok') this.#saved = JSON.stringify(profile);
    await this.check();
    return answer.status === 'ok';
  }

  async reloadSeries(): Promise<void> {
    const answer = await host().series(this.scope);
    if (answer.status === 'ok') this.series = answer.data;
  }

  async saveSeries(edit: SeriesEdit): Promise<Problem | null> {
    const answer = await host().saveSeries(this.scope, edit);
    if (answer.status === 'error') return answer.error;
    await this.reloadSeries();
    return null;
  }

  async removeSeries(id: string): Promise<void> {
    const answer = await host().removeSeries(this.scope, id);
    if (answer.status === 'error') this.problem = answer.error;
    else await this.reloadSeries();
  }
}

export const firms = perScope((scope) => new Firm(scope));
