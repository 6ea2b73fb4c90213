// Limits of a company in KSeF as they are now, and the Peppol service providers that KSeF knows.
import { host, type Answer, type LimitsView, type PeppolPage, type PeppolProvider, type Problem, type Scope } from '../../host';
import { Cursor } from '../cursor.svelte';
import { perScope } from '../perScope.svelte';

export class Limits {
  view = $state.raw<LimitsView | null>(null);
  problem = $state.raw<Problem | null>(null);
  loading = $state(false);

  constructor(readonly scope: Scope) {}

  async load(): Promise<void> {
    this.loading = true;
    const answer = await host().limits(this.scope);
    this.loading = false;
    this.problem = answer.status === 'error' ? answer.error : null;
    if (answer.status === 'ok') this.view = answer.data;
  }
}

export class Providers extends Cursor<PeppolProvider, number, PeppolPage> {
  constructor(readonly scope: Scope) {
    super();
  }

  protected override identity({ id }: PeppolProvider): string {
    return id;
  }

  protected override page(next: number | null): Promise<Answer<PeppolPage>> {
    return host().peppolProviders(this.scope, next ?? 0);
  }
}

export const limitViews = perScope((scope) => new Limits(scope));
export const providerLists = perScope((scope) => new Providers(scope));
