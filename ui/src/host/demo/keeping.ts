import type { CertificateRow, CertificateSlot, Commands, DoctorItem, EnrolmentStep, EnrolmentView, Scope, SigningView } from '../contract';
import * as make from './fixtures';
import { certificateRow, IDLE, request } from './keepingState';
import { bad, key, NOW, ok, type Play } from './state';

const PASSWORD = 'Tajne-Haslo-2026!';
const NEXT_STEP: Partial<Record<EnrolmentStep, EnrolmentStep>> = { keyMade: 'sent', sent: 'issued', issued: 'proving', proving: 'done' };

type Part = Pick<
  Commands,
  | 'startSigning'
  | 'signOnTrial'
  | 'signing'
  | 'loadSignedFiles'
  | 'signWithFiles'
  | 'cancelSigning'
  | 'pickSignedFile'
  | 'pickSigningFiles'
  | 'saveSigningRequestAs'
  | 'openSigningPage'
  | 'enrolmentOffer'
  | 'checkCertificateName'
  | 'enrol'
  | 'enrolments'
  | 'continueEnrolment'
  | 'abandonEnrolment'
  | 'certificates'
  | 'renewCertificate'
  | 'revocationPreview'
  | 'revokeCertificate'
  | 'exportCredential'
  | 'reminders'
  | 'examine'
>;

/** Logins by signature, requests for certificates, the table of credentials, the check. */
export function keeping(play: Play): Part {
  const { state, credentialsOf } = play;
  const mine = state.keeping;
  const onTrial = (scope: Scope): boolean => scope.environment === 'sandbox' || scope.environment === 'test';
  const signingOf = (scope: Scope): SigningView => mine.signings[key(scope)] ?? { ...IDLE, trial: onTrial(scope) };
  const requestsOf = (scope: Scope): EnrolmentView[] => (mine.requests[key(scope)] ??= []);

  function move(scope: Scope, next: SigningView): SigningView {
    mine.signings[key(scope)] = next;
    play.partChanged('signing', scope);
    return next;
  }

  function change(scope: Scope, id: string, next: Partial<EnrolmentView>): EnrolmentView[] {
    mine.requests[key(scope)] = requestsOf(scope).map((row) => (row.id === id ? { ...row, ...next } : row));
    play.partChanged('enrolments', scope);
    return requestsOf(scope);
  }

  function begin(scope: Scope, kind: CertificateSlot, name: string, algorithm: EnrolmentView['algorithm'], renews: string | null = null): EnrolmentView {
    const row = request({ id: `r-${play.newId()}`, kind, name, algorithm, renews });
    mine.requests[key(scope)] = [row, ...requestsOf(scope)];
    return row;
  }

  function rows(scope: Scope): CertificateRow[] {
    const view = credentialsOf(scope);
    const held = (['authentication', 'offline'] as const).flatMap((slot): CertificateRow[] => {
      const { certificate, saved } = view[slot];
      if (!saved || certificate === null) return [];
      const over = certificate.daysLeft < 0;
      return [
        certificateRow(scope, {
          kind: slot,
          name: slot === 'offline' ? 'Kowalski Hurt offline' : 'Kowalski Hurt logowanie',
          owner: certificate.subject,
          identifier: certificate.serial,
          validFrom: certificate.notBefore,
          validTo: certificate.notAfter,
          daysLeft: certificate.daysLeft,
          reminder: certificate.daysLeft <= 60 ? ([7, 14, 30, 60].find((days) => certificate.daysLeft <= days) ?? null) : null,
          state: over ? 'expired' : 'active',
          canRenew: !over,
        }),
      ];
    });
    const token = view.token.saved ? [certificateRow(scope, { kind: 'token', name: 'Program księgowy', owner: 'Jan Kowalski', identifier: view.token.referenceNumber ?? '', validFrom: '2026-03-02T08:00:00Z', validTo: view.token.worksUntil === null ? null : `${view.token.worksUntil}T22:59:59Z`, daysLeft: 40, reminder: 60, canRenew: false })] : [];
    const all = [...held, ...token, ...(mine.rows[key(scope)] ?? [])];
    return all.map((row) => (mine.revoked.includes(row.identifier) ? { ...row, state: 'revoked', canRenew: false, canRevoke: false, reminder: null } : row));
  }

  const plain: Part = {
    startSigning: async (scope, subjectType) =>
      ok(
        move(scope, {
          ...IDLE,
          step: 'waiting',
          subjectType,
          trial: onTrial(scope) && subjectType === 'certificateSubject',
          requestFile: `/home/anna/Pobrane/logowanie-do-ksef-${scope.nip}.xml`,
          watchedFolder: '/home/anna/Pobrane',
          expiresAt: new Date(Date.now() + 600_000).toISOString(),
        }),
      ),
    signOnTrial: async (scope) => {
      const view = signingOf(scope);
      if (!onTrial(scope)) return bad(make.problem('signing.noTrial', 'chooseEnvironment', { tried: scope.environment }));
      if (view.step !== 'waiting') return bad(make.problem('signing.notWaiting', 'signAgain'));
      return ok(move(scope, { ...view, step: 'sending', signer: `Podpis próbny ${scope.nip}`, signedBy: 'trial', refusedFile: null }));
    },
    signing: async (scope) => ok(signingOf(scope)),
    loadSignedFiles: async (scope, paths) => {
      const view = signingOf(scope);
      const fileName = paths[0]?.split(/[\\/]/).pop() ?? '';
      if (view.step !== 'waiting') return bad(make.problem('signing.notWaiting', 'retry'));
      if (/bez-numeru/.test(fileName) && view.subjectType === 'certificateSubject') return ok(move(scope, { ...view, refusedFile: { fileName, problem: make.problem('signing.nameless', 'signByFingerprint', { file: fileName, fingerprint: make.FINGERPRINT }) } }));
      if (/bez-numeru/.test(fileName)) return ok(move(scope, { ...view, step: 'sending', signer: 'Hans Beispiel', signedBy: 'elsewhere', fingerprint: make.FINGERPRINT, refusedFile: null }));
      if (/podpis|signed/.test(fileName)) return ok(move(scope, { ...view, step: 'sending', signer: 'Jan Tomasz Kowalski', signedBy: 'elsewhere', refusedFile: null }));
      return ok(move(scope, { ...view, refusedFile: { fileName, problem: make.problem('signing.notSigned', 'chooseFile', { name: fileName }) } }));
    },
    pickSignedFile: async (scope) => (mine.signedPick === null ? ok(null) : plain.loadSignedFiles(scope, [mine.signedPick])),
    pickSigningFiles: async () => ok(mine.signingPick),
    signWithFiles: async (scope, _paths, password) => {
      if (password !== PASSWORD) return bad(make.problem(password === null ? 'signing.passwordMissing' : 'signing.wrongPassword', 'enterPassword'));
      return ok(move(scope, { ...IDLE, step: 'sending', signer: 'Jan Tomasz Kowalski', signedBy: 'files' }));
    },
    saveSigningRequestAs: async (scope) => ok(move(scope, { ...signingOf(scope), requestFile: '/media/pendrive/logowanie-do-ksef.xml' })),
    openSigningPage: async () => ok(null),
    cancelSigning: async (scope) => ok(move(scope, { ...IDLE, trial: onTrial(scope) })),

    enrolmentOffer: async (scope) => (mine.offerProblem === null ? ok({ ...mine.offer, unfinished: requestsOf(scope).filter(({ step }) => step in NEXT_STEP) }) : bad(mine.offerProblem)),
    checkCertificateName: async (name) => {
      const length = [...name.trim()].length;
      const strange = /[^a-zA-Z0-9_\- ąćęłńóśźżĄĆĘŁŃÓŚŹŻ]/.exec(name);
      if (strange !== null) return ok(make.problem('certificate.nameCharacter', 'correctField', { character: strange[0] }));
      if (length < 5) return ok(make.problem('certificate.nameShort', 'correctField', { count: String(length) }));
      return ok(length > 50 ? make.problem('certificate.nameLong', 'correctField', { count: String(length) }) : null);
    },
    enrol: async (scope, wish) => {
      if (wish.offlineName !== null) begin(scope, 'offline', wish.offlineName, wish.algorithm);
      if (wish.authenticationName !== null) begin(scope, 'authentication', wish.authenticationName, wish.algorithm);
      return ok(requestsOf(scope));
    },
    enrolments: async (scope) => ok(requestsOf(scope)),
    continueEnrolment: async (scope, id) => ok(change(scope, id, { problem: null })),
    abandonEnrolment: async (scope, id) => ok(change(scope, id, { step: 'abandoned', problem: null })),

    certificates: async (scope, ask) => {
      if (ask) mine.askedAt = NOW;
      return ok({ rows: rows(scope), askedAt: mine.askedAt, problem: null });
    },
    renewCertificate: async (scope, slot) => ok(begin(scope, slot, slot === 'offline' ? mine.offer.offlineName : mine.offer.authenticationName, 'p256', credentialsOf(scope)[slot].certificate?.serial ?? null)),
    revocationPreview: async (scope, identifier) => {
      const row = rows(scope).find((one) => one.identifier === identifier);
      const inUse = row?.held ?? false;
      return ok({ identifier, inUse, companies: inUse ? [scope.nip] : [], waitingOffline: 0, otherWayIn: rows(scope).some((one) => one.held && one.kind !== 'offline' && one.identifier !== identifier), endsThisLogin: inUse && row?.kind === 'authentication', ...mine.preview });
    },
    revokeCertificate: async (scope, serial) => {
      mine.revoked.push(serial);
      play.partChanged('credentials', scope);
      return ok({ rows: rows(scope), askedAt: NOW, problem: null });
    },
    exportCredential: async (scope, _slot, form, password) => {
      if (mine.exportFolder === null) return ok(null);
      const handle = `once-${play.newId()}`;
      if (password === null) state.access.once[handle] = 'kT7#mWq2-RzHb9+xEd4!pLs6';
      const files = form === 'pair' ? [`ksef-${scope.nip}.crt`, `ksef-${scope.nip}.key`] : [`ksef-${scope.nip}.p12`];
      return ok({ files, folder: mine.exportFolder, password: password === null ? handle : null });
    },
    reminders: async () => ok(mine.reminders),
    examine: async (_scope, wanted) => {
      const items = mine.doctor ?? healthy(wanted.offline);
      return ok({ items, passed: items.every(({ outcome }) => outcome !== 'failed'), checkedAt: NOW });
    },
  };
  return plain;
}

function healthy(offline: boolean): DoctorItem[] {
  const checks: DoctorItem['check'][] = ['keychain', 'present', 'pair', 'kind', 'validity', 'clock', 'network', 'availability', 'environment', 'login', 'revocation', 'issuePermission', 'readPermission', 'offline', 'limits'];
  const values: Partial<Record<DoctorItem['check'], Record<string, string>>> = { kind: { serial: '019A0CE840428FE6' }, validity: { date: '2028-11-21T08:00:00Z', days: '731' }, clock: { seconds: '1' }, limits: { enrolments: '10', certificates: '4' } };
  return checks.map((check) => ({ check, slot: ['pair', 'kind', 'validity'].includes(check) ? 'authentication' : null, outcome: check === 'offline' && !offline ? 'notChecked' : 'passed', values: values[check] ?? {}, problem: null }));
}

/** Moves every login and every request under way one step on. */
export function advanceKeeping({ state, partChanged, credentialsOf }: Play): void {
  const mine = state.keeping;
  for (const [name, view] of Object.entries(mine.signings)) {
    if (view.step === 'sending') mine.signings[name] = { ...view, step: 'checking', checkingSince: NOW };
    else if (view.step === 'checking') mine.signings[name] = { ...view, step: 'connected', connection: state.connection };
    else continue;
    partChanged('signing', scopeOf(name));
  }
  for (const [name, rows] of Object.entries(mine.requests)) {
    const scope = scopeOf(name);
    const moving = rows.filter(({ step, problem }) => step in NEXT_STEP && problem === null);
    if (moving.length === 0) continue;
    mine.requests[name] = rows.map((row) => (moving.includes(row) ? moved(row) : row));
    for (const row of mine.requests[name]) {
      if (row.step === 'done' && moving.some(({ id }) => id === row.id)) credentialsOf(scope)[row.kind] = make.savedSlot({ purpose: row.kind, serial: row.serial ?? '' });
    }
    partChanged('enrolments', scope);
    partChanged('credentials', scope);
  }
}

function moved(row: EnrolmentView): EnrolmentView {
  const step = NEXT_STEP[row.step] ?? row.step;
  return {
    ...row,
    step,
    referenceNumber: row.referenceNumber ?? '20261121-CR-0A1B2C3D4E-5F60718293-A4',
    serial: step === 'sent' ? null : (row.serial ?? (row.kind === 'offline' ? '01F7A3B4C5D6E7F8' : '0A1B2C3D4E5F6071')),
  };
}

function scopeOf(name: string): Scope {
  const [nip = '', environment] = name.split('/');
  return { nip, environment: environment as Scope['environment'] };
}
