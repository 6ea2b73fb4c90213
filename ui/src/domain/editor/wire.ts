// A draft on its way to the program and back. Most fields of most lines are empty: ten thousand lines travel without them.
import { blank, type InvoiceDraft, type LineDraft } from '../../host';

/** Everything of a draft but its lines, which the grid keeps. */
export type Form = Omit<InvoiceDraft, 'lines'>;

/** Without what is empty; the program fills it in again. */
export function compact(line: LineDraft): LineDraft {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(line)) {
    if (value === '' || value === null || value === false) continue;
    kept[name] = name === 'before' ? compact(value as LineDraft) : value;
  }
  return kept as unknown as LineDraft;
}

/** With every field, also where the program left some out. */
export function whole(line: Partial<LineDraft>): LineDraft {
  return { ...blank.line(), ...line, before: line.before ? whole(line.before) : null };
}

export function toDraft(form: Form, lines: readonly LineDraft[]): InvoiceDraft {
  return { ...form, lines: lines.map(compact) };
}

export function fromDraft(draft: InvoiceDraft): { form: Form; lines: LineDraft[] } {
  const { lines, ...form } = { ...blank.draft(draft.kind), ...draft };
  return { form, lines: lines.map(whole) };
}
