import { afterEach, describe, expect, it } from 'vitest';
import { amount, date, dateTime, day, folded, nip, today } from '../src/i18n/format';
import { speak, t, tn } from '../src/i18n/index.svelte';
import { sentences } from '../src/i18n/problems';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

afterEach(() => speak('pl'));

describe('amounts', () => {
  it.each([
    ['1234.56', 'PLN', '1 234,56 zł'],
    ['0', 'PLN', '0,00 zł'],
    ['0.5', 'PLN', '0,50 zł'],
    ['-1204.18', 'EUR', '−1 204,18 EUR'],
    ['1000000', 'PLN', '1 000 000,00 zł'],
    ['999', 'PLN', '999,00 zł'],
    ['12.345', 'USD', '12,345 USD'],
    ['90071992547409931234.99', 'PLN', '90 071 992 547 409 931 234,99 zł'],
    ['unclear', 'PLN', 'unclear PLN'],
  ])('%s %s is shown as %s', (decimal, currency, shown) => expect(plain(amount(decimal, currency))).toBe(shown));
});

describe('dates and numbers', () => {
  it('shows dates as Poles write them', () => {
    expect(date('2026-11-21')).toBe('21.11.2026');
    expect(date('jutro')).toBe('jutro');
  });

  it('shows moments in Warsaw, in summer and winter', () => {
    expect(dateTime('2026-11-21T07:41:00Z')).toBe('21.11.2026, 08:41');
    expect(dateTime('2026-07-31T22:30:00Z')).toBe('01.08.2026, 00:30');
    expect(day('2026-12-31T23:30:00Z')).toBe('01.01.2027');
    expect(dateTime('?')).toBe('?');
  });

  it('names today in words', () => expect(today(new Date('2026-11-21T12:00:00Z'), 'pl')).toBe('sobota, 21 listopada 2026'));
  it('groups a NIP', () => {
    expect(nip('5265877635')).toBe('526-587-76-35');
    expect(nip('DE811569869')).toBe('DE811569869');
  });
  it('folds Polish letters for searching', () => expect(folded('Żółta ŁÓDŹ')).toBe('zolta lodz'));
});

describe('counting', () => {
  it.each([
    [1, '1 przyjęta'],
    [2, '2 przyjęte'],
    [5, '5 przyjętych'],
    [12, '12 przyjętych'],
    [22, '22 przyjęte'],
    [112, '112 przyjętych'],
  ])('%i in Polish', (count, text) => expect(tn('send.totals.accepted', count)).toBe(text));

  it('in English', () => {
    speak('en');
    expect(tn('sales.total', 1)).toBe('1 invoice');
    expect(tn('sales.total', 2)).toBe('2 invoices');
    expect(document.documentElement.lang).toBe('en');
  });

  it('leaves a value that nobody gave visible in tests', () => expect(t('sales.shown', { shown: 1 })).toBe('1 z {total}'));
});

describe('problems', () => {
  const problem = (code: string, values: Record<string, string>): Parameters<typeof sentences>[0] => ({ code, values, next: 'retry', technical: null });

  it('shows values as people read them', () => {
    expect(sentences(problem('company.exists', { nip: '5265877635' })).what).toContain('526-587-76-35');
    expect(sentences(problem('credential.expired', { date: '2026-11-18' })).what).toContain('18.11.2026');
    expect(sentences(problem('ksef.rateLimited', { until: '2026-11-21T07:41:00Z' })).why).toContain('21.11.2026, 08:41');
    expect(sentences(problem('ksef.wrongEnvironment', { tried: 'demo', belongs: 'test' })).why).toMatch(/demonstracyjne.*testowe/);
  });

  it('never shows an unfilled place', () => expect(sentences(problem('ksef.shielded', {})).why).not.toContain('{'));
  it('has words even for a code that it does not know', () => expect(sentences(problem('no.suchCode', {})).what).toContain('no.suchCode'));
});
