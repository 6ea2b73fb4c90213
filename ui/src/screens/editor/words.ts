// The closed lists of the editor, in words.
import { rateOf, rates } from '../../domain/editor/rates';
import type { DraftKind, PartyIdKind } from '../../host';
import { t, type Key } from '../../i18n/index.svelte';

export interface Option<T extends string = string> {
  value: T;
  label: string;
}

function options<T extends string>(list: readonly (readonly [T, Key])[]): Option<T>[] {
  return list.map(([value, key]) => ({ value, label: t(key) }));
}

const kinds: readonly (readonly [DraftKind, Key])[] = [
  ['VAT', 'editor.kind.VAT'],
  ['ZAL', 'editor.kind.ZAL'],
  ['ROZ', 'editor.kind.ROZ'],
  ['UPR', 'editor.kind.UPR'],
  ['KOR', 'editor.kind.KOR'],
  ['KOR_ZAL', 'editor.kind.KOR_ZAL'],
  ['KOR_ROZ', 'editor.kind.KOR_ROZ'],
];

export const kindOptions = (): Option<DraftKind>[] => options(kinds);

const titles: Record<DraftKind, Key> = {
  VAT: 'editor.title.VAT',
  ZAL: 'editor.title.ZAL',
  ROZ: 'editor.title.ROZ',
  UPR: 'editor.title.UPR',
  KOR: 'editor.title.KOR',
  KOR_ZAL: 'editor.title.KOR_ZAL',
  KOR_ROZ: 'editor.title.KOR_ROZ',
};

export const titleOf = (kind: DraftKind): string => t(titles[kind]);

const idKinds: readonly (readonly [PartyIdKind, Key])[] = [
  ['nip', 'editor.id.nip'],
  ['vatUe', 'editor.id.vatUe'],
  ['other', 'editor.id.other'],
  ['none', 'editor.id.none'],
];

export const idKindOptions = (internal: boolean): Option<PartyIdKind>[] => options(internal ? [...idKinds, ['internal', 'editor.id.internal'] as const] : idKinds);

const forms: readonly (readonly [string, Key])[] = [
  ['6', 'editor.form.transfer'],
  ['1', 'editor.form.cash'],
  ['2', 'editor.form.card'],
  ['7', 'editor.form.mobile'],
  ['3', 'editor.form.voucher'],
  ['4', 'editor.form.cheque'],
  ['5', 'editor.form.credit'],
];

/** Forms of payment; `other` stands for a form described in words. */
export const formOptions = (): Option[] => [{ value: '', label: t('editor.form.none') }, ...options(forms), { value: 'other', label: t('editor.form.other') }];

export const rateOptions = (): Option[] => [{ value: '', label: '–' }, ...rates.map(({ value, short, about }) => ({ value, label: `${t(short)} – ${t(about)}` }))];

const roles: readonly (readonly [string, Key])[] = [
  ['1', 'editor.role.factor'],
  ['2', 'editor.role.recipient'],
  ['3', 'editor.role.original'],
  ['4', 'editor.role.buyer'],
  ['5', 'editor.role.issuer'],
  ['6', 'editor.role.payer'],
  ['7', 'editor.role.jstIssuer'],
  ['8', 'editor.role.jstRecipient'],
  ['9', 'editor.role.gvIssuer'],
  ['10', 'editor.role.gvRecipient'],
  ['11', 'editor.role.employee'],
  ['', 'editor.role.other'],
];

export const roleOptions = (): Option[] => options(roles);

const procedures: readonly (readonly [string, Key])[] = [
  ['', 'editor.procedure.none'],
  ['WSTO_EE', 'editor.procedure.wsto'],
  ['IED', 'editor.procedure.ied'],
  ['TT_D', 'editor.procedure.ttd'],
  ['I_42', 'editor.procedure.i42'],
  ['I_63', 'editor.procedure.i63'],
  ['B_SPV', 'editor.procedure.bspv'],
  ['B_SPV_DOSTAWA', 'editor.procedure.bspvDelivery'],
  ['B_MPV_PROWIZJA', 'editor.procedure.bmpv'],
];

export const procedureOptions = (): Option[] => options(procedures);

const gtus: readonly Key[] = [
  'editor.gtu.a', 'editor.gtu.b', 'editor.gtu.c', 'editor.gtu.d', 'editor.gtu.e', 'editor.gtu.f', 'editor.gtu.g',
  'editor.gtu.h', 'editor.gtu.i', 'editor.gtu.j', 'editor.gtu.k', 'editor.gtu.l', 'editor.gtu.m',
];

export const gtuOptions = (): Option[] => [
  { value: '', label: t('editor.gtu.none') },
  ...gtus.map((key, index) => {
    const value = `GTU_${String(index + 1).padStart(2, '0')}`;
    return { value, label: `${value} ${t(key)}` };
  }),
];

export const CURRENCIES = ['PLN', 'EUR', 'USD', 'GBP', 'CHF', 'CZK', 'SEK', 'NOK', 'DKK', 'HUF', 'RON', 'BGN', 'UAH', 'TRY', 'JPY', 'CNY', 'CAD', 'AUD', 'ISK', 'INR', 'KRW', 'MXN', 'NZD', 'SGD', 'THB', 'ZAR', 'AED', 'BRL', 'HKD', 'IDR', 'ILS', 'MYR', 'PHP', 'XDR', 'CLP'] as const;

export const UNITS = ['szt.', 'godz.', 'usł.', 'kg', 'm', 'm²', 'm³', 'l', 'kpl.', 'opak.', 'mies.', 'dzień', 'km', 't', 'kWh'] as const;

/** `23` → `23%`; a rate that has no name shows itself. */
export function rateName(value: string): string {
  const rate = rateOf(value);
  return rate === undefined ? value : t(rate.short);
}
