import { describe, expect, it } from 'vitest';
import { blank, type AdvanceReference, type InvoiceView, type PartyDraft } from '../src/host';
import { fits, ofDraft, ofInvoice } from '../src/domain/editor/advances';
import { earliest, later, middleOfNextMonth, readDay } from '../src/domain/editor/days';
import { Found, isAbsence } from '../src/domain/editor/findings';
import { turnInto } from '../src/domain/editor/kinds';
import { Latest } from '../src/domain/editor/latest';
import { Lines } from '../src/domain/editor/lines.svelte';
import { difference, isAbove, plain, rebased, sum, typed } from '../src/domain/editor/money';
import { euNumberIn, nipIn } from '../src/domain/editor/nip';
import { filled, isExcluded, withMember } from '../src/domain/editor/parts';
import { pastedLines } from '../src/domain/editor/paste';
import { Places } from '../src/domain/editor/places';
import { readRate } from '../src/domain/editor/rates';
import * as make from '../src/host/demo/fixtures';
import { compact, fromDraft, toDraft, whole, type Form } from '../src/domain/editor/wire';

describe('a NIP', () => {
  it.each(['5265877635', '526-587-76-35', 'PL5265877635', 'NIP: 526 587 76 35', ' PL 526-58-77-635 ', 'NIP 526.587.76.35'])('is found in %s', (text) => expect(nipIn(text)).toBe('5265877635'));
  it.each(['526-587-76-36', '526587763', '52658776350', 'Kowalski 5265877635', ''])('is not found in %s', (text) => expect(nipIn(text)).toBeNull());
  it('of another country is told apart', () => {
    expect(euNumberIn('de 123 456 789')).toBe('DE123456789');
    expect(euNumberIn('5265877635')).toBeNull();
    expect(euNumberIn('Firma')).toBeNull();
  });
});

describe('days', () => {
  it.each([
    ['2026-11-21', '2026-12-15'],
    ['2026-12-31', '2027-01-15'],
    ['2027-01-31', '2027-02-15'],
    ['jutro', 'jutro'],
  ])('%s is followed by the middle of the next month', (day, middle) => expect(middleOfNextMonth(day)).toBe(middle));

  const today = '2026-11-21';
  it.each([
    ['21.11.2026', '2026-11-21'],
    ['1.2.27', '2027-02-01'],
    ['5.12', '2026-12-05'],
    ['7', '2026-11-07'],
    ['2026-01-31', '2026-01-31'],
    ['20260131', '2026-01-31'],
    ['+14', '2026-12-05'],
    ['-1', '2026-11-20'],
    ['dziś', today],
    ['jutro', '2026-11-22'],
    ['31.02.2026', '31.02.2026'],
    ['za tydzień', 'za tydzień'],
    ['', ''],
  ])('%s is read as %s', (text, iso) => expect(readDay(text, today)).toBe(iso));

  it('pass over the end of a year', () => expect(later('2026-12-31', 1)).toBe('2027-01-01'));
  it('are compared, what is no day aside', () => expect(earliest('2026-11-21', 'kiedyś', '2026-10-02', '')).toBe('2026-10-02'));
});

describe('amounts', () => {
  it('are texts, however long', () => {
    expect(sum(['0.1', '0,2', '12345678901234567890.12', 'x'])).toBe('12345678901234567890.42');
    expect(difference('10', '12,5')).toBe('-2.50');
    expect(plain('1\u00a0234,50 zł')).toBe('1234.50');
    expect(typed('-3.50')).toBe('-3,50');
    expect(isAbove('15000.01', '15000')).toBe(true);
    expect(isAbove('15 000,00', '15000')).toBe(false);
  });

  it('turn from net to gross and back', () => {
    expect(rebased('100', 23, 'gross')).toBe('123.00');
    expect(rebased('123,00', 23, 'net')).toBe('100.00');
    expect(rebased('0.015', 23, 'gross')).toBe('0.018');
    expect(rebased('abc', 23, 'net')).toBe('abc');
  });
});

describe('rates of spreadsheets', () => {
  it.each([
    ['23%', '23'],
    ['0,23', '23'],
    ['8,00', '8'],
    ['ZW', 'zw'],
    ['np II', 'np II'],
    ['NP', 'np I'],
    ['0% WDT', '0 WDT'],
    ['marża', 'marza'],
    ['12', null],
    ['', null],
  ])('%s is %s', (text, rate) => expect(readRate(text)).toBe(rate));
});

describe('pasting', () => {
  it('takes rows in the order of the grid, with or without a discount', () => {
    expect(pastedLines('Deska\t3\tszt.\t1 200,50\t23%\nGwóźdź\t100\tszt.\t0,10\tzw\n', 'name')).toEqual([
      { name: 'Deska', quantity: '3', unit: 'szt.', unitPrice: '1200.50', rate: '23' },
      { name: 'Gwóźdź', quantity: '100', unit: 'szt.', unitPrice: '0.10', rate: 'zw' },
    ]);
    expect(pastedLines('2\tkg\t5\t10%\t8', 'quantity')).toEqual([{ quantity: '2', unit: 'kg', unitPrice: '5', discount: '10%', rate: '8' }]);
  });

  it('follows a row of titles', () => {
    expect(pastedLines('Indeks\tNazwa\tStawka VAT\tCena netto\tUwagi\nA-1\tDeska\t23%\t10,00\tpilne', 'name')).toEqual([{ index: 'A-1', name: 'Deska', rate: '23', unitPrice: '10.00' }]);
  });

  it('does not take goods for titles', () => {
    expect(pastedLines('Towar numer 1\t1\tszt.\t5,50\t23%\nTowar numer 2\t2\tszt.\t6\t23%', 'name')).toHaveLength(2);
  });

  it('reads quoted fields with line breaks and quotation marks', () => {
    expect(pastedLines('"Deska\n""gruba"""\t1\nB\t2', 'name')).toEqual([
      { name: 'Deska "gruba"', quantity: '1' },
      { name: 'B', quantity: '2' },
    ]);
  });

  it('leaves a single value to the field', () => expect(pastedLines('Deska', 'name')).toBeNull());
});

describe('lines of a correction', () => {
  it('keep their numbers, and new ones take others', () => {
    const list = new Lines(() => undefined);
    list.load(['1', '3'].map((position) => ({ ...blank.line(), position, before: blank.line() })), true);
    list.insert(1, [{ name: 'a' }, { name: 'b' }]);
    list.duplicate(0);
    expect(list.rows.map(({ line }) => line.position)).toEqual(['1', '6', '4', '5', '3']);
  });
});

describe('lines', () => {
  const lines = (...names: string[]): { lines: Lines; changes: () => number; names: () => string[] } => {
    let changes = 0;
    const list = new Lines(() => (changes += 1));
    list.load(names.map((name) => ({ ...blank.line(), name, rate: '8' })), false);
    return { lines: list, changes: () => changes, names: () => list.rows.map(({ line }) => line.name) };
  };

  it('keep their keys where they are moved, copied and taken away', () => {
    const { lines: list, names, changes } = lines('a', 'b', 'c');
    const key = list.rows[0]!.key;
    list.move(0, 1);
    expect(list.rows[1]!.key).toBe(key);
    list.duplicate(1);
    expect(names()).toEqual(['b', 'a', 'a', 'c']);
    expect(new Set(list.rows.map((row) => row.key)).size).toBe(4);
    list.remove(0);
    expect(names()).toEqual(['a', 'a', 'c']);
    expect(list.putBack()).toBe(0);
    expect(names()).toEqual(['b', 'a', 'a', 'c']);
    expect(changes()).toBe(4);
    expect(list.move(3, 1)).toBe(false);
  });

  it('are never none, and a new one has the rate of the last', () => {
    const { lines: list } = lines('a');
    list.add();
    expect(list.rows[1]!.line.rate).toBe('8');
    list.remove(1);
    list.remove(0);
    expect(list.rows).toHaveLength(1);
  });

  it('leave the other ones alone when one changes', () => {
    const { lines: list } = lines('a', 'b');
    const other = list.rows[1];
    list.patch(0, { name: 'x' });
    expect(list.rows[1]).toBe(other);
  });

  it('of a corrected invoice fall away instead of being taken off', () => {
    const list = new Lines(() => undefined);
    list.load([{ ...blank.line(), name: 'a', before: { ...blank.line(), name: 'a' } }], true);
    list.remove(0);
    expect(list.rows[0]!.line.removed).toBe(true);
    list.remove(0);
    expect(list.rows[0]!.line.removed).toBe(false);
  });

  it('come back whole from the way over the wire', () => {
    const line = { ...blank.line(), name: 'a', annex15: true, before: { ...blank.line(), name: 'b' } };
    expect(Object.keys(compact(line)).sort()).toEqual(['annex15', 'before', 'name']);
    expect(whole(compact(line))).toEqual(line);
    const draft = { ...blank.draft('KOR'), lines: [line] };
    const { form, lines: read } = fromDraft(toDraft(fromDraft(draft).form, draft.lines));
    expect({ ...form, lines: read }).toEqual(draft);
  });
});

describe('the places of rows', () => {
  it('find what can be seen among rows of different heights', () => {
    const keys = Array.from({ length: 10_000 }, (_, index) => index);
    const places = new Places(keys, 37, new Map([[3, 200]]));
    expect(places.height).toBe(9_999 * 37 + 200);
    expect(places.tops[4]).toBe(3 * 37 + 200);
    for (const from of [0, 36, 37, 150, 320, 100_000, places.height - 1]) {
      const [first, end] = places.between(from, from + 600);
      expect(places.tops[first]!).toBeLessThanOrEqual(from);
      expect(places.tops[Math.min(end, 10_000)]!).toBeGreaterThanOrEqual(Math.min(from + 600, places.height));
      expect(end - first).toBeLessThan(25);
    }
    expect(new Places([], 37, new Map()).between(0, 100)).toEqual([0, 0]);
  });
});

describe('findings', () => {
  it('stay with the lines that they are about', () => {
    const finding = (field: string, code: string) => ({ field, code, error: true, pl: 'x', en: 'x' });
    const found = new Found({ findings: [finding('lines.1.unitPrice', 'NOT_NUMBER'), finding('buyer.party.name', 'MISSING'), finding('lines', 'NO_LINES')], totals: { lines: [null, { net: '1.00', vat: '0.23', gross: '1.23' }] } } as never, [7, 9]);
    expect(found.ofRow(9).map(({ field }) => field)).toEqual(['unitPrice']);
    expect(found.ofRow(7)).toEqual([]);
    expect(found.amounts(9)?.gross).toBe('1.23');
    expect(found.at('lines')).toHaveLength(1);
    expect(found.all.filter(isAbsence).map(({ id }) => id)).toEqual(['buyer.party.name']);
  });
});

describe('kinds', () => {
  it('keep what was typed for another kind, and put it back', () => {
    const { lines: _lines, ...form } = blank.draft('VAT');
    let aside = turnInto(form, 'KOR', { correction: null, advance: null, settles: [] });
    form.correction!.reason = 'błędna cena';
    aside = turnInto(form, 'ZAL', aside);
    expect(form.correction).toBeNull();
    form.advance!.received = '100';
    aside = turnInto(form, 'KOR', aside);
    expect(form.advance).toBeNull();
    expect(form.correction!.reason).toBe('błędna cena');
    turnInto(form, 'KOR_ZAL', aside);
    expect(form.advance!.received).toBe('100');
  });

  const nothing: Parameters<typeof turnInto>[2] = { correction: null, advance: null, settles: [] };
  const form = (): Form => fromDraft(blank.draft('ZAL')).form;
  const named = (number: string, amounts: AdvanceReference['amounts'] = []): AdvanceReference => ({ number, ksefNumber: '', amounts });

  it('keep what was received aside where only its payments have a place', () => {
    const draft = form();
    const payment = { date: '2026-11-20', amount: '615,00', exchangeRate: '' };
    draft.advance = { received: '615,00', parts: [payment] };
    let aside = turnInto(draft, 'ROZ', nothing);
    expect(draft.advance).toEqual({ received: '', parts: [payment] });
    aside = turnInto(draft, 'VAT', aside);
    expect(draft.advance).toBeNull();
    aside = turnInto(draft, 'ROZ', aside);
    expect(draft.advance).toEqual({ received: '', parts: [payment] });
    turnInto(draft, 'ZAL', aside);
    expect(draft.advance).toEqual({ received: '615,00', parts: [payment] });
  });

  it('do not bring back the advances that were removed', () => {
    const draft = form();
    draft.settles = [named('ZAL/1')];
    let aside = turnInto(draft, 'VAT', nothing);
    aside = turnInto(draft, 'ZAL', aside);
    expect(draft.settles).toEqual([named('ZAL/1')]);
    draft.settles = [];
    aside = turnInto(draft, 'VAT', aside);
    turnInto(draft, 'ROZ', aside);
    expect(draft.settles).toEqual([named('')]);
  });

  it('lose no amounts that were typed before the number', () => {
    const draft = form();
    const typed = named('', [{ rate: '23', net: '100', vat: '23' }]);
    let aside = turnInto(draft, 'ROZ', nothing);
    draft.settles = [named(''), typed];
    aside = turnInto(draft, 'ZAL', aside);
    expect(draft.settles).toEqual([typed]);
    turnInto(draft, 'ROZ', aside);
    expect(draft.settles).toContainEqual(typed);
  });
});

describe('an advance of the order of a draft', () => {
  const draft = (party: Partial<PartyDraft>, currency = 'PLN') => ofDraft(fromDraft({ ...blank.draft('ZAL'), currency, buyer: { ...blank.draft().buyer, party: { ...blank.party(), ...party } } }).form);
  const advance = (change: Partial<InvoiceView>) => ofInvoice(make.invoice('ZAL/1', change));

  it.each<[Partial<PartyDraft>, Partial<InvoiceView>, boolean]>([
    [{ id: 'PL 526-587-76-35' }, { buyerIdentifier: '5265877635', buyerName: 'Inaczej zapisany' }, true],
    [{ id: '5265877635', name: 'CDE' }, { buyerIdentifier: '7980332920', buyerName: 'CDE' }, false],
    [{ idKind: 'vatUe', id: 'de 811 569 869' }, { buyerIdentifier: 'DE811569869' }, true],
    [{ idKind: 'other', idCountry: 'US', id: '12-345' }, { buyerIdentifier: 'US12-345' }, true],
    [{ idKind: 'none', name: ' Jan  NOWAK ' }, { buyerIdentifier: null, buyerName: 'Jan Nowak' }, true],
    [{ idKind: 'none', name: 'Jan Nowak' }, { buyerIdentifier: null, buyerName: 'Anna Nowak' }, false],
    [{ idKind: 'none', id: '5265877635', name: 'CDE' }, { buyerIdentifier: '5265877635', buyerName: 'CDE' }, false],
    [{ id: '', name: 'CDE' }, { buyerIdentifier: '5265877635' }, true],
    [{}, { buyerIdentifier: null, buyerName: 'Jan Nowak' }, true],
    [{ id: '5265877635' }, { buyerIdentifier: '5265877635', currency: 'EUR' }, false],
  ])('%o and %o: %s', (party, invoice, fitting) => expect(fits(draft(party), advance(invoice))).toBe(fitting));
});

describe('work that follows typing', () => {
  it('never runs twice at once, and again when something changed meanwhile', async () => {
    let running = 0;
    let most = 0;
    let done = 0;
    const gates: (() => void)[] = [];
    const latest = new Latest(
      async () => {
        most = Math.max(most, ++running);
        await new Promise<void>((resolve) => gates.push(resolve));
        running -= 1;
        done += 1;
      },
      () => 0,
    );
    const first = latest.again();
    await Promise.resolve();
    latest.wish();
    const second = latest.now();
    while (done < 2) {
      gates.shift()?.();
      await Promise.resolve();
    }
    await Promise.all([first, second]);
    expect([most, done]).toEqual([1, 2]);
    await latest.now();
    expect(done).toBe(2);
  });
});

describe('rarely used parts', () => {
  it('count what is filled in, and leave out what is empty', () => {
    expect(filled({ Transport: [{ Rodzaj: '3', Opis: '' }, {}], Warunki: 'EXW' })).toBe(2);
    expect(withMember({ a: 'x', b: 'y' }, 'a', '')).toEqual({ b: 'y' });
    const member = { name: 'Inny', excludes: ['Rodzaj'] } as never;
    expect(isExcluded(member, { Rodzaj: '3' })).toBe(true);
    expect(isExcluded(member, { Rodzaj: '3', Inny: '1' })).toBe(false);
  });
});
