import type { Answer, Commands, LockView } from '../contract';
import * as make from './fixtures';
import { bad, ok, type Play } from './state';

type Part = Pick<Commands, 'lockState' | 'setLock' | 'removeLock' | 'lockNow' | 'unlock'>;

const FREE_TRIES = 3;
const SHORTEST = 6;

/** The program's lock. After three wrong passwords each one makes the wait longer. */
export function lock({ state, partChanged }: Play): Part {
  const mine = state.access.lock;
  const view = (): Answer<LockView> => ok({ enabled: mine.password !== null, locked: mine.locked, idleMinutes: mine.idleMinutes });

  function fault(password: string): Answer<never> | null {
    if (mine.password === null || password === mine.password) {
      mine.wrong = 0;
      return null;
    }
    mine.wrong += 1;
    const beyond = mine.wrong - FREE_TRIES;
    return bad(beyond > 0 ? make.problem('lock.wait', 'wait', { seconds: String(2 ** beyond) }) : make.problem('lock.wrongPassword', 'enterPassword'));
  }

  return {
    lockState: async () => view(),
    setLock: async (old, password, idleMinutes) => {
      const wrong = fault(old ?? '');
      if (wrong !== null) return wrong;
      if (password !== '' && password.length < SHORTEST) return bad(make.problem('lock.tooShort', 'correctField', { least: String(SHORTEST) }));
      Object.assign(mine, { password: password === '' ? mine.password : password, idleMinutes });
      partChanged('lock');
      return view();
    },
    removeLock: async (password) => {
      const wrong = fault(password);
      if (wrong !== null) return wrong;
      mine.password = null;
      partChanged('lock');
      return view();
    },
    lockNow: async () => {
      if (mine.password === null) return bad(make.problem('lock.none', 'retry'));
      mine.locked = true;
      partChanged('lock');
      return view();
    },
    unlock: async (password) => {
      const wrong = fault(password);
      if (wrong !== null) return wrong;
      mine.locked = false;
      partChanged('lock');
      return view();
    },
  };
}
