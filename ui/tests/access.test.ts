import { waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { AccessTab } from '../src/domain/access/tab.svelte';
import type { CollectiveInvoice, JournalRow } from '../src/host';
import { someAccess, type AccessState } from '../src/host/demo/accessState';
import type { DemoState } from '../src/host/demo';
import { all, called, codes, faults, find, furnished, get, inside, make, open, SANDBOX, type Opened } from './app';

async function access(tab: AccessTab, change: Partial<AccessState> = {}, state: Partial<DemoState> = {}): Promise<Opened> {
  const opened = await open({ ...furnished(SANDBOX, state), access: { ...someAccess(SANDBOX), ...change } });
  await opened.user.click(get('nav-access'));
  await opened.user.click(await find(`access-tab-${tab}`));
  return opened;
}

const field = (testid: string): HTMLInputElement => get(testid) as HTMLInputElement;
const last = (opened: Opened, name: string): unknown[] => opened.demo.calls.filter((call) => call.name === name).at(-1)?.input ?? [];

describe('tokens', () => {
  it('are listed page by page, filtered by state and by three letters of the description', async () => {
    const opened = await access('tokens');
    await waitFor(() => expect(all('token-row')).toHaveLength(10));
    expect(get('tokens-end').dataset['value']).toBe('2026-12-31');
    expect(get('tokens-end').textContent).toContain('31.12.2026');
    await opened.user.click(get('tokens-more'));
    await waitFor(() => expect(all('token-row')).toHaveLength(18));
    expect(await faults()).toEqual([]);
    await opened.user.selectOptions(get('tokens-state'), 'failed');
    await waitFor(() => expect(all('token-row').map((row) => row.dataset['state'])).toEqual(['failed']));
    expect(get('token-row').textContent).toContain('Brak uprawnień');
    await opened.user.type(get('tokens-search'), 'skl');
    await find('tokens-none');
    expect(last(opened, 'tokens')[1]).toMatchObject({ states: ['failed'], description: 'skl' });
    await opened.user.click(get('tokens-clear'));
    await waitFor(() => expect(all('token-row')).toHaveLength(10));
  });

  it('are not searched by fewer than three letters', async () => {
    const opened = await access('tokens');
    await waitFor(() => expect(all('token-row')).toHaveLength(10));
    const before = opened.demo.calls.filter(({ name }) => name === 'tokens').length;
    await opened.user.type(get('tokens-search'), 'sk');
    await opened.user.type(get('tokens-search'), 'l');
    await waitFor(() => expect(all('token-row')).toHaveLength(1));
    expect(opened.demo.calls.filter(({ name }) => name === 'tokens')).toHaveLength(before + 1);
  });

  it('are made, shown once, copied by the program and forgotten at closing', async () => {
    const opened = await access('tokens');
    await opened.user.click(get('token-make'));
    await opened.user.type(await find('token-description'), 'kas');
    await opened.user.click(get('token-do'));
    expect((await find('token-description-error')).textContent).toContain('5');
    await opened.user.type(get('token-description'), 'a nr 4');
    await opened.user.click(get('token-permission-InvoiceRead'));
    await opened.user.click(get('token-keep'));
    expect(await faults()).toEqual([]);
    await opened.user.click(get('token-do'));
    await find('once');
    expect(last(opened, 'makeToken')[1]).toEqual({ description: 'kasa nr 4', permissions: ['InvoiceWrite'], keepFor: SANDBOX.nip });
    expect(get('token-kept')).toBeTruthy();
    // The secret is in the page only once a person asks for it.
    const secret = Object.values(opened.demo.state.access.once)[0]!;
    expect(document.body.innerHTML).not.toContain(secret);
    await opened.user.click(get('once-copy'));
    await waitFor(() => expect(opened.demo.state.access.clipboard).toBe(secret));
    expect(document.body.innerHTML).not.toContain(secret);
    expect(get('once-clipboard').textContent).toContain('60 sekund');
    expect(called(opened.demo)).not.toContain('showOnce');
    await opened.user.click(get('once-show'));
    expect((await find('once-text')).textContent).toBe(secret);
    expect(await faults()).toEqual([]);
    await opened.user.click(get('token-close'));
    await waitFor(() => expect(opened.demo.state.access.once).toEqual({}));
    expect(document.body.innerHTML).not.toContain(secret);
    expect(all('token-row')[0]?.textContent).toContain('kasa nr 4');
    expect(opened.demo.state.credentials[`${SANDBOX.nip}/sandbox`]?.token.saved).toBe(true);
  });

  it('that nobody has copied are not lost without a question', async () => {
    const opened = await access('tokens');
    await opened.user.click(get('token-make'));
    await opened.user.type(await find('token-description'), 'Magazyn');
    await opened.user.click(get('token-do'));
    await find('once');
    await opened.user.click(get('token-close'));
    await find('token-leave-dialog');
    await opened.user.click(get('token-leave-dialog-cancel'));
    await waitFor(() => expect(all('token-leave-dialog')).toEqual([]));
    expect(get('once')).toBeTruthy();
    expect(Object.keys(opened.demo.state.access.once)).toHaveLength(1);
    await opened.user.click(get('token-close'));
    await opened.user.click(await find('token-leave-dialog-confirm'));
    await waitFor(() => expect(opened.demo.state.access.once).toEqual({}));
  });

  it('that are used by this program are revoked only after that is said', async () => {
    const opened = await access('tokens');
    await waitFor(() => expect(all('token-row')).toHaveLength(10));
    await opened.user.click(inside(all('token-row')[0]!, 'token-revoke'));
    await find('token-revoke-held');
    expect(called(opened.demo)).not.toContain('revokeToken');
    await opened.user.click(get('token-revoke-dialog-confirm'));
    await waitFor(() => expect(all('token-row')[0]?.dataset['state']).toBe('revoked'));
    expect(all('token-row')[0]?.querySelector('[data-testid="token-revoke"]')).toBeNull();
  });

  it('tell why KSeF makes none, and keep what was typed', async () => {
    const opened = await access('tokens', {}, { fails: { makeToken: make.problem('permission.missing', 'retry') } });
    await opened.user.click(get('token-make'));
    await opened.user.type(await find('token-description'), 'Magazyn');
    await opened.user.click(get('token-do'));
    await waitFor(() => expect(codes(get('token-dialog'))).toEqual(['permission.missing']));
    expect(field('token-description').value).toBe('Magazyn');
  });
});

describe('active sessions', () => {
  it('are ended one by one, and this one by itself', async () => {
    const opened = await access('logins');
    await waitFor(() => expect(all('login-row')).toHaveLength(3));
    expect(all('login-row')[1]?.textContent).toContain('token');
    expect(await faults()).toEqual([]);
    await opened.user.click(all('login-end')[0]!);
    await opened.user.click(await find('login-end-dialog-confirm'));
    await waitFor(() => expect(all('login-row')).toHaveLength(2));
    expect(last(opened, 'endAuthSession')[1]).toBe('20261120-AU-6071829304-1526374859-0A');
    await opened.user.click(get('login-end-this'));
    await opened.user.click(await find('login-end-dialog-confirm'));
    await waitFor(() => expect(all('login-row')).toHaveLength(1));
    expect(last(opened, 'endAuthSession')[1]).toBeNull();
    expect(all('login-end-this')).toEqual([]);
  });

  it('that cannot be listed say why', async () => {
    await access('logins', {}, { fails: { authSessions: make.problem('network.none', 'checkNetwork') } });
    await waitFor(() => expect(codes(get('logins'))).toEqual(['network.none']));
  });
});

describe('permissions', () => {
  it('are sentences, list by list, with what the company is in KSeF', async () => {
    const opened = await access('permissions');
    await waitFor(() => expect(all('permission-row')).toHaveLength(4));
    expect(get('permissions-table').textContent).toContain('może przeglądać faktury i przekazać to prawo dalej');
    await waitFor(() => expect(get('standing-consent').dataset['state']).toBe('allowed'));
    expect(get('standing-roles').textContent).toContain('grupa VAT');
    expect(await faults()).toEqual([]);
    for (const [list, rows] of [['mine', 2], ['grantedHere', 1], ['fromFirms', 1], ['authorizationsGiven', 1], ['authorizationsReceived', 0], ['subunits', 1], ['euEntities', 1]] as const) {
      await opened.user.selectOptions(get('permissions-list'), list);
      await waitFor(() => expect(all('permission-row')).toHaveLength(rows));
      expect(last(opened, 'permissions').slice(1)).toEqual([list, 0]);
    }
  });

  it('of an owner and from other firms cannot be revoked here', async () => {
    const opened = await access('permissions');
    await opened.user.selectOptions(get('permissions-list'), 'mine');
    await waitFor(() => expect(all('permission-row')).toHaveLength(2));
    expect(all('permission-row').map((row) => row.querySelector('[data-testid="permission-revoke"]') !== null)).toEqual([false, true]);
    await opened.user.selectOptions(get('permissions-list'), 'fromFirms');
    await waitFor(() => expect(all('permission-row')).toHaveLength(1));
    expect(all('permission-revoke')).toEqual([]);
  });

  it('are revoked after a question, and the operation is followed to its end', async () => {
    const opened = await access('permissions');
    await waitFor(() => expect(all('permission-row')).toHaveLength(4));
    await opened.user.click(all('permission-revoke')[0]!);
    expect((await find('permission-revoke-dialog')).textContent).toContain('Anna Nowak może wystawiać faktury.');
    opened.demo.state.access.operationsHeld = true;
    await opened.user.click(get('permission-revoke-dialog-confirm'));
    expect((await find('operation')).dataset['state']).toBe('pending');
    expect(last(opened, 'revokePermission').slice(1)).toEqual(['p-1', 'common']);
    opened.demo.state.access.operationsHeld = false;
    await opened.user.click(get('operation-ask'));
    await waitFor(() => expect(get('operation').dataset['state']).toBe('done'));
    await waitFor(() => expect(all('permission-row')).toHaveLength(3));
  });

  it('are followed by the program itself, and a refusal is told', async () => {
    const opened = await access('permissions');
    await waitFor(() => expect(all('permission-row')).toHaveLength(4));
    opened.demo.state.access.operationsHeld = true;
    await opened.user.click(all('permission-revoke')[0]!);
    await opened.user.click(await find('permission-revoke-dialog-confirm'));
    await find('operation');
    const [operation] = Object.values(opened.demo.state.access.operations);
    operation!.problem = make.problem('permission.operation420', 'retry');
    opened.demo.state.access.operationsHeld = false;
    await waitFor(() => expect(get('operation').dataset['state']).toBe('failed'));
    expect(codes(get('operations'))).toEqual(['permission.operation420']);
  });

  it('are granted to a firm with the sentence said while it is typed', async () => {
    const opened = await access('permissions');
    await opened.user.click(get('grant'));
    await opened.user.selectOptions(await find('grant-kind'), 'firm');
    expect(all('grant-nip-error')).toEqual([]);
    await opened.user.type(get('grant-nip'), '798-033-29-21');
    await opened.user.tab();
    expect((await find('grant-nip-error')).textContent).toContain('NIP');
    await opened.user.clear(get('grant-nip'));
    await opened.user.type(get('grant-nip'), '798-033-29-20');
    await opened.user.type(get('grant-name'), 'Biuro ABC');
    await opened.user.click(get('grant-write'));
    await opened.user.click(get('grant-write-on'));
    await opened.user.type(get('grant-description'), 'Obsługa księgowa');
    await waitFor(() => expect(get('grant-sentence').textContent).toContain('Biuro ABC może przeglądać i wystawiać faktury i przekazać te prawa dalej.'));
    expect(all('grant-nip-error')).toEqual([]);
    expect(await faults()).toEqual([]);
    await opened.user.click(get('grant-do'));
    await find('operation');
    expect(last(opened, 'grantPermission')[1]).toEqual({ kind: 'firm', nip: '798-033-29-20', name: 'Biuro ABC', read: true, passReadOn: false, write: true, passWriteOn: true, collective: false, passCollectiveOn: false, description: 'Obsługa księgowa' });
    expect(all('grant-panel')).toEqual([]);
  });

  it('are not told what was wrong before the last key', async () => {
    const opened = await access('permissions');
    await opened.user.click(get('grant'));
    await opened.user.selectOptions(await find('grant-kind'), 'firm');
    await waitFor(() => expect(last(opened, 'previewGrant')[1]).toMatchObject({ kind: 'firm' }));
    const asked = opened.demo.calls.length;
    let told = 0;
    const watch = new MutationObserver(() => (told += all('grant-nip-error').length));
    watch.observe(document.body, { childList: true, subtree: true });
    await opened.user.type(get('grant-nip'), '798-033-29-20');
    await opened.user.tab();
    await waitFor(() => expect(opened.demo.calls.length).toBeGreaterThan(asked));
    await opened.user.type(get('grant-name'), 'Biuro ABC');
    watch.disconnect();
    expect(told).toBe(0);
  });

  it('have what is missing told beside each field', async () => {
    const opened = await access('permissions');
    await opened.user.click(get('grant'));
    await opened.user.click(await find('grant-permission-InvoiceRead'));
    await opened.user.click(get('grant-do'));
    await find('grant-identifier-error');
    for (const name of ['firstName', 'lastName', 'description']) expect(get(`grant-${name}-error`)).toBeTruthy();
    expect(get('grant-permissions').textContent).toContain('Nie wybrano');
    expect(document.activeElement).toBe(get('grant-identifier'));
    expect(called(opened.demo)).not.toContain('grantPermission');
    expect(await faults()).toEqual([]);
  });

  it.each([
    ['person', ['identifier', 'firstName', 'lastName', 'description'], {}],
    ['authorization', ['identifier', 'name', 'description'], { holder: 'nip', permission: 'SelfInvoicing' }],
    ['indirect', ['identifier', 'firstName', 'lastName', 'description'], { partner: null, permissions: ['InvoiceRead'] }],
    ['subunit', ['identifier', 'firstName', 'lastName', 'unit', 'unitName', 'description'], { unit: '5265877635', unitName: '5265877635' }],
    ['euAdministrator', ['identifier', 'firstName', 'lastName', 'personIdentifier', 'context', 'entityName', 'entityAddress', 'description'], { context: '5265877635', owner: { kind: 'person', person: { kind: 'fingerprint', identifier: '5265877635', personIdentifier: '5265877635' } } }],
    ['euRepresentative', ['identifier', 'firstName', 'lastName', 'personIdentifier', 'description'], { permissions: ['InvoiceRead'], owner: { kind: 'person' } }],
  ] as const)('of kind %s are granted from fields that all belong to it', async (kind, fields, expected) => {
    const opened = await access('permissions');
    await opened.user.click(get('grant'));
    await opened.user.selectOptions(await find('grant-kind'), kind);
    for (const name of fields) await opened.user.type(get(`grant-${name}`), '5265877635');
    await waitFor(() => expect(get('grant-sentence').dataset['ready']).toBe('true'));
    expect(await faults()).toEqual([]);
    await opened.user.click(get('grant-do'));
    await find('operation');
    expect(last(opened, 'grantPermission')[1]).toMatchObject({ kind, description: '5265877635', ...expected });
  });

  it.each(['euAdministrator', 'euRepresentative'] as const)('of kind %s are granted to a firm by its seal', async (kind) => {
    const opened = await access('permissions');
    await opened.user.click(get('grant'));
    await opened.user.selectOptions(await find('grant-kind'), kind);
    await opened.user.type(get('grant-identifier'), 'ABCD');
    await opened.user.selectOptions(get('grant-owner'), 'firm');
    // Whose it is was said, not which certificate.
    expect(field('grant-identifier').value).toBe('ABCD');
    expect(all('grant-firstName')).toEqual([]);
    await opened.user.type(get('grant-description'), 'Samofakturowanie');
    await opened.user.click(get('grant-do'));
    for (const name of ['ownerName', 'ownerAddress']) expect((await find(`grant-${name}-error`)).textContent).toContain('puste');
    expect(document.activeElement).toBe(get('grant-ownerName'));
    expect(await faults()).toEqual([]);
    await opened.user.type(get('grant-ownerName'), 'Muster GmbH');
    await opened.user.type(get('grant-ownerAddress'), 'Hauptstraße 1, Berlin');
    if (kind === 'euAdministrator') {
      await opened.user.type(get('grant-context'), '5265877635-DE811569869');
      await opened.user.click(get('grant-same'));
      expect([field('grant-entityName').value, field('grant-entityAddress').value]).toEqual(['Muster GmbH', 'Hauptstraße 1, Berlin']);
    }
    await waitFor(() => expect(get('grant-sentence').textContent).toContain('Muster GmbH (pieczęć firmy)'));
    await opened.user.click(get('grant-do'));
    await find('operation');
    expect(last(opened, 'grantPermission')[1]).toMatchObject({ kind, owner: { kind: 'firm', fingerprint: 'ABCD', name: 'Muster GmbH', address: 'Hauptstraße 1, Berlin' } });
  });

  it('keep the holder of a certificate when the kind for the Union changes', async () => {
    const opened = await access('permissions');
    await opened.user.click(get('grant'));
    await opened.user.selectOptions(await find('grant-kind'), 'euAdministrator');
    await opened.user.selectOptions(get('grant-owner'), 'firm');
    await opened.user.type(get('grant-ownerName'), 'Muster GmbH');
    await opened.user.selectOptions(get('grant-kind'), 'euRepresentative');
    expect(field('grant-ownerName').value).toBe('Muster GmbH');
  });

  it('of somebody without PESEL and NIP name a document', async () => {
    const opened = await access('permissions');
    await opened.user.click(get('grant'));
    await opened.user.selectOptions(await find('grant-person-kind'), 'fingerprint');
    await opened.user.selectOptions(get('grant-known'), 'document');
    await opened.user.type(get('grant-birthDate'), '28.02.1990');
    await opened.user.type(get('grant-documentKind'), 'Paszport');
    await opened.user.type(get('grant-documentNumber'), 'X123');
    await opened.user.type(get('grant-country'), 'DE');
    await waitFor(() => expect(last(opened, 'previewGrant')[1]).toMatchObject({ person: { kind: 'fingerprint', personIdentifier: null, document: { birthDate: '1990-02-28', kind: 'Paszport', number: 'X123', country: 'DE' } } }));
  });

  it('for an accountant need a NIP and nothing else', async () => {
    const opened = await access('permissions');
    await opened.user.click(get('grant-accountant'));
    await opened.user.type(await find('accountant-nip'), '798-033-29-21');
    expect((await find('accountant-nip-error')).textContent).toContain('NIP');
    await opened.user.clear(get('accountant-nip'));
    await opened.user.type(get('accountant-nip'), '798 033 29 20');
    expect((await find('accountant-sentence')).textContent).toContain('może przeglądać i wystawiać faktury');
    expect(await faults()).toEqual([]);
    await opened.user.click(get('accountant-do'));
    await find('operation');
    expect(last(opened, 'grantPermission')[1]).toMatchObject({ kind: 'firm', nip: '7980332920', read: true, passReadOn: true, write: true, passWriteOn: true });
  });

  it('for an accountant whom no list knows ask for the name', async () => {
    const opened = await access('permissions');
    await opened.user.click(get('grant-accountant'));
    await opened.user.type(await find('accountant-nip'), '1234563218');
    await find('accountant-name');
    expect(all('accountant-name-error')).toEqual([]);
    await opened.user.click(get('accountant-do'));
    await find('accountant-name-error');
    expect(all('accountant-nip-error')).toEqual([]);
    expect(await faults()).toEqual([]);
    await opened.user.type(get('accountant-name'), 'BR Zofia Nowak');
    expect((await find('accountant-sentence')).textContent).toContain('BR Zofia Nowak');
    await opened.user.click(get('accountant-do'));
    await find('operation');
    expect(last(opened, 'grantPermission')[1]).toMatchObject({ kind: 'firm', nip: '1234563218', name: 'BR Zofia Nowak' });
  });
});

describe('many companies', () => {
  it('are added from a pasted list, each line with a tick or a reason', async () => {
    const opened = await access('companies');
    await opened.user.click(await find('nip-list-text'));
    await opened.user.paste('526-587-76-35\n1234563218;Hurtownia Łódź sp.j.\n123 456 32 18\n2222222222\nabc');
    await waitFor(() => expect(all('nip-list-row')).toHaveLength(5));
    expect(all('nip-list-row').map((row) => row.dataset['code'] ?? null)).toEqual(['discovery.known', null, 'discovery.repeat', null, 'nip.character']);
    expect(get('nip-list-counts').dataset).toMatchObject({ ready: '2', wrong: '3' });
    await opened.user.click(get('nip-list-only-problems'));
    await waitFor(() => expect(all('nip-list-row')).toHaveLength(3));
    expect(await faults()).toEqual([]);
    await opened.user.click(get('nip-list-add'));
    await waitFor(() => expect(get('bulk-progress').dataset).toMatchObject({ running: 'false', done: '2', of: '2' }));
    expect(last(opened, 'addCompanies')[0]).toEqual({ source: SANDBOX, companies: [{ nip: '1234563218', name: 'Hurtownia Łódź sp.j.' }, { nip: '2222222222', name: null }], withOffline: true });
    expect(all('bulk-row').map((row) => row.dataset['state'])).toEqual(['added', 'refused']);
    expect(codes(get('bulk'))).toEqual(['ksef.auth415']);
    expect(opened.demo.state.companies.map(({ nip }) => nip)).toContain('1234563218');
    expect(await faults()).toEqual([]);
    await opened.user.click(get('bulk-close'));
    await waitFor(() => expect(all('bulk')).toEqual([]));
  });

  it('of ten thousand lines show a part and say what was not read', async () => {
    const opened = await access('companies');
    await opened.user.click(await find('nip-list-text'));
    await opened.user.paste(Array.from({ length: 10_003 }, (_, index) => String(index)).join('\n'));
    await find('nip-list-cut-off');
    expect(get('nip-list-counts').dataset).toMatchObject({ ready: '0', wrong: '10000' });
    expect(all('nip-list-row').length).toBeLessThanOrEqual(200);
    expect(get('nip-list-add').hasAttribute('disabled')).toBe(true);
  });

  it('that KSeF knows are offered with tick boxes', async () => {
    const opened = await access('companies');
    await opened.user.click(await find('found-search'));
    await waitFor(() => expect(all('found-row')).toHaveLength(3));
    const ticks = all('found-tick') as HTMLInputElement[];
    expect(ticks.map((tick) => [tick.checked, tick.disabled])).toEqual([[false, true], [true, false], [true, false]]);
    await opened.user.click(ticks[2]!);
    await opened.user.click(get('found-offline'));
    expect(await faults()).toEqual([]);
    await opened.user.click(get('found-add'));
    await waitFor(() => expect(get('bulk-progress').dataset['running']).toBe('false'));
    expect(last(opened, 'addCompanies')[0]).toMatchObject({ companies: [{ nip: '1234563218' }], withOffline: false });
  });

  it('can be called off', async () => {
    const waiting = { rows: ['1234563218', '1111111111'].map((nip) => ({ nip, name: null, state: 'waiting' as const, permissions: [], problem: null })), done: 0, running: true, cancelled: false };
    const opened = await open({ ...furnished(), access: someAccess(SANDBOX) });
    opened.demo.host.bulk = async () => ({ status: 'ok', data: opened.demo.state.access.bulk });
    opened.demo.state.access.bulk = waiting;
    await opened.user.click(get('nav-access'));
    await opened.user.click(get('access-tab-companies'));
    await opened.user.click(await find('bulk-cancel'));
    await waitFor(() => expect(all('bulk-row').map((row) => row.dataset['state'])).toEqual(['cancelled', 'cancelled']));
    expect(all('bulk-cancel')).toEqual([]);
  });

  it('are all checked in this environment, and no others', async () => {
    const companies = [make.company(make.NIP, 'Kowalski', 'sandbox'), make.company('1234563218', null, 'sandbox'), make.company('1111111111', 'Inna', 'production')];
    const opened = await access('companies', {}, { companies });
    await opened.user.click(get('companies-check'));
    await waitFor(() => expect(get('bulk-progress').dataset['running']).toBe('false'));
    expect(last(opened, 'checkCompanies')).toEqual(['sandbox', [make.NIP, '1234563218']]);
    expect(get('bulk').textContent).toContain('KSeF wpuszcza');
  });

  it('act by a NIP, or by an identifier of their own that is checked', async () => {
    const opened = await access('companies');
    await opened.user.selectOptions(await find('context-kind'), 'internalId');
    await opened.user.type(get('context-value'), '5265');
    await opened.user.click(get('context-save'));
    await find('context-value-error');
    await opened.user.clear(get('context-value'));
    await opened.user.type(get('context-value'), '5265877635-00013');
    await opened.user.click(get('context-save'));
    await waitFor(() => expect(opened.demo.state.access.contexts[`${SANDBOX.nip}/sandbox`]).toEqual({ kind: 'internalId', value: '5265877635-00013' }));
    await opened.user.selectOptions(get('context-kind'), 'nip');
    await opened.user.click(get('context-save'));
    await waitFor(() => expect(opened.demo.state.access.contexts[`${SANDBOX.nip}/sandbox`]).toEqual({ kind: 'nip', value: SANDBOX.nip }));
  });

  it('are one click away from the list of companies', async () => {
    const { user } = await open(furnished());
    await user.click(get('company-switcher'));
    await user.click(await find('add-companies-from-list'));
    await find('nip-list');
  });

  it('have their NIP read from a pasted token, which the program then takes from the clipboard itself', async () => {
    const opened = await open(furnished());
    await opened.user.click(get('add-company'));
    await opened.user.click(await find('add-company-nip'));
    const secret = '0a'.repeat(32);
    await opened.user.paste(`20261121-EC-0A1B2C3D4E-5F60718293-A4|nip-1234563218|${secret}`);
    await find('add-company-from-token');
    expect(field('add-company-nip').value.replace(/\D/g, '')).toBe('1234563218');
    expect(document.body.innerHTML).not.toContain(secret);
    await opened.user.click(get('add-company-confirm'));
    await waitFor(() => expect(called(opened.demo)).toContain('pasteToken'));
    expect(last(opened, 'pasteToken')[0]).toMatchObject({ nip: '1234563218' });
    expect(JSON.stringify(opened.demo.calls)).not.toContain(secret);
  });
});

describe('limits', () => {
  it('are shown as KSeF has them, with providers of Peppol', async () => {
    const opened = await access('limits');
    await waitFor(() => expect(all('limit')).toHaveLength(9));
    const send = all('limit-row').find((row) => row.dataset['name'] === 'invoiceSend');
    expect(send?.textContent).toContain('wysyłanie faktur');
    expect(send?.textContent).toContain('blisko limitu');
    await waitFor(() => expect(all('peppol-row')).toHaveLength(10));
    await opened.user.click(get('peppol-more'));
    await waitFor(() => expect(all('peppol-row')).toHaveLength(12));
    expect(await faults()).toEqual([]);
  });

  it('that KSeF does not tell say why', async () => {
    await access('limits', {}, { fails: { limits: make.problem('network.none', 'checkNetwork') } });
    await waitFor(() => expect(codes(get('limits'))).toEqual(['network.none']));
  });
});

describe('collective identifiers', () => {
  it('are made of ticked and pasted invoices and copied for the transfer', async () => {
    const sales = make.someSales(SANDBOX, 20);
    const opened = await access('collectives', {}, { sales });
    await opened.user.click(get('collective-make'));
    await waitFor(() => expect(all('collective-sale').length).toBeGreaterThan(3));
    expect(get('collective-do').hasAttribute('disabled')).toBe(true);
    await opened.user.click(all('collective-tick')[0]!);
    const first = all('collective-sale')[0]!.dataset['number']!;
    await opened.user.click(get('collective-pasted'));
    await opened.user.paste(`${first.toLowerCase()}, 5265877635-20261101-0100001AF629-AF;\n5265877635-20261101-0100001AF62A-AF`);
    await waitFor(() => expect(get('collective-count').dataset['count']).toBe('3'));
    expect(await faults()).toEqual([]);
    await opened.user.click(get('collective-do'));
    await find('collective-made');
    // What the program has is paid as it stands in the field; of what it does not know, all.
    expect((last(opened, 'makeCollective')[1] as CollectiveInvoice[]).map(({ amount }) => amount === null)).toEqual([false, true, true]);
    expect((last(opened, 'makeCollective')[1] as CollectiveInvoice[]).map(({ ksefNumber }) => ksefNumber)).toEqual([first, '5265877635-20261101-0100001AF629-AF', '5265877635-20261101-0100001AF62A-AF']);
    expect(get('collective-made').textContent).toContain(all('collective-row')[0]!.dataset['id']!);
  });

  describe('with parts of invoices', () => {
    const gross = ['1000.00', '246.5', '-123', '50'];
    const sales = gross.map((amount, index) => make.sale(String(7000 - index), SANDBOX, `FV/${index}`, 'accepted', { invoice: make.invoice(`FV/${index}`, { gross: amount, currency: index === 3 ? 'EUR' : 'PLN' }) }));
    const numbers = sales.map(({ ksefNumber }) => ksefNumber!);

    async function choose(...rows: number[]): Promise<Opened> {
      const opened = await access('collectives', {}, { sales });
      await opened.user.click(get('collective-make'));
      await waitFor(() => expect(all('collective-sale')).toHaveLength(4));
      for (const row of rows) await opened.user.click(all('collective-tick')[row]!);
      return opened;
    }
    const of = (row: number, testid: string): HTMLInputElement => inside(all('collective-sale')[row]!, testid) as HTMLInputElement;
    const sum = (): string => get('collective-sum').textContent!.replace(/\u00a0/g, ' ');
    const plain = (text: string): string => text.replace(/\u00a0/g, ' ');

    it('have the whole in the field, a sum at once, and are sent as typed', async () => {
      const opened = await choose(0, 1);
      expect(plain(of(0, 'collective-amount').value)).toBe('1 000,00');
      await waitFor(() => expect(sum()).toContain('1 246,50 zł'));
      await opened.user.clear(of(0, 'collective-amount'));
      await opened.user.type(of(0, 'collective-amount'), '400,5');
      await waitFor(() => expect(sum()).toContain('647,00 zł'));
      expect(await faults()).toEqual([]);
      await opened.user.click(get('collective-do'));
      await find('collective-made');
      expect((last(opened, 'makeCollective')[1] as CollectiveInvoice[]).map(({ amount, currency }) => [plain(amount!), currency])).toEqual([['400,5', 'PLN'], ['246,50', 'PLN']]);
    });

    it('say what is wrong beside the amount, and are not made before it is right', async () => {
      const opened = await choose(0, 1);
      for (const [typed, words] of [['1000,01', 'większa niż na fakturze'], ['0', 'większa od zera'], ['-1', 'większa od zera'], ['1,005', 'za dużo miejsc'], ['dużo', 'nie ma kwoty']] as const) {
        await opened.user.clear(of(0, 'collective-amount'));
        await opened.user.type(of(0, 'collective-amount'), typed);
        await waitFor(() => expect(get('collective-amount-error').textContent).toContain(words));
        expect(sum()).toContain('246,50 zł');
        expect(sum()).not.toContain('1 ');
      }
      expect(await faults()).toEqual([]);
      await opened.user.click(get('collective-do'));
      await waitFor(() => expect(document.activeElement).toBe(of(0, 'collective-amount')));
      expect(called(opened.demo)).not.toContain('makeCollective');
      await opened.user.clear(of(0, 'collective-amount'));
      await waitFor(() => expect(all('collective-amount-error')).toEqual([]));
      await opened.user.click(get('collective-do'));
      await find('collective-made');
      expect((last(opened, 'makeCollective')[1] as CollectiveInvoice[])[0]).toMatchObject({ amount: null, currency: null });
    });

    it('are summed by currency; a correction to less is taken whole', async () => {
      const opened = await choose(0, 2, 3);
      await waitFor(() => expect(sum()).toContain('50,00 EUR + 877,00 zł'));
      expect(inside(all('collective-sale')[2]!, 'collective-whole').textContent).toContain('cała kwota');
      // VAT of an invoice in euro, say: another currency is not compared with the invoice.
      await opened.user.selectOptions(of(3, 'collective-currency'), 'PLN');
      await opened.user.clear(of(3, 'collective-amount'));
      await opened.user.type(of(3, 'collective-amount'), '215');
      await waitFor(() => expect(sum()).toContain('1 092,00 zł'));
      await opened.user.click(get('collective-do'));
      await find('collective-made');
      expect((last(opened, 'makeCollective')[1] as CollectiveInvoice[]).map(({ amount, currency }) => [amount === null ? null : plain(amount), currency])).toEqual([['1 000,00', 'PLN'], [null, null], ['215', 'PLN']]);
    });

    it('that are pasted have their amounts too, and can be taken out', async () => {
      const opened = await choose(0);
      await opened.user.click(get('collective-pasted'));
      await opened.user.paste(`${numbers[1]} 1234563218-20261101-0100001AF62A-AF X`);
      await waitFor(() => expect(codes(get('collective-panel'))).toEqual(['collective.differentSellers']));
      // One of them is in the list below, and ticked there.
      expect((inside(all('collective-sale')[1]!, 'collective-tick') as HTMLInputElement).checked).toBe(true);
      expect(all('collective-other').map((row) => row.dataset['number'])).toEqual(['1234563218-20261101-0100001AF62A-AF', 'X']);
      await waitFor(() => expect(get('collective-amount-error').textContent).toContain('numer KSeF'));
      expect(sum()).toContain('bez 1 faktury');
      expect(await faults()).toEqual([]);
      await opened.user.click(all('collective-drop')[1]!);
      await opened.user.click(all('collective-drop')[0]!);
      await waitFor(() => expect(codes(get('collective-panel'))).toEqual([]));
      expect(field('collective-pasted').value).toBe(numbers[1]);
      await opened.user.click(inside(all('collective-sale')[1]!, 'collective-tick'));
      expect(field('collective-pasted').value).toBe('');
      expect(get('collective-count').dataset['count']).toBe('1');
    });
  });

  it('are found by an invoice and opened', async () => {
    const opened = await access('collectives');
    await waitFor(() => expect(all('collective-row')).toHaveLength(2));
    await opened.user.type(get('collective-find'), '5265877635-20261121-000000007994-af');
    await opened.user.click(get('collective-search'));
    await waitFor(() => expect(last(opened, 'collectives')[1]).toMatchObject({ ksefNumber: '5265877635-20261121-000000007994-AF' }));
    await opened.user.click(get('collective-clear'));
    await waitFor(() => expect(all('collective-row')).toHaveLength(2));
    await opened.user.click(all('collective-open')[0]!);
    await waitFor(() => expect(all('collective-invoice')).toHaveLength(3));
    expect(get('collective-invoices').textContent).toContain('szczegóły ukryte');
    expect(await faults()).toEqual([]);
  });

  it('that KSeF refuses say why', async () => {
    const opened = await access('collectives', {}, { fails: { makeCollective: make.problem('collective.otherSellers', 'correctField') } });
    await opened.user.click(get('collective-make'));
    await opened.user.click(await find('collective-pasted'));
    await opened.user.paste('1234563218-20261101-0100001AF629-AF 1234563218-20261101-0100001AF62A-AF');
    await opened.user.click(get('collective-do'));
    await waitFor(() => expect(codes(get('collective-panel'))).toEqual(['collective.otherSellers']));
  });
});

describe('the journal', () => {
  it('tells in sentences what was done, of all companies or one, and is saved', async () => {
    const opened = await access('journal');
    await waitFor(() => expect(all('journal-row')).toHaveLength(7));
    expect(get('journal-chain').dataset['state']).toBe('whole');
    expect(all('journal-row')[2]?.textContent).toContain('Utworzono token');
    expect(all('journal-row').filter((row) => row.dataset['succeeded'] === 'false')).toHaveLength(1);
    expect(await faults()).toEqual([]);
    await opened.user.selectOptions(get('journal-company'), SANDBOX.nip);
    await waitFor(() => expect(all('journal-row')).toHaveLength(6));
    await opened.user.click(get('journal-save'));
    await waitFor(() => expect(called(opened.demo)).toContain('saveJournal'));
    expect(get('toasts').textContent).toContain('Dziennik jest zapisany');
  });

  it('says where its chain is broken', async () => {
    await access('journal', { brokenAt: '4' });
    await waitFor(() => expect(get('journal-chain').dataset['state']).toBe('broken'));
    expect(get('journal-chain').textContent).toContain('4');
  });

  it('knows every act by either spelling and asks again when something is added', async () => {
    const row = (act: string, number: number): JournalRow => ({ number: String(number), at: '2026-11-21T07:00:00Z', nip: null, environment: null, act, values: {}, succeeded: true, problem: null, hash: 'ab'.repeat(32) });
    const opened = await access('journal', { journal: [row('certificateRevoked', 1)] });
    await waitFor(() => expect(get('journal-row').textContent).toContain('Unieważniono certyfikat'));
    opened.demo.state.access.journal = [row('permission-revoked', 2), ...opened.demo.state.access.journal];
    opened.demo.tell({ part: 'journal', scope: null });
    await waitFor(() => expect(all('journal-row')).toHaveLength(2));
    expect(all('journal-row')[0]?.textContent).toContain('Odebrano uprawnienie');
  });
});

describe('every part', () => {
  it.each([
    ['tokens', 'tokens-empty'],
    ['logins', 'logins-empty'],
    ['permissions', 'permissions-empty'],
    ['collectives', 'collectives-empty'],
    ['journal', 'journal-empty'],
  ] as const)('%s says what to do first where there is nothing', async (tab, mark) => {
    const { user } = await open(furnished());
    await user.click(get('nav-access'));
    await user.click(await find(`access-tab-${tab}`));
    expect((await find(mark)).textContent?.trim()).not.toBe('');
    expect(await faults()).toEqual([]);
  });
});
