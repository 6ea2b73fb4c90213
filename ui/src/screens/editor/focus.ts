import { tick } from 'svelte';

const TRIES = 8;
const BETWEEN_MS = 40;

/** Brings the field of a finding, or the nearest thing that holds it, into view and gives it the focus. */
export async function focusField(root: HTMLElement, field: string): Promise<void> {
  await tick();
  // What was folded away opens first, and some of it asks the program what it holds.
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const found = at(root, field);
    if (found !== null) return give(found);
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
  }
  for (let path = field; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const found = at(root, path) ?? root.querySelector<HTMLElement>(`[data-field^="${CSS.escape(path)}."]`);
    if (found !== null) return give(found);
  }
}

function at(root: HTMLElement, field: string): HTMLElement | null {
  return root.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`);
}

function give(field: HTMLElement): void {
  field.closest<HTMLDetailsElement>('details:not([open])')?.setAttribute('open', '');
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: 'center' });
}
