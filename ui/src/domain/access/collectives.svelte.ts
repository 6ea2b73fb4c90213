// Collective identifiers: one number for the transfer that pays many invoices.
import { host, type Answer, type CollectiveInvoice, type CollectivePage, type CollectiveRow, type Problem, type Scope } from '../../host';
import { Cursor } from '../cursor.svelte';
import { perScope } from '../perScope.svelte';

export class Collectives extends Cursor<CollectiveRow, string, CollectivePage> {
  from = $state('');
  to = $state('');
  ksefNumber = $state('');
  /** By their numbers; asked for when a row is opened. */
  invoices = $state.raw<Record<string, CollectiveInvoice[] | Problem>>({});

  constructor(readonly scope: Scope) {
    super();
  }

  get filtered(): boolean {
    return [this.from, this.to, this.ksefNumber].some((text) => text.trim() !== '');
  }

  clear(): Promise<void> {
    this.from = '';
    this.to = '';
    this.ksefNumber = '';
    return this.load();
  }

  async make(invoices: CollectiveInvoice[]): Promise<Answer<CollectiveRow>> {
    const answer = await host().makeCollective(this.scope, invoices);
    if (answer.status === 'ok') await this.load();
    return answer;
  }

  async open(number: string): Promise<void> {
    const answer = await host().collectiveInvoices(this.scope, number);
    this.invoices = { ...this.invoices, [number]: answer.status === 'ok' ? answer.data : answer.error };
  }

  protected override identity({ number }: CollectiveRow): string {
    return number;
  }

  protected override page(next: string | null): Promise<Answer<CollectivePage>> {
    const said = (text: string): string | null => (text.trim() === '' ? null : text.trim());
    return host().collectives(this.scope, { from: said(this.from), to: said(this.to), ksefNumber: said(this.ksefNumber)?.toUpperCase() ?? null, next });
  }
}

export const collectiveLists = perScope((scope) => new Collectives(scope));
