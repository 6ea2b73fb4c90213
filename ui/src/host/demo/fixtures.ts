// People, companies and documents of the demonstration. None of them exists.
import type {
  CertificateSlotView,
  CertificateView,
  CompanyView,
  CredentialsView,
  FindingView,
  InvoiceView,
  NextStep,
  PreparedView,
  Problem,
  SaleState,
  SaleView,
  Scope,
} from '../contract';

export const NIP = '5265877635';
export const SAMPLE_NIP = '7980332920';

export function problem(code: string, next: NextStep, values: Record<string, string> = {}, technical: string | null = null): Problem {
  return { code, values, next, technical };
}

export function company(nip: string, name: string | null, environment: CompanyView['environment'], waiting = 0): CompanyView {
  return { nip, name, environment, waiting };
}

export function certificate(change: Partial<CertificateView> = {}): CertificateView {
  return {
    subject: 'Jan Kowalski',
    owner: 'personByPesel',
    ownerIdentifier: '3011******6',
    issuer: 'CCK KSeF',
    serial: '019A0CE840428FE6',
    notBefore: '2026-11-21T08:00:00Z',
    notAfter: '2028-11-21T08:00:00Z',
    daysLeft: 731,
    purpose: 'authentication',
    key: 'P-256',
    ...change,
  };
}

export function emptySlot(): CertificateSlotView {
  return { certificate: null, key: 'missing', saved: false, typedSerial: null, problems: [] };
}

export function savedSlot(change: Partial<CertificateView> = {}): CertificateSlotView {
  return { certificate: certificate(change), key: 'saved', saved: true, typedSerial: null, problems: [] };
}

export function noCredentials(): CredentialsView {
  return {
    authentication: emptySlot(),
    offline: emptySlot(),
    token: { saved: false, referenceNumber: null, worksUntil: '2026-12-31', problem: null },
    keychain: null,
    unplaced: [],
  };
}

export function allCredentials(): CredentialsView {
  return {
    authentication: savedSlot(),
    offline: { ...savedSlot({ serial: '01B7240A5C3E91D2', purpose: 'offline', daysLeft: 14, notAfter: '2026-12-05T08:00:00Z' }), typedSerial: '01B7240A5C3E91D2' },
    token: { saved: true, referenceNumber: '20261121-EC-0A1B2C3D4E-5F60718293-A4', worksUntil: '2026-12-31', problem: null },
    keychain: null,
    unplaced: [],
  };
}

/** Every kind of trouble that a credential can have, beside its field. */
export function troubledCredentials(): CredentialsView {
  return {
    authentication: {
      certificate: certificate({ subject: 'Przedsiębiorstwo Produkcyjno-Handlowo-Usługowe „Żółta Łódź Podwodna” Brzęczyszczykiewicz i Wspólnicy sp. z o.o. sp.k.', owner: 'seal', ownerIdentifier: NIP, daysLeft: -3, notAfter: '2026-11-18T08:00:00Z' }),
      key: 'needsPassword',
      saved: false,
      typedSerial: null,
      problems: [
        { field: 'certificate', problem: problem('credential.expired', 'openPortal', { date: '2026-11-18' }), warning: false },
        { field: 'password', problem: problem('credential.wrongPassword', 'enterPassword', {}, 'PKCS#8 PBES2: bad decrypt'), warning: false },
      ],
    },
    offline: {
      certificate: certificate({ serial: '01B7240A5C3E91D2', purpose: 'authentication', key: 'RSA 2048' }),
      key: 'ready',
      saved: false,
      typedSerial: '01B7240A5C3E91D3',
      problems: [
        { field: 'serial', problem: problem('credential.serialDiffers', 'correctField', { typed: '01B7240A5C3E91D3', certificate: '01B7240A5C3E91D2' }), warning: false },
        { field: 'certificate', problem: problem('credential.authenticationForOffline', 'chooseFile'), warning: false },
        { field: 'key', problem: problem('credential.notAPair', 'chooseFile'), warning: false },
      ],
    },
    token: { saved: false, referenceNumber: null, worksUntil: '2026-12-31', problem: problem('token.otherCompany', 'openCompany', { nip: SAMPLE_NIP }) },
    keychain: problem('keychain.locked', 'unlockKeychain', {}, 'org.freedesktop.secrets: IsLocked'),
    unplaced: [{ fileName: 'wniosek o certyfikat.pdf', problem: problem('credential.notACredential', 'chooseFile') }],
  };
}

export function invoice(number: string, change: Partial<InvoiceView> = {}): InvoiceView {
  return {
    number,
    issueDate: '2026-11-21',
    kind: 'VAT',
    sellerNip: NIP,
    sellerName: 'Kowalski Hurt sp. z o.o.',
    buyerIdentifier: '1111111111',
    buyerName: 'CDE sp. z o.o.',
    gross: '1845',
    currency: 'PLN',
    ...change,
  };
}

const BUYERS: [string | null, string | null][] = [
  ['CDE sp. z o.o.', '1111111111'],
  ['Zakład Usług Żółć', '7980332920'],
  ['Jan Nowak', null],
  ['Hurtownia Łódź sp.j.', '9512010274'],
  ['Gemeinnützige Wohnungsbaugesellschaft mbH', 'DE811569869'],
];

export function buyer(index: number): Partial<InvoiceView> {
  const [buyerName, buyerIdentifier] = BUYERS[index % BUYERS.length] ?? [null, null];
  return { buyerName, buyerIdentifier };
}

export function finding(code: string, pl: string, en: string, place: Partial<FindingView> = {}): FindingView {
  return { code, error: true, pl, en, line: null, column: null, path: null, ...place };
}

export function brokenFiles(): PreparedView[] {
  return [
    {
      id: 'p-future',
      fileName: 'FV-2026-11-043.xml',
      invoice: invoice('FV/2026/11/043', { issueDate: '2026-11-22', gross: '246', buyerName: 'Jan Nowak', buyerIdentifier: null }),
      findings: [
        finding('FUTURE_DATE', 'Data wystawienia (22.11.2026) jest późniejsza niż dzisiaj. Wyślij jutro albo popraw datę.', 'The date of issue (22.11.2026) is later than today. Send it tomorrow or correct the date.', { line: 31, column: 10, path: '/Faktura/Fa/P_1' }),
      ],
      sendable: false,
      already: null,
      problem: null,
    },
    {
      id: 'p-broken',
      fileName: 'korekta.xml',
      invoice: null,
      findings: [
        finding('STRUCTURE_ENUMERATION', 'Wiersz 47: „Stawka podatku” ma wartość „23%”, a powinna jedną z: 23, 22, 8, 7, 5, 4, 3, 0 KR, 0 WDT, 0 EX, zw, oo, np I, np II.', 'Line 47: “Tax rate” is “23%” and should be one of: 23, 22, 8, 7, 5, 4, 3, 0 KR, 0 WDT, 0 EX, zw, oo, np I, np II.', { line: 47, column: 15, path: '/Faktura/Fa/FaWiersz[3]/P_12' }),
        finding('STRUCTURE_MISSING', 'Brakuje elementu „KodKraju”.', 'The element “KodKraju” is missing.', { line: 22, column: 7, path: '/Faktura/Podmiot2/Adres' }),
        finding('ROUNDING', 'Suma wierszy różni się od kwoty faktury o 0,01 zł.', 'The sum of the lines differs from the total by 0.01 zł.', { error: false, line: 51, column: 9, path: '/Faktura/Fa/P_15' }),
      ],
      sendable: false,
      already: null,
      problem: null,
    },
    {
      id: 'p-unread',
      fileName: 'FV-2026-11-046.xml',
      invoice: null,
      findings: [],
      sendable: false,
      already: null,
      problem: problem('file.noPermission', 'chooseFile', { name: 'FV-2026-11-046.xml' }, 'PermissionDenied'),
    },
  ];
}

export function goodFile(id: string, number: string, index: number, gross: string): PreparedView {
  return { id, fileName: `${number.replaceAll('/', '-')}.xml`, invoice: invoice(number, { gross, ...buyer(index) }), findings: [], sendable: true, already: null, problem: null };
}

export function sale(id: string, scope: Scope, number: string, state: SaleState, change: Partial<SaleView> = {}): SaleView {
  const accepted = state === 'accepted';
  return {
    id,
    scope,
    fileName: `${number.replaceAll('/', '-')}.xml`,
    invoice: invoice(number),
    state,
    ksefNumber: accepted ? `${scope.nip}-20261121-${id.padStart(12, '0').toUpperCase()}-AF` : null,
    hasUpo: accepted,
    queuedAt: '2026-11-21T07:41:00Z',
    acceptedAt: accepted ? '2026-11-21T07:41:09Z' : null,
    problem: null,
    nextAttemptAt: null,
    ...change,
  };
}

/** A list with every state in it, long enough for several pages. */
export function someSales(scope: Scope, count: number): SaleView[] {
  const troubled: SaleView[] = [
    sale('9101', scope, 'FV/2026/11/042', 'processing', { invoice: invoice('FV/2026/11/042', { ...buyer(1), gross: '12300' }) }),
    sale('9102', scope, 'FV/2026/11/041', 'held', {
      invoice: invoice('FV/2026/11/041', { ...buyer(3), gross: '15990.5' }),
      problem: problem('network.none', 'checkNetwork', {}, 'connect: network is unreachable'),
    }),
    sale('9103', scope, 'FV/2026/11/040', 'refused', {
      invoice: invoice('FV/2026/11/040', { ...buyer(2), gross: '246' }),
      problem: problem('sending.duplicateOfAnother', 'correctInvoice', { original: `${scope.nip}-20261102-0100001AF629-AF` }, '440 Duplikat faktury'),
    }),
    sale('9104', scope, 'KOR/2026/11/003', 'queued', { invoice: invoice('KOR/2026/11/003', { kind: 'KOR', gross: '-1204.18', ...buyer(4), currency: 'EUR' }) }),
  ];
  const accepted = Array.from({ length: Math.max(0, count - troubled.length) }, (_, index) => {
    const number = `FV/2026/11/${String(39 - index).padStart(3, '0')}`;
    const gross = `${(index * 977 + 123) % 48000}.${String((index * 37) % 100).padStart(2, '0')}`;
    return sale(String(8000 - index), scope, number, 'accepted', { invoice: invoice(number, { ...buyer(index), gross }), hasUpo: index !== 0 });
  });
  return [...troubled, ...accepted];
}

export function manyCompanies(): CompanyView[] {
  const names = ['Kowalski Hurt sp. z o.o.', 'Piekarnia „Pod Kłosem”', 'Zakład Usług Żółć', 'Hurtownia Łódź sp.j.', 'Biuro Rachunkowe Świt', 'Auto-Części Wiśniewski'];
  return Array.from({ length: 100 }, (_, index) => {
    const digits = `52658${String(10000 + index * 37)}`;
    const environments = ['production', 'demo', 'test', 'sandbox'] as const;
    const name = index % 17 === 5 ? null : `${names[index % names.length]}${index < names.length ? '' : ` ${index}`}`;
    return company(digits, name, environments[index % 4] ?? 'test', index % 9 === 0 ? index % 5 : 0);
  });
}

/** Of a certificate that names neither PESEL nor NIP. */
export const FINGERPRINT = '70A992150F837D5B4D8C8A1C5269CEF62CF500BD6E1F2A3B4C5D6E7F80911AB2';

export const LONG_NAME =
  'Przedsiębiorstwo Produkcyjno-Handlowo-Usługowe „Żółta Łódź Podwodna” Brzęczyszczykiewicz i Wspólnicy Spółka z ograniczoną odpowiedzialnością Spółka komandytowa w Chrząszczyżewoszycach';
