import type { CollectiveInvoice, CollectivePreview, CollectivePreviewRow, CollectiveSum, Problem, SaleView, Scope } from '../contract';
import * as make from './fixtures';

const KSEF_NUMBER = /^\d{10}-\d{8}-[0-9A-F]{12}-[0-9A-F]{2}$/;

/** What would be paid, judged as the program judges it. */
export function outlook(sales: SaleView[], scope: Scope, invoices: CollectiveInvoice[]): CollectivePreview {
  const sums = new Map<string, bigint>();
  let unknown = 0;
  const rows = invoices.map(({ ksefNumber, amount, currency }): CollectivePreviewRow => {
    const bare = { ksefNumber, number: null, gross: null, currency: null };
    if (!KSEF_NUMBER.test(ksefNumber)) return { ...bare, problem: make.problem('collective.ksefNumber', 'correctField', { number: ksefNumber }) };
    const found = sales.find((sale) => sale.ksefNumber === ksefNumber && sale.scope.nip === scope.nip)?.invoice ?? null;
    const row = found === null ? bare : { ksefNumber, number: found.number, gross: found.gross, currency: found.currency };
    const whole = found === null ? null : cents(found.gross);
    const problem = amount === null ? null : fault(ksefNumber, amount, currency ?? 'PLN', found === null ? null : { gross: found.gross, currency: found.currency });
    if (problem === null) {
      const paid = amount === null ? whole : cents(amount);
      const code = amount === null ? (found?.currency ?? 'PLN') : (currency ?? 'PLN');
      if (paid === null) unknown += 1;
      else sums.set(code, (sums.get(code) ?? 0n) + paid);
    }
    return { ...row, problem };
  });
  return { invoices: rows, sums: [...sums].sort().map(money), unknown, problem: together(invoices) };
}

function together(invoices: CollectiveInvoice[]): Problem | null {
  const [first, other] = [...new Set(invoices.map(({ ksefNumber }) => ksefNumber.slice(0, 10)))];
  if (first !== undefined && other !== undefined) return make.problem('collective.differentSellers', 'correctField', { nip: first, company: other });
  return invoices.length < 2 ? make.problem('collective.tooFew', 'correctField', { count: String(invoices.length) }) : null;
}

function fault(number: string, amount: string, currency: string, known: { gross: string; currency: string } | null): Problem | null {
  const paid = cents(amount);
  if (paid === null) return make.problem(/^[\d\s\u00a0]+[.,]\d{3,}$/.test(amount) ? 'collective.paymentPlaces' : 'collective.payment', 'correctField', { number });
  if (paid <= 0n) return make.problem('collective.paymentNotPositive', 'correctField', { number });
  if (known === null || known.currency !== currency || paid <= (cents(known.gross) ?? 0n)) return null;
  return make.problem('collective.paymentTooMuch', 'correctField', { number, gross: money([currency, cents(known.gross) ?? 0n]).amount.replace('.', ','), currency });
}

function cents(text: string): bigint | null {
  const match = /^(-?)(\d+)(?:[.,](\d{1,2}))?$/.exec(text.replace(/[\s\u00a0]/g, ''));
  if (match === null) return null;
  const value = BigInt(`${match[2]}${(match[3] ?? '').padEnd(2, '0')}`);
  return match[1] === '-' ? -value : value;
}

function money([currency, value]: [string, bigint]): CollectiveSum {
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0');
  return { amount: `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`, currency };
}
