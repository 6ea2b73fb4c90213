import type { Bilingual, SheetRow, ValueKind } from '../../../host';
import { amount, date, dateTime, nip } from '../../../i18n/format';
import { language } from '../../../i18n/index.svelte';

export function said(text: Bilingual): string {
  return language() === 'pl' ? text.pl : text.en;
}

/** `12.50` → `12,50`; digits in groups. Zeros at the end stay as the document has them. */
export function number(decimal: string): string {
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(decimal);
  if (match === null) return decimal;
  return `${match[1] === '-' ? '\u2212' : ''}${match[2]!.replace(/\B(?=(\d{3})+$)/g, '\u00a0')}${(match[3] ?? '').replace('.', ',')}`;
}

/** An amount whose currency stands elsewhere. */
export function money(decimal: string | null): string {
  return decimal === null ? '' : amount(decimal, '').trim();
}

function account(digits: string): string {
  const plain = digits.replace(/\s/g, '');
  return /^\d{26}$/.test(plain) ? `${plain.slice(0, 2)} ${plain.slice(2).replace(/(\d{4})(?=\d)/g, '$1 ')}` : digits;
}

const writes: Record<ValueKind, (value: string, currency: string) => string> = {
  text: (value) => value,
  amount: (value, currency) => amount(value, currency),
  amountPln: (value) => amount(value, 'PLN'),
  number,
  percent: (value) => `${number(value)}%`,
  date,
  moment: dateTime,
  nip,
  account,
  ksefNumber: (value) => value,
};

/** A value as people read it. */
export function written({ value, kind }: Pick<SheetRow, 'value' | 'kind'>, currency: string): string {
  return writes[kind](said(value), currency);
}
