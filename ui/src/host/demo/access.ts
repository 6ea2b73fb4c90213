import type { Commands, CollectiveRow } from '../contract';
import { token } from './accessState';
import * as make from './fixtures';
import { outlook } from './collectives';
import { bad, NOW, ok, type Play } from './state';

const PAGE = 10;

type Part = Pick<
  Commands,
  'tokens' | 'makeToken' | 'revokeToken' | 'authSessions' | 'endAuthSession' | 'limits' | 'peppolProviders' | 'previewCollective' | 'makeCollective' | 'collectives' | 'collectiveInvoices' | 'showOnce' | 'copyOnce' | 'dropOnce' | 'secretPasted'
>;

/** Tokens, logins, limits, collective identifiers, and secrets that are shown once. */
export function access({ state, newId, credentialsOf, partChanged }: Play): Part {
  const mine = state.access;
  const page = <T>(rows: T[], from: number): { rows: T[]; next: number | null } => ({ rows: rows.slice(from, from + PAGE), next: from + PAGE < rows.length ? from + PAGE : null });
  const gone = bad(make.problem('secret.gone', 'retry'));

  return {
    tokens: async (_scope, filter) => {
      const part = filter.description?.toLocaleLowerCase('pl') ?? '';
      const rows = mine.tokens.filter(({ state: now, description }) => (filter.states.length === 0 || filter.states.includes(now)) && description.toLocaleLowerCase('pl').includes(part));
      const got = page(rows, Number(filter.next ?? 0));
      return ok({ rows: got.rows, next: got.next === null ? null : String(got.next) });
    },
    makeToken: async (scope, wish) => {
      const number = newId();
      const made = token(`20261121-EC-${number.padStart(10, '0')}-5F60718293-A4`, wish.description, { permissions: wish.permissions, createdAt: NOW, lastUse: null, held: wish.keepFor === scope.nip });
      mine.tokens = [made, ...mine.tokens.map((row) => ({ ...row, held: row.held && !made.held }))];
      mine.once[number] = `${made.referenceNumber}|nip-${scope.nip}|${'0a'.repeat(32)}`;
      if (wish.keepFor !== null) {
        const kept = { nip: wish.keepFor, environment: scope.environment };
        credentialsOf(kept).token = { ...credentialsOf(kept).token, saved: true, referenceNumber: made.referenceNumber, problem: null };
        partChanged('credentials', kept);
      }
      return ok({ referenceNumber: made.referenceNumber, text: number, keptFor: wish.keepFor, state: 'active' as const, notKept: null });
    },
    revokeToken: async (_scope, referenceNumber) => {
      mine.tokens = mine.tokens.map((row) => (row.referenceNumber === referenceNumber ? { ...row, state: 'revoked' as const } : row));
      return ok('revoked' as const);
    },
    authSessions: async (_scope, next) => {
      const got = page(mine.logins, Number(next ?? 0));
      return ok({ rows: got.rows, next: got.next === null ? null : String(got.next) });
    },
    endAuthSession: async (_scope, referenceNumber) => {
      mine.logins = mine.logins.filter((row) => (referenceNumber === null ? !row.current : row.referenceNumber !== referenceNumber));
      return ok({ rows: mine.logins.slice(0, PAGE), next: null });
    },
    limits: async () => ok(mine.limits),
    peppolProviders: async (_scope, number) => {
      const got = page(mine.providers, number * PAGE);
      return ok({ rows: got.rows, next: got.next === null ? null : number + 1 });
    },
    previewCollective: async (scope, invoices) => ok(outlook(state.sales, scope, invoices)),
    makeCollective: async (scope, invoices) => {
      const judged = outlook(state.sales, scope, invoices);
      const wrong = judged.invoices.find(({ problem }) => problem !== null)?.problem ?? judged.problem;
      if (wrong !== null) return bad(wrong);
      const made: CollectiveRow = { number: `${scope.nip}-IZ202611-${newId().padStart(12, '0')}-AF`, createdAt: NOW, invoices: invoices.length };
      mine.collectives = [{ ...made, of: invoices }, ...mine.collectives];
      return ok(made);
    },
    collectives: async (_scope, { from, to, ksefNumber, next }) => {
      const fits = ({ createdAt, of }: (typeof mine.collectives)[number]): boolean =>
        (from === null || (createdAt ?? '') >= from) && (to === null || (createdAt ?? '').slice(0, 10) <= to) && (ksefNumber === null || of.some((invoice) => invoice.ksefNumber === ksefNumber));
      const got = page(mine.collectives.filter(fits), Number(next ?? 0));
      return ok({ rows: got.rows.map(({ number, createdAt, invoices }) => ({ number, createdAt, invoices })), next: got.next === null ? null : String(got.next) });
    },
    collectiveInvoices: async (_scope, number) => ok(mine.collectives.find((row) => row.number === number)?.of ?? []),
    showOnce: async (handle) => {
      const secret = mine.once[handle];
      return secret === undefined ? gone : ok(secret);
    },
    copyOnce: async (handle) => {
      const secret = mine.once[handle];
      if (secret === undefined) return gone;
      mine.clipboard = secret;
      return ok(null);
    },
    dropOnce: async (handle) => {
      delete mine.once[handle];
      return ok(null);
    },
    secretPasted: async () => ok(null),
  };
}
