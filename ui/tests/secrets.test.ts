// What becomes of the clipboard when a secret was pasted from it, or is copied to it, with the keyboard.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { someAccess } from '../src/host/demo/accessState';
import { called, find, furnished, get, open, SANDBOX, type Opened } from './app';

const SECRET = 'Tajne-Haslo-2026!';
const TOKEN = `20261121-EC-0A1B2C3D4E-5F60718293-A4|nip-1234563218|${'0a'.repeat(32)}`;

async function ksef(): Promise<Opened> {
  const opened = await open(furnished(SANDBOX, { credentials: {} }));
  await opened.user.click(get('nav-ksef'));
  await find('authentication');
  return opened;
}

const wiped = ({ demo }: Opened): number => called(demo).filter((name) => name === 'secretPasted').length;

/** Selects from the one place to the end of the other, and copies; whether the page left it to the browser. */
function copied(from: Node, to: Node): boolean {
  const range = document.createRange();
  range.setStart(from, 0);
  range.setEnd(to, to.childNodes.length);
  document.getSelection()!.removeAllRanges();
  document.getSelection()!.addRange(range);
  return from.dispatchEvent(new ClipboardEvent('copy', { bubbles: true, cancelable: true }));
}

describe('a secret that is pasted with the keyboard', () => {
  it('is wiped from the clipboard when it is the password of a key', async () => {
    const opened = await ksef();
    await opened.user.click(get('authentication-certificate-load'));
    await waitFor(() => expect((get('authentication-password') as HTMLInputElement).disabled).toBe(false));
    await opened.user.click(get('authentication-password'));
    await opened.user.paste(SECRET);
    expect((get('authentication-password') as HTMLInputElement).value).toBe(SECRET);
    expect(wiped(opened)).toBe(1);
    // What is typed was in no clipboard.
    await opened.user.type(get('authentication-password'), 'x');
    expect(wiped(opened)).toBe(1);
  });

  it('is wiped from the clipboard when it is a token', async () => {
    const opened = await ksef();
    await opened.user.click(get('token-input'));
    await opened.user.paste(TOKEN);
    expect((get('token-input') as HTMLInputElement).value).toBe('');
    expect(wiped(opened)).toBe(1);
  });

  it('is wiped from the clipboard when it opens the program', async () => {
    const opened = await open(furnished());
    await opened.user.click(get('nav-settings'));
    await opened.user.click(await find('lock-set'));
    for (const field of ['lock-first', 'lock-second']) {
      await opened.user.click(await find(field));
      await opened.user.paste(SECRET);
    }
    await opened.user.click(get('lock-save'));
    await opened.user.click(await find('lock-now'));
    await opened.user.click(await find('lock-password'));
    await opened.user.paste(SECRET);
    expect(wiped(opened)).toBe(3);
    await opened.user.click(get('lock-open'));
    await waitFor(() => expect(opened.demo.state.access.lock.locked).toBe(false));
  });

  it('is wiped from the clipboard when a token in place of a NIP is not taken, and a NIP is not', async () => {
    const opened = await open(furnished());
    await opened.user.click(get('company-switcher'));
    await opened.user.click(await find('add-company'));
    await opened.user.click(await find('add-company-nip'));
    await opened.user.paste('123');
    expect(wiped(opened)).toBe(0);
    await opened.user.paste(TOKEN);
    expect(await find('add-company-from-token')).toBeTruthy();
    // Until the company is there the program may still take it.
    expect(wiped(opened)).toBe(0);
    await opened.user.keyboard('{Escape}');
    await waitFor(() => expect(wiped(opened)).toBe(1));
  });

  it('can only be pasted into fields that see to that', () => {
    const files = readdirSync(join(import.meta.dirname, '../src'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.svelte'));
    const fields = files.filter((name) => readFileSync(join(import.meta.dirname, '../src', name), 'utf8').includes('type="password"'));
    expect(fields).toEqual([join('lib', 'SecretInput.svelte')]);
  });
});

describe('a secret that is shown', () => {
  it('is copied by the program, whatever else is selected with it', async () => {
    const opened = await open({ ...furnished(), access: someAccess(SANDBOX) });
    await opened.user.click(get('nav-access'));
    await opened.user.click(await find('access-tab-tokens'));
    await opened.user.click(await find('token-make'));
    await opened.user.type(await find('token-description'), 'kasa nr 4');
    await opened.user.click(get('token-permission-InvoiceRead'));
    await opened.user.click(get('token-do'));
    await opened.user.click(await find('once-show'));
    const place = await find('once-text');
    const copies = (): number => called(opened.demo).filter((name) => name === 'copyOnce').length;
    // Beside it everything is copied as ever.
    expect(copied(get('once-clipboard'), get('once-clipboard'))).toBe(true);
    expect(copies()).toBe(0);
    expect(copied(place, place)).toBe(false);
    await waitFor(() => expect(opened.demo.state.access.clipboard).toBe(place.textContent));
    expect(copied(get('once'), get('once'))).toBe(false);
    await waitFor(() => expect(copies()).toBe(2));
    await opened.user.click(get('once-show'));
    expect(copied(get('once'), get('once'))).toBe(true);
  });

  it('is copied by the program when it is the password of an export', async () => {
    const opened = await open(furnished());
    await opened.user.click(get('nav-ksef'));
    const row = await waitFor(() => {
      const found = document.querySelector<HTMLElement>('[data-testid="held-row"][data-kind="authentication"][data-held="true"]');
      expect(found).not.toBeNull();
      return found!;
    });
    await opened.user.click(row.querySelector<HTMLElement>('[data-testid="held-menu"]')!);
    await opened.user.click(await find('held-menu-export'));
    await opened.user.click(await find('export-confirm'));
    const place = await find('export-password-shown');
    expect(copied(place, place)).toBe(true);
    await opened.user.click(get('export-password-show'));
    await waitFor(() => expect(place.classList.contains('seen')).toBe(true));
    expect(copied(place, place)).toBe(false);
    await waitFor(() => expect(called(opened.demo)).toContain('copyOnce'));
  });
});
