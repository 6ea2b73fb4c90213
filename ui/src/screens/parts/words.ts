// Words for codes of KSeF. A code that has none shows itself.
import { rateOf } from '../../domain/editor/rates';
import type { PartyDraft, SaleState } from '../../host';
import { nip } from '../../i18n/format';
import { language, t, type Key } from '../../i18n/index.svelte';
import type { IconName } from '../../lib/icons';
import { formOptions, type Option } from '../editor/words';

const kinds: Record<string, Key> = {
  VAT: 'kind.VAT',
  KOR: 'kind.KOR',
  ZAL: 'kind.ZAL',
  ROZ: 'kind.ROZ',
  UPR: 'kind.UPR',
  KOR_ZAL: 'kind.KOR_ZAL',
  KOR_ROZ: 'kind.KOR_ROZ',
};

export function kindName(kind: string): string {
  const key = kinds[kind];
  return key === undefined ? kind : t(key);
}

const permissions: Record<string, Key> = {
  Owner: 'permission.Owner',
  InvoiceWrite: 'permission.InvoiceWrite',
  InvoiceRead: 'permission.InvoiceRead',
  PefInvoiceWrite: 'permission.PefInvoiceWrite',
  PefInvoiceRead: 'permission.PefInvoiceRead',
  CredentialsManage: 'permission.CredentialsManage',
  CredentialsRead: 'permission.CredentialsRead',
  SubunitManage: 'permission.SubunitManage',
  EnforcementOperations: 'permission.EnforcementOperations',
  Introspection: 'permission.Introspection',
  VatUeManage: 'permission.VatUeManage',
  SelfInvoicing: 'permission.SelfInvoicing',
  TaxRepresentative: 'permission.TaxRepresentative',
  RRInvoicing: 'permission.RRInvoicing',
  PefInvoicing: 'permission.PefInvoicing',
  CollectiveIdentifierManage: 'permission.CollectiveIdentifierManage',
};

export function permissionName(permission: string): string {
  const key = permissions[permission];
  return key === undefined ? permission : t(key);
}

export interface StateLook {
  label: Key;
  about: Key;
  tone: 'soft' | 'ok' | 'warn' | 'bad' | 'accent';
  icon: IconName;
}

export const states: Record<SaleState, StateLook> = {
  queued: { label: 'state.queued', about: 'state.queued.about', tone: 'soft', icon: 'clock' },
  sending: { label: 'state.sending', about: 'state.sending.about', tone: 'accent', icon: 'upload' },
  processing: { label: 'state.processing', about: 'state.processing.about', tone: 'accent', icon: 'clock' },
  accepted: { label: 'state.accepted', about: 'state.accepted.about', tone: 'ok', icon: 'check' },
  refused: { label: 'state.refused', about: 'state.refused.about', tone: 'bad', icon: 'cross' },
  withdrawn: { label: 'state.withdrawn', about: 'state.withdrawn.about', tone: 'soft', icon: 'cross' },
  held: { label: 'state.held', about: 'state.held.about', tone: 'warn', icon: 'warning' },
};

/** Held because the person wanted it so. */
export const keptBackLook: StateLook = { label: 'state.keptBack', about: 'state.keptBack.about', tone: 'accent', icon: 'pause' };

/** The sentence of a finding, of a document as well as of a row. */
export function findingText(finding: { pl: string; en: string }): string {
  return language() === 'pl' ? finding.pl : finding.en;
}

/** By what a party is known: `526-587-76-35`, `DE811569869`. */
export function identifier({ idKind, id, idCountry }: PartyDraft): string {
  if (idKind === 'none') return '';
  return idKind === 'nip' ? nip(id.replace(/[\s.-]|^PL/gi, '')) : [idCountry, id].filter(Boolean).join(' ');
}

/** FormaPlatnosci of the closed list. */
export function paymentForms(): Option[] {
  return formOptions().filter(({ value }) => /^\d$/.test(value));
}

export function rateName(value: string): string {
  const rate = rateOf(value);
  return rate === undefined ? value : t(rate.short);
}
