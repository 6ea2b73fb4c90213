// What the program tells by itself, handed to the stores that show it.
import { host, type SaleView, type Unsubscribe } from '../host';
import { outboxes } from './outbox.svelte';
import { overviews } from './overview.svelte';
import { partChanged } from './parts';
import { salesLists } from './sales.svelte';
import { session } from './session.svelte';

export function followProgram(): Unsubscribe {
  const ends = [host().onSaleChanged(spread), host().onCompaniesChanged(() => void session.reloadCompanies()), host().onPartChanged(partChanged)];
  return () => ends.forEach((end) => end());
}

function spread(sale: SaleView): void {
  for (const stores of [outboxes, salesLists, overviews]) stores.known(sale.scope)?.follow(sale);
}
