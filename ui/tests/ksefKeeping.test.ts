import { waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { certificateRow, emptyKeeping, otherRows, request, troubledCheck } from '../src/host/demo/keepingState';
import { consequences } from '../src/screens/ksef/keeping/consequences';
import { kept } from '../src/screens/ksef/keeping/passwordRule';
import { all, called, codes, faults, find, furnished, get, inside, make, open, SANDBOX, type Opened } from './app';

const KEY = `${make.NIP}/sandbox`;
const MADE = 'kT7#mWq2-RzHb9+xEd4!pLs6';
const PASSWORD = 'Moje-Haslo-Eksportu-1';

async function ksef(change: Parameters<typeof furnished>[1] = {}): Promise<Opened> {
  const opened = await open(furnished(SANDBOX, change));
  await opened.user.click(get('nav-ksef'));
  await find('held');
  return opened;
}

const row = (id: string): HTMLElement => all('held-row').find(({ dataset }) => dataset['id'] === id)!;

async function choose({ user }: Opened, id: string, action: string): Promise<void> {
  await find('held-table');
  await user.click(inside(row(id), 'held-menu'));
  await user.click(await find(`held-menu-${action}`));
}

const AUTHENTICATION = '019A0CE840428FE6';
const OFFLINE = '01B7240A5C3E91D2';

describe('the table of credentials', () => {
  it('shows kind, owner, number, days, use and state of each', async () => {
    await ksef({ keeping: emptyKeeping({ rows: { [KEY]: otherRows(SANDBOX) } }) });
    await find('held-table');
    expect(all('held-row').map(({ dataset }) => dataset['state'])).toEqual(['active', 'active', 'active', 'active', 'revoked', 'blocked', 'expired']);
    const text = row(AUTHENTICATION).textContent;
    for (const part of ['Certyfikat KSeF', 'Jan Kowalski', AUTHENTICATION, 'od 21.11.2026', 'do 21.11.2028', 'piaskownica', 'aktywny']) expect(text).toContain(part);
    expect(inside(row(OFFLINE), 'held-reminder').textContent).toContain('kończy się za 14 dni');
    expect(row('02C8351B6D4FA2E3').textContent).toContain('798-033-29-20');
    expect(await faults()).toEqual([]);
  });

  it('is empty with what to do first, and asks KSeF on a click', async () => {
    const { user, demo } = await ksef({ credentials: {}, keeping: emptyKeeping({ askedAt: null }) });
    expect((await find('held-empty')).textContent).toContain('Wystąp o certyfikat');
    expect(get('held-asked').textContent).toContain('nie był jeszcze pytany');
    await user.click(get('held-ask'));
    await waitFor(() => expect(get('held-asked').dataset['asked']).toBe('2026-11-21T08:00:00Z'));
    expect(demo.calls.filter(({ name }) => name === 'certificates').map(({ input }) => input[1])).toEqual([false, true]);
    expect(await faults()).toEqual([]);
  });

  it('tells why it cannot be shown', async () => {
    await ksef({ fails: { certificates: make.problem('keychain.locked', 'unlockKeychain') } });
    await waitFor(() => expect(codes(get('held'))).toEqual(['keychain.locked']));
    expect(inside(get('held'), 'problem-step')).toBeTruthy();
  });
});

describe('renewing', () => {
  it('asks in a sentence and shows the progress to its end', async () => {
    const opened = await ksef();
    await choose(opened, OFFLINE, 'renew');
    expect((await find('renew-dialog')).textContent).toContain('zostaje w użyciu, dopóki nowy nie zostanie wypróbowany');
    expect(await faults()).toEqual([]);
    await opened.user.click(get('renew-dialog-confirm'));
    await find('enrolment');
    expect(opened.demo.calls.find(({ name }) => name === 'renewCertificate')?.input).toEqual([SANDBOX, 'offline']);
    expect(get('enrolment-dialog').textContent).toContain('Odnawianie certyfikatu');
    for (const _ of [1, 2, 3, 4]) opened.demo.advance();
    await find('enrolment-ready');
    expect(get('enrolment-ready').textContent).toContain('Zastąpił poprzedni');
    await opened.user.click(get('enrolment-close'));
    await waitFor(() => expect(row('01F7A3B4C5D6E7F8')).toBeTruthy());
  });

  it('that cannot begin says why and leaves everything as it is', async () => {
    const opened = await ksef({ fails: { renewCertificate: make.problem('ksef.auth460.revoked', 'signAgain') } });
    await choose(opened, AUTHENTICATION, 'renew');
    await opened.user.click(await find('renew-dialog-confirm'));
    await waitFor(() => expect(codes(get('renew-dialog'))).toEqual(['ksef.auth460.revoked']));
    await opened.user.click(inside(get('renew-dialog'), 'problem-step'));
    await find('signing-dialog');
  });
});

describe('revoking', () => {
  it('says first what stops working, and takes a reason', async () => {
    const opened = await ksef({ keeping: emptyKeeping({ preview: { inUse: true, otherWayIn: false, companies: [make.NIP, make.SAMPLE_NIP], waitingOffline: 3, endsThisLogin: true } }) });
    await choose(opened, AUTHENTICATION, 'revoke');
    const preview = await find('revoke-preview');
    expect(preview.dataset['inUse']).toBe('true');
    for (const sentence of ['nie ma innego dostępu', '798-033-29-20', '3 faktury wystawione offline', 'zakończy przy tym logowanie']) expect(preview.textContent).toContain(sentence);
    expect(get('revoke-dialog').textContent).toContain('nie da się cofnąć');
    expect(await faults()).toEqual([]);
    await opened.user.click(get('revoke-reason-keyCompromise'));
    await opened.user.click(get('revoke-confirm'));
    await waitFor(() => expect(opened.demo.calls.find(({ name }) => name === 'revokeCertificate')?.input).toEqual([SANDBOX, AUTHENTICATION, 'keyCompromise']));
    await waitFor(() => expect(all('revoke-dialog')).toEqual([]));
    await waitFor(() => expect(row(AUTHENTICATION).dataset['state']).toBe('revoked'));
  });

  it('does nothing while it is not known what would stop working, or when it is left', async () => {
    const opened = await ksef({ fails: { revocationPreview: make.problem('network.none', 'checkNetwork') } });
    await choose(opened, AUTHENTICATION, 'revoke');
    await waitFor(() => expect(codes(get('revoke-dialog'))).toEqual(['network.none']));
    expect((get('revoke-confirm') as HTMLButtonElement).disabled).toBe(true);
    await opened.user.click(get('revoke-cancel'));
    expect(called(opened.demo)).not.toContain('revokeCertificate');
  });

  it('of a token goes to the tokens', async () => {
    const opened = await ksef();
    await choose(opened, '20261121-EC-0A1B2C3D4E-5F60718293-A4', 'revoke');
    await find('revoke-preview');
    expect(all('revoke-reason-superseded')).toEqual([]);
    await opened.user.click(get('revoke-confirm'));
    await waitFor(() => expect(opened.demo.calls.find(({ name }) => name === 'revokeToken')?.input).toEqual([SANDBOX, '20261121-EC-0A1B2C3D4E-5F60718293-A4']));
  });

  it('says that nothing stops where nothing does', () => {
    const nothing = { identifier: 'x', inUse: false, companies: [], waitingOffline: 0, otherWayIn: false, endsThisLogin: false };
    expect(consequences(nothing, make.NIP, 'authentication').map(({ id }) => id)).toEqual(['nothing']);
    expect(consequences({ ...nothing, inUse: true, companies: [make.NIP] }, make.NIP, 'authentication').map(({ id, tone }) => `${id} ${tone}`)).toEqual(['in-use bad']);
    // With an offline certificate nobody logs in.
    for (const otherWayIn of [false, true]) {
      const [only, ...more] = consequences({ ...nothing, inUse: true, otherWayIn }, make.NIP, 'offline');
      expect([only?.id, only?.tone, more]).toEqual(['in-use', 'warn', []]);
      expect(only?.text).toContain('Logowanie do KSeF działa dalej');
    }
  });
});

describe('exporting', () => {
  it('warns, makes a password, shows and copies it once, and forgets it', async () => {
    const opened = await ksef();
    await choose(opened, AUTHENTICATION, 'export');
    expect((await find('export-dialog')).textContent).toContain('może działać w KSeF w imieniu właściciela');
    expect(await faults()).toEqual([]);
    await opened.user.click(get('export-form-container'));
    await opened.user.click(get('export-confirm'));
    await find('export-done');
    expect(opened.demo.calls.find(({ name }) => name === 'exportCredential')?.input).toEqual([SANDBOX, 'authentication', 'container', null]);
    expect(get('export-file').textContent).toContain('.p12');
    expect(document.documentElement.innerHTML).not.toContain(MADE);
    await opened.user.click(get('export-password-copy'));
    await waitFor(() => expect(called(opened.demo)).toContain('copyOnce'));
    expect(document.documentElement.innerHTML).not.toContain(MADE);
    await opened.user.click(get('export-password-show'));
    await waitFor(() => expect(get('export-password-shown').textContent).toBe(MADE));
    expect(await faults()).toEqual([]);
    await opened.user.click(get('export-close'));
    await waitFor(() => expect(called(opened.demo)).toContain('dropOnce'));
    await waitFor(() => expect(document.documentElement.innerHTML).not.toContain(MADE));
  });

  it('with an own password shows its rule while it is typed and keeps nothing of it', async () => {
    const opened = await ksef();
    await choose(opened, OFFLINE, 'export');
    await opened.user.click(await find('export-password-own'));
    expect((get('export-confirm') as HTMLButtonElement).disabled).toBe(true);
    await opened.user.type(get('export-password'), 'Krótkie');
    expect(get('export-rule-length').dataset['kept']).toBe('false');
    expect(get('export-rule-alphabet').dataset['kept']).toBe('false');
    expect(get('export-rule-capital').dataset['kept']).toBe('true');
    expect(await faults()).toEqual([]);
    await opened.user.clear(get('export-password'));
    await opened.user.type(get('export-password'), PASSWORD);
    expect(get('export-rules').dataset['kept']).toBe('6');
    await opened.user.click(get('export-confirm'));
    await find('export-done');
    expect(opened.demo.calls.find(({ name }) => name === 'exportCredential')?.input).toEqual([SANDBOX, 'offline', 'pair', PASSWORD]);
    expect(all('export-password-shown')).toEqual([]);
    expect(document.documentElement.innerHTML).not.toContain(PASSWORD);
  });

  it('stays open when the place was not chosen', async () => {
    const opened = await ksef({ keeping: emptyKeeping({ exportFolder: null }) });
    await choose(opened, AUTHENTICATION, 'export');
    await opened.user.click(await find('export-confirm'));
    await waitFor(() => expect(called(opened.demo)).toContain('exportCredential'));
    expect(get('export-form-pair')).toBeTruthy();
  });

  it.each([
    ['Tajne-Haslo-2026!', 6],
    ['Tajne-Haslo-26', 5],
    [`Tajne-Haslo-2026!${'a'.repeat(16)}`, 5],
    ['tajne-haslo-2026!', 5],
    ['TajneHaslo20262026', 5],
    ['Tajne-Hasło-2026!', 5],
    ['Tajne Haslo-2026!', 5],
    ['', 0],
  ])('keeps the portal’s rule as the program does: %s', (password, rules) => {
    expect(kept(password)).toHaveLength(rules);
  });
});

describe('reminders', () => {
  const ends = { scope: SANDBOX, kind: 'offline', until: '2026-12-05', daysLeft: 14, due: 14, onlyWayIn: false } as const;
  const token = { scope: SANDBOX, kind: 'token', until: '2026-12-31', daysLeft: 40, due: 60, onlyWayIn: true } as const;

  it('stand on the start screen, with those of other companies, and lead to the renewal', async () => {
    const elsewhere = { ...token, scope: { nip: make.SAMPLE_NIP, environment: 'sandbox' } as const };
    const { user } = await open(furnished(SANDBOX, { companies: [make.company(make.NIP, 'Kowalski', 'sandbox'), make.company(make.SAMPLE_NIP, 'Świt', 'sandbox')], keeping: emptyKeeping({ reminders: [ends, elsewhere] }) }));
    expect((await find('reminder')).textContent).toContain('Certyfikat trybu „Offline” kończy się za 14 dni (05.12.2026).');
    expect(get('reminder-elsewhere').textContent).toContain('Świt');
    expect(await faults()).toEqual([]);
    await user.click(get('reminder-renew'));
    await find('renew-dialog');
    await user.click(get('renew-dialog-cancel'));
    await user.click(get('nav-start'));
    await user.click(await find('reminder-open'));
    await waitFor(() => expect(get('company-name').textContent).toBe('Świt'));
    expect((await find('reminder')).textContent).toContain('31.12.2026');
  });

  it('of many other companies begin with the most pressing ones', async () => {
    const many = ['1111111111', '5213017228', '7010001454', '9542742927', '5260001246'].map((nip) => ({ ...token, scope: { nip, environment: 'sandbox' } as const }));
    const { user } = await open(furnished(SANDBOX, { keeping: emptyKeeping({ reminders: many }) }));
    await waitFor(() => expect(all('reminder-elsewhere')).toHaveLength(3));
    expect(get('reminders-all').textContent?.trim()).toBe('Pokaż jeszcze 2 przypomnienia');
    await user.click(get('reminders-all'));
    expect(all('reminder-elsewhere')).toHaveLength(5);
    expect(all('reminders-all')).toHaveLength(0);
  });

  it('after the end of tokens say so, and lead from the token to a certificate step by step', async () => {
    const { user, demo } = await ksef({
      credentials: { [KEY]: { ...make.noCredentials(), token: make.allCredentials().token } },
      keeping: emptyKeeping({ reminders: [{ ...token, daysLeft: -1, due: 0 }] }),
    });
    expect((await find('reminder')).textContent).toContain('Tokeny przestały działać 31.12.2026.');
    await user.click(get('reminder-guide'));
    await find('guide-steps');
    expect(get('guide-steps').dataset['current']).toBe('0');
    expect(await faults()).toEqual([]);
    await user.click(get('guide-sign-do'));
    await user.click(await find('signing-start'));
    await user.click(await find('signing-pick'));
    await waitFor(() => expect(get('signing').dataset['step']).toBe('sending'));
    demo.advance();
    demo.advance();
    await find('enrol-offer');
    await waitFor(() => expect((get('enrol-do') as HTMLButtonElement).disabled).toBe(false));
    await user.click(get('enrol-do'));
    await waitFor(() => expect(all('enrolment')).toHaveLength(2));
    for (const _ of [1, 2, 3, 4]) demo.advance();
    await find('enrolment-ready');
    await user.click(get('enrolment-close'));
    await waitFor(() => expect(get('guide-steps').dataset['current']).toBe('2'));
    await user.click(get('guide-check-do'));
    await waitFor(() => expect(get('guide-steps').dataset['current']).toBe('3'));
    await user.click(get('guide-token-do'));
    await find('guide-over');
    expect(called(demo)).toContain('removeCredential');
    await user.click(get('guide-close'));
    await waitFor(() => expect(all('guide-dialog')).toEqual([]));
  });
});

describe('the check of everything', () => {
  it('asks what is wanted and ticks what is well', async () => {
    const { user, demo } = await ksef();
    await user.click(get('doctor-read'));
    await user.click(get('doctor-offline'));
    await user.click(get('doctor-examine'));
    await waitFor(() => expect(get('doctor-report').dataset['state']).toBe('passed'));
    expect(demo.calls.find(({ name }) => name === 'examine')?.input).toEqual([SANDBOX, { issue: true, read: false, offline: true }]);
    expect(get('doctor-item-validity-authentication').textContent).toContain('do 21.11.2028');
    expect(get('doctor-item-clock').textContent).toContain('1 s');
    expect(get('doctor-item-offline').dataset['tone']).toBe('ok');
    expect(await faults()).toEqual([]);
  });

  it('gives each cross its problem and the next click', async () => {
    const { user, demo } = await ksef({ keeping: emptyKeeping({ doctor: troubledCheck() }) });
    await user.click(get('doctor-examine'));
    await waitFor(() => expect(get('doctor-report').dataset['state']).toBe('failed'));
    expect(get('doctor-report').textContent).toContain('2 rzeczy do naprawienia.');
    expect(codes(get('doctor-item-login'))).toEqual(['ksef.auth460.revoked']);
    expect(get('doctor-item-issuePermission').dataset['tone']).toBe('soft');
    expect(await faults()).toEqual([]);
    await user.click(inside(get('doctor-item-clock'), 'problem-step'));
    await waitFor(() => expect(called(demo).filter((name) => name === 'examine')).toHaveLength(2));
  });

  it.each([
    ['authentication', 'wrongPassword', 'enterPassword'],
    ['offline', 'keyMissing', 'chooseFile'],
    ['offline', 'serialDiffers', 'correctField'],
    ['offline', 'signatureFails', 'loadCertificate'],
  ] as const)('leads to the card of the %s certificate where it is mended: %s', async (slot, code, next) => {
    const item = { check: 'pair', slot, outcome: 'failed', values: {}, problem: make.problem(`credential.${code}`, next) } as const;
    const { user } = await ksef({ keeping: emptyKeeping({ doctor: [item] }) });
    await user.click(get('doctor-examine'));
    await user.click(inside(await find(`doctor-item-pair-${slot}`), 'problem-step'));
    await waitFor(() => expect(document.activeElement?.closest('[data-aim]')?.getAttribute('data-aim')).toBe(slot));
  });

  it('says before the portal opens that no password is asked for here', async () => {
    const item = { check: 'login', slot: null, outcome: 'failed', values: {}, problem: make.problem('ksef.auth450.inactive', 'openPortal') } as const;
    const scope = { ...SANDBOX, environment: 'test' } as const;
    const { user } = await open(furnished(scope, { keeping: emptyKeeping({ doctor: [item] }) }));
    await user.click(get('nav-ksef'));
    await user.click(await find('doctor-examine'));
    await waitFor(() => expect(inside(get('doctor-item-login'), 'problem').textContent).toContain('nigdy nie pyta o hasło'));
  });

  it('tells why it could not begin', async () => {
    const { user } = await ksef({ fails: { examine: make.problem('archive.damaged', 'contactSupport') } });
    await user.click(get('doctor-examine'));
    await waitFor(() => expect(codes(get('doctor'))).toEqual(['archive.damaged']));
  });
});

describe('what the program tells by itself', () => {
  it('is asked again by who shows it', async () => {
    const { demo } = await ksef();
    await find('held-table');
    demo.state.keeping.rows[KEY] = [certificateRow(SANDBOX, { identifier: '0F0F0F0F0F0F0F0F', held: false })];
    demo.tell({ part: 'credentials', scope: SANDBOX });
    await waitFor(() => expect(row('0F0F0F0F0F0F0F0F')).toBeTruthy());
    demo.state.keeping.requests[KEY] = [request({ problem: make.problem('network.none', 'checkNetwork') })];
    demo.tell({ part: 'enrolments', scope: null });
    await waitFor(() => expect(get('access-requests').textContent).toContain('stoi w miejscu'));
  });
});
