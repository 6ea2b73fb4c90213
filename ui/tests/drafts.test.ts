import { waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { Demo } from '../src/host/demo';
import { furniture } from '../src/host/demo/bookFixtures';
import { session } from '../src/domain/session.svelte';
import { rhythmWords } from '../src/screens/drafts/rhythm';
import { all, called, codes, faults, find, furnished, get, inside, make, open, SANDBOX, type Opened } from './app';

async function drafts(change: Parameters<typeof furnished>[1] = {}): Promise<Opened> {
  const opened = await open(furnished(SANDBOX, { ...furniture(SANDBOX), ...change }));
  await opened.user.click(get('nav-editor'));
  await find('screen-drafts');
  return opened;
}

/** From what the last new draft was begun. */
const begun = (demo: Demo): unknown => demo.calls.filter(({ name }) => name === 'newDraft').at(-1)?.input[1];

describe('drafts', () => {
  it('are listed with what they come to, and open in the editor', async () => {
    const { user } = await drafts();
    await find('drafts-table');
    expect(all('draft-row').map((row) => row.dataset['id'])).toEqual(['d-1', 'd-2', 'd-3', 'd-4']);
    expect(all('draft-row')[0]?.textContent).toContain('2\u00a0099,99\u00a0zł');
    expect(get('draft-recurring').textContent).toContain('Obsługa księgowa CDE');
    expect(await faults()).toEqual([]);
    await user.click(all('draft-open')[1]!);
    expect(session.editing?.from).toEqual({ draft: 'd-2' });
  });

  it('are copied and removed', async () => {
    const { user, demo } = await drafts();
    await user.click((await waitFor(() => all('draft-menu')))[0]!);
    await user.click(await find('draft-menu-remove'));
    await user.click(await find('draft-remove-dialog-confirm'));
    await waitFor(() => expect(demo.state.drafts.map(({ id }) => id)).toEqual(['d-2', 'd-3', 'd-4']));
    await user.click(all('draft-menu')[1]!);
    await user.click(await find('draft-menu-copy'));
    await waitFor(() => expect(demo.state.drafts).toHaveLength(4));
    expect(demo.state.drafts[0]?.draft).toEqual(demo.state.drafts.find(({ id }) => id === 'd-3')?.draft);
    expect(session.editing?.from).toEqual({ draft: demo.state.drafts[0]?.id });
  });

  it('begin of every kind, and by the keyboard', async () => {
    const { user, demo } = await drafts({ drafts: [] });
    await user.click(await find('drafts-empty-new'));
    await waitFor(() => expect(begun(demo)).toEqual({ from: 'blank', kind: 'VAT' }));
    session.closeEditor();
    await user.click(await find('new-other'));
    await user.click(await find('new-other-ZAL'));
    await waitFor(() => expect(begun(demo)).toEqual({ from: 'blank', kind: 'ZAL' }));
    session.closeEditor('start');
    await find('screen-start');
    await user.keyboard('{Control>}n{/Control}');
    await waitFor(() => expect(begun(demo)).toEqual({ from: 'blank', kind: 'VAT' }));
  });

  it('are not shown to another company, and are there when one comes back', async () => {
    const { user } = await drafts({ companies: [make.company(SANDBOX.nip, 'A', 'sandbox'), make.company(make.SAMPLE_NIP, 'B', 'sandbox')] });
    await user.click((await waitFor(() => all('draft-open')))[0]!);
    await session.choose(make.SAMPLE_NIP);
    expect(session.editing).toBeNull();
    await find('drafts-empty');
    await session.choose(SANDBOX.nip);
    expect(session.editing).not.toBeNull();
  });

  it('tell when they cannot be read', async () => {
    await drafts({ fails: { drafts: make.problem('archive.locked', 'retry') } });
    await waitFor(() => expect(codes()).toEqual(['archive.locked']));
  });
});

describe('templates', () => {
  it('are used, renamed and removed', async () => {
    const { user, demo } = await drafts();
    await user.click(await find('drafts-tab-templates'));
    await find('templates-table');
    expect(await faults()).toEqual([]);
    await user.click(all('template-menu')[0]!);
    await user.click(await find('template-menu-rename'));
    await user.clear(await find('rename-name'));
    await user.type(get('rename-name'), 'Sama lodówka{Enter}');
    await waitFor(() => expect(demo.state.templates[0]?.name).toBe('Sama lodówka'));
    await user.click(all('template-menu')[1]!);
    await user.click(await find('template-menu-remove'));
    await user.click(await find('template-remove-dialog-confirm'));
    await waitFor(() => expect(all('template-row')).toHaveLength(1));
    await user.click(get('template-use'));
    await waitFor(() => expect(begun(demo)).toEqual({ from: 'template', template: 't-1' }));
  });
});

describe('recurring invoices', () => {
  it('say their rhythm in words', () => {
    expect(rhythmWords({ every: 1, unit: 'monthEnd' }, '2026-11-30')).toBe('co miesiąc, ostatniego dnia');
    expect(rhythmWords({ every: 3, unit: 'month' }, '2027-01-15')).toBe('co 3 miesiące, 15. dnia');
    expect(rhythmWords({ every: 2, unit: 'week' }, '2026-11-26')).toBe('co 2 tygodnie, w czwartek');
    expect(rhythmWords({ every: 5, unit: 'year' }, '2026-03-01')).toBe('co 5 lat, 01.03');
  });

  it('are paused, changed and removed; nothing of this changes their invoice', async () => {
    const { user, demo } = await drafts();
    await user.click(await find('drafts-tab-recurring'));
    await find('recurring-table');
    expect(all('recurring-rhythm').map((cell) => cell.textContent)).toEqual(['co miesiąc, ostatniego dnia', 'co miesiąc, 10. dnia', 'co 3 miesiące, 15. dnia']);
    expect(await faults()).toEqual([]);
    const invoice = structuredClone(demo.state.recurring[0]?.draft);
    await user.click(all('recurring-menu')[0]!);
    await user.click(await find('recurring-menu-pause'));
    await waitFor(() => expect(all('recurring-row')[0]?.dataset['state']).toBe('paused'));
    await user.click(all('recurring-open')[0]!);
    await user.clear(await find('recurring-every'));
    await user.type(get('recurring-every'), '0');
    expect(get('recurring-save').hasAttribute('disabled')).toBe(true);
    await user.clear(get('recurring-every'));
    await user.type(get('recurring-every'), '2');
    await user.selectOptions(get('recurring-unit'), 'week');
    expect(get('recurring-words').textContent).toBe('co 2 tygodnie, w poniedziałek');
    await user.click(get('recurring-save'));
    await waitFor(() => expect(demo.state.recurring[0]).toMatchObject({ paused: true, rhythm: { every: 2, unit: 'week' }, draft: invoice }));
    await user.click(all('recurring-menu')[2]!);
    await user.click(await find('recurring-menu-remove'));
    await user.click(await find('recurring-remove-dialog-confirm'));
    await waitFor(() => expect(all('recurring-row')).toHaveLength(2));
  });
});

describe('Start', () => {
  it('has issuing first and tells how many drafts wait', async () => {
    const { user, demo } = await open(furnished(SANDBOX, furniture(SANDBOX)));
    expect((await find('start-drafts')).textContent).toContain('4 szkice czekają');
    expect(get('nav-drafts').textContent).toContain('4');
    await user.click(get('start-drafts-show'));
    await find('screen-drafts');
    await user.click(get('nav-start'));
    await user.click(await find('start-new'));
    await waitFor(() => expect(begun(demo)).toEqual({ from: 'blank', kind: 'VAT' }));
  });
});

describe('sales', () => {
  it('are corrected only with a KSeF number, and otherwise say why not', async () => {
    const { user, demo } = await open(furnished(SANDBOX, { sales: make.someSales(SANDBOX, 8) }));
    await user.click(get('nav-sales'));
    await find('sales-table');
    await user.click(inside(all('sale-row')[0]!, 'sale-menu'));
    expect((await find('sale-menu-correct-why')).textContent).toContain('numer KSeF');
    await user.click(get('sale-menu-correct'));
    expect(session.editing).toBeNull();
    await user.keyboard('{Escape}');
    const accepted = all('sale-row').find((row) => row.dataset['state'] === 'accepted')!;
    await user.click(inside(accepted, 'sale-menu'));
    await user.click(await find('sale-menu-sheet'));
    await find('sheet-panel');
    expect(called(demo)).toContain('saleSheet');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(all('sheet-panel')).toEqual([]));
    await user.click(inside(accepted, 'sale-menu'));
    await user.click(await find('sale-menu-correct'));
    await waitFor(() => expect(begun(demo)).toEqual({ from: 'correctionOf', sale: accepted.dataset['id'] }));
  });

  it('that are advances lead to the final invoice and the next advance', async () => {
    const advance = make.sale('77', SANDBOX, 'FZ/1/2026', 'accepted', { invoice: make.invoice('FZ/1/2026', { kind: 'ZAL' }) });
    const { user, demo } = await open(furnished(SANDBOX, { sales: [advance] }));
    await user.click(get('nav-sales'));
    await user.click(await find('sale-menu'));
    await user.click(await find('sale-menu-final'));
    await waitFor(() => expect(begun(demo)).toEqual({ from: 'finalOf', sales: ['77'] }));
    await user.click(get('nav-sales'));
    await user.click(await find('sale-menu'));
    await user.click(await find('sale-menu-advance'));
    await waitFor(() => expect(begun(demo)).toEqual({ from: 'nextAdvanceOf', sale: '77' }));
  });

  it('that wait for a word are sent by it; production asks once', async () => {
    const scope = { ...SANDBOX, environment: 'production' as const };
    const waits = make.sale('78', scope, 'FV/9', 'held', { problem: make.problem('sending.waits', 'retry') });
    const { user, demo } = await open(furnished(scope, { sales: [waits] }));
    await user.click(get('nav-sales'));
    await user.click(await find('sale-send-now'));
    expect(called(demo)).not.toContain('retrySale');
    expect((await find('send-now-dialog')).textContent).toContain('nie da się usunąć');
    await user.click(get('send-now-dialog-confirm'));
    await waitFor(() => expect(all('sale-row')[0]?.dataset['state']).toBe('queued'));
  });
});
