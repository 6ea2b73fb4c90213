// What the demonstration remembers, and the tools that its commands share.
import type {
  Answer,
  ChangedPart,
  CompanyView,
  ConnectionView,
  ContractorView,
  CredentialsView,
  GoodsView,
  Host,
  ImportView,
  InvoiceDraft,
  InvoiceSheet,
  PreparedView,
  Problem,
  RecurringView,
  SaleView,
  Scope,
  SellerProfile,
  SeriesView,
  Settings,
  StartView,
  TemplateView,
} from '../contract';
import { emptyAccess, type AccessState } from './accessState';
import * as make from './fixtures';
import { emptyKeeping, type KeepingState } from './keepingState';

export interface KeptDraft {
  id: string;
  revision: number;
  scope: Scope;
  draft: InvoiceDraft;
  updatedAt: string;
  recurring: string | null;
}

export interface DemoState {
  settings: Settings;
  companies: CompanyView[];
  /** By NIP and environment; what is not here has no credentials. */
  credentials: Record<string, CredentialsView>;
  sales: SaleView[];
  /** What was issued from a draft, by the id of the sale: the drafts of corrections and copies, and the sheets. */
  issued: Record<string, { draft: InvoiceDraft; sheet: InvoiceSheet }>;
  prepared: PreparedView[];
  /** What the next choice of files in a dialog brings; nothing when it is cancelled. */
  picks: PreparedView[] | null;
  credentialPicks: CredentialsView | null;
  connection: ConnectionView;
  start: Partial<StartView>;
  drafts: KeptDraft[];
  templates: (TemplateView & { nip: string; draft: InvoiceDraft })[];
  recurring: (RecurringView & { scope: Scope; draft: InvoiceDraft })[];
  /** By NIP; what is not here has only its name. */
  profiles: Record<string, SellerProfile>;
  /** By NIP and environment; what is not here has the usual ones. */
  series: Record<string, SeriesView[]>;
  contractors: ContractorView[];
  goods: GoodsView[];
  /** What the next table that is picked or dropped turns out to be. */
  importPick: ImportView | null;
  imports: ImportView[];
  /** Tokens, logins, permissions, many companies, limits, journal, lock. */
  access: AccessState;
  /** Logins by signature, requests for certificates, what is known of certificates. */
  keeping: KeepingState;
  /** Commands that fail, by name. */
  fails: Partial<Record<keyof Host, Problem>>;
}

/** What every part of the demonstration works with. */
export interface Play {
  state: DemoState;
  newId(): string;
  /** Puts a changed invoice in its place and tells of it. */
  change(sale: SaleView): void;
  companiesChanged(): void;
  partChanged(part: ChangedPart, scope?: Scope | null): void;
  credentialsOf(scope: Scope): CredentialsView;
}

export const NOW = '2026-11-21T08:00:00Z';
export const TODAY = '2026-11-21';

export const key = ({ nip, environment }: Scope): string => `${nip}/${environment}`;
export const same = (a: Scope, b: Scope): boolean => key(a) === key(b);
/** What leaves is a copy: nobody changes what the program remembers. */
export const ok = <T>(data: T): Answer<T> => ({ status: 'ok', data: structuredClone(data) });
export const bad = (error: Problem): Answer<never> => ({ status: 'error', error });

export function emptyState(change: Partial<DemoState> = {}): DemoState {
  return {
    settings: { language: 'pl', appearance: 'system', lastCompany: null },
    companies: [],
    credentials: {},
    sales: [],
    issued: {},
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
    drafts: [],
    templates: [],
    recurring: [],
    profiles: {},
    series: {},
    contractors: [],
    goods: [],
    importPick: null,
    imports: [],
    access: emptyAccess(),
    keeping: emptyKeeping(),
    fails: {},
    ...change,
  };
}
