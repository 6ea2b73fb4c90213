// What each kind of invoice has that others have not.
import { blank, type AdvanceDraft, type AdvanceReference, type CorrectionDraft, type DraftKind, type LineDraft } from '../../host';
import type { Form } from './wire';

export function corrects(kind: DraftKind): boolean {
  return kind === 'KOR' || kind === 'KOR_ZAL' || kind === 'KOR_ROZ';
}

export function confirmsAdvance(kind: DraftKind): boolean {
  return kind === 'ZAL' || kind === 'KOR_ZAL';
}

export function settlesAdvances(kind: DraftKind): boolean {
  return kind === 'ROZ' || kind === 'KOR_ROZ';
}

/** The last of several advance invoices names the earlier ones (art. 106f ust. 4); their amounts are not taken off. */
export const namesEarlier = confirmsAdvance;

/** The amounts of advances are taken off this one. */
export function takesOff(kind: DraftKind): boolean {
  return kind === 'ROZ';
}

/** A final invoice may document payments before the supply itself (art. 106f ust. 3). */
export const documentsPayments = takesOff;

export function advanceReference(): AdvanceReference {
  return { number: '', ksefNumber: '', amounts: [] };
}

interface Aside {
  correction: CorrectionDraft | null;
  advance: AdvanceDraft | null;
  settles: AdvanceReference[];
}

/** Whether advance invoices are named, settled or not. */
function namesAdvances(kind: DraftKind): boolean {
  return settlesAdvances(kind) || namesEarlier(kind);
}

/** Turns a draft into another kind. What the new kind has no place for is handed back, to be put in again. */
export function turnInto(form: Form, kind: DraftKind, aside: Aside): Aside {
  const kept: Aside = {
    correction: form.correction ?? aside.correction,
    advance: keptAdvance(form, aside),
    // Where advances are named, none is what the person left of them.
    settles: namesAdvances(form.kind) || form.settles.length > 0 ? form.settles : aside.settles,
  };
  form.kind = kind;
  form.correction = corrects(kind) ? (kept.correction ?? blank.correction()) : null;
  form.advance = advanceOf(kind, kept.advance);
  form.settles = referencesOf(kind, kept.settles);
  return kept;
}

/** A final invoice has no place for the amount received: it waits beside the payments. */
function keptAdvance({ kind, advance }: Form, aside: Aside): AdvanceDraft | null {
  if (advance === null || confirmsAdvance(kind)) return advance ?? aside.advance;
  return { ...advance, received: aside.advance?.received ?? advance.received };
}

/** A final invoice has payments only where it documents some itself. */
function advanceOf(kind: DraftKind, kept: AdvanceDraft | null): AdvanceDraft | null {
  if (confirmsAdvance(kind)) return kept ?? { received: '', parts: [] };
  return documentsPayments(kind) && kept !== null && kept.parts.length > 0 ? { ...kept, received: '' } : null;
}

function referencesOf(kind: DraftKind, kept: AdvanceReference[]): AdvanceReference[] {
  if (settlesAdvances(kind)) return kept.length > 0 ? kept : [advanceReference()];
  return namesEarlier(kind) ? kept.filter(({ number, ksefNumber, amounts }) => number !== '' || ksefNumber !== '' || amounts.length > 0) : [];
}

/** A line as it was, for a correction of an invoice that is not in this program. */
export function before(line: LineDraft): LineDraft {
  return { ...line, before: null };
}
