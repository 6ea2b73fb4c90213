// Certificates of the demonstration: logins by signature, requests, what KSeF knows of them.
import type { CertificateRow, DoctorItem, EnrolmentOffer, EnrolmentView, Problem, Reminder, RevocationPreview, Scope, SigningView } from '../contract';
import * as make from './fixtures';

export interface KeepingState {
  /** By NIP and environment, as everything here; what is not here was not begun. */
  signings: Record<string, SigningView>;
  requests: Record<string, EnrolmentView[]>;
  /** Rows beside those that the credentials themselves make. */
  rows: Record<string, CertificateRow[]>;
  revoked: string[];
  askedAt: string | null;
  offer: EnrolmentOffer;
  /** Why KSeF lets nobody ask. */
  offerProblem: Problem | null;
  reminders: Reminder[];
  preview: Partial<RevocationPreview>;
  doctor: DoctorItem[] | null;
  /** What the next choice of a signed file, or of files to sign with, brings; nothing when it is cancelled. */
  signedPick: string | null;
  signingPick: string[] | null;
  /** The place where exports go; nothing when it is cancelled. */
  exportFolder: string | null;
}

export const IDLE: SigningView = { step: 'idle', subjectType: null, trial: true, fingerprint: null, requestFile: null, watchedFolder: null, expiresAt: null, signer: null, signedBy: null, checkingSince: null, refusedFile: null, problem: null, connection: null };

export function emptyKeeping(change: Partial<KeepingState> = {}): KeepingState {
  return {
    signings: {},
    requests: {},
    rows: {},
    revoked: [],
    askedAt: '2026-11-21T07:30:00Z',
    offer: {
      canRequest: true,
      requests: { remaining: 10, limit: 12 },
      certificates: { remaining: 4, limit: 6 },
      subject: [
        { name: 'commonName', value: 'Jan Tomasz Kowalski' },
        { name: 'givenName', value: 'Jan' },
        { name: 'givenName', value: 'Tomasz' },
        { name: 'surname', value: 'Kowalski' },
        { name: 'serialNumber', value: 'PNOPL-3011******6' },
        { name: 'countryName', value: 'PL' },
      ],
      owner: 'personByPesel',
      authenticationName: 'Kowalski Hurt logowanie 2026-11',
      offlineName: 'Kowalski Hurt offline 2026-11',
      unfinished: [],
    },
    offerProblem: null,
    reminders: [],
    preview: {},
    doctor: null,
    signedPick: '/home/anna/Pobrane/logowanie-do-ksef-podpisane.xml',
    signingPick: ['/home/anna/Dokumenty/podpis.p12'],
    exportFolder: '/home/anna/Dokumenty',
    ...change,
  };
}

export function request(change: Partial<EnrolmentView> = {}): EnrolmentView {
  return {
    id: 'r-1',
    kind: 'authentication',
    name: 'Kowalski Hurt logowanie 2026-11',
    algorithm: 'p256',
    step: 'keyMade',
    referenceNumber: null,
    serial: null,
    renews: null,
    startedAt: '2026-11-21T08:00:00Z',
    problem: null,
    ...change,
  };
}

export function certificateRow(scope: Scope, change: Partial<CertificateRow> = {}): CertificateRow {
  return {
    kind: 'authentication',
    name: 'Kowalski Hurt logowanie',
    owner: 'Jan Kowalski',
    identifier: '019A0CE840428FE6',
    validFrom: '2026-11-21T08:00:00Z',
    validTo: '2028-11-21T08:00:00Z',
    daysLeft: 731,
    environment: scope.environment,
    lastUse: '2026-11-21T07:12:00Z',
    state: 'active',
    held: true,
    sharedWith: [],
    reminder: null,
    canRenew: true,
    canRevoke: true,
    ...change,
  };
}

/** What KSeF still knows of: revoked, expired, of another computer, with long names. */
export function otherRows(scope: Scope): CertificateRow[] {
  const gone = { held: false, canRenew: false, canRevoke: false, lastUse: null } as const;
  return [
    certificateRow(scope, { ...gone, name: make.LONG_NAME.slice(0, 50), identifier: '02C8351B6D4FA2E3', canRevoke: true, sharedWith: [make.SAMPLE_NIP] }),
    certificateRow(scope, { ...gone, name: 'Stary laptop', identifier: '03D9462C7E50B3F4', state: 'revoked', validTo: '2027-05-01T08:00:00Z', daysLeft: 161 }),
    certificateRow(scope, { ...gone, kind: 'offline', name: 'Kasa 2', identifier: '04EA573D8F61C405', state: 'blocked' }),
    certificateRow(scope, { ...gone, name: 'Próba', identifier: '05FB684E9072D516', state: 'expired', validFrom: '2024-11-18T08:00:00Z', validTo: '2026-11-18T08:00:00Z', daysLeft: -3 }),
  ];
}

/** A check with every outcome in it. */
export function troubledCheck(): DoctorItem[] {
  const item = (change: Partial<DoctorItem> & Pick<DoctorItem, 'check'>): DoctorItem => ({ slot: null, outcome: 'passed', values: {}, problem: null, ...change });
  return [
    item({ check: 'keychain' }),
    item({ check: 'present', slot: 'authentication' }),
    item({ check: 'pair', slot: 'authentication' }),
    item({ check: 'validity', slot: 'authentication', values: { date: '2028-11-21' } }),
    item({ check: 'validity', slot: 'offline', outcome: 'warning', problem: make.problem('credential.offlineExpiresSoon', 'loadCertificate', { date: '2026-12-05' }) }),
    item({ check: 'clock', outcome: 'failed', values: { seconds: '7200' }, problem: make.problem('ksef.auth450.time', 'setClock') }),
    item({ check: 'network' }),
    item({ check: 'login', outcome: 'failed', problem: make.problem('ksef.auth460.revoked', 'loadCertificate', {}, '460 Certyfikat odwołany') }),
    item({ check: 'issuePermission', outcome: 'notChecked' }),
    item({ check: 'readPermission', outcome: 'notChecked' }),
    item({ check: 'token', slot: 'token', outcome: 'warning', problem: make.problem('token.endsSoon', 'loadCertificate', { date: '2026-12-31' }) }),
  ];
}
