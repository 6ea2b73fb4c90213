import { waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lock } from '../src/domain/lock.svelte';
import { provideHost } from '../src/host';
import { createDemo, type DemoState } from '../src/host/demo';
import { emptyAccess } from '../src/host/demo/accessState';
import { render } from '@testing-library/svelte';
import App from '../src/App.svelte';
import userEvent from '@testing-library/user-event';
import { all, called, codes, faults, find, furnished, get, open } from './app';

const PASSWORD = 'kot i pies';
const MINUTE_MS = 60_000;

function withLock(change: Partial<DemoState['access']['lock']> = {}): DemoState {
  return { ...furnished(), access: { ...emptyAccess(), lock: { password: PASSWORD, locked: false, idleMinutes: 10, wrong: 0, ...change } } };
}

describe('the lock in the settings', () => {
  it('is set with a password typed twice, and changed and taken off with it', async () => {
    const { user, demo } = await open(furnished());
    await user.click(get('nav-settings'));
    await user.click(await find('lock-set'));
    await user.type(await find('lock-first'), 'kot');
    await user.type(get('lock-second'), 'pies');
    await user.click(get('lock-save'));
    await waitFor(() => expect(get('lock-second').getAttribute('aria-invalid')).toBe('true'));
    expect(called(demo)).not.toContain('setLock');
    await user.type(get('lock-second'), 'kot');
    await user.click(get('lock-save'));
    await waitFor(() => expect(codes(get('lock-dialog'))).toEqual(['lock.tooShort']));
    // Nothing that was handed over stays in the page.
    expect((get('lock-first') as HTMLInputElement).value).toBe('');
    await user.type(get('lock-first'), PASSWORD);
    await user.type(get('lock-second'), PASSWORD);
    await user.selectOptions(get('lock-minutes'), '5');
    expect(await faults()).toEqual([]);
    await user.click(get('lock-save'));
    await waitFor(() => expect(get('lock-state').dataset['state']).toBe('on'));
    expect(demo.state.access.lock).toMatchObject({ password: PASSWORD, idleMinutes: 5 });

    await user.click(get('lock-change'));
    await user.type(await find('lock-old'), PASSWORD);
    await user.selectOptions(get('lock-minutes'), '30');
    await user.click(get('lock-save'));
    await waitFor(() => expect(demo.state.access.lock).toMatchObject({ password: PASSWORD, idleMinutes: 30 }));

    await user.click(get('lock-remove'));
    await user.type(await find('lock-old'), 'zle-haslo');
    await user.click(get('lock-save'));
    await waitFor(() => expect(codes(get('lock-dialog'))).toEqual(['lock.wrongPassword']));
    await user.type(get('lock-old'), PASSWORD);
    await user.click(get('lock-save'));
    await waitFor(() => expect(get('lock-state').dataset['state']).toBe('off'));
    expect(demo.state.access.lock.password).toBeNull();
  });
});

describe('the locked program', () => {
  it('covers everything, says that a password is wrong, and opens where it was', async () => {
    const { user } = await open(withLock());
    await user.click(get('nav-sales'));
    await find('screen-sales');
    await waitFor(() => expect(lock.view?.enabled).toBe(true));
    await user.keyboard('{Control>}{Shift>}l{/Shift}{/Control}');
    await find('lock-screen');
    expect(all('app')).toEqual([]);
    expect(document.body.textContent).not.toContain('Kowalski');
    expect(document.activeElement).toBe(get('lock-password'));
    expect(await faults()).toEqual([]);
    await user.type(get('lock-password'), 'zle{Enter}');
    await waitFor(() => expect(codes()).toEqual(['lock.wrongPassword']));
    expect((get('lock-password') as HTMLInputElement).value).toBe('');
    // Shortcuts reach nothing.
    await user.keyboard('{Control>}n{/Control}');
    expect(all('screen-editor')).toEqual([]);
    await user.type(get('lock-password'), `${PASSWORD}{Enter}`);
    await find('screen-sales');
  });

  it('begins locked, and asks nothing of a company before it is open', async () => {
    const demo = createDemo(withLock({ locked: true }));
    provideHost(demo.host);
    render(App);
    const user = userEvent.setup();
    await find('lock-screen');
    expect(called(demo).filter((name) => !['lockState', 'program'].includes(name))).toEqual([]);
    await user.type(get('lock-password'), `${PASSWORD}{Enter}`);
    await find('screen-start');
    expect(called(demo)).toContain('companies');
  });

  it('saves the draft that is open before it locks, and shows it again', async () => {
    const { user, demo } = await open(withLock());
    await waitFor(() => expect(lock.view?.enabled).toBe(true));
    await user.keyboard('{Control>}n{/Control}');
    await user.type(await find('buyer-name'), 'Nabywca sp. z o.o.');
    await user.keyboard('{Control>}{Shift>}l{/Shift}{/Control}');
    await find('lock-screen');
    const names = called(demo);
    expect(names.lastIndexOf('saveDraft')).toBeGreaterThan(0);
    expect(names.indexOf('lockNow')).toBeGreaterThan(names.indexOf('saveDraft'));
    expect(demo.state.drafts.at(-1)?.draft.buyer.party.name).toBe('Nabywca sp. z o.o.');
    await user.type(get('lock-password'), `${PASSWORD}{Enter}`);
    expect(((await find('buyer-name')) as HTMLInputElement).value).toBe('Nabywca sp. z o.o.');
  });

  it('locks when another window has locked it', async () => {
    const { demo } = await open(withLock());
    demo.state.access.lock.locked = true;
    demo.tell({ part: 'lock', scope: null });
    await find('lock-screen');
  });

  afterEach(() => void vi.useRealTimers());

  it('makes a person wait longer and longer', async () => {
    const { user, demo } = await open(withLock({ wrong: 10 }));
    await waitFor(() => expect(lock.view?.enabled).toBe(true));
    await lock.close();
    await user.type(await find('lock-password'), 'zle{Enter}');
    await waitFor(() => expect(codes()).toEqual(['lock.wait']));
    expect(Number(get('lock-wait').dataset['seconds'])).toBeGreaterThan(0);
    expect(get('lock-open').hasAttribute('disabled')).toBe(true);
    const tries = called(demo).filter((name) => name === 'unlock').length;
    await user.type(get('lock-password'), `${PASSWORD}{Enter}`);
    expect(called(demo).filter((name) => name === 'unlock')).toHaveLength(tries);
    vi.useFakeTimers({ toFake: ['Date'], now: lock.notBefore });
    await waitFor(() => expect(get('lock-wait').dataset['seconds']).toBe('0'));
    await user.clear(get('lock-password'));
    await user.type(get('lock-password'), `${PASSWORD}{Enter}`);
    await waitFor(() => expect(all('lock-screen')).toEqual([]));
  });
});

describe('idleness', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] }));
  afterEach(() => void vi.useRealTimers());

  async function watched(): Promise<{ demo: ReturnType<typeof createDemo>; end: () => void }> {
    const demo = createDemo(withLock());
    provideHost(demo.host);
    await lock.load();
    return { demo, end: lock.watch() };
  }

  it('locks after the minutes without pointer and key', async () => {
    const { demo, end } = await watched();
    await vi.advanceTimersByTimeAsync(9 * MINUTE_MS);
    window.dispatchEvent(new Event('pointermove'));
    await vi.advanceTimersByTimeAsync(9 * MINUTE_MS);
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
    await vi.advanceTimersByTimeAsync(9.5 * MINUTE_MS);
    expect(called(demo)).not.toContain('lockNow');
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(called(demo).filter((name) => name === 'lockNow')).toHaveLength(1);
    expect(lock.locked).toBe(true);
    await vi.advanceTimersByTimeAsync(60 * MINUTE_MS);
    expect(called(demo).filter((name) => name === 'lockNow')).toHaveLength(1);
    end();
  });

  it('locks a computer that slept, though the first sign of life comes before the timer', async () => {
    const { demo, end } = await watched();
    vi.setSystemTime(Date.now() + 8 * 60 * MINUTE_MS);
    window.dispatchEvent(new Event('pointermove'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(called(demo)).toContain('lockNow');
    end();
  });

  it('does nothing without a password', async () => {
    const demo = createDemo(furnished());
    provideHost(demo.host);
    await lock.load();
    const end = lock.watch();
    await vi.advanceTimersByTimeAsync(600 * MINUTE_MS);
    expect(called(demo)).not.toContain('lockNow');
    end();
  });
});
