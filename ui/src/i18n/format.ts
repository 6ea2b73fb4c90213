// How people read amounts, dates and numbers. The same in every language: it is a Polish document that is shown.

const NBSP = '\u00a0';
const ZONE = 'Europe/Warsaw';

/** `1234.5` → `1 234,50`; nothing for a text that is no amount. Works on the text: an amount is never a float. */
export function figures(decimal: string): string | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal.trim());
  if (match === null) return null;
  const [, sign = '', whole = '0', fraction = ''] = match;
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, NBSP);
  return `${sign === '' ? '' : '\u2212'}${groups},${fraction.padEnd(2, '0')}`;
}

/** `1234.56` and `PLN` → `1 234,56 zł`. */
export function amount(decimal: string, currency: string): string {
  const shown = figures(decimal);
  return shown === null ? `${decimal}${NBSP}${currency}` : `${shown}${NBSP}${currency === 'PLN' ? 'zł' : currency}`;
}

/** As a person typed it, `1 234,5` as well as `1234.5` → `1 234,50 zł`. */
export function typedAmount(text: string, currency: string): string {
  return amount(text.replace(/[\s\u00a0]/g, '').replace(',', '.'), currency);
}

/** `PL` → `Polska`, or nothing where there is no such country. */
export function countryName(code: string, language: string): string | null {
  if (!/^[A-Z]{2}$/.test(code)) return null;
  const name = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }).of(code);
  return name ?? null;
}

/** An account number in groups of four as on a bank's statement: `61 1090 1014 …`. */
export function account(number: string): string {
  const plain = number.replace(/\s/g, '').toUpperCase();
  const match = /^(PL)?(\d{2})(\d{24})$/.exec(plain);
  if (match === null) return plain.replace(/(.{4})(?=.)/g, '$1\u00a0');
  return `${match[1] ?? ''}${match[2]}\u00a0${(match[3] ?? '').replace(/(\d{4})(?=\d)/g, '$1\u00a0')}`;
}

/** `2026-11-21` → `21.11.2026`. Anything else comes back as it is. */
export function date(iso: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  return match === null ? iso : `${match[3]}.${match[2]}.${match[1]}`;
}

const moments = new Intl.DateTimeFormat('pl', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** RFC 3339 → date and time of day in Warsaw, or nothing for another text. */
export function moment(rfc3339: string): { date: string; time: string } | null {
  const at = new Date(rfc3339);
  if (Number.isNaN(at.getTime())) return null;
  const part = Object.fromEntries(moments.formatToParts(at).map(({ type, value }) => [type, value]));
  return { date: `${part['day']}.${part['month']}.${part['year']}`, time: `${part['hour']}:${part['minute']}` };
}

/** RFC 3339 → `21.11.2026, 8:41` in Warsaw. */
export function dateTime(rfc3339: string): string {
  const at = moment(rfc3339);
  return at === null ? rfc3339 : `${at.date}, ${at.time}`;
}

/** RFC 3339 → `21.11.2026` in Warsaw. */
export function day(rfc3339: string): string {
  return moment(rfc3339)?.date ?? date(rfc3339);
}

/** `5265877635` → `526-587-76-35`. Anything else comes back as it is. */
export function nip(digits: string): string {
  const match = /^(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(digits);
  return match === null ? digits : match.slice(1).join('-');
}

/** Today in Warsaw, in words: `sobota, 21 listopada 2026`. */
export function today(now: Date, language: string): string {
  return new Intl.DateTimeFormat(language, { timeZone: ZONE, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(now);
}

/** For searching: small letters without Polish marks. */
export function folded(text: string): string {
  return text
    .toLocaleLowerCase('pl')
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '');
}
