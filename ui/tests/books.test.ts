import { waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { furniture, someContractors } from '../src/host/demo/bookFixtures';
import { all, called, codes, faults, find, furnished, get, inside, make, open, SANDBOX, type Opened } from './app';

async function book(screen: 'contractors' | 'goods', change: Parameters<typeof furnished>[1] = {}): Promise<Opened> {
  const opened = await open(furnished(SANDBOX, { ...furniture(SANDBOX), ...change }));
  await opened.user.click(get(`nav-${screen}`));
  await find(`screen-${screen}`);
  return opened;
}

const field = (testid: string): HTMLInputElement => get(testid) as HTMLInputElement;
const names = (): (string | null)[] => all('book-open').map((name) => name.textContent);

describe('contractors', () => {
  it('are listed by name and searched by the program without regard to Polish marks', async () => {
    const { user, demo } = await book('contractors');
    await find('book-table');
    expect(names()).toEqual([...names()].sort((a, b) => (a ?? '').localeCompare(b ?? '', 'pl')));
    expect(await faults()).toEqual([]);
    await user.type(get('book-search'), 'lodz');
    await waitFor(() => expect(names()).toHaveLength(2));
    expect(names().join()).toContain('Hurtownia Łódź');
    expect(demo.calls.filter(({ name }) => name === 'contractors').at(-1)?.input).toEqual([SANDBOX.nip, { text: 'lodz', after: null }]);
    await user.clear(get('book-search'));
    await user.type(get('book-search'), 'nie ma takiego');
    await user.click(await find('book-clear'));
    await waitFor(() => expect(names()).toHaveLength(9));
  });

  it('are read page by page', async () => {
    const { user } = await book('contractors', { contractors: someContractors(120) });
    await waitFor(() => expect(all('book-row')).toHaveLength(50));
    await user.click(get('book-next'));
    await waitFor(() => expect(all('book-row')).toHaveLength(100));
    expect(new Set(all('book-row').map((row) => row.dataset['id'])).size).toBe(100);
  });

  it('take name and address from the white list after a NIP in any spelling', async () => {
    const { user, demo } = await book('contractors', { contractors: [] });
    await user.click(await find('book-add'));
    await user.type(await find('contractor-id'), 'PL 798 033 29 20');
    await user.tab();
    await find('payer');
    expect(field('contractor-id').value).toBe('798-033-29-20');
    expect(field('contractor-name').value).toBe('PRZYKŁADOWY PODATNIK SP. Z O.O.');
    expect(field('contractor-address-line2').value).toBe('00-838 Warszawa');
    expect(await faults()).toEqual([]);
    await user.click(get('card-save'));
    await waitFor(() => expect(names()).toEqual(['PRZYKŁADOWY PODATNIK SP. Z O.O.']));
    expect(demo.state.contractors[0]?.card.party.address.country).toBe('PL');
  });

  it('can be written by hand when the white list cannot be asked', async () => {
    const { user } = await book('contractors', { contractors: [], fails: { lookUpPayer: make.problem('lookup.offline', 'checkNetwork') } });
    await user.click(await find('book-add'));
    await user.type(await find('contractor-id'), '7980332920');
    await user.tab();
    await waitFor(() => expect(codes()).toEqual(['lookup.offline']));
    expect(get('problem').dataset['tone']).toBe('warn');
    await user.type(get('contractor-name'), 'Zakład Usług Żółć');
    await user.click(get('card-save'));
    await waitFor(() => expect(names()).toEqual(['Zakład Usług Żółć']));
  });

  it('say what is wrong with a NIP beside its field', async () => {
    const { user, demo } = await book('contractors');
    await user.click(await find('book-add'));
    await user.type(await find('contractor-id'), '798-033-29-21');
    await user.tab();
    await waitFor(() => expect(codes()).toEqual(['nip.checkDigit']));
    expect(called(demo)).not.toContain('lookUpPayer');
    await user.selectOptions(get('contractor-kind'), 'vatUe');
    expect(codes()).toEqual([]);
  });

  it('keep every field of their card', async () => {
    const { user, demo } = await book('contractors');
    await find('book-table');
    const row = all('book-row').find((one) => one.dataset['id'] === 'c-1')!;
    await user.click(inside(row, 'book-open'));
    await find('card-panel');
    expect(field('contractor-contact-email-0').value).toBe('ksiegowosc@cde.example');
    expect(field('contractor-payment-days').value).toBe('21');
    await user.type(get('contractor-eori'), 'PL5265877635');
    await user.click(get('contractor-vat-group'));
    await user.selectOptions(get('contractor-payment-form'), '1');
    await user.click(get('contractor-contact-add'));
    await user.type(get('contractor-contact-phone-1'), '600 100 200');
    await user.click(get('card-save'));
    await waitFor(() => expect(all('card-panel')).toEqual([]));
    const { card } = demo.state.contractors.find(({ id }) => id === 'c-1')!;
    expect(card).toMatchObject({ vatGroup: true, paymentForm: '1', party: { eori: 'PL5265877635', contacts: [{ email: 'ksiegowosc@cde.example' }, { phone: '600 100 200' }] } });
  });

  it('are removed only after a word, which says that invoices stay', async () => {
    const { user, demo } = await book('contractors');
    await find('book-table');
    await user.click(all('book-open')[0]!);
    await user.click(await find('card-remove'));
    expect((await find('card-remove-dialog')).textContent).toContain('faktury zostają');
    await user.click(get('card-remove-dialog-cancel'));
    expect(called(demo)).not.toContain('removeContractor');
    await user.click(get('card-remove'));
    await user.click(await find('card-remove-dialog-confirm'));
    await waitFor(() => expect(names()).toHaveLength(8));
  });

  it('that are there twice become the one that is chosen', async () => {
    const { user, demo } = await book('contractors');
    await user.click(await find('book-more'));
    await user.click(await find('book-more-doubles'));
    await find('doubles-group');
    expect(await faults()).toEqual([]);
    const keep = all('doubles-keep').find((choice) => choice.dataset['id'] === 'c-9')!;
    await user.click(keep);
    await user.click(get('doubles-merge'));
    await find('doubles-none');
    expect(demo.calls.find(({ name }) => name === 'mergeContractors')?.input).toEqual(['c-9', ['c-1']]);
    expect(demo.state.contractors.map(({ id }) => id)).not.toContain('c-1');
  });

  it('come from a dropped file, and its findings are told by row', async () => {
    const { user, demo } = await book('contractors');
    await find('book-table');
    demo.drag({ kind: 'drop', x: 1, y: 1, paths: ['C:\\Biuro\\kontrahenci-bledy.csv'] });
    expect((await find('book-report-result')).dataset['applied']).toBe('false');
    expect(all('row-finding').map((row) => row.querySelector('[data-code]')?.getAttribute('data-code'))).toEqual(['import.nipCheckDigit', 'import.nameMissing']);
    expect(all('row-finding-place').map((place) => place.textContent)).toEqual(['wiersz 7', 'wiersz 19']);
    await user.click(get('book-report-close'));
    await user.click(get('book-import'));
    expect((await find('book-report-result')).textContent).toContain('12 nowych');
  });

  it('go into a file', async () => {
    const { user } = await book('contractors');
    await user.click(await find('book-more'));
    await user.click(await find('book-more-export'));
    await waitFor(() => expect(get('toasts').textContent).toContain('kontrahenci.csv'));
  });
});

describe('goods', () => {
  it('keep price, rate and marks', async () => {
    const { user, demo } = await book('goods', { goods: [] });
    await user.click(await find('book-add'));
    await user.type(await find('goods-name'), 'Papier ksero A4');
    await user.type(get('goods-unit-price'), '21,90');
    await user.selectOptions(get('goods-prices'), 'gross');
    await user.selectOptions(get('goods-rate'), '8');
    await user.type(get('goods-unit'), 'ryza');
    await user.selectOptions(get('goods-gtu'), 'GTU_06');
    await user.click(get('goods-annex15'));
    await user.type(get('goods-pkwiu'), '17.12');
    expect(await faults()).toEqual([]);
    await user.click(get('card-save'));
    await waitFor(() => expect(names()).toEqual(['Papier ksero A4']));
    expect(demo.state.goods[0]?.card).toMatchObject({ prices: 'gross', currency: 'PLN', line: { unitPrice: '21,90', rate: '8', unit: 'ryza', gtu: 'GTU_06', annex15: true, pkwiu: '17.12' } });
    expect(all('book-row')[0]?.textContent).toContain('21,90\u00a0zł');
  });

  it('tell when the program cannot save, and keep what was typed', async () => {
    const { user } = await book('goods', { fails: { saveGoods: make.problem('program.noName', 'correctField') } });
    await user.click(await find('book-add'));
    await user.type(await find('goods-unit-price'), '5');
    await user.click(get('card-save'));
    await waitFor(() => expect(codes()).toEqual(['program.noName']));
    expect(field('goods-unit-price').value).toBe('5');
  });
});
