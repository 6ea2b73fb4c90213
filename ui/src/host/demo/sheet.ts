// How a draft looks as a document.
import type { Bilingual, InvoiceDraft, InvoiceSheet, LineDraft, PartyDraft, SellerProfile, SheetLine, SheetParty, SheetRow, ValueKind } from '../contract';
import { lineAmounts, totals } from './compute';
import { TODAY } from './state';

const both = (pl: string, en: string = pl): Bilingual => ({ pl, en });
const row = (label: Bilingual, value: string, kind: ValueKind = 'text', depth = 0): SheetRow => ({ label, value: both(value), kind, depth });

const TITLES: Record<InvoiceDraft['kind'], Bilingual> = {
  VAT: both('Faktura', 'Invoice'),
  KOR: both('Faktura korygująca', 'Corrective invoice'),
  ZAL: both('Faktura zaliczkowa', 'Advance invoice'),
  ROZ: both('Faktura rozliczeniowa', 'Final invoice'),
  UPR: both('Faktura uproszczona', 'Simplified invoice'),
  KOR_ZAL: both('Faktura korygująca zaliczkową', 'Corrective invoice to an advance'),
  KOR_ROZ: both('Faktura korygująca rozliczeniową', 'Corrective invoice to a final one'),
};

const FORMS: Record<string, Bilingual> = { '1': both('gotówka', 'cash'), '2': both('karta', 'card'), '6': both('przelew', 'bank transfer'), '7': both('mobilna', 'mobile') };

export function sheetOf(draft: InvoiceDraft, number: string, nip: string, profile: SellerProfile): InvoiceSheet {
  const sums = totals(draft);
  const issued = draft.issueDate === '' ? TODAY : draft.issueDate;
  const corrected = draft.correction?.corrected ?? [];
  return {
    form: 'FA(3)',
    kind: draft.kind,
    title: TITLES[draft.kind],
    number,
    facts: [
      row(both('Data wystawienia', 'Date of issue'), issued, 'date'),
      ...(draft.issuePlace === '' ? [] : [row(both('Miejsce wystawienia', 'Place of issue'), draft.issuePlace)]),
      ...(draft.sale.kind === 'day' ? [row(both('Data sprzedaży', 'Date of sale'), draft.sale.date, 'date')] : []),
      ...corrected.flatMap((original) => [
        row(both('Faktura korygowana', 'Corrected invoice'), original.number),
        ...(original.ksefNumber === '' ? [] : [row(both('Numer KSeF', 'KSeF number'), original.ksefNumber, 'ksefNumber', 1)]),
      ]),
      ...(draft.correction === null || draft.correction.reason === '' ? [] : [row(both('Przyczyna korekty', 'Reason of the correction'), draft.correction.reason)]),
    ],
    parties: [
      { role: both('Sprzedawca', 'Seller'), name: profile.name, identifiers: [row(both('NIP'), nip, 'nip')], address: [profile.address.line1, profile.address.line2].filter(Boolean), rows: [] },
      party(both('Nabywca', 'Buyer'), draft.buyer.party),
      ...draft.others.map((other) => party(both('Podmiot trzeci', 'Third party'), other.party)),
    ],
    currency: sums.currency,
    tables: [
      ...(draft.correction === null ? [] : [{ title: both('Pozycje przed korektą', 'Lines before the correction'), rows: draft.lines.flatMap((line, index) => (line.before === null ? [] : [sheetLine(line.before, index, draft.prices)])) }]),
      { title: draft.advance === null ? both('Pozycje', 'Lines') : both('Zamówienie', 'Order'), rows: draft.lines.map((line, index) => sheetLine(line, index, draft.prices)) },
    ],
    rates: sums.rates.map(({ rate, net, vat, vatPln }) => ({ rate: both(rateName(rate) ?? ''), net, vat: /^\d+$/.test(rate) ? vat : null, vatPln })),
    gross: sums.gross,
    payment: [
      ...(draft.payment.paid === 'paid' ? [row(both('Zapłacono', 'Paid'), draft.payment.paidOn, 'date')] : []),
      ...draft.payment.terms.map((term) => row(both('Termin płatności', 'Payment due'), term.date === '' ? `${term.days} dni` : term.date, term.date === '' ? 'text' : 'date')),
      ...(FORMS[draft.payment.form] === undefined ? [] : [{ label: both('Forma płatności', 'Payment form'), value: FORMS[draft.payment.form]!, kind: 'text' as const, depth: 0 }]),
      ...draft.payment.accounts.map((account) => row(both('Rachunek bankowy', 'Bank account'), account.number, 'account')),
    ],
    annotations: [
      ...(draft.annotations.splitPayment ? [both('mechanizm podzielonej płatności', 'split payment')] : []),
      ...(draft.annotations.cashMethod ? [both('metoda kasowa', 'cash method')] : []),
      ...(draft.annotations.reverseCharge || draft.lines.some(({ rate }) => rate === 'oo') ? [both('odwrotne obciążenie', 'reverse charge')] : []),
    ],
    sections: draft.descriptions.length === 0 ? [] : [{ title: both('Dodatkowy opis', 'Additional description'), rows: draft.descriptions.map(({ key, value }) => row(both(key), value)) }],
    notes: draft.notes === '' ? [] : [draft.notes],
  };
}

function party(role: Bilingual, who: PartyDraft): SheetParty {
  const identifier = who.id === '' ? [] : [row(who.idKind === 'nip' ? both('NIP') : both('Identyfikator', 'Identifier'), who.id, who.idKind === 'nip' ? 'nip' : 'text')];
  return { role, name: who.name, identifiers: identifier, address: [who.address.line1, who.address.line2, who.address.country === 'PL' ? '' : who.address.country].filter(Boolean), rows: [] };
}

function rateName(rate: string): string | null {
  return rate === '' ? null : /^\d+$/.test(rate) ? `${rate}%` : rate;
}

const decimal = (text: string): string | null => (text.trim() === '' ? null : text.replace(/\s/g, '').replace(',', '.'));

function sheetLine(line: LineDraft, index: number, prices: InvoiceDraft['prices']): SheetLine {
  const amounts = lineAmounts(line, prices);
  return {
    position: String(index + 1),
    name: line.name,
    quantity: decimal(line.quantity),
    unit: line.unit === '' ? null : line.unit,
    unitPriceNet: prices === 'net' ? decimal(line.unitPrice) : null,
    unitPriceGross: prices === 'gross' ? decimal(line.unitPrice) : null,
    discount: line.discount === '' ? null : line.discount,
    rate: rateName(line.rate),
    net: amounts?.net ?? null,
    vat: amounts?.vat ?? null,
    gross: amounts?.gross ?? null,
    rows: line.gtu === '' ? [] : [row(both('GTU'), line.gtu)],
  };
}
