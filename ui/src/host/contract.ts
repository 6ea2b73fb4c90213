// What the window and the program say to each other: the values of `ksef-commands`, camelCase, as JSON.
// Dates are ISO texts, moments RFC 3339 in UTC, amounts decimal texts, NIP ten digits. No secret ever comes back.

export type EnvironmentName = 'production' | 'demo' | 'test' | 'sandbox';
export type Language = 'pl' | 'en';
export type Appearance = 'system' | 'light' | 'dark';

export interface Scope {
  nip: string;
  environment: EnvironmentName;
}

export type NextStep =
  | 'retry'
  | 'chooseFile'
  | 'enterPassword'
  | 'loadCertificate'
  | 'pasteToken'
  | 'chooseEnvironment'
  | 'openPortal'
  | 'correctField'
  | 'correctInvoice'
  | 'openSales'
  | 'setClock'
  | 'checkNetwork'
  | 'unlockKeychain'
  | 'wait'
  | 'openCompany'
  | 'contactSupport';

export interface Problem {
  code: string;
  values: Record<string, string>;
  next: NextStep;
  technical: string | null;
}

export interface Settings {
  language: Language;
  appearance: Appearance;
  lastCompany: string | null;
}

export interface ProgramView {
  version: string;
  dataFolder: string;
  settings: Settings;
}

export interface CompanyView {
  nip: string;
  name: string | null;
  environment: EnvironmentName;
  waiting: number;
}

export interface NewCompany {
  nip: string;
  name: string | null;
  environment: EnvironmentName;
}

export type CertificateSlot = 'authentication' | 'offline';
export type CredentialSlot = CertificateSlot | 'token';
export type CredentialField = 'certificate' | 'key' | 'password' | 'serial' | 'token';
export type KeyState = 'missing' | 'needsPassword' | 'ready' | 'saved';
export type OwnerKind = 'personByPesel' | 'personByNip' | 'seal' | 'fingerprint';

export interface FieldProblem {
  field: CredentialField;
  problem: Problem;
  warning: boolean;
}

export interface CertificateView {
  subject: string;
  owner: OwnerKind;
  ownerIdentifier: string;
  issuer: string;
  serial: string;
  notBefore: string;
  notAfter: string;
  daysLeft: number;
  purpose: CertificateSlot | null;
  key: string;
}

export interface CertificateSlotView {
  certificate: CertificateView | null;
  key: KeyState;
  saved: boolean;
  typedSerial: string | null;
  problems: FieldProblem[];
}

export interface TokenView {
  saved: boolean;
  referenceNumber: string | null;
  worksUntil: string | null;
  problem: Problem | null;
}

export interface CredentialsView {
  authentication: CertificateSlotView;
  offline: CertificateSlotView;
  token: TokenView;
  keychain: Problem | null;
}

export interface TokenPasted {
  nip: string | null;
  credentials: CredentialsView;
}

export type OfflineCheckItem = 'present' | 'pair' | 'purpose' | 'validity' | 'serial' | 'signature';

export interface OfflineCheck {
  steps: { what: OfflineCheckItem; problem: Problem | null }[];
  passed: boolean;
}

export type ConnectionMethod = 'certificate' | 'token';

export type ConnectionView =
  | {
      state: 'connected';
      owner: string;
      company: string;
      method: ConnectionMethod;
      permissions: string[];
      validUntil: string;
      checkedAt: string;
      warnings: Problem[];
    }
  | { state: 'refused'; problem: Problem; checkedAt: string };

export interface InvoiceView {
  number: string;
  issueDate: string;
  kind: string;
  sellerNip: string;
  sellerName: string;
  buyerIdentifier: string | null;
  buyerName: string | null;
  gross: string;
  currency: string;
}

export interface FindingView {
  code: string;
  error: boolean;
  pl: string;
  en: string;
  line: number | null;
  column: number | null;
  path: string | null;
}

export interface PreparedView {
  id: string;
  fileName: string;
  invoice: InvoiceView | null;
  findings: FindingView[];
  sendable: boolean;
}

export type SaleState = 'queued' | 'sending' | 'processing' | 'accepted' | 'refused' | 'held';

export interface SaleView {
  id: string;
  scope: Scope;
  fileName: string;
  invoice: InvoiceView;
  state: SaleState;
  ksefNumber: string | null;
  hasUpo: boolean;
  queuedAt: string;
  acceptedAt: string | null;
  problem: Problem | null;
}

export interface SalesFilter {
  text: string;
  state: SaleState | null;
  after: string | null;
}

export interface SalesPage {
  rows: SaleView[];
  next: string | null;
  total: number;
}

export type KsefState =
  | { state: 'available'; checkedAt: string }
  | { state: 'announced'; status: string; messages: string[]; checkedAt: string }
  | { state: 'notPublished' }
  | { state: 'unknown'; problem: Problem };

export interface AccessView {
  slot: CredentialSlot;
  present: boolean;
  until: string | null;
  daysLeft: number | null;
}

export interface StartView {
  ksef: KsefState;
  waiting: number;
  held: number;
  acceptedThisMonth: number;
  access: AccessView[];
  recent: SaleView[];
}

/** Every command answers a value or a problem; it never throws. */
export type Answer<T> = { status: 'ok'; data: T } | { status: 'error'; error: Problem };

export type Unsubscribe = () => void;

/** Files that are being dragged over the window, or were let go there. Positions are CSS pixels in the page. */
export type FileDrag =
  | { kind: 'over'; x: number; y: number }
  | { kind: 'drop'; x: number; y: number; paths: string[] }
  | { kind: 'leave' };

/** Everything that the window asks of the program. `tauri.ts` is the real one. */
export interface Host {
  program(): Promise<Answer<ProgramView>>;
  saveSettings(settings: Settings): Promise<Answer<null>>;

  companies(): Promise<Answer<CompanyView[]>>;
  addCompany(company: NewCompany): Promise<Answer<CompanyView>>;
  renameCompany(nip: string, name: string | null): Promise<Answer<null>>;
  removeCompany(nip: string): Promise<Answer<null>>;
  chooseEnvironment(nip: string, environment: EnvironmentName): Promise<Answer<null>>;
  checkNip(text: string): Promise<Answer<string>>;
  makeSampleCompany(): Promise<Answer<Scope>>;

  credentials(scope: Scope): Promise<Answer<CredentialsView>>;
  pickCredentialFiles(scope: Scope, slot: CertificateSlot): Promise<Answer<CredentialsView | null>>;
  loadCredentialFiles(scope: Scope, slot: CertificateSlot | null, paths: string[]): Promise<Answer<CredentialsView>>;
  setCertificatePassword(scope: Scope, slot: CertificateSlot, password: string): Promise<Answer<CredentialsView>>;
  setOfflineSerial(scope: Scope, text: string): Promise<Answer<CredentialsView>>;
  pasteOfflineSerial(scope: Scope): Promise<Answer<CredentialsView>>;
  checkOfflineCertificate(scope: Scope): Promise<Answer<OfflineCheck>>;
  removeCredential(scope: Scope, slot: CredentialSlot): Promise<Answer<CredentialsView>>;
  setToken(scope: Scope, text: string): Promise<Answer<TokenPasted>>;
  pasteToken(scope: Scope): Promise<Answer<TokenPasted>>;
  checkConnection(scope: Scope): Promise<Answer<ConnectionView>>;

  pickInvoices(scope: Scope): Promise<Answer<PreparedView[] | null>>;
  loadInvoices(scope: Scope, paths: string[]): Promise<Answer<PreparedView[]>>;
  prepared(scope: Scope): Promise<Answer<PreparedView[]>>;
  dropPrepared(scope: Scope, ids: string[]): Promise<Answer<null>>;
  makeSampleInvoice(scope: Scope): Promise<Answer<PreparedView>>;
  sendPrepared(scope: Scope, ids: string[]): Promise<Answer<SaleView[]>>;
  cancelSending(scope: Scope): Promise<Answer<null>>;

  sales(scope: Scope, filter: SalesFilter): Promise<Answer<SalesPage>>;
  sale(id: string): Promise<Answer<SaleView>>;
  retrySale(id: string): Promise<Answer<SaleView>>;
  saveUpo(id: string): Promise<Answer<string | null>>;
  saveXml(id: string): Promise<Answer<string | null>>;

  start(scope: Scope): Promise<Answer<StartView>>;
  openPortal(environment: EnvironmentName): Promise<Answer<null>>;

  onSaleChanged(listener: (sale: SaleView) => void): Unsubscribe;
  onCompaniesChanged(listener: () => void): Unsubscribe;
  onFileDrag(listener: (drag: FileDrag) => void): Unsubscribe;
}
