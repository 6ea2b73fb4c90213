import { waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { furniture, sampleProfile } from '../src/host/demo/bookFixtures';
import { session } from '../src/domain/session.svelte';
import { all, codes, faults, find, furnished, get, make, open, SANDBOX, type Opened } from './app';

async function firm(change: Parameters<typeof furnished>[1] = {}): Promise<Opened> {
  const opened = await open(furnished(SANDBOX, { ...furniture(SANDBOX), ...change }));
  await opened.user.click(get('nav-firm'));
  await find('seller-name');
  return opened;
}

const field = (testid: string): HTMLInputElement => get(testid) as HTMLInputElement;

describe('company data', () => {
  it('are filled in from the white list and saved', async () => {
    const { user, demo } = await firm({ profiles: {} });
    expect(get('seller-state').dataset['state']).toBe('wrong');
    await user.click(get('seller-look-up'));
    await find('payer');
    expect(field('seller-name').value).toBe('KOWALSKI HURT SP. Z O.O.');
    await user.click(all('seller-account-offered')[0]!);
    expect(field('seller-account-0').value.replace(/\s/g, '')).toBe('61109010140000071219812874');
    await user.type(get('seller-issue-place'), 'Łódź');
    await waitFor(() => expect(get('seller-state').dataset['state']).toBe('changed'));
    expect(await faults()).toEqual([]);
    await user.click(get('seller-save'));
    await waitFor(() => expect(get('seller-state').dataset['state']).toBe('saved'));
    expect(demo.state.profiles[SANDBOX.nip]).toMatchObject({ name: 'KOWALSKI HURT SP. Z O.O.', issuePlace: 'Łódź', regon: '123456785', address: { line1: 'ul. Prosta 12/3' } });
  });

  it('have a wrong account number told beside its field', async () => {
    const { user } = await firm();
    await user.clear(get('seller-account-0'));
    await user.type(get('seller-account-0'), '61 1090 1014 0000 0712 1981 2875');
    expect((await find('seller-account-0-error')).textContent).toContain('cyfry kontrolne');
    expect(field('seller-account-0').getAttribute('aria-invalid')).toBe('true');
  });

  it('have accounts that can be put first and taken away', async () => {
    const second = { ...sampleProfile().accounts[0]!, number: '27114020040000300201355387' };
    const { user, demo } = await firm({ profiles: { [SANDBOX.nip]: { ...sampleProfile(), accounts: [...sampleProfile().accounts, second] } } });
    await user.click(get('seller-account-first-1'));
    await user.click(get('seller-account-remove-1'));
    await user.click(get('seller-save'));
    await waitFor(() => expect(demo.state.profiles[SANDBOX.nip]?.accounts).toEqual([second]));
  });

  it('are where a missing seller leads', async () => {
    await open(furnished(SANDBOX, { profiles: {} }));
    session.go('firm', 'seller');
    await waitFor(() => expect(get('seller').contains(document.activeElement)).toBe(true));
  });

  it('tell when they cannot be saved, and keep what was typed', async () => {
    const { user } = await firm({ fails: { saveSellerProfile: make.problem('archive.diskFull', 'retry') } });
    await user.type(get('seller-issue-place'), ' Centrum');
    await user.click(get('seller-save'));
    await waitFor(() => expect(codes()).toEqual(['archive.diskFull']));
    expect(field('seller-issue-place').value).toBe('Warszawa Centrum');
    expect(get('seller-state').dataset['state']).toBe('changed');
  });
});

describe('number series', () => {
  it('show the next number while the pattern is typed', async () => {
    const { user, demo } = await firm();
    await user.click(get('series-add'));
    await waitFor(() => expect(get('series-preview').textContent).toBe('FV/1/11/2026'));
    await user.type(get('series-name'), 'Eksport');
    await user.clear(get('series-pattern'));
    await user.type(get('series-pattern'), 'EX-');
    await waitFor(() => expect(codes(get('series-dialog'))).toEqual(['series.patternNoCounter']));
    expect(get('series-dialog').textContent).toContain('{nr}');
    expect(get('series-save').hasAttribute('disabled')).toBe(true);
    await user.click(get('series-token-nr:4'));
    await user.click(get('series-token-rrrr'));
    await user.selectOptions(get('series-reset'), 'yearly');
    await user.clear(get('series-counter'));
    await user.type(get('series-counter'), '17');
    await waitFor(() => expect(get('series-preview').textContent).toBe('EX-00172026'));
    expect(await faults()).toEqual([]);
    await user.click(get('series-kind-VAT'));
    await user.click(get('series-save'));
    await waitFor(() => expect(all('series-row')).toHaveLength(3));
    const saved = demo.state.series[`${SANDBOX.nip}/sandbox`]!;
    expect(saved.at(-1)).toMatchObject({ name: 'Eksport', kinds: ['VAT'], next: 17, reset: 'yearly' });
    expect(saved[0]?.kinds).not.toContain('VAT');
  });

  it('leave the counter alone unless it is typed', async () => {
    const { user, demo } = await firm();
    await user.click(all('series-open')[0]!);
    await user.type(await find('series-name'), ' krajowe');
    await user.click(get('series-save'));
    await waitFor(() => expect(demo.state.series[`${SANDBOX.nip}/sandbox`]?.[0]?.name).toBe('Faktury krajowe'));
    expect(demo.calls.find(({ name }) => name === 'saveSeries')?.input[1]).toMatchObject({ next: null });
  });

  it('that gave a number cannot be removed, and say so', async () => {
    const { user } = await firm();
    await user.click(all('series-menu')[0]!);
    expect((await find('series-menu-remove-why')).textContent).toContain('faktury');
  });
});
