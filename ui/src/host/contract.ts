// What the window asks of the program. The values are generated from the commands (`bindings.ts`): dates are ISO texts,
// moments RFC 3339 in UTC, amounts decimal texts, NIP ten digits. No secret ever comes back.
import type {
  CertificateSlot,
  CompanyView,
  ConnectionView,
  CredentialSlot,
  CredentialsView,
  EnvironmentName,
  LoadTarget,
  NewCompany,
  OfflineCheck,
  PreparedView,
  Problem,
  ProgramView,
  SaleView,
  SalesFilter,
  SalesPage,
  Scope,
  Settings,
  StartView,
  TokenPasted,
} from './bindings';

export type * from './bindings';

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
  pickCredentialFiles(scope: Scope, target: LoadTarget): Promise<Answer<CredentialsView | null>>;
  loadCredentialFiles(scope: Scope, target: LoadTarget, paths: string[]): Promise<Answer<CredentialsView>>;
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
  withdrawSale(id: string): Promise<Answer<SaleView>>;
  saveUpo(id: string): Promise<Answer<string | null>>;
  saveXml(id: string): Promise<Answer<string | null>>;

  start(scope: Scope): Promise<Answer<StartView>>;
  openPortal(environment: EnvironmentName): Promise<Answer<null>>;

  onSaleChanged(listener: (sale: SaleView) => void): Unsubscribe;
  onCompaniesChanged(listener: () => void): Unsubscribe;
  onFileDrag(listener: (drag: FileDrag) => void): Unsubscribe;
}
