// Tokens, logins, permissions, limits and the journal of the demonstration. None of these people and firms exists.
import type {
  AuthSessionRow,
  BulkView,
  CollectiveInvoice,
  CollectiveRow,
  CompanyStanding,
  ContextView,
  FoundCompany,
  JournalRow,
  LimitsView,
  OperationView,
  PartyView,
  PeppolProvider,
  PermissionList,
  PermissionRow,
  Scope,
  TokenRow,
} from '../contract';

export interface AccessState {
  tokens: TokenRow[];
  logins: AuthSessionRow[];
  permissions: Partial<Record<PermissionList, PermissionRow[]>>;
  operations: Record<string, OperationView>;
  /** Operations stay pending, however often one asks. */
  operationsHeld: boolean;
  standing: CompanyStanding;
  found: FoundCompany[];
  bulk: BulkView;
  /** NIPs that KSeF does not let in. */
  refuses: string[];
  /** By NIP and environment; what is not here works by its NIP. */
  contexts: Record<string, ContextView>;
  limits: LimitsView;
  providers: PeppolProvider[];
  collectives: (CollectiveRow & { of: CollectiveInvoice[] })[];
  journal: JournalRow[];
  brokenAt: string | null;
  lock: { password: string | null; locked: boolean; idleMinutes: number; wrong: number };
  /** Secrets that were just made, by their handles. */
  once: Record<string, string>;
  clipboard: string | null;
}

export function emptyAccess(): AccessState {
  return {
    tokens: [],
    logins: [],
    permissions: {},
    operations: {},
    operationsHeld: false,
    standing: { roles: [], subordinates: [], attachments: { allowed: false, revokedFrom: null } },
    found: [],
    bulk: { rows: [], done: 0, running: false, cancelled: false },
    refuses: [],
    contexts: {},
    limits: limits(),
    providers: [],
    collectives: [],
    journal: [],
    brokenAt: null,
    lock: { password: null, locked: false, idleMinutes: 10, wrong: 0 },
    once: {},
    clipboard: null,
  };
}

const OFFICE: PartyView = { kind: 'nip', identifier: '7980332920', name: 'Biuro Rachunkowe ABC sp. z o.o.' };
const ANNA: PartyView = { kind: 'pesel', identifier: '85******123', name: 'Anna Nowak' };
const OWNER: PartyView = { kind: 'pesel', identifier: '30******116', name: 'Jan Kowalski' };
const FOREIGNER: PartyView = { kind: 'fingerprint', identifier: 'CEB3643BAC2C111ADDE971BDA5A80163441867D65389FC0BC0DFF8B4C1CD4E59', name: 'Jürgen Müller' };
const PARTNER: PartyView = { kind: 'nip', identifier: '1234563218', name: 'Hurtownia Łódź sp.j.' };

export function token(referenceNumber: string, description: string, change: Partial<TokenRow> = {}): TokenRow {
  return {
    referenceNumber,
    description,
    author: '30******116',
    permissions: ['InvoiceRead', 'InvoiceWrite'],
    createdAt: '2026-11-02T09:12:00Z',
    lastUse: '2026-11-21T07:41:00Z',
    state: 'active',
    details: [],
    held: false,
    ...change,
  };
}

export function permission(id: string | null, sentence: string, change: Partial<PermissionRow> = {}): PermissionRow {
  return {
    id,
    sentence,
    permission: 'InvoiceRead',
    holder: OFFICE,
    author: OWNER,
    canPassOn: false,
    inactive: false,
    description: '',
    since: '2026-02-01T10:00:00Z',
    kind: 'common',
    ...change,
  };
}

/** A company with something in every list. */
export function someAccess(scope: Scope): AccessState {
  const tokens = [
    token('20261121-EC-0A1B2C3D4E-5F60718293-A4', 'Okienko na komputerze Anny', { held: true }),
    token('20261015-EC-1B2C3D4E5F-6071829304-B5', 'Sklep internetowy: wystawianie i wysyłanie faktur, konto integracji magazynu w Chrząszczyżewoszycach', { permissions: ['InvoiceWrite'], lastUse: null }),
    token('20260930-EC-2C3D4E5F60-7182930415-C6', 'Program magazynowy', { state: 'revoked', lastUse: '2026-10-01T06:00:00Z' }),
    token('20260901-EC-3D4E5F6071-8293041526-D7', 'Kasa nr 3', { state: 'failed', lastUse: null, details: ['Brak uprawnień do nadania wskazanych ról.'] }),
  ];
  return {
    ...emptyAccess(),
    tokens: [...tokens, ...Array.from({ length: 14 }, (_, index) => token(`20260${(index % 8) + 1}10-EC-4E5F607182-${String(9304152600 + index)}-E8`, `Stanowisko ${index + 1}`, { state: index % 3 === 0 ? 'revoked' : 'active', createdAt: `2026-0${(index % 8) + 1}-10T08:00:00Z` }))],
    logins: [
      { referenceNumber: '20261121-AU-5F60718293-0415263748-F9', current: true, method: 'InternalCertificate', startedAt: '2026-11-21T07:40:00Z', code: 200, status: 'Uwierzytelnianie zakończone sukcesem', lastRefresh: '2026-11-21T07:55:00Z', validUntil: '2026-11-28T07:40:00Z' },
      { referenceNumber: '20261120-AU-6071829304-1526374859-0A', current: false, method: 'Token', startedAt: '2026-11-20T12:03:00Z', code: 200, status: 'Uwierzytelnianie zakończone sukcesem', lastRefresh: null, validUntil: '2026-11-27T12:03:00Z' },
      { referenceNumber: '20261119-AU-7182930415-2637485960-1B', current: false, method: 'TrustedProfile', startedAt: '2026-11-19T18:30:00Z', code: 200, status: 'Uwierzytelnianie zakończone sukcesem', lastRefresh: null, validUntil: '2026-11-26T18:30:00Z' },
    ],
    permissions: {
      mine: [
        permission(null, 'Jesteś właścicielem tej firmy i masz w niej wszystkie prawa.', { permission: 'Owner', holder: OWNER, author: { kind: 'system', identifier: '', name: null }, kind: 'none' }),
        permission('p-10', 'Możesz przeglądać faktury firmy Hurtownia Łódź sp.j.', { holder: OWNER, author: PARTNER }),
      ],
      people: [
        permission('p-1', 'Anna Nowak może wystawiać faktury.', { permission: 'InvoiceWrite', holder: ANNA, description: 'Fakturzystka' }),
        permission('p-2', 'Anna Nowak może przeglądać faktury.', { holder: ANNA, description: 'Fakturzystka' }),
        permission('p-3', 'Biuro Rachunkowe ABC sp. z o.o. może przeglądać faktury i przekazać to prawo dalej.', { canPassOn: true, description: 'Obsługa księgowa' }),
        permission('p-4', 'Jürgen Müller może przeglądać historię sesji.', { permission: 'Introspection', holder: FOREIGNER, inactive: true, description: 'Audyt' }),
      ],
      grantedHere: [permission('p-5', 'Anna Nowak może przeglądać faktury firmy Hurtownia Łódź sp.j.', { holder: ANNA, description: 'Obsługa klienta' })],
      fromFirms: [permission('p-6', 'Hurtownia Łódź sp.j. pozwala tej firmie przeglądać faktury i przekazać to prawo dalej.', { author: PARTNER, canPassOn: true, kind: 'none' })],
      authorizationsGiven: [permission('p-7', 'Hurtownia Łódź sp.j. może wystawiać faktury w imieniu tej firmy (samofakturowanie).', { permission: 'SelfInvoicing', holder: PARTNER, kind: 'authorization' })],
      authorizationsReceived: [],
      subunits: [permission('p-8', 'Anna Nowak zarządza uprawnieniami jednostki „Oddział Gdynia” (5265877635-00013).', { permission: 'CredentialsManage', holder: ANNA })],
      euEntities: [permission('p-9', 'Jürgen Müller zarządza uprawnieniami podmiotu unijnego DE811569869.', { permission: 'VatUeManage', holder: FOREIGNER })],
    },
    standing: {
      roles: [{ role: 'VatGroupUnit', parent: null, since: '2026-02-01T00:00:00Z' }],
      subordinates: [{ entity: PARTNER, role: 'VatGroupSubUnit', since: '2026-02-01T00:00:00Z' }],
      attachments: { allowed: true, revokedFrom: null },
    },
    found: [
      { nip: scope.nip, name: 'Kowalski Hurt sp. z o.o.', permissions: ['Owner'], known: true },
      { nip: '1234563218', name: 'Hurtownia Łódź sp.j.', permissions: ['InvoiceRead', 'InvoiceWrite'], known: false },
      { nip: '1111111111', name: null, permissions: ['InvoiceRead'], known: false },
    ],
    refuses: ['2222222222'],
    providers: Array.from({ length: 12 }, (_, index) => ({ id: `PPL${String(123456 + index * 17)}`, name: ['Dostawca Usług Peppol sp. z o.o.', 'E-Faktury Żółć S.A.', 'Brama Dokumentów sp.j.'][index % 3]!, since: `2026-0${(index % 8) + 1}-02T00:00:00Z` })),
    collectives: [
      { number: '5265877635-IZ202611-65ED02180000-E7', createdAt: '2026-11-20T10:00:00Z', invoices: 3, of: [1, 2, 3].map((n) => collected(scope, n)) },
      { number: '5265877635-IZ202611-65ED021712AB-3C', createdAt: '2026-11-13T10:00:00Z', invoices: 2, of: [4, 5].map((n) => collected(scope, n)) },
    ],
    journal: someJournal(scope),
  };
}

function collected(scope: Scope, n: number): CollectiveInvoice {
  return { ksefNumber: `${scope.nip}-20261121-00000000799${n}-AF`, amount: n === 2 ? null : `${n * 1230}.45`, currency: n === 2 ? null : 'PLN', description: null, hidden: n === 2 };
}

function someJournal(scope: Scope): JournalRow[] {
  const acts: [string, Record<string, string>, string | null][] = [
    ['lock-set', { minutes: '10' }, null],
    ['permission-granted', { object: '20261121-PN-0A1B2C3D4E-5F60718293-01' }, null],
    ['token-made', { object: '20261121-EC-0A1B2C3D4E-5F60718293-A4' }, null],
    ['token-revoked', { object: '20260930-EC-2C3D4E5F60-7182930415-C6' }, null],
    ['certificate-requested', { object: 'Okienko uwierzytelnianie' }, 'ksef.certificateLimit'],
    ['credential-saved', { object: '019A0CE840428FE6' }, null],
    ['company-added', {}, null],
  ];
  const program = new Set(['lock-set']);
  return acts.map(([act, values, problem], index) => ({
    number: String(acts.length - index),
    at: `2026-11-21T07:${String(50 - index * 4).padStart(2, '0')}:00Z`,
    nip: program.has(act) ? null : scope.nip,
    environment: program.has(act) ? null : scope.environment,
    act,
    values,
    succeeded: problem === null,
    problem,
    hash: (0xa5c31f77 - index * 7919).toString(16).padStart(8, '0').repeat(8),
  }));
}

function limits(): LimitsView {
  const rate = (group: string, second: number | null, minute: number | null, hour: number | null, usedInHour: number | null = null): LimitsView['requests'][number] => ({ group, second, minute, hour, usedInHour });
  return {
    context: [
      { name: 'onlineSession.maxInvoices', value: 10000 },
      { name: 'onlineSession.maxInvoiceSizeInMB', value: 1 },
      { name: 'onlineSession.maxInvoiceWithAttachmentSizeInMB', value: 3 },
      { name: 'batchSession.maxInvoices', value: 10000 },
      { name: 'batchSession.maxInvoiceSizeInMB', value: 1 },
      { name: 'batchSession.maxInvoiceWithAttachmentSizeInMB', value: 3 },
      { name: 'collectiveIdentifier.maxInvoices', value: 1000 },
    ],
    subject: [
      { name: 'enrollment.maxEnrollments', value: 300 },
      { name: 'certificate.maxCertificates', value: 100 },
    ],
    requests: [
      rate('onlineSession', 10, 30, 120, 4),
      rate('batchSession', 10, 20, 60, 0),
      rate('invoiceSend', 10, 30, 180, 171),
      rate('invoiceStatus', 30, 120, 1200, 12),
      rate('sessionList', 5, 10, 60, 0),
      rate('invoiceMetadata', 8, 16, 20, 1),
      rate('invoiceExport', 4, 8, 20, null),
      rate('invoiceDownload', 8, 16, 64, 0),
      rate('collectiveIdentifier', 10, 30, 120, 0),
      rate('other', 10, 30, 120, 9),
      rate('global', null, null, null, null),
    ],
    askedAt: '2026-11-21T07:41:00Z',
  };
}
