// Which advance invoices belong to the order of a draft.
import type { CorrectedReference, InvoiceView, PartyDraft, SaleView } from '../../host';
import { nipIn } from './nip';
import type { Form } from './wire';

/** Advances of one order are to one buyer in one currency. What is empty is not known yet, and fits any. */
export interface Order {
  /** The buyer's identifier, the name of one without. */
  buyer: string;
  currency: string;
}

/** What advances of a draft's own order have to fit. */
export interface OfDraft extends Order {
  /** What the draft corrects is no advance before it. */
  corrected: readonly CorrectedReference[];
}

export function ofDraft({ buyer, currency, correction }: Form): OfDraft {
  return { buyer: buyerOf(buyer.party), currency, corrected: correction?.corrected ?? [] };
}

export function ofInvoice({ buyerIdentifier, buyerName, currency }: InvoiceView): Order {
  return { buyer: buyerIdentifier === null ? asName(buyerName ?? '') : asIdentifier(buyerIdentifier), currency };
}

export function fits(one: Order, other: Order): boolean {
  const alike = (what: keyof Order): boolean => one[what] === '' || other[what] === '' || one[what] === other[what];
  return alike('buyer') && alike('currency');
}

/** With another KSeF number it is an invoice of another program, whatever number of ours it has. */
export function isCorrected({ invoice, ksefNumber }: SaleView, corrected: readonly CorrectedReference[]): boolean {
  return corrected.some((one) => {
    const given = one.ksefNumber.trim();
    return given !== '' && ksefNumber !== null ? given.toUpperCase() === ksefNumber : one.number.trim() === invoice.number;
  });
}

/** An identifier that is still to be written says nothing, whatever the name is. */
function buyerOf({ idKind, id, idCountry, name }: PartyDraft): string {
  if (idKind === 'none') return asName(name);
  if (id.trim() === '') return '';
  return asIdentifier(idKind === 'nip' ? (nipIn(id) ?? id) : idKind === 'other' ? idCountry + id : id);
}

const asName = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();

const asIdentifier = (text: string): string => text.replace(/[\s.\-–/]/g, '').toLowerCase();
