// Answers that come back in another order than they were asked for.
import { beforeEach, describe, expect, it } from 'vitest';
import { Certificates } from '../src/domain/certificates.svelte';
import { Credentials } from '../src/domain/credentials.svelte';
import { Sales } from '../src/domain/sales.svelte';
import { provideHost, type Host } from '../src/host';
import { createDemo } from '../src/host/demo';
import { furnished, make, SANDBOX } from './app';

/** A question that was answered, while the answer is still under way. */
function held<T>(asked: () => Promise<T>): { ask: () => Promise<T>; arrive: () => void } {
  let arrive = (): void => {};
  let first = true;
  const ask = async (): Promise<T> => {
    const answer = asked();
    if (!first) return answer;
    first = false;
    await Promise.all([answer, new Promise<void>((done) => (arrive = done))]);
    return answer;
  };
  return { ask, arrive: () => arrive() };
}

describe('what was asked before a click', () => {
  let program: Host;

  beforeEach(() => {
    program = createDemo(furnished()).host;
  });

  it('does not take a pasted number out of its field again', async () => {
    const late = held(() => program.credentials(SANDBOX));
    provideHost({ ...program, credentials: late.ask });
    const store = new Credentials(SANDBOX);
    store.view = (await program.credentials(SANDBOX).then((got) => (got.status === 'ok' ? got.data : null)))!;

    const following = store.follow();
    await store.serial('0123456789ABCDEF');
    expect(store.view.offline.typedSerial).toBe('0123456789ABCDEF');
    late.arrive();
    await following;
    expect(store.view.offline.typedSerial).toBe('0123456789ABCDEF');
  });

  it('does not take back the state that KSeF was just asked for', async () => {
    const late = held(() => program.certificates(SANDBOX, false));
    provideHost({ ...program, certificates: (scope, ask) => (ask ? program.certificates(scope, true) : late.ask()) });
    const store = new Certificates(SANDBOX);

    const following = store.load();
    await store.ask();
    const asked = store.view;
    late.arrive();
    await following;
    expect(store.view).toEqual(asked);
  });

  it('does not send an accepted invoice back on its way', async () => {
    const sale = make.sale('1', SANDBOX, 'FV/1/11/2026', 'sending');
    program = createDemo(furnished(SANDBOX, { sales: [sale] })).host;
    const late = held(() => program.sales(SANDBOX, { text: '', state: null, after: null }));
    provideHost({ ...program, sales: late.ask });
    const store = new Sales(SANDBOX);

    const loading = store.load();
    store.follow({ ...sale, state: 'accepted' });
    late.arrive();
    await loading;
    expect(store.rows.map(({ state }) => state)).toEqual(['accepted']);
    expect(store.total).toBe(1);
  });
});
