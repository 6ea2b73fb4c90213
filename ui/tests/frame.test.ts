import { waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { emptyState } from '../src/host/demo';
import { all, called, codes, faults, find, furnished, get, make, open } from './app';

describe('first start', () => {
  it('offers two doors, and one click makes the sample company', async () => {
    const { user, demo } = await open(emptyState());
    expect(get('welcome')).toBeTruthy();
    expect(all('nav-ksef')).toEqual([]);
    expect(await faults()).toEqual([]);
    await user.click(get('make-sample-company'));
    await find('screen-start');
    expect(called(demo)).toContain('makeSampleCompany');
    expect(get('environment-bar').dataset['environment']).toBe('sandbox');
    expect(get('company-nip').textContent).toContain('798-033-29-20');
  });

  it('tells why the sample could not be made', async () => {
    const { user } = await open(emptyState({ fails: { makeSampleCompany: make.problem('sandbox.notRunning', 'retry') } }));
    await user.click(get('make-sample-company'));
    await waitFor(() => expect(codes()).toEqual(['sandbox.notRunning']));
  });

  it('adds a company by its NIP in any spelling', async () => {
    const { user, demo } = await open(emptyState());
    await user.click(get('welcome-add-company'));
    await user.type(await find('add-company-nip'), 'PL 526 587 76 35');
    await user.tab();
    await find('add-company-nip-good');
    await find('payer');
    expect((get('add-company-name') as HTMLInputElement).value).toBe('PRZYKŁADOWY PODATNIK SP. Z O.O.');
    await user.clear(get('add-company-name'));
    await user.type(get('add-company-name'), 'Kowalski');
    await user.click(get('environment-demo'));
    expect(await faults()).toEqual([]);
    await user.click(get('add-company-confirm'));
    await find('screen-ksef');
    expect(demo.state.companies).toEqual([{ nip: '5265877635', name: 'Kowalski', environment: 'demo', waiting: 0 }]);
  });

  it('adds a company without the white list', async () => {
    const { user, demo } = await open(emptyState({ fails: { lookUpPayer: make.problem('lookup.serviceDown', 'retry') } }));
    await user.click(get('welcome-add-company'));
    await user.type(await find('add-company-nip'), '5265877635');
    await user.tab();
    await find('add-company-nip-good');
    expect(codes()).toEqual([]);
    await user.click(get('add-company-confirm'));
    await find('screen-ksef');
    expect(demo.state.companies[0]?.name).toBeNull();
  });

  it.each([
    ['526-587-76-36', 'nip.checkDigit'],
    ['526587763', 'nip.length'],
    ['526-587-76-3x', 'nip.character'],
  ])('says what is wrong with %s', async (nip, code) => {
    const { user } = await open(emptyState());
    await user.click(get('welcome-add-company'));
    await user.type(await find('add-company-nip'), nip);
    await user.tab();
    await waitFor(() => expect(codes()).toEqual([code]));
    expect(get('add-company-nip').getAttribute('aria-invalid')).toBe('true');
  });

  it('says why the program cannot start', async () => {
    await open(emptyState({ fails: { companies: make.problem('archive.newer', 'contactSupport', { version: '9' }) } }));
    expect(codes()).toEqual(['archive.newer']);
  });
});

describe('frame', () => {
  it('makes production unmistakable', async () => {
    await open(furnished({ nip: make.NIP, environment: 'production' }));
    expect(get('environment-bar').dataset['environment']).toBe('production');
    expect(get('environment-bar').textContent).toContain('PRODUKCYJNE');
    expect(get('nav').dataset['production']).toBe('true');
  });

  it('finds one of a hundred companies by the keyboard alone', async () => {
    const { user, demo } = await open(emptyState({ companies: make.manyCompanies() }));
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await find('company-search'), 'lodz');
    const options = all('company-option');
    expect(options.length).toBeGreaterThan(5);
    expect(options.every((option) => option.textContent?.includes('Łódź'))).toBe(true);
    await user.keyboard('{ArrowDown}{Enter}');
    const chosen = options[1]?.dataset['nip'];
    await waitFor(() => expect(demo.state.settings.lastCompany).toBe(chosen));
  });

  it('finds a company by a NIP with dashes', async () => {
    const { user } = await open(emptyState({ companies: make.manyCompanies() }));
    await user.click(get('company-switcher'));
    await user.type(await find('company-search'), '526-581-01-11');
    expect(all('company-option').map((option) => option.dataset['nip'])).toEqual(['5265810111']);
  });

  it('changes screens by the keyboard and begins at the heading', async () => {
    const { user } = await open(furnished());
    await user.keyboard('{Control>}4{/Control}');
    await find('screen-sales');
    await waitFor(() => expect(document.activeElement?.tagName).toBe('H1'));
    expect(get('nav-sales').getAttribute('aria-current')).toBe('page');
  });

  it('speaks English and wears dark when asked', async () => {
    const { user, demo } = await open(furnished());
    await user.click(get('nav-settings'));
    await user.selectOptions(await find('settings-language'), 'en');
    await user.selectOptions(get('settings-appearance'), 'dark');
    expect(get('nav-sales').textContent).toContain('Sales');
    expect(document.documentElement.lang).toBe('en');
    expect(document.documentElement.dataset['theme']).toBe('dark');
    expect(demo.state.settings).toMatchObject({ language: 'en', appearance: 'dark' });
    expect(await faults()).toEqual([]);
    await user.selectOptions(get('settings-appearance'), 'system');
    expect(document.documentElement.dataset['theme']).toBeUndefined();
  });
});

describe('start', () => {
  it('leads from a fresh company to its first number', async () => {
    const { user } = await open(furnished());
    await find('first-steps');
    await user.click(get('first-sample'));
    await find('screen-send');
    await waitFor(() => expect(all('send-row')).toHaveLength(1));
  });

  it('shows what waits, what is held, and follows changes', async () => {
    const scope = { nip: make.NIP, environment: 'sandbox' } as const;
    const { demo } = await open(furnished(scope, { sales: make.someSales(scope, 10) }));
    expect((await find('start-held')).textContent).toContain('1 faktura');
    expect(get('start-waiting').textContent).toContain('2 faktury');
    expect(await faults()).toEqual([]);
    demo.advance();
    await waitFor(() => expect(all('start-row').map((row) => row.querySelector<HTMLElement>('[data-testid="state"]')?.dataset['state'])).toEqual(['accepted', 'held', 'refused', 'sending', 'accepted']));
  });

  it('says when KSeF could not be asked', async () => {
    await open(furnished(undefined, { start: { ksef: { state: 'unknown', problem: make.problem('ksef.statusUnknown', 'checkNetwork') } } }));
    await find('ksef-state');
    expect(codes(get('ksef-state'))).toEqual(['ksef.statusUnknown']);
  });
});
