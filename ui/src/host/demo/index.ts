// The program played in memory: every command of the contract, for tests and for looking at screens in a browser.
// It is in builds with `--mode demo` only.
import type { FileDrag, Host, PartChanged, SaleView } from '../contract';
import { access } from './access';
import { books } from './books';
import { companies } from './companies';
import { credentials } from './credentials';
import { descriptions } from './describe';
import { drafts } from './drafts';
import * as make from './fixtures';
import { imports } from './imports';
import { journal } from './journal';
import { advanceKeeping, keeping } from './keeping';
import { lock } from './lock';
import { lookups } from './lookups';
import { profile } from './profile';
import { recurring } from './recurring';
import { advance, sending } from './sending';
import { discovery } from './discovery';
import { permissions } from './permissions';
import { emptyState, key, type DemoState, type Play } from './state';

export { emptyState, type DemoState } from './state';

export interface Demo {
  host: Host;
  state: DemoState;
  /** Every command that was called, with what it was given. */
  calls: { name: keyof Host; input: unknown[] }[];
  /** Moves every invoice under way one step on. */
  advance: () => void;
  drag: (drag: FileDrag) => void;
  /** Tells that a part has changed. */
  tell: (change: PartChanged) => void;
}

export function createDemo(state: DemoState = emptyState()): Demo {
  const calls: Demo['calls'] = [];
  const saleListeners = new Set<(sale: SaleView) => void>();
  const companyListeners = new Set<() => void>();
  const partListeners = new Set<(change: PartChanged) => void>();
  const dragListeners = new Set<(drag: FileDrag) => void>();
  let ids = 9500;

  const play: Play = {
    state,
    newId: () => String(++ids),
    change(sale) {
      state.sales = state.sales.map((row) => (row.id === sale.id ? sale : row));
      saleListeners.forEach((listen) => listen(structuredClone(sale)));
    },
    partChanged: (part, scope = null) => partListeners.forEach((listen) => listen({ part, scope })),
    companiesChanged: () => companyListeners.forEach((listen) => listen()),
    credentialsOf: (scope) => (state.credentials[key(scope)] ??= make.noCredentials()),
  };

  const plain: Host = {
    ...companies(play),
    ...credentials(play),
    ...sending(play),
    ...drafts(play),
    ...descriptions,
    ...recurring(play),
    ...profile(play),
    ...books(play),
    ...lookups(play),
    ...imports(play),
    ...access(play),
    ...keeping(play),
    ...permissions(play),
    ...discovery(play),
    ...journal(play),
    ...lock(play),
    onSaleChanged: (listener) => subscribe(saleListeners, listener),
    onCompaniesChanged: (listener) => subscribe(companyListeners, listener),
    onPartChanged: (listener) => subscribe(partListeners, listener),
    onFileDrag: (listener) => subscribe(dragListeners, listener),
  };

  return { host: recorded(plain, state, calls), state, calls, advance: () => [advance, advanceKeeping].forEach((step) => step(play)), drag: (drag) => dragListeners.forEach((listen) => listen(drag)), tell: (change) => partListeners.forEach((listen) => listen(change)) };
}

function subscribe<L>(listeners: Set<L>, listener: L): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Notes every call, and fails those that are to fail. */
function recorded(plain: Host, state: DemoState, calls: Demo['calls']): Host {
  return new Proxy(plain, {
    get(target, name: keyof Host) {
      if (!(name in target) || name.startsWith('on')) return target[name];
      return (...input: unknown[]) => {
        calls.push({ name, input });
        const error = state.fails[name];
        if (error !== undefined) return Promise.resolve({ status: 'error', error });
        return (target[name] as (...input: unknown[]) => unknown)(...input);
      };
    },
  });
}

export { demoHostFromAddress } from './scenes';
