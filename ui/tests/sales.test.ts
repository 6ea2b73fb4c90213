import { waitFor } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { all, called, codes, faults, find, furnished, get, inside, make, open, SANDBOX, type Opened } from './app';

async function sales(count: number, change: Parameters<typeof furnished>[1] = {}): Promise<Opened> {
  const opened = await open(furnished(SANDBOX, { sales: make.someSales(SANDBOX, count), ...change }));
  await opened.user.click(get('nav-sales'));
  await find('screen-sales');
  return opened;
}

const numbers = (): (string | undefined)[] => all('sale-row').map((row) => row.dataset['number']);

describe('list', () => {
  it('is read page by page', async () => {
    const { user } = await sales(74);
    await waitFor(() => expect(all('sale-row')).toHaveLength(50));
    expect(get('sales-total').textContent).toBe('74 faktury');
    await user.click(get('sales-more'));
    await waitFor(() => expect(all('sale-row')).toHaveLength(74));
    expect(new Set(numbers()).size).toBe(74);
    expect(all('sales-more')).toEqual([]);
  });

  it('is searched and filtered by the program', async () => {
    const { user, demo } = await sales(30);
    await find('sales-table');
    await user.type(get('sales-search'), 'żółć');
    await waitFor(() => expect(all('sale-row').every((row) => inside(row, 'invoice-buyer').textContent?.includes('Żółć'))).toBe(true));
    await user.selectOptions(get('sales-state'), 'processing');
    await waitFor(() => expect(numbers()).toEqual(['FV/2026/11/042']));
    expect(demo.calls.filter(({ name }) => name === 'sales').at(-1)?.input[1]).toEqual({ text: 'żółć', state: 'processing', after: null });
    await user.selectOptions(get('sales-state'), 'refused');
    await user.click(await find('sales-clear'));
    await waitFor(() => expect(all('sale-row')).toHaveLength(30));
    expect((get('sales-search') as HTMLInputElement).value).toBe('');
  });

  it('follows changes where they stand', async () => {
    const { demo } = await sales(8);
    await waitFor(() => expect(all('sale-row')[0]?.dataset['state']).toBe('processing'));
    demo.advance();
    await waitFor(() => expect(all('sale-row')[0]?.dataset['state']).toBe('accepted'));
    expect(inside(all('sale-row')[0]!, 'ksef-number').textContent).toMatch(/^5265877635-/);
  });

  it('says what to do first when it is empty', async () => {
    const { user } = await sales(0, { sales: [] });
    await user.click(await find('sales-empty-send'));
    await find('screen-send');
  });

  it('tells when it cannot be read', async () => {
    await sales(4, { fails: { sales: make.problem('archive.locked', 'retry') } });
    await waitFor(() => expect(codes()).toEqual(['archive.locked']));
  });
});

describe('an invoice', () => {
  it('shows its details, its documents and the next step', async () => {
    const { user, demo } = await sales(8);
    await find('sales-table');
    const held = all('sale-row')[1]!;
    await user.click(inside(held, 'row-details'));
    const details = await find('sale-details');
    expect(codes(details)).toEqual(['network.none']);
    expect(await faults()).toEqual([]);
    await user.click(inside(details, 'save-xml'));
    await waitFor(() => expect(get('toasts').textContent).toContain('.xml'));
    await user.click(inside(details, 'sale-retry'));
    await waitFor(() => expect(called(demo)).toContain('retrySale'));
    await waitFor(() => expect(all('sale-row')[1]?.dataset['state']).toBe('queued'));
  });

  it('does not offer to repeat what was refused for its content', async () => {
    const { user } = await sales(8);
    await find('sales-table');
    await user.click(inside(all('sale-row')[2]!, 'row-details'));
    const details = await find('sale-details');
    expect(codes(details)).toEqual(['sending.duplicateOfAnother']);
    expect(details.querySelector('[data-testid="sale-retry"]')).toBeNull();
  });

  it('has a KSeF number to copy', async () => {
    const { user } = await sales(8);
    await find('sales-table');
    const write = vi.spyOn(navigator.clipboard, 'writeText');
    await user.click(all('ksef-number-copy')[0]!);
    await waitFor(() => expect(write).toHaveBeenCalledWith(all('ksef-number')[0]?.textContent));
  });
});
