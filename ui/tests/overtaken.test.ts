// Answers that come back in another order than they were asked for.
import { beforeEach, describe, expect, it } from 'vitest';
import { Certificates } from '../src/domain/certificates.svelte';
import { Credentials } from '../src/domain/credentials.svelte';
import { provideHost, type Host } from '../src/host';
import { createDemo } from '../src/host/demo';
import { furnished, SANDBOX } from './app';

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
});
