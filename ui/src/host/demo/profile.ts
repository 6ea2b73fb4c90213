import type { Commands, DraftFinding, SellerProfile, SeriesEdit } from '../contract';
import { accountFault } from './compute';
import { profileOf, seriesOf } from './drafts';
import * as make from './fixtures';
import { bad, key, ok, type Play } from './state';

type Part = Pick<Commands, 'sellerProfile' | 'saveSellerProfile' | 'checkSellerProfile' | 'series' | 'saveSeries' | 'previewSeries' | 'removeSeries'>;

/** Company data on invoices, and number series. */
export function profile(play: Play): Part {
  const { state } = play;
  return {
    sellerProfile: async (nip) => ok(profileOf(play, nip)),
    saveSellerProfile: async (nip, next) => {
      state.profiles[nip] = structuredClone(next);
      return ok(null);
    },
    checkSellerProfile: async (_nip, next) => ok(check(next)),
    series: async (scope) => ok(seriesOf(play, scope)),
    saveSeries: async (scope, edit) => {
      const fault = patternFault(edit);
      if (fault !== null) return bad(fault);
      const all = seriesOf(play, scope);
      const known = all.find(({ id }) => id === edit.id);
      const next = edit.next ?? known?.next ?? 1;
      const { name, pattern, reset, kinds } = edit;
      const saved = { id: known?.id ?? `series-${play.newId()}`, name, pattern, reset, kinds, next, preview: fill(pattern, next), used: known?.used ?? false };
      const others = all.map((series) => (series.id === saved.id ? saved : { ...series, kinds: series.kinds.filter((kind) => !kinds.includes(kind)) }));
      state.series[key(scope)] = known === undefined ? [...others, saved] : others;
      return ok(saved);
    },
    previewSeries: async (scope, edit) => {
      const fault = patternFault(edit);
      const known = seriesOf(play, scope).find(({ id }) => id === edit.id);
      return fault === null ? ok(fill(edit.pattern, edit.next ?? known?.next ?? 1)) : bad(fault);
    },
    removeSeries: async (scope, id) => {
      const all = seriesOf(play, scope);
      const known = all.find((series) => series.id === id);
      if (known?.used === true) return bad(make.problem('series.used', 'correctField', { name: known.name }));
      state.series[key(scope)] = all.filter((series) => series.id !== id);
      return ok(null);
    },
  };
}

function patternFault({ pattern, reset }: SeriesEdit): ReturnType<typeof make.problem> | null {
  const tokens = [...pattern.matchAll(/\{([^}]*)\}/g)].map(([, token]) => token ?? '');
  const strange = tokens.find((token) => !/^(nr(:\d+)?|dd|mm|m|kw|rr|rrrr)$/.test(token));
  const fault = (code: string, values: Record<string, string> = {}): ReturnType<typeof make.problem> => make.problem(code, 'correctField', values);
  if (strange !== undefined) return fault('series.patternUnknownToken', { token: strange });
  const counters = tokens.filter((token) => token.startsWith('nr')).length;
  if (counters === 0) return fault('series.patternNoCounter');
  if (counters > 1) return fault('series.patternTwoCounters');
  if (reset !== 'never' && !tokens.some((token) => token.startsWith('rr'))) return fault(`series.patternRepeats${reset[0]!.toUpperCase()}${reset.slice(1)}`);
  if (reset === 'monthly' && !tokens.some((token) => token === 'm' || token === 'mm')) return fault('series.patternRepeatsMonthly');
  return null;
}

function fill(pattern: string, next: number): string {
  const values: Record<string, string> = { dd: '21', mm: '11', m: '11', kw: '4', rr: '26', rrrr: '2026' };
  return pattern.replace(/\{([^}]*)\}/g, (whole, token: string) => values[token] ?? (/^nr/.test(token) ? String(next).padStart(Number(token.slice(3) || 1), '0') : whole));
}

function check(profile: SellerProfile): DraftFinding[] {
  const found = (field: string, code: string, pl: string, en: string): DraftFinding => ({ field, code, error: true, pl, en });
  return [
    ...(profile.name.trim() === '' ? [found('name', 'SELLER_NAME_MISSING', 'Podaj nazwę firmy.', 'Give the company’s name.')] : []),
    ...(profile.address.line1.trim() === '' ? [found('address.line1', 'SELLER_ADDRESS_MISSING', 'Podaj adres firmy.', 'Give the company’s address.')] : []),
    ...profile.accounts.flatMap(({ number }, index) => (number.trim() === '' || !accountFault(number) ? [] : [found(`accounts.${index}.number`, 'ACCOUNT_CHECK_DIGITS', 'Ten numer rachunku nie jest poprawny: cyfry kontrolne się nie zgadzają.', 'This account number is not right: its check digits do not fit.')])),
    ...(profile.krs === '' || /^\d{10}$/.test(profile.krs) ? [] : [found('krs', 'KRS', 'Numer KRS ma 10 cyfr.', 'A KRS number has 10 digits.')]),
    ...(profile.regon === '' || /^(\d{9}|\d{14})$/.test(profile.regon) ? [] : [found('regon', 'REGON', 'REGON ma 9 albo 14 cyfr.', 'A REGON has 9 or 14 digits.')]),
  ];
}
