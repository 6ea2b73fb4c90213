// Questions whose answers overtake each other: by themselves, in the stores that ask them, and in the window.
import { waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { enrolments } from '../src/domain/enrolment.svelte';
import { Newest } from '../src/domain/newest';
import { partChanged } from '../src/domain/parts';
import { signings } from '../src/domain/signing.svelte';
import { provideHost, type Answer, type Commands, type Host } from '../src/host';
import { createDemo } from '../src/host/demo';
import { IDLE, request } from '../src/host/demo/keepingState';
import { all, find, furnished, get, inside, make, open, SANDBOX } from './app';

const ok = <T>(data: T): Answer<T> => ({ status: 'ok', data });
const bad = (code: string): Answer<never> => ({ status: 'error', error: make.problem(code, 'retry') });

/** A command that answers when the test says so. */
class Held<T> {
  readonly #waiting: ((answer: Answer<T>) => void)[] = [];

  readonly ask = (): Promise<Answer<T>> => new Promise((answer) => this.#waiting.push(answer));

  get asked(): number {
    return this.#waiting.length;
  }

  /** Answers the question with that number, the first being 0. */
  async answer(number: number, answer: Answer<T>): Promise<void> {
    this.#waiting[number]!(answer);
    await settled();
  }
}

/** Whatever is to happen without another answer has happened. */
const settled = (): Promise<void> => new Promise((done) => setTimeout(done));

/** Whether a promise is over. */
function over(work: Promise<unknown>): () => boolean {
  let ended = false;
  void work.finally(() => (ended = true));
  return () => ended;
}

function newest(): { held: Held<string>; shown: string[]; store: Newest<string> } {
  const held = new Held<string>();
  const shown: string[] = [];
  const store = new Newest(held.ask, (answer) => shown.push(answer.status === 'ok' ? answer.data : answer.error.code));
  return { held, shown, store };
}

describe('the newest answer', () => {
  it('is shown before whoever asked goes on', async () => {
    const { held, shown, store } = newest();
    const load = over(store.load());
    await settled();
    expect([shown, load()]).toEqual([[], false]);
    await held.answer(0, ok('one'));
    expect([shown, load()]).toEqual([['one'], true]);
  });

  it('is given to whoever asked before it too, when the older answer comes first', async () => {
    const { held, shown, store } = newest();
    const [older, newer] = [over(store.load()), over(store.load())];
    await held.answer(0, ok('older'));
    expect([shown, older(), newer()]).toEqual([[], false, false]);
    await held.answer(1, ok('newer'));
    expect([shown, older(), newer()]).toEqual([['newer'], true, true]);
  });

  it('is not covered by an older one that comes later', async () => {
    const { held, shown, store } = newest();
    const [older, newer] = [over(store.load()), over(store.load())];
    await held.answer(1, ok('newer'));
    expect([shown, newer()]).toEqual([['newer'], true]);
    await held.answer(0, ok('older'));
    expect([shown, older(), held.asked]).toEqual([['newer'], true, 2]);
  });

  it('is waited for through every question that came after', async () => {
    const { held, shown, store } = newest();
    const first = over(store.load());
    void store.load();
    await held.answer(0, ok('first'));
    const third = over(store.load());
    await held.answer(1, ok('second'));
    expect([shown, third()]).toEqual([[], false]);
    await held.answer(2, ok('third'));
    expect([shown, first(), third()]).toEqual([['third'], true, true]);
  });

  it('counts where only the older question failed', async () => {
    const { held, shown, store } = newest();
    const [older, newer] = [over(store.load()), over(store.load())];
    await held.answer(0, bad('network.none'));
    expect([shown, older()]).toEqual([[], false]);
    await held.answer(1, ok('newer'));
    expect([shown, older(), newer()]).toEqual([['newer'], true, true]);
  });

  it('counts also where it is a failure', async () => {
    const { held, shown, store } = newest();
    const [older, newer] = [over(store.load()), over(store.load())];
    await held.answer(0, ok('older'));
    await held.answer(1, bad('network.none'));
    expect([shown, older(), newer()]).toEqual([['network.none'], true, true]);
    // It is no end: the next question is asked and shown.
    void store.load();
    await held.answer(2, ok('again'));
    expect(shown).toEqual(['network.none', 'again']);
  });

  it('is asked for once more where a click has brought its own meanwhile', async () => {
    const { held, shown, store } = newest();
    const load = over(store.load());
    store.clicked();
    await held.answer(0, ok('before the click'));
    expect([shown, load(), held.asked]).toEqual([[], false, 2]);
    await held.answer(1, ok('after the click'));
    expect([shown, load()]).toEqual([['after the click'], true]);
  });

  it('is not asked for again for a click that came before the question', async () => {
    const { held, shown, store } = newest();
    store.clicked();
    void store.load();
    await held.answer(0, ok('after the click'));
    expect([shown, held.asked]).toEqual([['after the click'], 1]);
  });
});

/** The program in memory, some of whose commands answer when the test says so. */
function holding(commands: Partial<Commands>, on: Host = createDemo(furnished()).host): void {
  const held = Object.entries(commands).map(([name, value]) => [name, { value }]);
  provideHost(Object.create(on, Object.fromEntries(held)));
}

describe('requests for certificates', () => {
  const begun = request({ id: 'r-new' });

  it('whose list is told to have changed while it is asked for are there for whoever waited', async () => {
    const held = new Held<typeof begun[]>();
    holding({ enrolments: held.ask });
    const store = enrolments.of(SANDBOX);
    const waiting = over(store.load());
    partChanged({ part: 'enrolments', scope: SANDBOX });
    await held.answer(0, ok([]));
    expect(waiting()).toBe(false);
    await held.answer(1, ok([begun]));
    expect([waiting(), store.rows.map(({ id }) => id)]).toEqual([true, ['r-new']]);
  });

  it('that a click began are not taken away by an answer from before it', async () => {
    const held = new Held<typeof begun[]>();
    holding({ enrolments: held.ask, enrol: async () => ok([begun]) });
    const store = enrolments.of(SANDBOX);
    void store.load();
    await store.enrol({ authenticationName: begun.name, offlineName: null, algorithm: 'p256', validFrom: null });
    await held.answer(0, ok([]));
    expect(store.rows.map(({ id }) => id)).toEqual(['r-new']);
    await held.answer(1, ok([{ ...begun, step: 'done' }]));
    expect(store.watched.map(({ step }) => step)).toEqual(['done']);
  });

  it('show no problem of a question that was asked before the newest', async () => {
    const held = new Held<typeof begun[]>();
    holding({ enrolments: held.ask });
    const store = enrolments.of(SANDBOX);
    void store.load();
    void store.load();
    await held.answer(0, bad('network.none'));
    await held.answer(1, ok([begun]));
    expect([store.problem, store.rows.length]).toEqual([null, 1]);
    void store.load();
    await held.answer(2, bad('network.none'));
    expect([store.problem?.code, store.rows.length]).toEqual(['network.none', 1]);
  });

  it('that a renewal began are shown however soon it is over, and not the form for a new one', async () => {
    const { demo, user } = await open(furnished());
    await user.click(get('nav-ksef'));
    await find('held-table');
    // The renewal is over while its list is asked for the first time; the newer questions are answered later than that one.
    const { enrolments: ask } = demo.host;
    let first = true;
    const enrolmentsOf: Commands['enrolments'] = async (scope) => {
      const answer = await ask(scope);
      if (first) {
        first = false;
        for (const _ of [1, 2, 3, 4]) demo.advance();
      } else {
        for (const _ of [1, 2, 3]) await settled();
      }
      return answer;
    };
    holding({ enrolments: enrolmentsOf }, demo.host);
    await user.click(inside(all('held-row')[0]!, 'held-menu'));
    await user.click(await find('held-menu-renew'));
    await user.click(await find('renew-dialog-confirm'));
    await find('enrolment-ready');
    await waitFor(() => expect(get('enrolment-body').dataset['phase']).toBe('over'));
    expect(all('enrol-offer')).toEqual([]);
    expect(first).toBe(false);
  });
});

describe('a login by signature', () => {
  const waiting = { ...IDLE, step: 'waiting' as const };

  it('that was begun is not taken back by an answer from before the click', async () => {
    const held = new Held<typeof IDLE>();
    holding({ signing: held.ask, startSigning: async () => ok(waiting) });
    const store = signings.of(SANDBOX);
    const load = over(store.load());
    await store.start();
    await held.answer(0, ok(IDLE));
    expect([store.view?.step, load()]).toEqual(['waiting', false]);
    await held.answer(1, ok({ ...IDLE, step: 'sending' }));
    expect([store.view?.step, load()]).toEqual(['sending', true]);
  });

  it('whose state changed while it was asked for is known to whoever waited', async () => {
    const held = new Held<typeof IDLE>();
    holding({ signing: held.ask });
    const store = signings.of(SANDBOX);
    const load = over(store.load());
    partChanged({ part: 'signing', scope: SANDBOX });
    await held.answer(0, ok(waiting));
    expect([store.view, load()]).toEqual([null, false]);
    await held.answer(1, ok({ ...IDLE, step: 'connected' }));
    expect([store.view?.step, load()]).toEqual(['connected', true]);
  });

  it('of another company changes nothing here', async () => {
    const held = new Held<typeof IDLE>();
    holding({ signing: held.ask });
    void signings.of(SANDBOX).load();
    partChanged({ part: 'signing', scope: { nip: '7980332920', environment: 'sandbox' } });
    expect(held.asked).toBe(1);
  });
});
