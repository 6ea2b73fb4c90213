// "Sprawdź": everything that can be wrong with the credentials of one company in one environment.
import { host, type DoctorReport, type Problem, type Scope, type WantedRights } from '../host';
import { perScope } from './perScope.svelte';

export class Doctor {
  wanted = $state<WantedRights>({ issue: true, read: true, offline: false });
  report = $state.raw<DoctorReport | null>(null);
  problem = $state.raw<Problem | null>(null);
  examining = $state(false);

  constructor(readonly scope: Scope) {}

  async examine(): Promise<void> {
    this.examining = true;
    this.problem = null;
    const answer = await host().examine(this.scope, { ...this.wanted });
    this.examining = false;
    if (answer.status === 'ok') this.report = answer.data;
    else this.problem = answer.error;
  }
}

export const doctors = perScope((scope) => new Doctor(scope));
