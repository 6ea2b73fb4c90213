// The program's lock: set, changed, taken off, closed after idleness, opened with the password.
import { host, type Answer, type LockView, type Problem } from '../host';

const MINUTE_MS = 60_000;
/** A computer that slept has not run the timer: the clock is looked at this often. */
const LOOK_MS = 5_000;
const SIGNS_OF_LIFE = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

class Lock {
  view = $state.raw<LockView | null>(null);
  /** Why the lock is not known. */
  problem = $state.raw<Problem | null>(null);
  /** Moment (ms) before which no password is taken. */
  notBefore = $state(0);

  /** What must be on the disk before nothing can be saved any more. */
  beforeClosing: () => Promise<unknown> = () => Promise.resolve();

  #lastSign = 0;

  get locked(): boolean {
    return this.view?.locked ?? false;
  }

  async load(): Promise<void> {
    const answer = await host().lockState();
    this.problem = answer.status === 'error' ? answer.error : null;
    if (answer.status === 'ok') this.view = answer.data;
  }

  async set(old: string | null, password: string, idleMinutes: number): Promise<Problem | null> {
    return this.#take(await host().setLock(old, password, idleMinutes));
  }

  async remove(password: string): Promise<Problem | null> {
    return this.#take(await host().removeLock(password));
  }

  async close(): Promise<Problem | null> {
    await this.beforeClosing();
    return this.#take(await host().lockNow());
  }

  async open(password: string): Promise<Problem | null> {
    const problem = this.#take(await host().unlock(password));
    const seconds = Number(problem?.values['seconds'] ?? Number.NaN);
    if (Number.isFinite(seconds)) this.notBefore = Date.now() + seconds * 1000;
    return problem;
  }

  forget(): void {
    this.view = null;
    this.problem = null;
    this.notBefore = 0;
  }

  /** Locks after the minutes without a hand on mouse or keyboard. Gives back how to stop watching. */
  watch(): () => void {
    this.#lastSign = Date.now();
    const sign = (): void => {
      // Back at a computer that slept: what counts is how long nobody was there.
      if (!this.#overdue()) this.#lastSign = Date.now();
    };
    const look = (): void => {
      if (!this.#overdue()) return;
      this.#lastSign = Date.now();
      void this.close();
    };
    for (const kind of SIGNS_OF_LIFE) window.addEventListener(kind, sign, { capture: true, passive: true });
    document.addEventListener('visibilitychange', look);
    const timer = setInterval(look, LOOK_MS);
    return () => {
      for (const kind of SIGNS_OF_LIFE) window.removeEventListener(kind, sign, { capture: true });
      document.removeEventListener('visibilitychange', look);
      clearInterval(timer);
    };
  }

  #overdue(): boolean {
    return this.view !== null && this.view.enabled && !this.view.locked && Date.now() - this.#lastSign >= this.view.idleMinutes * MINUTE_MS;
  }

  #take(answer: Answer<LockView>): Problem | null {
    if (answer.status === 'error') return answer.error;
    this.view = answer.data;
    return null;
  }
}

export const lock = new Lock();
