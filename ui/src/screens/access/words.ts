// Words for what KSeF says of tokens, logins, permissions and limits. A code that has none shows itself.
import type { JournalRow, PartyKind, PartyView, Problem, TokenState } from '../../host';
import { nip } from '../../i18n/format';
import { t, type Key } from '../../i18n/index.svelte';
import { sentences } from '../../i18n/problems';
import type { IconName } from '../../lib/icons';
import { permissionName } from '../parts/words';

type Tone = 'soft' | 'ok' | 'warn' | 'bad' | 'accent';

export const tokenStates: Record<TokenState, { label: Key; tone: Tone; icon: IconName }> = {
  active: { label: 'tokens.state.active', tone: 'ok', icon: 'check' },
  pending: { label: 'tokens.state.pending', tone: 'accent', icon: 'clock' },
  revoking: { label: 'tokens.state.revoking', tone: 'warn', icon: 'clock' },
  revoked: { label: 'tokens.state.revoked', tone: 'soft', icon: 'cross' },
  failed: { label: 'tokens.state.failed', tone: 'bad', icon: 'warning' },
  other: { label: 'tokens.state.other', tone: 'soft', icon: 'info' },
};

const methods: Record<string, Key> = {
  Token: 'login.method.Token',
  TrustedProfile: 'login.method.TrustedProfile',
  InternalCertificate: 'login.method.InternalCertificate',
  QualifiedSignature: 'login.method.QualifiedSignature',
  QualifiedSeal: 'login.method.QualifiedSeal',
  PersonalSignature: 'login.method.PersonalSignature',
  PeppolSignature: 'login.method.PeppolSignature',
};

export const methodName = (method: string): string => word(methods, method);

const roles: Record<string, Key> = {
  CourtBailiff: 'role.CourtBailiff',
  EnforcementAuthority: 'role.EnforcementAuthority',
  LocalGovernmentUnit: 'role.LocalGovernmentUnit',
  LocalGovernmentSubUnit: 'role.LocalGovernmentSubUnit',
  VatGroupUnit: 'role.VatGroupUnit',
  VatGroupSubUnit: 'role.VatGroupSubUnit',
};

export const roleName = (role: string): string => word(roles, role);

const figures: Record<string, Key> = {
  'onlineSession.maxInvoices': 'limits.online.invoices',
  'onlineSession.maxInvoiceSizeInMB': 'limits.online.size',
  'onlineSession.maxInvoiceWithAttachmentSizeInMB': 'limits.online.sizeWithAttachment',
  'batchSession.maxInvoices': 'limits.batch.invoices',
  'batchSession.maxInvoiceSizeInMB': 'limits.batch.size',
  'batchSession.maxInvoiceWithAttachmentSizeInMB': 'limits.batch.sizeWithAttachment',
  'collectiveIdentifier.maxInvoices': 'limits.collective.invoices',
  'enrollment.maxEnrollments': 'limits.enrolments',
  'certificate.maxCertificates': 'limits.certificates',
};

export const figureName = (name: string): string => word(figures, name);

const groups: Record<string, Key> = {
  onlineSession: 'limits.group.onlineSession',
  batchSession: 'limits.group.batchSession',
  invoiceSend: 'limits.group.invoiceSend',
  invoiceStatus: 'limits.group.invoiceStatus',
  sessionList: 'limits.group.sessionList',
  sessionInvoiceList: 'limits.group.sessionInvoiceList',
  sessionMisc: 'limits.group.sessionMisc',
  sessionClose: 'limits.group.sessionClose',
  invoiceMetadata: 'limits.group.invoiceMetadata',
  invoiceExport: 'limits.group.invoiceExport',
  invoiceExportStatus: 'limits.group.invoiceExportStatus',
  invoiceDownload: 'limits.group.invoiceDownload',
  collectiveIdentifier: 'limits.group.collectiveIdentifier',
  anonymous: 'limits.group.anonymous',
  global: 'limits.group.global',
  other: 'limits.group.other',
};

export const groupName = (group: string): string => word(groups, group);

const acts: Record<string, Key> = {
  'credential-saved': 'journal.credentialSaved',
  'credential-removed': 'journal.credentialRemoved',
  'signed-in': 'journal.signedIn',
  'certificate-requested': 'journal.certificateRequested',
  'certificate-received': 'journal.certificateReceived',
  'enrolment-abandoned': 'journal.enrolmentAbandoned',
  'certificate-renewed': 'journal.certificateRenewed',
  'certificate-revoked': 'journal.certificateRevoked',
  'credential-exported': 'journal.credentialExported',
  'token-made': 'journal.tokenMade',
  'token-revoked': 'journal.tokenRevoked',
  'token-pasted': 'journal.tokenPasted',
  'login-ended': 'journal.loginEnded',
  'permission-granted': 'journal.permissionGranted',
  'permission-revoked': 'journal.permissionRevoked',
  'company-added': 'journal.companyAdded',
  'company-removed': 'journal.companyRemoved',
  'context-chosen': 'journal.contextChosen',
  'lock-set': 'journal.lockSet',
  'lock-removed': 'journal.lockRemoved',
  'journal-saved': 'journal.journalSaved',
};

/** What was done, as a sentence. The act is written with dashes or as one word with capitals. */
export function actSentence({ act, values }: JournalRow): string {
  const key = acts[act.replace(/^journal\./, '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)];
  return key === undefined ? act : t(key, values);
}

/** To what it was done: a number, a name, files, permissions. What the sentence says already is left out. */
export function actValues({ values }: JournalRow): string[] {
  const permissions = (values['permissions'] ?? '').split(/[\s,]+/).filter(Boolean).map(permissionName);
  return [...new Set([values['name'], values['object'], values['files'], permissions.join(', ')])].filter((value) => value !== undefined && value !== '') as string[];
}

const kinds: Record<PartyKind, Key | null> = {
  nip: 'party.kind.nip',
  pesel: 'party.kind.pesel',
  fingerprint: 'party.kind.fingerprint',
  internalId: 'party.kind.internalId',
  nipVatUe: 'party.kind.nipVatUe',
  peppolId: 'party.kind.peppolId',
  allPartners: null,
  system: null,
};

export function kindName(kind: PartyKind): string {
  const key = kinds[kind];
  return key === null ? '' : t(key);
}

/** `Anna Nowak (PESEL 85******123)`; without a name the identifier alone. */
export function partyWords({ kind, identifier, name }: PartyView): string {
  if (kind === 'system') return t('party.system');
  if (kind === 'allPartners') return t('party.allPartners');
  const known = [kindName(kind), shown(kind, identifier)].filter(Boolean).join(' ');
  return name === null || name === '' ? known : identifier === '' ? name : `${name} (${known})`;
}

function shown(kind: PartyKind, identifier: string): string {
  if (kind === 'nip') return nip(identifier);
  return kind === 'fingerprint' && identifier.length > 16 ? `${identifier.slice(0, 8)}…${identifier.slice(-4)}` : identifier;
}

/** What is wrong in a field and what to type instead, for the line under it. */
export function fieldWords(problem: Problem | null): string | null {
  if (problem === null) return null;
  const { what, do: next } = sentences(problem);
  return [what, next].filter(Boolean).join(' ');
}

function word(keys: Record<string, Key>, code: string): string {
  const key = keys[code];
  return key === undefined ? code : t(key);
}
