// What a draft comes to, in the small way that a demonstration needs: the program itself computes with decimals.
import type { DraftFinding, DraftTotals, InvoiceDraft, LineAmounts, LineDraft } from '../contract';

const RATES: Record<string, number> = { '23': 23, '22': 22, '8': 8, '7': 7, '5': 5, '4': 4, '3': 3 };

/** `1 234,50` → 1234.5, or nothing. */
export function number(text: string): number | null {
  const plain = text.replace(/[\s\u00a0]/g, '').replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

const money = (value: number): string => (Math.round(value * 100 + Number.EPSILON) / 100).toFixed(2);

export function lineAmounts(line: LineDraft, prices: InvoiceDraft['prices']): LineAmounts | null {
  const quantity = number(line.quantity === '' ? '1' : line.quantity);
  const price = number(line.unitPrice);
  if (quantity === null || price === null) return null;
  const percent = /^(.*)%$/.exec(line.discount.trim());
  const discount = percent === null ? (number(line.discount) ?? 0) : (quantity * price * (number(percent[1] ?? '') ?? 0)) / 100;
  const value = quantity * price - discount;
  const rate = RATES[line.rate] ?? 0;
  const net = prices === 'net' ? value : (value * 100) / (100 + rate);
  const gross = prices === 'net' ? (value * (100 + rate)) / 100 : value;
  return { net: money(net), vat: money(Number(money(gross)) - Number(money(net))), gross: money(gross) };
}

function difference(line: LineDraft, prices: InvoiceDraft['prices']): LineAmounts | null {
  const after = line.removed ? { net: '0.00', vat: '0.00', gross: '0.00' } : lineAmounts(line, prices);
  const before = line.before === null ? null : lineAmounts(line.before, prices);
  if (after === null || before === null) return after;
  const minus = (what: keyof LineAmounts): string => money(Number(after[what]) - Number(before[what]));
  return { net: minus('net'), vat: minus('vat'), gross: minus('gross') };
}

export function totals(draft: InvoiceDraft): DraftTotals {
  const lines = draft.lines.map((line) => (draft.correction === null ? lineAmounts(line, draft.prices) : difference(line, draft.prices)));
  const rates = new Map<string, { net: number; vat: number }>();
  draft.lines.forEach((line, index) => {
    const amounts = lines[index];
    if (amounts === null || amounts === undefined) return;
    const sum = rates.get(line.rate) ?? { net: 0, vat: 0 };
    rates.set(line.rate, { net: sum.net + Number(amounts.net), vat: sum.vat + Number(amounts.vat) });
  });
  const exchange = draft.currency === '' || draft.currency === 'PLN' ? null : number(draft.exchange.rate);
  const sum = (what: keyof LineAmounts): number => lines.reduce((total, line) => total + Number(line?.[what] ?? 0), 0);
  const gross = sum('gross');
  const received = draft.advance === null ? null : number(draft.advance.received);
  const settled = draft.settles.flatMap(({ amounts }) => amounts).reduce((total, { net, vat }) => total + Number(net) + Number(vat), 0);
  const share = received === null || gross === 0 ? 1 : received / gross;
  const parts = draft.payment.parts.reduce((total, { amount }) => total + (number(amount) ?? 0), 0);
  const declared = received ?? gross - settled;
  return {
    lines,
    rates: [...rates].map(([rate, { net, vat }]) => ({ rate, net: money(net * share), vat: money(vat * share), vatPln: exchange === null ? null : money(vat * share * exchange) })),
    net: money(sum('net') * share),
    vat: money(sum('vat') * share),
    gross: money(declared),
    currency: draft.currency === '' ? 'PLN' : draft.currency,
    vatPln: exchange === null ? null : money(sum('vat') * share * exchange),
    whole: draft.advance !== null || draft.settles.length > 0 ? money(gross) : null,
    toPay: parts === 0 ? null : money(declared - parts),
  };
}

function found(field: string, code: string, pl: string, en: string, error = true): DraftFinding {
  return { field, code, error, pl, en };
}

export function nipFault(text: string): boolean {
  const digits = text.replace(/[\s.-]|^PL/gi, '');
  if (!/^\d{10}$/.test(digits)) return true;
  const sum = [6, 5, 7, 2, 3, 4, 5, 6, 7].reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return sum % 11 !== Number(digits[9]);
}

export function accountFault(text: string): boolean {
  const plain = text.replace(/\s/g, '').toUpperCase();
  const iban = /^\d{26}$/.test(plain) ? `PL${plain}` : plain;
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(iban)) return true;
  const digits = (iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) !== 1;
}

/** Typical mistakes. */
export function findings(draft: InvoiceDraft): DraftFinding[] {
  const list: DraftFinding[] = [];
  const { party } = draft.buyer;
  if (party.idKind === 'nip' && party.id.trim() === '') list.push(found('buyer.party.id', 'BUYER_ID_MISSING', 'Podaj NIP nabywcy albo wybierz inny rodzaj identyfikatora.', 'Give the buyer’s NIP or choose another kind of identifier.'));
  else if (party.idKind === 'nip' && nipFault(party.id)) list.push(found('buyer.party.id', 'NIP_CHECK_DIGIT', 'Ten NIP nie jest poprawny: cyfra kontrolna się nie zgadza.', 'This NIP is not right: its check digit does not fit.'));
  if (party.name.trim() === '') list.push(found('buyer.party.name', 'BUYER_NAME_MISSING', 'Podaj nazwę nabywcy.', 'Give the buyer’s name.'));
  draft.lines.forEach((line, index) => {
    if (line.name.trim() === '') list.push(found(`lines.${index}.name`, 'LINE_NAME_MISSING', 'Podaj nazwę towaru lub usługi.', 'Give the name of the goods or service.'));
    for (const field of ['quantity', 'unitPrice'] as const) {
      if (line[field].trim() !== '' && number(line[field]) === null) list.push(found(`lines.${index}.${field}`, 'NOT_A_NUMBER', `„${line[field]}” nie jest liczbą. Wpisz na przykład 12,50.`, `“${line[field]}” is no number. Type 12.50, for example.`));
    }
    if (line.unitPrice.trim() === '') list.push(found(`lines.${index}.unitPrice`, 'PRICE_MISSING', 'Podaj cenę.', 'Give the price.'));
    if (line.rate === '') list.push(found(`lines.${index}.rate`, 'RATE_MISSING', 'Wybierz stawkę VAT.', 'Choose the VAT rate.'));
    if (line.rate === 'zw' && draft.annotations.exemption === 'none') list.push(found('annotations.exemption', 'EXEMPTION_MISSING', 'Wskaż podstawę zwolnienia z VAT.', 'Say why the line is exempt from VAT.'));
  });
  if (draft.lines.length === 0) list.push(found('lines', 'NO_LINES', 'Faktura nie ma żadnej pozycji.', 'The invoice has no lines.'));
  if (draft.correction !== null && draft.correction.reason.trim() === '') list.push(found('correction.reason', 'CORRECTION_REASON_MISSING', 'Warto podać przyczynę korekty.', 'It is better to say why the invoice is corrected.', false));
  if (draft.currency !== '' && draft.currency !== 'PLN' && number(draft.exchange.rate) === null) list.push(found('exchange.rate', 'EXCHANGE_RATE_MISSING', 'Podaj kurs waluty.', 'Give the exchange rate.'));
  draft.payment.accounts.forEach((account, index) => {
    if (account.number.trim() !== '' && accountFault(account.number)) list.push(found(`payment.accounts.${index}.number`, 'ACCOUNT_CHECK_DIGITS', 'Ten numer rachunku nie jest poprawny: cyfry kontrolne się nie zgadzają.', 'This account number is not right: its check digits do not fit.'));
  });
  if (Number(totals(draft).gross) > 15000 && !draft.annotations.splitPayment && draft.lines.some(({ annex15 }) => annex15)) {
    list.push(found('annotations.splitPayment', 'SPLIT_PAYMENT_NEEDED', 'Faktura ponad 15 000 zł z towarem z załącznika 15 wymaga oznaczenia „mechanizm podzielonej płatności”.', 'An invoice over 15,000 zł with goods of annex 15 must say “split payment”.', false));
  }
  return list;
}
