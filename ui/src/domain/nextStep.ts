// The button that a problem's next step turns into.
import { host, type EnvironmentName, type NextStep, type Problem, type SubjectIdentifierType } from '../host';
import { t, type Key } from '../i18n/index.svelte';
import { copyAndSay, copyText } from '../lib/clipboard';
import { accessTab } from './access/tab.svelte';
import { dialogs } from './certificatesDialogs.svelte';
import { session, type Aim, type Screen } from './session.svelte';
import { signings } from './signing.svelte';

export interface Step {
  label: Key;
  run: () => unknown;
}

/** What the place that shows the problem can do about it by itself. */
export type Local = Partial<Record<NextStep, Step | null>>;

/** The button, or nothing where there is nothing to click. */
export function stepOf(problem: Problem, local: Local = {}): Step | null {
  const here = local[problem.next];
  return here !== undefined ? here : everywhere(problem, session.scope?.environment ?? null);
}

/** Whatever dialog told of the problem is left behind. */
function go(screen: Screen, aim: Aim | null = null): void {
  dialogs.forget();
  session.go(screen, aim);
}

function toContext(): void {
  accessTab.shown = 'companies';
  go('access');
}

/** Where what is missing is filled in, or what is in the way is changed. */
const PLACES: Record<string, Step> = {
  'permission.contextType': { label: 'step.openContext', run: toContext },
  'profile.incomplete': { label: 'step.openSeller', run: () => go('firm', 'seller') },
  'series.none': { label: 'step.openSeries', run: () => go('firm', 'series') },
};

/** A signature that counted until now is not shown as if it still did: a new request takes its place. */
async function signAgain(): Promise<void> {
  const { scope } = session;
  const signing = scope === null ? null : signings.of(scope);
  await signing?.load();
  dialogs.show('signing');
  if (signing?.view?.step === 'connected') await signing.start();
}

function signFrom(subject: SubjectIdentifierType): void {
  const { scope } = session;
  dialogs.show('signing');
  if (scope !== null) void signings.of(scope).start(subject);
}

function everywhere(problem: Problem, environment: EnvironmentName | null): Step | null {
  const nip = problem.values['nip'];
  const place = PLACES[problem.code];
  if (place !== undefined) return place;
  switch (problem.next) {
    case 'loadCertificate':
      return { label: 'step.loadCertificate', run: () => go('ksef', 'authentication') };
    case 'pasteToken':
      return { label: 'step.pasteToken', run: () => go('ksef', 'token') };
    case 'chooseEnvironment':
      return { label: 'step.chooseEnvironment', run: () => go('ksef', 'environment') };
    case 'signAgain':
      return { label: 'step.signIn', run: () => void signAgain() };
    case 'signByFingerprint':
      return { label: 'signing.byFingerprint.do', run: () => void signFrom('certificateFingerprint') };
    case 'signBySubject':
      return { label: 'signing.bySubject.do', run: () => void signFrom('certificateSubject') };
    case 'copyFingerprint':
      return { label: 'step.copyFingerprint', run: () => copyAndSay(problem.values['fingerprint'] ?? '', t('signing.fingerprint.copied')) };
    case 'requestCertificate':
      return { label: 'enrol.title', run: () => dialogs.show('enrolment') };
    case 'renewCertificate':
      return { label: 'renew.do', run: () => dialogs.show({ renew: problem.values['slot'] === 'offline' ? 'offline' : 'authentication' }) };
    case 'openCertificates':
      return { label: 'step.openCertificates', run: () => go('ksef', 'certificates') };
    case 'openSales':
      return { label: 'step.openSales', run: () => go('sales') };
    case 'openPortal':
      // The sandbox has no portal.
      return environment === null || environment === 'sandbox' ? null : { label: 'step.openPortal', run: () => host().openPortal(environment) };
    case 'openCompany':
      return nip === undefined ? null : { label: 'step.openCompany', run: () => session.open(nip) };
    case 'contactSupport':
      return { label: 'step.copyDetails', run: () => copyText([problem.code, problem.technical].filter(Boolean).join('\n')) };
    default:
      return null;
  }
}
