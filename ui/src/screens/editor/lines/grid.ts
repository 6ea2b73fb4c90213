// What the parts of the grid share: which cells there are, and how the focus moves between them.
import { CELLS, type Cell } from '../../../domain/editor/paste';
import type { Key } from '../../../i18n/index.svelte';

export { CELLS, type Cell };

export const titles: Record<Cell, Key> = {
  name: 'editor.line.name',
  quantity: 'editor.line.quantity',
  unit: 'editor.line.unit',
  unitPrice: 'editor.line.price',
  discount: 'editor.line.discount',
  rate: 'editor.line.rate',
};

/** What is told beside the fields of the open details. */
export const DETAILS: ReadonlySet<string> = new Set(['gtu', 'procedure', 'ossRate', 'pkwiu', 'cn', 'pkob', 'gtin', 'index', 'excise', 'saleDate', 'vat', 'amount', 'annex15']);

/** Which state of a line: as it is to be, or with a correction as it was. */
export type Side = 'after' | 'before';

export interface Spot {
  key: number;
  cell: Cell;
  side: Side;
}

export function spotOf(target: EventTarget | null): Spot | null {
  const field = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-cell]') : null;
  const { cell, key, side } = field?.dataset ?? {};
  return cell === undefined || key === undefined ? null : { key: Number(key), cell: cell as Cell, side: (side ?? 'after') as Side };
}

export function fieldAt(root: HTMLElement, { key, cell, side }: Spot): HTMLElement | null {
  return root.querySelector<HTMLElement>(`[data-key="${key}"][data-cell="${cell}"][data-side="${side}"]`);
}

/** The caret stands at an end of what was typed, so that an arrow may leave the field. */
export function atEnd(field: EventTarget | null, end: 'start' | 'end'): boolean {
  if (!(field instanceof HTMLInputElement)) return false;
  const { selectionStart, selectionEnd, value } = field;
  if (selectionStart === 0 && selectionEnd === value.length && value !== '') return true;
  return selectionStart === selectionEnd && selectionStart === (end === 'start' ? 0 : value.length);
}
