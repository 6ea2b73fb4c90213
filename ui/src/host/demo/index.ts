// The program played in memory: every command of the contract, for tests and for looking at screens in a browser.
// It is in builds with `--mode demo` only.
import type {
  Answer,
  CertificateSlot,
  CompanyView,
  ConnectionView,
  CredentialsView,
  FileDrag,
  Host,
  PreparedView,
  Problem,
  SaleState,
  SaleView,
  SalesFilter,
  Scope,
  Settings,
  StartView,
} from '../contract';
import * as make from './fixtures';

export interface DemoState {
  settings: Settings;
  companies: CompanyView[];
  /** By NIP and environment; what is not here has no credentials. */
  credentials: Record<string, CredentialsView>;
  sales: SaleView[];
  prepared: PreparedView[];
  /** What the next choice of files in a dialog brings; nothing when it is cancelled. */
  picks: PreparedView[] | null;
  credentialPicks: CredentialsView | null;
  connection: ConnectionView;
  start: Partial<StartView>;
  /** Commands that fail, by name. */
  fails: Partial<Record<keyof Host, Problem>>;
}

export interface Demo {
  host: Host;
  state: DemoState;
  /** Every command that was called, with what it was given. */
  calls: { name: keyof Host; input: unknown[] }[];
  /** Moves every invoice under way one step on. */
  advance: () => void;
  drag: (drag: FileDrag) => void;
}

const PASSWORD = 'Tajne-Haslo-2026!';
const PAGE = 50;
const NEXT: Partial<Record<SaleState, SaleState>> = { queued: 'sending', sending: 'processing', processing: 'accepted' };

export function emptyState(change: Partial<DemoState> = {}): DemoState {
  return {
    settings: { language: 'pl', appearance: 'system', lastCompany: null },
    companies: [],
    credentials: {},
    sales: [],
    prepared: [],
    picks: null,
    credentialPicks: null,
    connection: {
      state: 'connected',
      owner: 'Jan Kowalski',
      company: make.NIP,
      method: 'certificate',
      permissions: ['InvoiceWrite', 'InvoiceRead'],
      validUntil: '2026-11-28T08:41:00Z',
      checkedAt: '2026-11-21T07:41:00Z',
      warnings: [],
    },
    start: {},
    fails: {},
    ...change,
  };
}

export function createDemo(state: DemoState = emptyState()): Demo {
  const calls: Demo['calls'] = [];
  const saleListeners = new Set<(sale: SaleView) => void>();
  const companyListeners = new Set<() => void>();
  const dragListeners = new Set<(drag: FileDrag) => void>();
  let ids = 9500;

  const key = ({ nip, environment }: Scope): string => `${nip}/${environment}`;
  const same = (a: Scope, b: Scope): boolean => key(a) === key(b);
  const credentialsOf = (scope: Scope): CredentialsView => (state.credentials[key(scope)] ??= make.noCredentials());
  const ok = <T>(data: T): Answer<T> => ({ status: 'ok', data: structuredClone(data) });
  const bad = (error: Problem): Answer<never> => ({ status: 'error', error });

  function change(sale: SaleView): void {
    state.sales = state.sales.map((row) => (row.id === sale.id ? sale : row));
    saleListeners.forEach((listen) => listen(structuredClone(sale)));
  }

  function advance(): void {
    for (const row of state.sales) {
      const next = NEXT[row.state];
      if (next === undefined) continue;
      change(next === 'accepted' ? { ...make.sale(row.id, row.scope, row.invoice.number, 'accepted'), invoice: row.invoice, fileName: row.fileName } : { ...row, state: next });
    }
  }

  function findSale(id: string): Answer<SaleView> {
    const found = state.sales.find((row) => row.id === id);
    return found === undefined ? bad(make.problem('sending.unknownSale', 'openSales')) : ok(found);
  }

  function page(scope: Scope, { text, state: only, after }: SalesFilter): Answer<{ rows: SaleView[]; next: string | null; total: number }> {
    const wanted = text.toLocaleLowerCase('pl');
    const rows = state.sales.filter(
      (row) =>
        same(row.scope, scope) &&
        (only === null || row.state === only) &&
        [row.invoice.number, row.invoice.buyerName, row.ksefNumber].some((field) => field?.toLocaleLowerCase('pl').includes(wanted)),
    );
    const from = after === null ? 0 : Number(after);
    return ok({ rows: rows.slice(from, from + PAGE), next: from + PAGE < rows.length ? String(from + PAGE) : null, total: rows.length });
  }

  function changeSlot(scope: Scope, slot: CertificateSlot, next: CredentialsView['authentication']): Answer<CredentialsView> {
    credentialsOf(scope)[slot] = next;
    return ok(credentialsOf(scope));
  }

  const plain: Host = {
    program: async () => ok({ version: '0.1.0', dataFolder: '/home/anna/.local/share/okienko', settings: state.settings }),
    saveSettings: async (settings) => {
      state.settings = settings;
      return ok(null);
    },
    companies: async () => ok(state.companies),
    addCompany: async (company) => {
      const nip = await plain.checkNip(company.nip);
      if (nip.status === 'error') return nip;
      if (state.companies.some((known) => known.nip === nip.data)) return bad(make.problem('company.exists', 'openCompany', { nip: nip.data }));
      const added = make.company(nip.data, company.name, company.environment);
      state.companies = [...state.companies, added];
      return ok(added);
    },
    renameCompany: async (nip, name) => {
      state.companies = state.companies.map((company) => (company.nip === nip ? { ...company, name } : company));
      return ok(null);
    },
    removeCompany: async (nip) => {
      state.companies = state.companies.filter((company) => company.nip !== nip);
      return ok(null);
    },
    chooseEnvironment: async (nip, environment) => {
      state.companies = state.companies.map((company) => (company.nip === nip ? { ...company, environment } : company));
      return ok(null);
    },
    checkNip: async (text) => {
      const digits = text.replace(/[\s.-]|^PL/gi, '');
      const strange = /[^\d]/.exec(digits);
      if (digits === '') return bad(make.problem('nip.empty', 'correctField'));
      if (strange !== null) return bad(make.problem('nip.character', 'correctField', { character: strange[0] }));
      if (digits.length !== 10) return bad(make.problem('nip.length', 'correctField', { count: String(digits.length) }));
      const sum = [6, 5, 7, 2, 3, 4, 5, 6, 7].reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
      return sum % 11 === Number(digits[9]) ? ok(digits) : bad(make.problem('nip.checkDigit', 'correctField'));
    },
    makeSampleCompany: async () => {
      const scope: Scope = { nip: make.SAMPLE_NIP, environment: 'sandbox' };
      state.companies = [...state.companies, make.company(scope.nip, 'Przykładowa Firma sp. z o.o.', 'sandbox')];
      state.credentials[key(scope)] = make.allCredentials();
      return ok(scope);
    },

    credentials: async (scope) => ok(credentialsOf(scope)),
    pickCredentialFiles: async (scope, target) => {
      const slot = target.kind === 'anywhere' ? 'authentication' : target.slot;
      if (state.credentialPicks !== null) state.credentials[key(scope)] = state.credentialPicks;
      else changeSlot(scope, slot, { ...make.emptySlot(), certificate: make.certificate(), key: 'needsPassword', problems: [{ field: 'password', problem: make.problem('credential.passwordMissing', 'enterPassword'), warning: true }] });
      return ok(credentialsOf(scope));
    },
    loadCredentialFiles: async (scope, target) => plain.pickCredentialFiles(scope, target).then((answer) => (answer.status === 'ok' ? ok(credentialsOf(scope)) : answer)),
    setCertificatePassword: async (scope, slot, password) =>
      password === PASSWORD
        ? changeSlot(scope, slot, make.savedSlot({ purpose: slot }))
        : changeSlot(scope, slot, { ...credentialsOf(scope)[slot], problems: [{ field: 'password', problem: make.problem('credential.wrongPassword', 'enterPassword'), warning: false }] }),
    setOfflineSerial: async (scope, text) => changeSlot(scope, 'offline', { ...credentialsOf(scope).offline, typedSerial: text }),
    pasteOfflineSerial: async (scope) => plain.setOfflineSerial(scope, '019A0CE840428FE6'),
    checkOfflineCertificate: async (scope) => {
      const { saved } = credentialsOf(scope).offline;
      const held = ['present', 'pair', 'purpose', 'validity', 'serial', 'signature'] as const;
      return saved
        ? ok({ passed: true, steps: held.map((what) => ({ what, problem: null })) })
        : ok({ passed: false, steps: [{ what: 'present' as const, problem: make.problem('credential.missing', 'loadCertificate') }] });
    },
    removeCredential: async (scope, slot) => {
      const view = credentialsOf(scope);
      if (slot === 'token') view.token = make.noCredentials().token;
      else view[slot] = make.emptySlot();
      return ok(view);
    },
    setToken: async (scope, text) => {
      const view = credentialsOf(scope);
      const nip = /nip-(\d{10})/.exec(text)?.[1] ?? null;
      if (nip === scope.nip) view.token = { saved: true, referenceNumber: text.trim().slice(0, 36), worksUntil: '2026-12-31', problem: null };
      else view.token = { ...view.token, problem: nip === null ? make.problem('token.somethingElse', 'pasteToken') : make.problem('token.otherCompany', 'openCompany', { nip }) };
      return ok({ nip, credentials: view });
    },
    pasteToken: async (scope) => plain.setToken(scope, `20261121-EC-0A1B2C3D4E-5F60718293-A4|nip-${scope.nip}|${'0a'.repeat(32)}`),
    checkConnection: async (scope) => ok(state.connection.state === 'connected' ? { ...state.connection, company: scope.nip } : state.connection),

    pickInvoices: async () => {
      if (state.picks === null) return ok(null);
      state.prepared = [...state.prepared, ...state.picks.filter(({ id }) => state.prepared.every((file) => file.id !== id))];
      return ok(state.picks);
    },
    loadInvoices: async (_scope, paths) => {
      const files = paths.map((path, index) => ({ ...make.goodFile(`p-${++ids}`, `FV/2026/11/${50 + index}`, index, '1230'), fileName: path.split(/[\\/]/).pop() ?? path }));
      state.prepared = [...state.prepared, ...files];
      return ok(files);
    },
    prepared: async () => ok(state.prepared),
    dropPrepared: async (_scope, gone) => {
      state.prepared = state.prepared.filter(({ id }) => !gone.includes(id));
      return ok(null);
    },
    makeSampleInvoice: async (scope) => {
      const file = make.goodFile(`p-${++ids}`, `PROBA/2026/${ids - 9500}`, 0, '1845');
      if (file.invoice !== null) file.invoice = { ...file.invoice, sellerNip: scope.nip, sellerName: 'Przykładowa Firma sp. z o.o.' };
      state.prepared = [...state.prepared, file];
      return ok(file);
    },
    sendPrepared: async (scope, sent) => {
      const files = state.prepared.filter(({ id, sendable }) => sent.includes(id) && sendable);
      const sales = files.flatMap((file) => (file.invoice === null ? [] : [{ ...make.sale(String(++ids), scope, file.invoice.number, 'queued'), invoice: file.invoice, fileName: file.fileName }]));
      state.prepared = state.prepared.filter((file) => !files.includes(file));
      state.sales = [...sales, ...state.sales];
      return ok(sales);
    },
    cancelSending: async (scope) => {
      for (const row of state.sales) if (same(row.scope, scope) && row.state === 'queued') change({ ...row, state: 'held', problem: make.problem('sending.stopped', 'retry') });
      return ok(null);
    },
    sales: async (scope, filter) => page(scope, filter),
    sale: async (id) => findSale(id),
    retrySale: async (id) => {
      const found = findSale(id);
      if (found.status === 'ok') change({ ...found.data, state: 'queued', problem: null });
      return findSale(id);
    },
    withdrawSale: async (id) => {
      const found = findSale(id);
      if (found.status === 'ok') change({ ...found.data, state: 'withdrawn', problem: null });
      return findSale(id);
    },
    saveUpo: async (id) => ok(`/home/anna/Dokumenty/UPO-${id}.xml`),
    saveXml: async (id) => ok(`/home/anna/Dokumenty/${id}.xml`),
    start: async (scope) => {
      const rows = state.sales.filter((row) => same(row.scope, scope));
      const view = credentialsOf(scope);
      const until = (slot: CertificateSlot): string | null => view[slot].certificate?.notAfter.slice(0, 10) ?? null;
      return ok({
        ksef: { state: 'available', checkedAt: '2026-11-21T07:41:00Z' },
        waiting: rows.filter(({ state: now }) => now in NEXT).length,
        held: rows.filter(({ state: now }) => now === 'held').length,
        acceptedThisMonth: rows.filter(({ state: now }) => now === 'accepted').length,
        access: [
          { slot: 'authentication', present: view.authentication.saved, until: until('authentication'), daysLeft: view.authentication.certificate?.daysLeft ?? null },
          { slot: 'offline', present: view.offline.saved, until: until('offline'), daysLeft: view.offline.certificate?.daysLeft ?? null },
          { slot: 'token', present: view.token.saved, until: view.token.saved ? '2026-12-31' : null, daysLeft: view.token.saved ? 40 : null },
        ],
        recent: rows.slice(0, 5),
        ...state.start,
      } satisfies StartView);
    },
    openPortal: async () => ok(null),

    onSaleChanged: (listener) => subscribe(saleListeners, listener),
    onCompaniesChanged: (listener) => subscribe(companyListeners, listener),
    onFileDrag: (listener) => subscribe(dragListeners, listener),
  };

  return { host: recorded(plain, state, calls), state, calls, advance, drag: (drag) => dragListeners.forEach((listen) => listen(drag)) };
}

function subscribe<L>(listeners: Set<L>, listener: L): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Notes every call, and fails those that are to fail. */
function recorded(plain: Host, state: DemoState, calls: Demo['calls']): Host {
  return new Proxy(plain, {
    get(target, name: keyof Host) {
      if (!(name in target) || name.startsWith('on')) return target[name];
      return (...input: unknown[]) => {
        calls.push({ name, input });
        const error = state.fails[name];
        if (error !== undefined) return Promise.resolve({ status: 'error', error });
        return (target[name] as (...input: unknown[]) => unknown)(...input);
      };
    },
  });
}

export { demoHostFromAddress } from './scenes';
