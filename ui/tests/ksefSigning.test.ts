import problems from '@messages/pl.json';
import { waitFor } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { secondsLeft } from '../src/domain/signingTime';
import type { EnvironmentName } from '../src/host';
import { emptyKeeping } from '../src/host/demo/keepingState';
import { all, called, codes, faults, find, furnished, get, inside, make, open, SANDBOX, type Opened } from './app';

const PASSWORD = 'Tajne-Haslo-2026!';
const SIGNED = '/home/anna/Pobrane/zadanie-podpisane.xml';

async function signing(change: Parameters<typeof furnished>[1] = { credentials: {} }): Promise<Opened> {
  const opened = await open(furnished(SANDBOX, change));
  await opened.user.click(get('nav-ksef'));
  await opened.user.click(await find('sign-in'));
  await find('signing-dialog');
  return opened;
}

async function waiting(change?: Parameters<typeof furnished>[1]): Promise<Opened> {
  const opened = await signing(change);
  await opened.user.click(get('signing-start'));
  await find('signing-file');
  return opened;
}

const step = (): string | undefined => get('signing').dataset['step'];

describe('signing in without the portal', () => {
  it('says what will happen before anything does', async () => {
    const { demo } = await signing();
    expect(step()).toBe('idle');
    expect(get('signing-dialog').textContent).toContain('Program nigdy nie pyta o hasło do banku');
    expect(called(demo)).not.toContain('startSigning');
    expect(await faults()).toEqual([]);
  });

  it('names the saved request, the folder that is watched and the time that is left', async () => {
    const { user, demo } = await waiting();
    expect(get('signing-file').textContent).toContain(`logowanie-do-ksef-${make.NIP}.xml`);
    expect(get('signing-watched').textContent).toBe('/home/anna/Pobrane');
    expect(get('signing-countdown').textContent).toMatch(/\d+:\d\d/);
    expect(get('signing-dialog').textContent).toContain('Program nigdy nie pyta o hasło do banku');
    expect(await faults()).toEqual([]);
    await user.click(get('signing-open-page'));
    await user.click(get('signing-open-guide'));
    expect(demo.calls.filter(({ name }) => name === 'openSigningPage').map(({ input }) => input[0])).toEqual(['trustedProfile', 'guide']);
    await user.click(get('signing-save-as'));
    await waitFor(() => expect(get('signing-file').textContent).toBe('/media/pendrive/logowanie-do-ksef.xml'));
  });

  it('tells beside the drop zone why a file was not taken, and goes on waiting', async () => {
    const { user, demo } = await waiting();
    demo.drag({ kind: 'drop', x: 1, y: 1, paths: ['/home/anna/Pobrane/logowanie.xml'] });
    await waitFor(() => expect(codes(get('signing-refused-file'))).toEqual(['signing.notSigned']));
    expect(get('signing-refused-file').dataset['file']).toBe('logowanie.xml');
    expect(step()).toBe('waiting');
    expect(await faults()).toEqual([]);
    await user.click(inside(get('signing-refused-file'), 'problem-step'));
    await waitFor(() => expect(step()).toBe('sending'));
  });

  it('takes a dropped file anywhere over the open dialog, sends it, tells that the check may take minutes, and goes straight on to the certificate', async () => {
    const { demo } = await waiting();
    demo.drag({ kind: 'drop', x: 1, y: 1, paths: [SIGNED] });
    await waitFor(() => expect(step()).toBe('sending'));
    expect(demo.calls.find(({ name }) => name === 'loadSignedFiles')?.input).toEqual([SANDBOX, [SIGNED]]);
    expect(called(demo)).not.toContain('loadCredentialFiles');
    demo.advance();
    await waitFor(() => expect(step()).toBe('checking'));
    expect(get('signing-checking').textContent).toContain('kilka minut');
    expect(get('signing-signer').textContent).toContain('Jan Tomasz Kowalski');
    expect(await faults()).toEqual([]);
    demo.advance();
    await find('enrol-offer');
    expect(get('enrol-signed-in').textContent).toContain('Zalogowano jako Jan Tomasz Kowalski');
  });

  it('stays where there is a certificate already, with who one is', async () => {
    const { user, demo } = await waiting({});
    await user.click(get('signing-pick'));
    await waitFor(() => expect(step()).toBe('sending'));
    demo.advance();
    demo.advance();
    await find('signing-connected');
    expect(get('signing-connected').textContent).toContain('Jan Kowalski');
    await user.click(get('signing-enrol'));
    await find('enrol-offer');
  });

  it('goes on while the dialog is closed, and can be shown again or called off', async () => {
    const { user, demo } = await waiting();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(all('signing-dialog')).toEqual([]));
    expect(get('access-signing').textContent).toContain('czeka na podpisane żądanie');
    await user.click(get('access-signing-show'));
    await find('signing-file');
    await user.click(get('signing-cancel'));
    await waitFor(() => expect(step()).toBe('idle'));
    expect(called(demo)).toContain('cancelSigning');
  });

  it('offers a new request when the ten minutes are over', async () => {
    const { user, demo } = await waiting();
    const key = `${make.NIP}/sandbox`;
    demo.state.keeping.signings[key] = { ...demo.state.keeping.signings[key]!, step: 'expired' };
    demo.tell({ part: 'signing', scope: SANDBOX });
    await find('signing-expired');
    expect(all('signing-countdown')).toEqual([]);
    expect(get('signing-cancel').textContent).toContain('Wróć do początku');
    await user.click(get('signing-again'));
    await find('signing-countdown');
    expect(called(demo).filter((name) => name === 'startSigning')).toHaveLength(2);
  });

  it.each(['ksef.auth415', 'ksef.auth460.expired', 'ksef.auth460.revoked', 'ksef.auth460.chainUntrusted', 'ksef.auth470', 'ksef.auth480', 'ksef.auth500', 'ksef.auth550'])('shows %s with its sentences and a new request', async (code) => {
    const { user, demo } = await waiting();
    const key = `${make.NIP}/sandbox`;
    demo.state.keeping.signings[key] = { ...demo.state.keeping.signings[key]!, step: 'refused', problem: make.problem(code, 'retry', {}, code) };
    demo.tell({ part: 'signing', scope: SANDBOX });
    await waitFor(() => expect(codes(get('signing'))).toEqual([code]));
    expect(get('signing').textContent).not.toContain('nie umie opisać');
    await user.click(inside(get('signing'), 'problem-step'));
    await waitFor(() => expect(step()).toBe('waiting'));
  });

  it('shows every way in which a file is not the signed request, with the next step', async () => {
    const { demo } = await waiting();
    const key = `${make.NIP}/sandbox`;
    const reasons = Object.keys(problems).filter((code) => /^signing\./.test(code));
    expect(reasons.length).toBeGreaterThan(15);
    for (const code of reasons) {
      demo.state.keeping.signings[key] = { ...demo.state.keeping.signings[key]!, refusedFile: { fileName: `${code}.xml`, problem: make.problem(code, code === 'signing.expired' ? 'signAgain' : 'chooseFile') } };
      demo.tell({ part: 'signing', scope: SANDBOX });
      await waitFor(() => expect(codes(get('signing-refused-file'))).toEqual([code]));
      expect(get('signing-refused-file').textContent).not.toContain('nie umie opisać');
      expect(inside(get('signing-refused-file'), 'problem-step').textContent).toContain(code === 'signing.expired' ? 'Nowe żądanie' : 'Wybierz plik');
    }
  });

  it.each([
    ['elsewhere', 'Podpisany plik jest wczytany'],
    ['files', 'Program podpisał żądanie wybranymi plikami'],
    ['trial', 'Program podpisał żądanie próbnie'],
  ] as const)('says while it is checked who signed: %s', async (signedBy, words) => {
    const { demo } = await waiting();
    const key = `${make.NIP}/sandbox`;
    for (const now of ['sending', 'checking'] as const) {
      demo.state.keeping.signings[key] = { ...demo.state.keeping.signings[key]!, step: now, signedBy };
      demo.tell({ part: 'signing', scope: SANDBOX });
      await waitFor(() => expect(step()).toBe(now));
      expect(get('signing-checking').textContent).toContain(words);
    }
  });

  it('tells why no request could be made where one asked for it, also beside open files', async () => {
    const { user } = await signing({ credentials: {}, fails: { startSigning: make.problem('network.none', 'checkNetwork') } });
    await user.click(get('signing-files').querySelector('summary')!);
    await user.click(get('signing-start'));
    await waitFor(() => expect(codes(get('signing'))).toEqual(['network.none']));
    expect(codes(get('signing-files-problems'))).toEqual([]);
    expect(inside(get('signing'), 'problem-step').textContent).toContain('Spróbuj');
  });

  it('tells why no request could be made', async () => {
    const { user } = await signing({ credentials: {}, fails: { startSigning: make.problem('network.none', 'checkNetwork') } });
    await user.click(get('signing-start'));
    await waitFor(() => expect(codes(get('signing'))).toEqual(['network.none']));
    expect(await faults()).toEqual([]);
  });
});

describe('signing for trial', () => {
  const at = (environment: EnvironmentName) => ({ nip: make.NIP, environment });

  async function waitingIn(environment: EnvironmentName): Promise<Opened> {
    const opened = await open(furnished(at(environment), { credentials: {} }));
    await opened.user.click(get('nav-ksef'));
    await opened.user.click(await find('sign-in'));
    await find('signing-dialog');
    expect(all('signing-trial-intro')).toHaveLength(environment === 'sandbox' || environment === 'test' ? 1 : 0);
    await opened.user.click(get('signing-start'));
    await find('signing-file');
    return opened;
  }

  it.each(['sandbox', 'test'] as const)('is offered in the environment %s, says what it is, and goes the way of any signature', async (environment) => {
    const { user, demo } = await waitingIn(environment);
    expect(get('signing-trial').textContent).toContain('bez mocy prawnej');
    expect(get('signing-trial').textContent).toContain('Klucza pieczęci nie zachowa');
    expect(await faults()).toEqual([]);
    await user.click(get('signing-trial-do'));
    await waitFor(() => expect(step()).toBe('sending'));
    expect(demo.calls.find(({ name }) => name === 'signOnTrial')?.input).toEqual([at(environment)]);
    demo.advance();
    await waitFor(() => expect(step()).toBe('checking'));
    expect(get('signing-signer').textContent).toContain('Podpis próbny');
    demo.advance();
    await find('enrol-offer');
  });

  it.each(['production', 'demo'] as const)('is not there in the environment %s', async (environment) => {
    await waitingIn(environment);
    expect(all('signing-trial')).toEqual([]);
    expect(all('signing-trial-do')).toEqual([]);
    expect(get('signing-dialog').textContent).not.toMatch(/prób/i);
  });

  it('is no use for a fingerprint, and not offered for one', async () => {
    const { user } = await signing();
    await user.click(get('signing-without-number').querySelector('summary')!);
    await user.click(get('signing-start-by-fingerprint'));
    await find('signing-by-fingerprint');
    expect(all('signing-trial')).toEqual([]);
    await user.click(get('signing-by-subject'));
    await find('signing-trial');
  });
});

describe('a signature without NIP and PESEL', () => {
  const FILE = '/home/anna/Pobrane/bez-numeru.xml';
  const choices = (demo: Opened['demo']): unknown[] => demo.calls.filter(({ name }) => name === 'startSigning').map(({ input }) => input[1]);

  it('is chosen before the request is made, where it is explained', async () => {
    const { user, demo } = await signing();
    const fold = get('signing-without-number');
    expect(fold.textContent).toContain('Mój podpis nie ma w sobie NIP ani PESEL');
    expect((fold as HTMLDetailsElement).open).toBe(false);
    await user.click(fold.querySelector('summary')!);
    expect(fold.textContent).toContain('uprawnienia w tej firmie');
    expect(await faults()).toEqual([]);
    await user.click(get('signing-start-by-fingerprint'));
    await find('signing-by-fingerprint');
    expect(choices(demo)).toEqual(['certificateFingerprint']);
    expect(await faults()).toEqual([]);
    demo.drag({ kind: 'drop', x: 1, y: 1, paths: [FILE] });
    await waitFor(() => expect(step()).toBe('sending'));
    expect(get('signing-fingerprint').textContent).toBe(make.FINGERPRINT);
  });

  it('is told when it comes back under the other choice, and one click makes the right request', async () => {
    const { user, demo } = await waiting();
    expect(choices(demo)).toEqual(['certificateSubject']);
    demo.drag({ kind: 'drop', x: 1, y: 1, paths: [FILE] });
    await waitFor(() => expect(codes(get('signing-refused-file'))).toEqual(['signing.nameless']));
    expect(get('signing-refused-file').textContent).toContain(make.FINGERPRINT);
    await user.click(inside(get('signing-refused-file'), 'problem-step'));
    await find('signing-by-fingerprint');
    expect(choices(demo)).toEqual(['certificateSubject', 'certificateFingerprint']);
    // A new request keeps what was chosen.
    await user.click(get('signing-again'));
    await waitFor(() => expect(choices(demo)).toHaveLength(3));
    expect(choices(demo)[2]).toBe('certificateFingerprint');
  });

  it('without permissions for its fingerprint hands the fingerprint over to be copied', async () => {
    const { user, demo } = await waiting();
    const key = `${make.NIP}/sandbox`;
    const problem = make.problem('ksef.auth415.fingerprint', 'copyFingerprint', { fingerprint: make.FINGERPRINT }, 'KSeF 415');
    demo.state.keeping.signings[key] = { ...demo.state.keeping.signings[key]!, step: 'refused', fingerprint: make.FINGERPRINT, problem };
    demo.tell({ part: 'signing', scope: SANDBOX });
    await waitFor(() => expect(codes(get('signing'))).toEqual(['ksef.auth415.fingerprint']));
    expect(inside(get('signing'), 'problem-step').textContent).toContain('Skopiuj odcisk palca');
    await user.click(inside(get('signing'), 'problem-step'));
    expect(await navigator.clipboard.readText()).toBe(make.FINGERPRINT);
    expect(await faults()).toEqual([]);
  });
});

describe('signing with files', () => {
  it('hands the password over and keeps nothing of it', async () => {
    const { user, demo } = await signing();
    await user.click(get('signing-files').querySelector('summary')!);
    await user.click(get('signing-files-pick'));
    await waitFor(() => expect(get('signing-files-held').textContent).toContain('podpis.p12'));
    await user.type(get('signing-files-password'), 'Zupelnie-Inne-1{Enter}');
    await waitFor(() => expect(codes(get('signing-files-problems'))).toEqual(['signing.wrongPassword']));
    expect((get('signing-files-password') as HTMLInputElement).value).toBe('');
    expect(document.documentElement.innerHTML).not.toContain('Zupelnie-Inne-1');
    expect(await faults()).toEqual([]);
    await user.click(inside(get('signing-files-problems'), 'problem-step'));
    expect(document.activeElement).toBe(get('signing-files-password'));
    await user.type(get('signing-files-password'), PASSWORD);
    await user.click(get('signing-files-sign'));
    await waitFor(() => expect(step()).toBe('sending'));
    expect(demo.calls.findLast(({ name }) => name === 'signWithFiles')?.input).toEqual([SANDBOX, ['/home/anna/Dokumenty/podpis.p12'], PASSWORD]);
    expect(document.documentElement.innerHTML).not.toContain(PASSWORD);
  });

  it('without a password says so to the program, which asks for one where it is needed', async () => {
    const { user, demo } = await signing({ credentials: {}, keeping: emptyKeeping({ signingPick: ['/a/pieczec.crt', '/a/pieczec.key'] }) });
    await user.click(get('signing-files').querySelector('summary')!);
    expect((get('signing-files-sign') as HTMLButtonElement).disabled).toBe(true);
    await user.click(get('signing-files-pick'));
    await waitFor(() => expect(get('signing-files-held').textContent).toContain('pieczec.crt, pieczec.key'));
    await user.click(get('signing-files-sign'));
    await waitFor(() => expect(codes(get('signing-files-problems'))).toEqual(['signing.passwordMissing']));
    expect(demo.calls.findLast(({ name }) => name === 'signWithFiles')?.input[2]).toBeNull();
  });
});

describe('signing with files that KSeF refuses', () => {
  const KEY = `${make.NIP}/sandbox`;

  async function refused(code: string, next: 'chooseFile' | 'retry'): Promise<Opened> {
    const opened = await signing();
    const { user, demo } = opened;
    await user.click(get('signing-files').querySelector('summary')!);
    await user.click(get('signing-files-pick'));
    await user.type(get('signing-files-password'), `${PASSWORD}{Enter}`);
    await waitFor(() => expect(step()).toBe('sending'));
    demo.state.keeping.signings[KEY] = { ...demo.state.keeping.signings[KEY]!, step: 'refused', problem: make.problem(code, next, { code: '9105' }) };
    demo.tell({ part: 'signing', scope: SANDBOX });
    await waitFor(() => expect(codes(get('signing'))).toEqual([code]));
    expect(await faults()).toEqual([]);
    return opened;
  }

  it('leads to other files, not to a request for another program', async () => {
    const { user, demo } = await refused('ksef.signatureByFiles', 'chooseFile');
    demo.state.keeping.signingPick = ['/home/anna/Dokumenty/pieczec.pfx'];
    await user.click(inside(get('signing'), 'problem-step'));
    await waitFor(() => expect(get('signing-files-held').textContent).toContain('pieczec.pfx'));
    expect(document.activeElement).toBe(get('signing-files-password'));
    expect(called(demo)).not.toContain('startSigning');
  });

  it('and that can be done once more asks for the password of the same files', async () => {
    const { user, demo } = await refused('ksef.auth500', 'retry');
    expect(get('signing-files-held').textContent).toContain('podpis.p12');
    await user.click(inside(get('signing'), 'problem-step'));
    await waitFor(() => expect(document.activeElement).toBe(get('signing-files-password')));
    expect(called(demo)).not.toContain('startSigning');
    await user.type(get('signing-files-password'), `${PASSWORD}{Enter}`);
    await waitFor(() => expect(step()).toBe('sending'));
  });

  it('keeps them chosen while its dialog is closed', async () => {
    const { user, demo } = await refused('ksef.auth500', 'retry');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(all('signing-dialog')).toEqual([]));
    await user.click(get('sign-in'));
    await find('signing-dialog');
    const before = called(demo).filter((name) => name === 'pickSigningFiles').length;
    await user.click(inside(get('signing'), 'problem-step'));
    await waitFor(() => expect(document.activeElement).toBe(get('signing-files-password')));
    expect(called(demo).filter((name) => name === 'pickSigningFiles')).toHaveLength(before);
    expect(get('signing-files-held').textContent).toContain('podpis.p12');
  });
});

describe('the time that is left', () => {
  const NOW = Date.parse('2026-11-21T08:00:00.400Z');
  const at = (ms: number): string => new Date(NOW + ms).toISOString();

  it('is in whole seconds, never below none and never above what a request lives', () => {
    expect(secondsLeft(at(61_001), NOW)).toBe(62);
    expect(secondsLeft(at(1), NOW)).toBe(1);
    expect(secondsLeft(at(-5_000), NOW)).toBe(0);
    expect(secondsLeft(at(600_000), NOW)).toBe(600);
    expect(secondsLeft(at(600_999), NOW)).toBe(600);
    // Somebody set the clock back by hours meanwhile.
    expect(secondsLeft(at(8_000_000), NOW)).toBe(600);
  });

  it('begins at ten minutes with each new request', async () => {
    const { user, demo } = await waiting();
    const shown = (): string => get('signing-countdown').querySelector('b')?.textContent ?? '';
    const key = `${make.NIP}/sandbox`;
    const clock = vi.spyOn(Date, 'now');
    const now = Date.parse('2026-11-21T09:00:00.000Z');
    clock.mockReturnValue(now + 900);
    demo.state.keeping.signings[key] = { ...demo.state.keeping.signings[key]!, expiresAt: new Date(now + 300_900).toISOString() };
    demo.tell({ part: 'signing', scope: SANDBOX });
    await waitFor(() => expect(shown()).toBe('5:00'));
    await user.click(get('signing-again'));
    await waitFor(() => expect(shown()).toBe('10:00'));
  });
});

describe('a step that leads to signing again', () => {
  it('opens the dialog from another screen', async () => {
    const problem = make.problem('ksef.signAgain', 'signAgain');
    const { user } = await open(furnished(SANDBOX, { connection: { state: 'refused', problem, checkedAt: '2026-11-21T07:41:00Z' } }));
    await user.click(get('nav-ksef'));
    await user.click(await find('connection-check'));
    await waitFor(() => expect(codes(get('connection-report'))).toEqual(['ksef.signAgain']));
    await user.click(inside(get('connection-report'), 'problem-step'));
    await find('signing-dialog');
  });

  it('begins anew where a signature counted until now', async () => {
    const problem = make.problem('ksef.signAgain', 'signAgain');
    const { user, demo } = await waiting({ connection: { state: 'refused', problem, checkedAt: '2026-11-21T07:41:00Z' } });
    const key = `${make.NIP}/sandbox`;
    demo.state.keeping.signings[key] = { ...demo.state.keeping.signings[key]!, step: 'connected' };
    await user.keyboard('{Escape}');
    await user.click(get('connection-check'));
    await waitFor(() => expect(codes(get('connection-report'))).toEqual(['ksef.signAgain']));
    await user.click(inside(get('connection-report'), 'problem-step'));
    await waitFor(() => expect(step()).toBe('waiting'));
    expect(called(demo).filter((name) => name === 'startSigning')).toHaveLength(2);
  });
});
