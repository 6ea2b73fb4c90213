import type { Commands } from '../contract';
import { ok, type Play } from './state';

const PAGE = 100;

type Part = Pick<Commands, 'journal' | 'saveJournal'>;

/** What was done with credentials. */
export function journal({ state }: Play): Part {
  return {
    journal: async ({ nip, next }) => {
      const rows = state.access.journal.filter((row) => nip === null || row.nip === nip);
      const from = Number(next ?? 0);
      return ok({ rows: rows.slice(from, from + PAGE), next: from + PAGE < rows.length ? String(from + PAGE) : null, brokenAt: state.access.brokenAt });
    },
    saveJournal: async () => ok(true),
  };
}
