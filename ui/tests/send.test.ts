import { waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { all, called, codes, faults, find, furnished, get, inside, make, open, SANDBOX, type Opened } from './app';

const FILES = { picks: [make.goodFile('p-1', 'FV/1', 0, '1845'), make.goodFile('p-2', 'FV/2', 1, '12300'), ...make.brokenFiles()] };

async function send(change: Parameters<typeof furnished>[1] = FILES, scope = SANDBOX): Promise<Opened> {
  const opened = await open(furnished(scope, change));
  await opened.user.click(get('nav-send'));
  await find('screen-send');
  return opened;
}

const states = (): (string | undefined)[] => all('send-row').map((row) => row.dataset['state']);

describe('loading', () => {
  it('shows what stands on each file and what is wrong with it', async () => {
    const { user } = await send();
    await user.click(get('choose-invoices'));
    await waitFor(() => expect(states()).toEqual(['ready', 'ready', 'broken', 'broken', 'broken']));
    const first = all('send-row')[0]!;
    expect(inside(first, 'invoice-seller').textContent).toContain('526-587-76-35');
    expect(inside(first, 'invoice-buyer').textContent).toContain('CDE sp. z o.o.');
    expect(inside(first, 'invoice-date').textContent).toBe('21.11.2026');
    expect(inside(first, 'invoice-gross').textContent?.replaceAll('\u00a0', ' ')).toBe('1 845,00 zł');
    expect(get('send-totals').textContent).toBe('2 gotowe · 3 do poprawy');
    await user.click(inside(all('send-row')[3]!, 'row-details'));
    expect(inside(await find('row-findings'), 'findings').querySelectorAll('[data-testid="finding"]')).toHaveLength(3);
    expect(all('finding-place')[0]?.textContent).toBe('wiersz 47, znak 15');
    expect(all('finding-path')[0]?.textContent).toBe('/Faktura/Fa/FaWiersz[3]/P_12');
    expect(inside(all('send-row')[4]!, 'file-problem').dataset['code']).toBe('file.noPermission');
    expect(await faults()).toEqual([]);
  });

  it('does not offer what is in the program already', async () => {
    const { user, demo } = await send({ picks: [{ ...make.goodFile('p-1', 'FV/1', 0, '1'), sendable: false, already: '9101' }] });
    await user.click(get('choose-invoices'));
    await waitFor(() => expect(states()).toEqual(['already']));
    expect((get('send') as HTMLButtonElement).disabled).toBe(true);
    await user.click(get('already-show'));
    await find('screen-sales');
    expect(called(demo)).not.toContain('sendPrepared');
  });

  it('takes dropped files', async () => {
    const { demo } = await send();
    demo.drag({ kind: 'drop', x: 1, y: 1, paths: ['C:\\Faktury\\żółta.xml'] });
    await waitFor(() => expect(all('send-row').map((row) => row.dataset['file'])).toEqual(['żółta.xml']));
    expect(demo.calls.find(({ name }) => name === 'loadInvoices')?.input).toEqual([SANDBOX, ['C:\\Faktury\\żółta.xml']]);
  });

  it('forgets a file on a click', async () => {
    const { user, demo } = await send();
    await user.click(get('choose-invoices'));
    await waitFor(() => expect(all('send-row')).toHaveLength(5));
    await user.click(inside(all('send-row')[0]!, 'row-drop'));
    await waitFor(() => expect(all('send-row')).toHaveLength(4));
    expect(demo.state.prepared).toHaveLength(4);
  });

  it('offers a sample invoice in the sandbox only', async () => {
    const { user } = await send();
    await user.click(get('sample-invoice'));
    await waitFor(() => expect(states()).toEqual(['ready']));
  });

  it('has no sample invoice elsewhere', async () => {
    await send(FILES, { nip: make.NIP, environment: 'test' });
    expect(all('sample-invoice')).toEqual([]);
  });
});

describe('sending', () => {
  it('follows each invoice to its number and UPO', async () => {
    const { user, demo } = await send();
    await user.click(get('choose-invoices'));
    await waitFor(() => expect(all('send-row')).toHaveLength(5));
    await user.click(get('send'));
    await waitFor(() => expect(states()).toEqual(['queued', 'queued', 'broken', 'broken', 'broken']));
    expect(demo.calls.find(({ name }) => name === 'sendPrepared')?.input).toEqual([SANDBOX, ['p-1', 'p-2']]);
    demo.advance();
    demo.advance();
    await waitFor(() => expect(states()).toEqual(['processing', 'processing', 'broken', 'broken', 'broken']));
    expect(get('send-progress').getAttribute('aria-valuenow')).toBe('0');
    expect(get('send-totals').textContent).toBe('2 w drodze · 3 do poprawy');
    demo.advance();
    await waitFor(() => expect(states()).toEqual(['accepted', 'accepted', 'broken', 'broken', 'broken']));
    expect(all('ksef-number')[0]?.textContent).toMatch(/^5265877635-20261121-[0-9A-F]{12}-[0-9A-F]{2}$/);
    expect(all('send-progress')).toEqual([]);
    expect(get('send-totals').textContent).toBe('2 przyjęte · 3 do poprawy');
    expect(await faults()).toEqual([]);
    await user.click(all('save-upo')[0]!);
    await waitFor(() => expect(get('toasts').textContent).toContain('UPO-'));
    await user.click(get('send-tidy'));
    await waitFor(() => expect(states()).toEqual(['broken', 'broken', 'broken']));
  });

  it('loses no change that overtakes the answer to the click', async () => {
    const { user, demo } = await send({ picks: [make.goodFile('p-1', 'FV/1', 0, '1')] });
    await user.click(get('choose-invoices'));
    await waitFor(() => expect(states()).toEqual(['ready']));
    const original = demo.host.sendPrepared;
    const quick = Object.create(demo.host, { sendPrepared: { value: async (...input: Parameters<typeof original>) => {
      const answer = await original(...input);
      demo.advance();
      return answer;
    } } });
    const { provideHost } = await import('../src/host');
    provideHost(quick);
    await user.click(get('send'));
    await waitFor(() => expect(states()).toEqual(['sending']));
  });

  it('asks once in production, in words that say it is final', async () => {
    const { user, demo } = await send(FILES, { nip: make.NIP, environment: 'production' });
    await user.click(get('choose-invoices'));
    await waitFor(() => expect(all('send-row')).toHaveLength(5));
    await user.click(get('send'));
    const dialog = await find('send-production-dialog');
    expect(dialog.textContent).toContain('tej faktury nie da się usunąć ani cofnąć');
    expect(dialog.textContent).toContain('Wysłać 2 faktury do KSeF?');
    expect(await faults()).toEqual([]);
    await user.click(get('send-production-dialog-cancel'));
    expect(called(demo)).not.toContain('sendPrepared');
    await user.click(get('send'));
    await user.click(await find('send-production-dialog-confirm'));
    await waitFor(() => expect(states().slice(0, 2)).toEqual(['queued', 'queued']));
  });

  it('does not ask elsewhere', async () => {
    const { user, demo } = await send({ picks: [make.goodFile('p-1', 'FV/1', 0, '1')] });
    await user.click(get('choose-invoices'));
    await user.click(await find('send'));
    await waitFor(() => expect(called(demo)).toContain('sendPrepared'));
    expect(all('send-production-dialog')).toEqual([]);
  });

  it('can be stopped, and tried again', async () => {
    const { user } = await send({ picks: [make.goodFile('p-1', 'FV/1', 0, '1')] });
    await user.click(get('choose-invoices'));
    await waitFor(() => expect(states()).toEqual(['ready']));
    await user.click(get('send'));
    await user.click(await find('send-cancel'));
    await waitFor(() => expect(states()).toEqual(['held']));
    await user.click(get('row-details'));
    expect(codes(await find('row-findings'))).toEqual(['sending.stopped']);
    await user.click(get('sale-retry'));
    await waitFor(() => expect(states()).toEqual(['queued']));
    await user.click(get('sale-withdraw'));
    await waitFor(() => expect(states()).toEqual(['withdrawn']));
    expect(get('send-totals').textContent).toBe('');
  });

  it('keeps what was loaded when the program refuses', async () => {
    const { user } = await send({ ...FILES, fails: { sendPrepared: make.problem('archive.diskFull', 'retry') } });
    await user.click(get('choose-invoices'));
    await waitFor(() => expect(all('send-row')).toHaveLength(5));
    await user.click(get('send'));
    await waitFor(() => expect(codes()).toEqual(['archive.diskFull']));
    expect(states()).toEqual(['ready', 'ready', 'broken', 'broken', 'broken']);
  });
});
