import { waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { all, called, codes, faults, find, furnished, get, inside, make, open, SANDBOX, type Opened } from './app';

const BARE = { credentials: {} };
const PASSWORD = 'Tajne-Haslo-2026!';
const TOKEN = `20261121-EC-0A1B2C3D4E-5F60718293-A4|nip-${make.NIP}|${'0a'.repeat(32)}`;

async function ksef(change: Parameters<typeof furnished>[1] = {}, scope = SANDBOX): Promise<Opened> {
  const opened = await open(furnished(scope, change));
  await opened.user.click(get('nav-ksef'));
  await find('authentication');
  return opened;
}

describe('certificate', () => {
  it('is loaded, asks for the password, and is saved', async () => {
    const { user } = await ksef(BARE);
    expect((get('authentication-password') as HTMLInputElement).disabled).toBe(true);
    await user.click(get('authentication-certificate-load'));
    await waitFor(() => expect(get('authentication-key-held').dataset['state']).toBe('needsPassword'));
    expect(get('authentication-certificate-held').textContent).toContain('Jan Kowalski');
    await user.type(get('authentication-password'), PASSWORD);
    await user.click(get('authentication-password-save'));
    await waitFor(() => expect(get('authentication-key-held').dataset['state']).toBe('saved'));
    expect(get('authentication-key-held').textContent).toContain('zapisany w magazynie haseł systemu');
    expect(get('authentication-certificate-load').textContent).toContain('Zmień');
    expect(all('authentication-password')).toEqual([]);
  });

  it('wipes the password from the page as soon as it is handed over, and tells that it is wrong beside it', async () => {
    const { user, demo } = await ksef(BARE);
    await user.click(get('authentication-certificate-load'));
    await waitFor(() => expect((get('authentication-password') as HTMLInputElement).disabled).toBe(false));
    await user.type(get('authentication-password'), 'Calkiem-Inne-Haslo1{Enter}');
    await waitFor(() => expect(codes(get('authentication-password-problems'))).toEqual(['credential.wrongPassword']));
    expect((get('authentication-password') as HTMLInputElement).value).toBe('');
    expect(document.documentElement.innerHTML).not.toContain('Calkiem-Inne-Haslo1');
    expect(demo.calls.find(({ name }) => name === 'setCertificatePassword')?.input).toEqual([SANDBOX, 'authentication', 'Calkiem-Inne-Haslo1']);
    await user.click(inside(get('authentication-password-problems'), 'problem-step'));
    expect(document.activeElement).toBe(get('authentication-password'));
  });

  it('is removed only after a question that says what stops working', async () => {
    const { user, demo } = await ksef();
    await user.click(get('authentication-remove'));
    const dialog = await find('authentication-remove-dialog');
    expect(dialog.textContent).toContain('faktury w kolejce poczekają');
    expect(await faults()).toEqual([]);
    await user.click(get('authentication-remove-dialog-cancel'));
    expect(called(demo)).not.toContain('removeCredential');
    await user.click(get('authentication-remove'));
    await user.click(await find('authentication-remove-dialog-confirm'));
    await waitFor(() => expect(all('authentication-certificate-held')).toEqual([]));
    expect(demo.calls.find(({ name }) => name === 'removeCredential')?.input).toEqual([SANDBOX, 'authentication']);
  });

  it('is sorted by content when both files are dropped anywhere on the screen', async () => {
    const { demo } = await ksef(BARE);
    demo.drag({ kind: 'over', x: 1, y: 1 });
    await waitFor(() => expect(get('ksef-drop').dataset['over']).toBe('true'));
    demo.drag({ kind: 'drop', x: 1, y: 1, paths: ['/a/firma.crt', '/a/firma.key'] });
    await find('authentication-certificate-held');
    expect(get('ksef-drop').dataset['over']).toBe('false');
    expect(demo.calls.find(({ name }) => name === 'loadCredentialFiles')?.input).toEqual([SANDBOX, { kind: 'anywhere' }, ['/a/firma.crt', '/a/firma.key']]);
  });

  it('shows every problem beside its field', async () => {
    await ksef({ credentials: { [`${make.NIP}/sandbox`]: make.troubledCredentials() } });
    expect(codes(get('authentication-certificate-problems'))).toEqual(['credential.expired']);
    expect(codes(get('offline-serial-problems'))).toEqual(['credential.serialDiffers']);
    expect(codes(get('offline-certificate-problems'))).toEqual(['credential.authenticationForOffline']);
    expect(codes(get('offline-key-problems'))).toEqual(['credential.notAPair']);
    expect(codes(get('token-problems'))).toEqual(['token.otherCompany']);
    expect(codes()).toContain('keychain.locked');
    expect(codes(get('unplaced'))).toEqual(['credential.notACredential']);
    expect(await faults()).toEqual([]);
  });
});

describe('offline certificate', () => {
  it('takes its serial number typed or pasted', async () => {
    const { user, demo } = await ksef(BARE);
    await user.type(get('offline-serial'), '01b7240a5c3e91d2');
    await user.tab();
    await waitFor(() => expect(demo.calls.find(({ name }) => name === 'setOfflineSerial')?.input).toEqual([SANDBOX, '01b7240a5c3e91d2']));
    await user.click(get('offline-serial-paste'));
    await waitFor(() => expect((get('offline-serial') as HTMLInputElement).value).toBe('019A0CE840428FE6'));
  });

  it('is checked step by step', async () => {
    const { user } = await ksef();
    await user.click(get('offline-check'));
    expect((await find('offline-report')).dataset['passed']).toBe('true');
    expect(get('offline-step-signature').dataset['tone']).toBe('ok');
  });

  it('says what is missing', async () => {
    const { user } = await ksef(BARE);
    await user.click(get('offline-check'));
    expect((await find('offline-report')).dataset['passed']).toBe('false');
    expect(codes(get('offline-report'))).toEqual(['credential.missing']);
  });
});

describe('token', () => {
  it('is pasted by the program itself', async () => {
    const { user, demo } = await ksef(BARE);
    await user.click(get('token-paste'));
    await find('token-held');
    expect(called(demo)).toContain('pasteToken');
    expect(document.documentElement.innerHTML).not.toContain('0a0a0a0a');
  });

  it('that is pasted with the keyboard never stands in the page', async () => {
    const { user, demo } = await ksef(BARE);
    await user.click(get('token-input'));
    await user.paste(TOKEN);
    await find('token-held');
    expect(demo.calls.find(({ name }) => name === 'setToken')?.input).toEqual([SANDBOX, TOKEN]);
    expect(get('token-held').textContent).toContain('20261121-EC-0A1B2C3D4E-5F60718293-A4');
    expect(document.documentElement.innerHTML).not.toContain('0a0a0a0a');
  });

  it('of another company leads to that company', async () => {
    const { user } = await ksef(BARE);
    await user.click(get('token-input'));
    await user.paste(TOKEN.replace(make.NIP, make.SAMPLE_NIP));
    await waitFor(() => expect(codes(get('token-problems'))).toEqual(['token.otherCompany']));
    expect((get('token-input') as HTMLInputElement).value).toBe('');
    await user.click(inside(get('token-problems'), 'problem-step'));
    expect(((await find('add-company-nip')) as HTMLInputElement).value).toBe('798-033-29-20');
  });

  it('can be changed and removed', async () => {
    const { user } = await ksef();
    await user.click(get('token-change'));
    expect(get('token-input')).toBeTruthy();
    await user.click(get('token-keep'));
    await user.click(get('token-remove'));
    await user.click(await find('token-remove-dialog-confirm'));
    await waitFor(() => expect(all('token-held')).toEqual([]));
  });
});

describe('connection', () => {
  it('says who one is, with permissions in Polish', async () => {
    const { user } = await ksef();
    await user.click(get('connection-check'));
    await waitFor(() => expect(get('connection-report').dataset['state']).toBe('connected'));
    expect(get('connection-owner').textContent).toContain('Jan Kowalski');
    expect(get('connection-permissions').textContent).toContain('wystawianie faktur, przeglądanie faktur');
    expect(await faults()).toEqual([]);
  });

  it('or why not, with the code one click further', async () => {
    const refusal = make.problem('ksef.auth450.revoked', 'pasteToken', {}, '450 Token unieważniony');
    const { user } = await ksef({ connection: { state: 'refused', problem: refusal, checkedAt: '2026-11-21T07:41:00Z' } });
    await user.click(get('connection-check'));
    await waitFor(() => expect(codes(get('connection-report'))).toEqual(['ksef.auth450.revoked']));
    const technical = inside(get('connection-report'), 'problem-technical');
    expect(technical.closest('details')?.open).toBe(false);
    expect(technical.textContent).toContain('450 Token unieważniony');
  });

  it('is forgotten when credentials change', async () => {
    const { user } = await ksef();
    await user.click(get('connection-check'));
    await find('connection-owner');
    await user.click(get('authentication-certificate-load'));
    await waitFor(() => expect(all('connection-owner')).toEqual([]));
  });
});

describe('company', () => {
  it('has credentials of its own in each environment', async () => {
    const { user } = await ksef();
    expect(get('authentication-certificate-held')).toBeTruthy();
    await user.click(get('environment-test'));
    await waitFor(() => expect(get('environment-bar').dataset['environment']).toBe('test'));
    await waitFor(() => expect(all('authentication-certificate-held')).toEqual([]));
  });

  it('is removed after saying that its secrets go', async () => {
    const { user, demo } = await ksef();
    await user.click(get('company-remove'));
    expect((await find('company-remove-dialog')).textContent).toContain('magazynu haseł systemu');
    await user.click(get('company-remove-dialog-confirm'));
    await find('welcome');
    expect(demo.state.companies).toEqual([]);
  });
});
