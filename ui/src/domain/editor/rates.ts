// Rates by the names that people know.
import type { Key } from '../../i18n/index.svelte';

export interface Rate {
  /** As a draft holds it. */
  value: string;
  /** On the invoice and in the list: `23%`, `zw`. */
  short: Key;
  /** What it is for. */
  about: Key;
  /** Whole percent; 0 where there is no VAT on the invoice. */
  percent: number;
}

export const rates: readonly Rate[] = [
  { value: '23', short: 'editor.rate.r23', about: 'editor.rate.r23.about', percent: 23 },
  { value: '8', short: 'editor.rate.r8', about: 'editor.rate.r8.about', percent: 8 },
  { value: '5', short: 'editor.rate.r5', about: 'editor.rate.r5.about', percent: 5 },
  { value: '0 KR', short: 'editor.rate.kr', about: 'editor.rate.kr.about', percent: 0 },
  { value: '0 WDT', short: 'editor.rate.wdt', about: 'editor.rate.wdt.about', percent: 0 },
  { value: '0 EX', short: 'editor.rate.ex', about: 'editor.rate.ex.about', percent: 0 },
  { value: 'zw', short: 'editor.rate.zw', about: 'editor.rate.zw.about', percent: 0 },
  { value: 'oo', short: 'editor.rate.oo', about: 'editor.rate.oo.about', percent: 0 },
  { value: 'np I', short: 'editor.rate.np1', about: 'editor.rate.np1.about', percent: 0 },
  { value: 'np II', short: 'editor.rate.np2', about: 'editor.rate.np2.about', percent: 0 },
  { value: 'marza', short: 'editor.rate.margin', about: 'editor.rate.margin.about', percent: 0 },
  { value: 'oss', short: 'editor.rate.oss', about: 'editor.rate.oss.about', percent: 0 },
  { value: '22', short: 'editor.rate.r22', about: 'editor.rate.r22.about', percent: 22 },
  { value: '7', short: 'editor.rate.r7', about: 'editor.rate.r7.about', percent: 7 },
  { value: '4', short: 'editor.rate.r4', about: 'editor.rate.r4.about', percent: 4 },
  { value: '3', short: 'editor.rate.r3', about: 'editor.rate.r3.about', percent: 3 },
];

const known = new Map(rates.map((rate) => [rate.value, rate]));

export function rateOf(value: string): Rate | undefined {
  return known.get(value);
}

const spellings: Record<string, string> = {
  'zw.': 'zw',
  zwolniony: 'zw',
  zwolnione: 'zw',
  np: 'np I',
  'np.': 'np I',
  npi: 'np I',
  npii: 'np II',
  'np1': 'np I',
  'np2': 'np II',
  '0': '0 KR',
  '0kr': '0 KR',
  wdt: '0 WDT',
  '0wdt': '0 WDT',
  ex: '0 EX',
  export: '0 EX',
  eksport: '0 EX',
  '0ex': '0 EX',
  'marża': 'marza',
};

/** A rate as it stands in a spreadsheet: `23%`, `0,23`, `ZW`, `NP` → as a draft holds it; nothing where it is none. */
export function readRate(text: string): string | null {
  const given = text.trim().toLocaleLowerCase('pl');
  const exact = rates.find(({ value }) => value.toLocaleLowerCase('pl') === given);
  if (exact !== undefined) return exact.value;
  const bare = given.replace(/[\s%]|(vat)/g, '');
  const share = /^0[.,](\d{2})$/.exec(bare);
  const number = share === null ? bare.replace(/[.,]0+$/, '') : String(Number(share[1]));
  return spellings[number] ?? (known.has(number) ? number : null);
}
