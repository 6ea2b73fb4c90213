import problems from '@messages/pl.json';
import { waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { emptyKeeping, request } from '../src/host/demo/keepingState';
import { all, called, codes, faults, find, furnished, get, inside, make, open, SANDBOX, type Opened } from './app';

const KEY = `${make.NIP}/sandbox`;

async function enrolment(change: Parameters<typeof furnished>[1] = { credentials: {} }): Promise<Opened> {
  const opened = await open(furnished(SANDBOX, change));
  await opened.user.click(get('nav-ksef'));
  await opened.user.click(await find('enrol'));
  await find('enrolment-dialog');
  return opened;
}

const wishOf = ({ demo }: Opened): unknown => demo.calls.find(({ name }) => name === 'enrol')?.input[1];

describe('asking for a certificate', () => {
  it('shows the limits and what stands in the certificate, with both kinds ticked', async () => {
    const opened = await enrolment();
    await find('enrol-offer');
    expect(get('enrol-limits').textContent).toContain('4 certyfikaty z 6');
    expect(get('enrol-limits').textContent).toContain('10 wniosków z 12');
    expect(get('enrol-subject').textContent).toContain('Jan Tomasz');
    expect(get('enrol-subject').textContent).toContain('PESEL 3011******6');
    expect((get('enrol-authentication') as HTMLInputElement).checked).toBe(true);
    expect((get('enrol-offline') as HTMLInputElement).checked).toBe(true);
    expect(await faults()).toEqual([]);
    await waitFor(() => expect((get('enrol-do') as HTMLButtonElement).disabled).toBe(false));
    await opened.user.click(get('enrol-do'));
    await waitFor(() => expect(wishOf(opened)).toEqual({ authenticationName: 'Kowalski Hurt logowanie 2026-11', offlineName: 'Kowalski Hurt offline 2026-11', algorithm: 'p256', validFrom: null }));
  });

  it('takes other names, another key, a later beginning, one kind only', async () => {
    const opened = await enrolment();
    await find('enrol-offer');
    await opened.user.click(get('enrol-authentication'));
    await opened.user.clear(get('enrol-offline-name'));
    await opened.user.type(get('enrol-offline-name'), 'Kasa w Łodzi');
    await opened.user.click(get('enrol-more').querySelector('summary')!);
    await opened.user.selectOptions(get('enrol-key'), 'rsa2048');
    await opened.user.type(get('enrol-valid-from'), '1.12.2026');
    await waitFor(() => expect((get('enrol-do') as HTMLButtonElement).disabled).toBe(false));
    await opened.user.click(get('enrol-do'));
    await waitFor(() => expect(wishOf(opened)).toEqual({ authenticationName: null, offlineName: 'Kasa w Łodzi', algorithm: 'rsa2048', validFrom: '2026-12-01' }));
  });

  it('tells beside the name what is wrong with it, and sends nothing', async () => {
    const { user } = await enrolment();
    await find('enrol-offer');
    await user.clear(get('enrol-offline-name'));
    await user.type(get('enrol-offline-name'), 'Ab');
    await waitFor(() => expect(get('enrol-offline-name').getAttribute('aria-invalid')).toBe('true'));
    await waitFor(() => expect((get('enrol-do') as HTMLButtonElement).disabled).toBe(true));
    expect(await faults()).toEqual([]);
    await user.type(get('enrol-offline-name'), 'cdef');
    await waitFor(() => expect((get('enrol-do') as HTMLButtonElement).disabled).toBe(false));
  });

  it('says that the limit is used up, or that two do not fit', async () => {
    const { user } = await enrolment({ credentials: {}, keeping: emptyKeeping({ offer: { ...emptyKeeping().offer, certificates: { remaining: 1, limit: 6 } } }) });
    await find('enrol-limit-reached');
    expect((get('enrol-do') as HTMLButtonElement).disabled).toBe(true);
    await user.click(get('enrol-offline'));
    await waitFor(() => expect(all('enrol-limit-reached')).toEqual([]));
    expect((get('enrol-do') as HTMLButtonElement).disabled).toBe(false);
  });

  it('leads to signing in where KSeF lets nobody ask', async () => {
    const { user } = await enrolment({ credentials: {}, keeping: emptyKeeping({ offerProblem: make.problem('ksef.auth425', 'retry') }) });
    await waitFor(() => expect(codes(get('enrolment-body'))).toEqual(['ksef.auth425']));
    expect(get('enrolment-body').textContent).toContain('Token do tego nie wystarcza');
    expect(await faults()).toEqual([]);
    await user.click(get('enrol-sign-in'));
    await find('signing-dialog');
  });
});

describe('a request', () => {
  it('is followed step by step to a certificate that works', async () => {
    const { user, demo } = await enrolment();
    await find('enrol-offer');
    await waitFor(() => expect((get('enrol-do') as HTMLButtonElement).disabled).toBe(false));
    await user.click(get('enrol-do'));
    await waitFor(() => expect(all('enrolment').map(({ dataset }) => dataset['step'])).toEqual(['keyMade', 'keyMade']));
    for (const step of ['sent', 'issued', 'proving']) {
      demo.advance();
      await waitFor(() => expect(all('enrolment').map(({ dataset }) => dataset['step'])).toEqual([step, step]));
    }
    expect(await faults()).toEqual([]);
    demo.advance();
    await find('enrolment-ready');
    expect(get('enrolment-ready').textContent).toContain('Gotowe: certyfikat KSeF działa.');
    expect(get('enrolment-ready').textContent).toContain('Gotowe: certyfikat trybu „Offline” działa.');
    await waitFor(() => expect(get('enrolment-ready').textContent).toContain('Ważny do 21.11.2028.'));
    await user.click(get('enrolment-close'));
    await waitFor(() => expect(all('held-row').map(({ dataset }) => dataset['kind'])).toEqual(['authentication', 'offline']));
    await waitFor(() => expect(get('authentication-key-held').dataset['state']).toBe('saved'));
  });

  it('that stands still says so, and is taken up again', async () => {
    const still = request({ step: 'sent', problem: make.problem('network.none', 'checkNetwork') });
    const { user, demo } = await enrolment({ credentials: {}, keeping: emptyKeeping({ requests: { [KEY]: [still] } }) });
    const row = await find('enrolment');
    expect(row.dataset['still']).toBe('true');
    expect(codes(row)).toEqual(['network.none']);
    expect(row.textContent).toContain('Klucz nie zginął');
    expect(await faults()).toEqual([]);
    await user.click(get('enrolment-continue'));
    await waitFor(() => expect(get('enrolment').dataset['still']).toBe('false'));
    expect(get('enrolment-body').dataset['phase']).toBe('underway');
    for (const _ of [1, 2, 3]) demo.advance();
    await find('enrolment-ready');
    expect(called(demo)).not.toContain('enrol');
  });

  it('is given up only after a question that says what becomes of the key', async () => {
    const still = request({ step: 'sent', problem: make.problem('network.none', 'checkNetwork') });
    const { user, demo } = await enrolment({ credentials: {}, keeping: emptyKeeping({ requests: { [KEY]: [still] } }) });
    await user.click(await find('enrolment-abandon'));
    const dialog = await find('enrolment-abandon-dialog');
    expect(dialog.textContent).toContain('usunięty z magazynu haseł');
    await user.click(get('enrolment-abandon-dialog-cancel'));
    expect(called(demo)).not.toContain('abandonEnrolment');
    await user.click(get('enrolment-abandon'));
    await user.click(await find('enrolment-abandon-dialog-confirm'));
    await waitFor(() => expect(all('enrolment')).toEqual([]));
  });

  it('that KSeF refused says why, and one can begin anew', async () => {
    const { user, demo } = await enrolment();
    await find('enrol-offer');
    await user.click(get('enrol-offline'));
    await waitFor(() => expect((get('enrol-do') as HTMLButtonElement).disabled).toBe(false));
    await user.click(get('enrol-do'));
    await find('enrolment');
    demo.state.keeping.requests[KEY] = demo.state.keeping.requests[KEY]!.map((row) => ({ ...row, step: 'failed', problem: make.problem('ksef.auth500', 'retry') }));
    demo.tell({ part: 'enrolments', scope: SANDBOX });
    await find('enrolment-failed');
    expect(codes(get('enrolment'))).toEqual(['ksef.auth500']);
    expect(all('enrolment-ready')).toEqual([]);
    await user.click(get('enrol-anew'));
    await find('enrol-offer');
  });

  it('goes on while the dialog is closed', async () => {
    const { user, demo } = await enrolment();
    await find('enrol-offer');
    await waitFor(() => expect((get('enrol-do') as HTMLButtonElement).disabled).toBe(false));
    await user.click(get('enrol-do'));
    await waitFor(() => expect(all('enrolment')).toHaveLength(2));
    await user.click(get('enrolment-close'));
    await waitFor(() => expect(get('access-requests').textContent).toContain('2 wnioski o certyfikat są w toku.'));
    demo.advance();
    await user.click(get('access-requests-show'));
    await waitFor(() => expect(all('enrolment').map(({ dataset }) => dataset['step'])).toEqual(['sent', 'sent']));
  });

  it('in the keychain that was closed in the middle leads to opening it', async () => {
    const { user } = await enrolment({ credentials: {}, fails: { enrol: make.problem('keychain.locked', 'unlockKeychain') } });
    await find('enrol-offer');
    await waitFor(() => expect((get('enrol-do') as HTMLButtonElement).disabled).toBe(false));
    await user.click(get('enrol-do'));
    await waitFor(() => expect(codes(get('enrolment-body'))).toEqual(['keychain.locked']));
    expect(get('enrolment-body').dataset['phase']).toBe('offer');
    expect(inside(get('enrolment-body'), 'problem-step')).toBeTruthy();
  });

  it('that only waits is not said to stand still, and can be given up', async () => {
    const waits = request({ step: 'proving', problem: make.problem('enrolment.notYetValid', 'wait', { from: '2026-12-01T00:00:00Z' }) });
    await enrolment({ credentials: {}, keeping: emptyKeeping({ requests: { [KEY]: [waits] } }) });
    const row = await find('enrolment');
    expect(row.dataset['still']).toBe('false');
    expect(row.textContent).toContain('01.12.2026');
    expect(all('enrolment-continue')).toEqual([]);
    expect(get('enrolment-abandon')).toBeTruthy();
  });

  it('of a kind that is under way is not ticked again', async () => {
    const still = request({ step: 'sent', problem: make.problem('network.none', 'checkNetwork') });
    await enrolment({ credentials: {}, keeping: emptyKeeping({ requests: { [KEY]: [still] } }) });
    await find('enrol-offer');
    expect((get('enrol-authentication') as HTMLInputElement).checked).toBe(false);
    expect((get('enrol-offline') as HTMLInputElement).checked).toBe(true);
  });

  it('shows every way of failing in sentences, with what to click', async () => {
    const { demo } = await enrolment({ credentials: {}, keeping: emptyKeeping({ requests: { [KEY]: [request()] } }) });
    await find('enrolment');
    const refusals = Object.keys(problems).filter((code) => /^enrolment\./.test(code));
    expect(refusals.length).toBeGreaterThan(20);
    for (const code of refusals) {
      demo.state.keeping.requests[KEY] = [request({ step: 'sent', problem: make.problem(code, 'requestCertificate', { description: 'powód', code: '999', from: '2026-12-01T00:00:00Z' }) })];
      demo.tell({ part: 'enrolments', scope: SANDBOX });
      await waitFor(() => expect(codes(get('enrolment'))).toEqual([code]));
      expect(get('enrolment').textContent).not.toContain('nie umie opisać');
      expect(inside(get('enrolment'), 'problem-step').textContent).toContain('Zacznij od nowa');
    }
  });
});
