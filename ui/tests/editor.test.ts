import { fireEvent, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { session } from '../src/domain/session.svelte';
import type { DraftStart, InvoiceDraft, InvoiceView, SaleView, Scope } from '../src/host';
import { furniture } from '../src/host/demo/bookFixtures';
import { all, called, codes, faults, find, furnished, get, make, open, SANDBOX, type Opened } from './app';

async function editor(change: Parameters<typeof furnished>[1] = {}, start: DraftStart = { from: 'blank', kind: 'VAT' }, scope: Scope = SANDBOX): Promise<Opened> {
  const opened = await open(furnished(scope, { ...furniture(scope), ...change }));
  session.openEditor({ start });
  await find('draft-kind');
  return opened;
}

const field = (testid: string): HTMLInputElement => get(testid) as HTMLInputElement;
const type = async (testid: string, text: string): Promise<void> => void (await fireEvent.input(field(testid), { target: { value: text } }));
const choose = (testid: string, value: string): Promise<void> => userEvent.selectOptions(get(testid), value);
const value = (testid: string): string | undefined => get(testid).dataset['value'];
const plain = (text: string | null): string => (text ?? '').replaceAll('\u00a0', ' ');
const names = (): string[] => all('lines')[0] === undefined ? [] : [...document.querySelectorAll<HTMLInputElement>('[data-cell="name"][data-side="after"]')].map((input) => input.value);
const focused = (): string | undefined => (document.activeElement as HTMLElement | null)?.dataset['testid'];
const paste = (testid: string, text: string): Promise<boolean> => fireEvent.paste(get(testid), { clipboardData: { getData: () => text } });

/** Everything that an invoice needs. */
async function written(): Promise<void> {
  await type('buyer-name', 'CDE sp. z o.o.');
  await type('buyer-id', '1111111111');
  await type('line-0-name', 'Deska');
  await type('line-0-quantity', '2');
  await type('line-0-unitPrice', '100,00');
  await waitFor(() => expect(value('total-gross')).toBe('246.00'));
}

const kept = ({ demo }: Opened): InvoiceDraft => demo.state.drafts[0]!.draft;

describe('a new invoice', () => {
  it('begins with the company’s data, quiet about what is missing', async () => {
    await editor();
    await waitFor(() => expect(get('next-number').textContent).toBe('FV/46/11/2026'));
    expect(field('issue-place').value).toBe('Warszawa');
    expect(field('account-0-number').value).toBe('61 1090 1014 0000 0712 1981 2874');
    await waitFor(() => expect(Number(get('quiet').dataset['count'])).toBeGreaterThan(0));
    expect(all('field-finding')).toEqual([]);
    expect(await faults()).toEqual([]);
  });

  it('computes, checks beside the field and previews while typing', async () => {
    const { user } = await editor();
    await written();
    expect(get('line-0-net').textContent).toBe('200,00');
    expect(get('total-rate').dataset['rate']).toBe('23');
    await waitFor(() => expect(all('issuable')).toHaveLength(1));
    await type('line-0-unitPrice', 'sto');
    await waitFor(() => expect(all('field-finding').map((note) => note.dataset['code'])).toEqual(['NOT_A_NUMBER']));
    expect(get('line-0-unitPrice').getAttribute('aria-invalid')).toBe('true');
    await user.click(get('tab-preview'));
    expect((await find('sheet')).textContent).toContain('CDE sp. z o.o.');
    expect(await faults()).toEqual([]);
  });

  it('saves by itself, and is gone when nothing was typed', async () => {
    const opened = await editor();
    const { demo, user } = opened;
    await type('buyer-name', 'Nowy');
    await waitFor(() => expect(called(demo)).toContain('saveDraft'));
    await waitFor(() => expect(get('saved').dataset['dirty']).toBe('false'));
    expect(kept(opened).buyer.party.name).toBe('Nowy');
    await user.click(get('leave-editor'));
    await find('screen-drafts');
    const before = demo.state.drafts.length;
    session.openEditor({ start: { from: 'blank', kind: 'VAT' } });
    await find('draft-kind');
    await user.click(get('leave-editor'));
    await waitFor(() => expect(demo.state.drafts).toHaveLength(before));
    expect(session.editing).toBeNull();
  });

  it('is on the disk as soon as the screen is left, and comes back as it was', async () => {
    const opened = await editor();
    await type('buyer-name', 'Zostaje');
    await opened.user.click(get('nav-sales'));
    await waitFor(() => expect(kept(opened).buyer.party.name).toBe('Zostaje'));
    await opened.user.click(get('nav-editor'));
    if (all('draft-kind').length === 0) session.openEditor({ draft: opened.demo.state.drafts[0]!.id });
    await waitFor(() => expect(field('buyer-name').value).toBe('Zostaje'));
  });

  it('asks whose version stays when another window saved it too', async () => {
    const { demo, user } = await editor();
    await type('buyer-name', 'Moja');
    demo.state.drafts[0]!.revision = 7;
    await user.click(get('save-draft'));
    await find('conflict');
    expect(demo.state.drafts[0]!.draft.buyer.party.name).not.toBe('Moja');
    await user.click(get('conflict-mine'));
    await waitFor(() => expect(demo.state.drafts[0]!.draft.buyer.party.name).toBe('Moja'));
    expect(all('conflict')).toEqual([]);
  });
});

describe('the buyer', () => {
  it('comes from the book by keys alone', async () => {
    const opened = await editor();
    await opened.user.type(get('buyer-search'), 'żółć');
    await waitFor(() => expect(all('buyer-list-option')).toHaveLength(1));
    await opened.user.keyboard('{Enter}');
    expect(field('buyer-id').value).toBe('798-033-29-20');
    expect(field('buyer-address2').value).toBe('30-001 Kraków');
    expect(all('buyer-list')).toEqual([]);
  });

  it('comes from the white list once a whole NIP is there, in any shape', async () => {
    const { demo, user } = await editor({ contractors: [] });
    await user.click(get('buyer-search'));
    await user.paste('NIP: PL 798-033-29-20');
    await waitFor(() => expect(field('buyer-name').value).not.toBe(''));
    expect(field('buyer-id').value).toBe('798-033-29-20');
    expect(get('payer-status').dataset['state']).toBe('active');
    expect(called(demo).filter((name) => name === 'lookUpPayer')).toHaveLength(1);
  });

  it('can be written without the list', async () => {
    const { user } = await editor({ contractors: [], fails: { lookUpPayer: make.problem('lookup.offline', 'checkNetwork') } });
    await user.click(get('buyer-search'));
    await user.paste('7980332920');
    expect((await find('payer-trouble')).dataset['code']).toBe('lookup.offline');
    expect(field('buyer-id').value).toBe('798-033-29-20');
    await type('buyer-name', 'Ręcznie');
    expect(all('problem')).toEqual([]);
  });

  it('that another NIP names has nothing of the one before it', async () => {
    const opened = await editor();
    const { user } = opened;
    await user.type(get('buyer-search'), 'żółć');
    await waitFor(() => expect(all('buyer-list-option')).toHaveLength(1));
    await user.keyboard('{Enter}');
    await user.click(get('buyer-more-toggle'));
    await type('buyer-buyer-key', 'K-1');
    await waitFor(() => expect(kept(opened).buyer).toMatchObject({ buyerKey: 'K-1', contractor: expect.any(String) }));
    await user.click(get('look-up-payer'));
    await waitFor(() => expect(get('payer-status').dataset['state']).toBe('active'));
    expect(field('buyer-buyer-key').value).toBe('K-1');
    await user.click(get('buyer-search'));
    await user.paste('5260250274');
    await waitFor(() => expect(field('buyer-name').value).toBe('PRZYKŁADOWY PODATNIK SP. Z O.O.'));
    expect(field('buyer-buyer-key').value).toBe('');
    await waitFor(() => expect(kept(opened).buyer).toMatchObject({ buyerKey: '', contractor: null, party: { id: '5260250274' } }));
  });

  it('of the European Union is known by its number', async () => {
    await editor();
    await type('buyer-id', 'DE 811 569 869');
    await fireEvent.change(get('buyer-id'));
    expect(field('buyer-id-kind').value).toBe('vatUe');
    expect(field('buyer-country').value).toBe('DE');
  });

  it('is kept in the book', async () => {
    const { demo, user } = await editor();
    await type('buyer-name', 'Całkiem nowy');
    await user.click(await find('keep-contractor'));
    await waitFor(() => expect(demo.state.contractors.some(({ card }) => card.party.name === 'Całkiem nowy')).toBe(true));
  });
});

describe('lines', () => {
  it('are written from the keyboard', async () => {
    const { user } = await editor();
    await user.click(get('line-0-name'));
    await user.keyboard('Deska{Enter}');
    await waitFor(() => expect(focused()).toBe('line-1-name'));
    await user.keyboard('Gwóźdź');
    await user.keyboard('{Control>}d{/Control}');
    await waitFor(() => expect(names()).toEqual(['Deska', 'Gwóźdź', 'Gwóźdź']));
    await waitFor(() => expect(focused()).toBe('line-2-name'));
    await user.keyboard('{Alt>}{ArrowUp}{ArrowUp}{/Alt}');
    await waitFor(() => expect(names()).toEqual(['Gwóźdź', 'Deska', 'Gwóźdź']));
    await user.keyboard('{Control>}{Delete}{/Control}');
    await waitFor(() => expect(names()).toEqual(['Deska', 'Gwóźdź']));
    await user.click(get('line-put-back'));
    expect(names()).toEqual(['Gwóźdź', 'Deska', 'Gwóźdź']);
    await user.click(get('line-0-quantity'));
    await user.keyboard('{ArrowDown}');
    await waitFor(() => expect(focused()).toBe('line-1-quantity'));
    await user.keyboard('{Alt>}{Enter}{/Alt}');
    await find('line-1-gtu');
    expect(await faults()).toEqual([]);
  });

  it('come from a spreadsheet', async () => {
    await editor();
    await paste('line-0-name', 'Deska\t3\tszt.\t10,00\t23%\nGwóźdź\t100\tszt.\t0,10\t8%\nKlej\t1\tszt.\t5\tzw');
    await waitFor(() => expect(names()).toEqual(['Deska', 'Gwóźdź', 'Klej']));
    expect(field('line-2-rate').value).toBe('zw');
    await waitFor(() => expect(value('total-gross')).toBe('52.70'));
  });

  it('come from the book of goods', async () => {
    const { user } = await editor();
    await user.type(get('line-0-name'), 'lod');
    await waitFor(() => expect(all('goods-list-option').length).toBeGreaterThan(0));
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(field('line-0-name').value).toMatch(/^Lodówka/));
    expect(field('line-0-unitPrice').value).not.toBe('');
    expect(focused()).toBe('line-0-quantity');
  });

  it('are in the page only as far as they can be seen', async () => {
    await editor();
    await paste('line-0-name', Array.from({ length: 2000 }, (_, index) => `Towar ${index}\t1\tszt.\t1,00\t23%`).join('\n'));
    await waitFor(() => expect(get('lines').dataset['count']).toBe('2000'));
    expect(names().length).toBeLessThan(120);
    await waitFor(() => expect(value('total-net')).toBe('2000.00'));
  });

  it('lead from a finding to their field', async () => {
    const { user } = await editor();
    await user.click(get('issue-send'));
    await waitFor(() => expect(Number(get('findings').dataset['errors'])).toBeGreaterThan(2));
    expect(all('issued')).toEqual([]);
    const finding = all('finding').find((one) => one.dataset['code'] === 'PRICE_MISSING')!;
    await user.click(finding);
    await waitFor(() => expect(focused()).toBe('line-0-unitPrice'));
    await user.keyboard('{F8}');
    await waitFor(() => expect(focused()).not.toBe('line-0-unitPrice'));
  });
});

describe('currency', () => {
  it('brings the National Bank’s rate, and takes one typed by hand', async () => {
    const { demo } = await editor();
    await choose('currency', 'EUR');
    await waitFor(() => expect(field('exchange-rate').value).toBe('4,2537'));
    expect(demo.calls.find(({ name }) => name === 'exchangeRate')?.input[1]).toBe('EUR');
    await type('exchange-rate', '4,30');
    await choose('sale-kind', 'day');
    await type('sale-date', '2.10.2026');
    await waitFor(() => expect(get('sale-date').dataset['value']).toBe('2026-10-02'));
    expect(field('exchange-rate').value).toBe('4,30');
    await choose('currency', 'PLN');
    await waitFor(() => expect(all('exchange-rate')).toEqual([]));
  });

  it('can be written without the network', async () => {
    await editor({ fails: { exchangeRate: make.problem('rate.offline', 'checkNetwork') } });
    await choose('currency', 'EUR');
    await waitFor(() => expect(all('exchange-rate')).toHaveLength(1));
    await type('exchange-rate', '4,30');
    expect(codes()).toEqual([]);
  });
});

describe('issuing', () => {
  it('sends, and follows the invoice to its number', async () => {
    const { demo, user } = await editor();
    await written();
    await user.keyboard('{Control>}{Enter}{/Control}');
    await find('issued');
    expect(get('issued-number').textContent).toBe('FV/46/11/2026');
    expect(demo.calls.find(({ name }) => name === 'issueDraft')?.input[2]).toBe('send');
    demo.advance();
    demo.advance();
    demo.advance();
    expect((await find('ksef-number')).textContent).toMatch(/^5265877635-/);
    expect(await faults()).toEqual([]);
    await user.click(get('issued-correct'));
    await find('editor-correction');
    expect(field('corrected-0-number').value).toBe('FV/46/11/2026');
    expect(field('line-0-before-name').readOnly).toBe(true);
    await type('line-0-quantity', '1');
    await waitFor(() => expect(value('total-gross')).toBe('-123.00'));
    expect(plain(get('line-0-net').textContent)).toBe('\u2212100,00');
    await user.click(get('line-0-remove'));
    expect(field('line-0-name').readOnly).toBe(true);
    expect(await faults()).toEqual([]);
  });

  it('asks once in production', async () => {
    const production: Scope = { nip: make.NIP, environment: 'production' };
    const { demo, user } = await editor({}, { from: 'blank', kind: 'VAT' }, production);
    await written();
    await user.click(get('issue-wait'));
    expect((await find('issue-dialog')).textContent).toContain('nie da się usunąć ani cofnąć');
    expect(called(demo)).not.toContain('issueDraft');
    await user.click(get('issue-dialog-cancel'));
    await user.click(get('issue-send'));
    await user.click(await find('issue-dialog-confirm'));
    await find('issued');
    expect(demo.calls.filter(({ name }) => name === 'issueDraft').map(({ input }) => input[2])).toEqual(['send']);
  });

  it('keeps the draft when the program refuses', async () => {
    const { demo, user } = await editor({ fails: { issueDraft: make.problem('invoice.numberUsed', 'correctField', { number: 'FV/1' }) } });
    await written();
    await user.click(get('issue-send'));
    await waitFor(() => expect(codes()).toEqual(['invoice.numberUsed']));
    expect(field('line-0-name').value).toBe('Deska');
    expect(demo.state.drafts[0]!.draft.lines[0]!.name).toBe('Deska');
  });
});

describe('kinds', () => {
  it('an advance splits what was received', async () => {
    await editor();
    await written();
    await choose('draft-kind', 'ZAL');
    await type('advance-received', '123');
    await waitFor(() => expect(value('total-gross')).toBe('123.00'));
    expect(value('total-whole')).toBe('246.00');
    expect(plain(get('advance-split').textContent)).toContain('100,00');
  });

  it('a final invoice lists its advances', async () => {
    const { user } = await editor();
    await choose('draft-kind', 'ROZ');
    await user.click(await find('pick-advances'));
    await find('advance-picker');
    await user.click(get('advance-picker-cancel'));
    await type('settles-0-net-0', '10');
    expect(field('settles-0-net-0').value).toBe('10');
    await user.click(get('settles-0-rate-add'));
    await type('settles-0-net-1', '20');
    expect(field('settles-0-net-0').value).toBe('10');
    expect(await faults()).toEqual([]);
  });

  const advance = (id: string, change: Partial<InvoiceView> = {}): SaleView => make.sale(id, SANDBOX, `ZAL/${id}`, 'accepted', { invoice: make.invoice(`ZAL/${id}`, { kind: 'ZAL', ...change }) });
  const offered = (): [string | undefined, boolean][] => all('advance-picker-row').map((row) => [row.dataset['number'], !(row as HTMLInputElement).disabled]);

  it('the last advance names the earlier ones', async () => {
    const advance = (id: string, ksefNumber: string | null): SaleView => make.sale(id, SANDBOX, `ZAL/${id}`, 'accepted', { ksefNumber, invoice: make.invoice(`ZAL/${id}`, { kind: 'ZAL' }) });
    const { user, demo } = await editor({ sales: [advance('1', null), advance('2', '5265877635-20261101-0123456789AB-9F')] });
    await choose('draft-kind', 'ZAL');
    await user.click(await find('earlier-advances-toggle'));
    await user.click(await find('pick-advances'));
    await waitFor(() => expect(all('advance-picker-row')).toHaveLength(2));
    for (const row of all('advance-picker-row')) await user.click(row);
    await user.click(get('advance-picker-take'));
    await find('settles-1');
    expect(field('settles-0-number').value).toBe('ZAL/1');
    expect(field('settles-1-ksef').value).toBe('5265877635-20261101-0123456789AB-9F');
    expect(all('settles-0-rate-add')).toEqual([]);
    expect(await faults()).toEqual([]);
    await waitFor(() => expect(demo.state.drafts[0]!.draft.settles.map(({ number, amounts }) => [number, amounts.length])).toEqual([['ZAL/1', 0], ['ZAL/2', 0]]));
    await choose('draft-kind', 'ROZ');
    expect(field('settles-0-number').value).toBe('ZAL/1');
  });

  it('the earlier ones are to the draft’s own buyer, in its currency', async () => {
    const others = [advance('3', { buyerIdentifier: '7980332920' }), advance('4', { currency: 'EUR' })];
    const { user } = await editor({ sales: [advance('1'), advance('2'), ...others] });
    await choose('draft-kind', 'ZAL');
    await type('buyer-name', 'CDE');
    await type('buyer-id', '111-111-11-11');
    await user.click(await find('earlier-advances-toggle'));
    await user.click(await find('pick-advances'));
    await waitFor(() => expect(offered()).toEqual([['ZAL/1', true], ['ZAL/2', true], ['ZAL/3', false], ['ZAL/4', false]]));
    const dialog = get('advance-picker').textContent;
    expect(dialog).toContain('inny nabywca albo inna waluta');
    expect(dialog).not.toContain('na osobną fakturę');
    expect(dialog).toContain('Nie zostaną przez to rozliczone.');
    expect(await faults()).toEqual([]);
  });

  it('while the draft has no buyer yet, the first that is chosen says whose the earlier ones are', async () => {
    const { user } = await editor({ sales: [advance('1'), advance('3', { buyerIdentifier: '7980332920' }), advance('4', { currency: 'EUR' })] });
    await choose('draft-kind', 'ZAL');
    await user.click(await find('earlier-advances-toggle'));
    await user.click(await find('pick-advances'));
    await waitFor(() => expect(offered()).toEqual([['ZAL/1', true], ['ZAL/3', true], ['ZAL/4', false]]));
    await user.click(all('advance-picker-row')[1]!);
    expect(offered()).toEqual([['ZAL/1', false], ['ZAL/3', true], ['ZAL/4', false]]);
  });

  it('what a correction corrects is no advance before it', async () => {
    const { user } = await editor({ sales: [advance('1'), advance('2'), advance('3')] });
    await choose('draft-kind', 'KOR');
    await choose('draft-kind', 'KOR_ZAL');
    await type('corrected-0-ksef', advance('1').ksefNumber!);
    await user.click(get('corrected-add'));
    await type('corrected-1-number', 'ZAL/2');
    await user.click(await find('earlier-advances-toggle'));
    await user.click(await find('pick-advances'));
    await waitFor(() => expect(offered()).toEqual([['ZAL/3', true]]));
  });

  it('an advance that was only named has fields for its amounts where it is settled', async () => {
    const opened = await editor({ sales: [advance('1')] });
    const { user } = opened;
    await choose('draft-kind', 'ZAL');
    await user.click(await find('earlier-advances-toggle'));
    await user.click(await find('pick-advances'));
    await user.click(await find('advance-picker-row'));
    await user.click(get('advance-picker-take'));
    await choose('draft-kind', 'ROZ');
    await waitFor(() => expect(kept(opened).kind).toBe('ROZ'));
    expect(kept(opened).settles[0]!.amounts).toEqual([]);
    await choose('settles-0-rate-0', '8');
    await user.click(get('settles-0-net-0'));
    await user.keyboard('100,00');
    expect(focused()).toBe('settles-0-net-0');
    await type('settles-0-vat-0', '8,00');
    await waitFor(() => expect(kept(opened).settles).toEqual([{ number: 'ZAL/1', ksefNumber: advance('1').ksefNumber, amounts: [{ rate: '8', net: '100,00', vat: '8,00' }] }]));
    await user.click(get('settles-0-amounts-0-remove'));
    expect(field('settles-0-net-0').value).toBe('');
    await waitFor(() => expect(kept(opened).settles[0]!.amounts).toEqual([]));
    expect(await faults()).toEqual([]);
  });

  it('amounts that the program took over are shown', async () => {
    await editor({ sales: [advance('1')] }, { from: 'finalOf', sales: ['1'] });
    expect(plain((await find('settles-0-amounts')).textContent)).toContain('1 500,00');
    expect(all('settles-0-net-0')).toEqual([]);
  });

  it('a final invoice documents payments of its own', async () => {
    const { user, demo } = await editor();
    await written();
    await choose('draft-kind', 'ROZ');
    await user.click(await find('final-payments-toggle'));
    await user.click(get('advance-part-add'));
    await type('advance-part-0-amount', '100,00');
    await waitFor(() => expect(plain(get('payments-rest').textContent)).toContain('146,00'));
    expect(all('editor-advance')).toEqual([]);
    expect(await faults()).toEqual([]);
    await waitFor(() => expect(demo.state.drafts[0]!.draft.advance?.parts[0]?.amount).toBe('100,00'));
    await choose('draft-kind', 'VAT');
    await choose('draft-kind', 'ROZ');
    await user.click(await find('final-payments-toggle'));
    expect(field('advance-part-0-amount').value).toBe('100,00');
  });

  it('settles advances of one buyer in one currency together', async () => {
    const others = [advance('3', { buyerIdentifier: '7980332920' }), advance('4', { currency: 'EUR' })];
    const { user } = await editor({ sales: [advance('1'), advance('2'), ...others] });
    await choose('draft-kind', 'ROZ');
    await user.click(await find('pick-advances'));
    await waitFor(() => expect(all('advance-picker-row')).toHaveLength(4));
    const barred = (): boolean[] => all('advance-picker-row').map((row) => (row as HTMLInputElement).disabled);
    expect(barred()).toEqual([false, false, false, false]);
    await user.click(all('advance-picker-row')[0]!);
    expect(barred()).toEqual([false, false, true, true]);
    await user.click(all('advance-picker-row')[0]!);
    expect(barred()).toEqual([false, false, false, false]);
    expect(await faults()).toEqual([]);
  });

  it('a rarely used part is drawn from its description', async () => {
    const opened = await editor();
    const { user } = opened;
    await user.click(get('rare-toggle'));
    await user.click(get('part-Fa-Rozliczenie-toggle'));
    await user.click(await find('extras.Fa/Rozliczenie.Obciazenia-add'));
    await type('extras.Fa/Rozliczenie.Obciazenia.0.Kwota', '12,50');
    await user.click(get('save-draft'));
    await waitFor(() => expect(kept(opened).extras).toEqual({ 'Fa/Rozliczenie': { Obciazenia: [{ Kwota: '12,50' }] } }));
    expect(get('rare').dataset['filled']).toBe('1');
    expect(await faults()).toEqual([]);
  });
});
