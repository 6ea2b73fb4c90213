import { waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { sums } from '../src/domain/imports.svelte';
import type { Scope } from '../src/host';
import { brokenImport, goodImport } from '../src/host/demo/bookFixtures';
import { all, called, codes, faults, find, furnished, get, make, open, SANDBOX, type Opened } from './app';

async function send(scope: Scope = SANDBOX, change: Parameters<typeof furnished>[1] = {}): Promise<Opened> {
  const opened = await open(furnished(scope, change));
  await opened.user.click(get('nav-send'));
  await find('screen-send');
  return opened;
}

describe('a table of invoices', () => {
  it('is shown with its sums before anything is issued', async () => {
    const { user, demo } = await send();
    await user.click(get('choose-table'));
    await find('import');
    expect(get('import-state').dataset['state']).toBe('ready');
    expect(all('import-row').map((row) => row.dataset['state'])).toEqual(['ready', 'ready', 'warned']);
    expect(get('import-sums').textContent).toMatch(/3\u00a0936,50\u00a0zł.*12\u00a0480,01\u00a0EUR/s);
    expect(await faults()).toEqual([]);
    expect(called(demo)).not.toContain('issueImport');
  });

  it('is issued and sent at once, and followed', async () => {
    const { user, demo } = await send();
    await user.click(get('choose-table'));
    await user.click(await find('import-issue-send'));
    await waitFor(() => expect(all('send-row')).toHaveLength(3));
    expect(all('import')).toEqual([]);
    expect(demo.calls.find(({ name }) => name === 'issueImport')?.input[2]).toBe('send');
    demo.advance();
    await waitFor(() => expect(all('send-row').map((row) => row.dataset['state'])).toEqual(['sending', 'sending', 'sending']));
  });

  it('is issued to be sent later', async () => {
    const { user } = await send();
    await user.click(get('choose-table'));
    await user.click(await find('import-issue-wait'));
    await waitFor(() => expect(all('send-row').map((row) => row.dataset['state'])).toEqual(['held', 'held', 'held']));
  });

  it('with an error is issued not at all, and names rows', async () => {
    await send(SANDBOX, { importPick: brokenImport() }).then(({ demo }) => demo.drag({ kind: 'drop', x: 1, y: 1, paths: ['/dane/faktury.csv'] }));
    await find('import');
    expect(get('import-state').dataset['state']).toBe('broken');
    expect(all('import-issue-send')).toEqual([]);
    expect(all('row-finding-place').map((place) => place.textContent)).toEqual(['wiersz 24', 'wiersz 3', 'wiersz 5', 'wiersz 5', 'wiersz 9']);
    expect(await faults()).toEqual([]);
  });

  it('asks once in production, saying that it is final', async () => {
    const { user, demo } = await send({ ...SANDBOX, environment: 'production' });
    await user.click(get('choose-table'));
    await user.click(await find('import-issue-send'));
    expect((await find('import-production-dialog')).textContent).toContain('nie da się usunąć ani cofnąć');
    expect(called(demo)).not.toContain('issueImport');
    await user.click(get('import-production-dialog-confirm'));
    await waitFor(() => expect(called(demo)).toContain('issueImport'));
  });

  it('takes the place of the one before; several at once wait for their turn', async () => {
    const { demo } = await send();
    demo.drag({ kind: 'drop', x: 1, y: 1, paths: ['/a/bledy.csv'] });
    await find('import');
    expect(all('import-left')).toEqual([]);
    demo.drag({ kind: 'drop', x: 1, y: 1, paths: ['/a/bledy.csv', '/a/druga.csv'] });
    expect((await find('import-left')).textContent).toContain('druga.csv');
    expect(all('import')).toHaveLength(1);
    expect(called(demo).filter((name) => name === 'loadImport')).toHaveLength(2);
  });

  it('is told apart from documents that come in the same drop', async () => {
    const { demo } = await send();
    demo.drag({ kind: 'drop', x: 1, y: 1, paths: ['/a/faktury.xlsx', '/a/FV-1.xml'] });
    await find('import');
    await find('send-row');
    expect(demo.calls.find(({ name }) => name === 'loadImport')?.input[1]).toBe('/a/faktury.xlsx');
    expect(demo.calls.find(({ name }) => name === 'loadInvoices')?.input[1]).toEqual(['/a/FV-1.xml']);
  });

  it('has a template and a description', async () => {
    const { user } = await send();
    await user.click(get('import-template-xlsx'));
    await waitFor(() => expect(get('toasts').textContent).toContain('faktury-wzor.xlsx'));
    await user.click(get('import-format'));
    expect((await find('import-format-panel')).textContent).toContain('Opis');
    expect(await faults()).toEqual([]);
  });

  it('tells what the program cannot do with it', async () => {
    const { user } = await send(SANDBOX, { fails: { issueImport: make.problem('import.rows', 'correctInvoice', { count: '1', first: '2' }) } });
    await user.click(get('choose-table'));
    await user.click(await find('import-issue-send'));
    await waitFor(() => expect(codes()).toEqual(['import.rows']));
    expect(get('import')).toBeTruthy();
  });
});

describe('sums', () => {
  it('are exact where floats are not', () => {
    const table = goodImport();
    const rows = ['0.1', '0.2', '-0.05', '90071992547409.93'].map((gross) => ({ ...table.invoices[0]!, invoice: make.invoice('x', { gross }) }));
    expect(sums({ ...table, invoices: rows })).toEqual([{ currency: 'PLN', gross: '90071992547410.18' }]);
  });
});
