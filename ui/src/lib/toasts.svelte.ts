// Short confirmations at the edge of the window. Never the only place where a problem is told.

export interface Toast {
  id: number;
  text: string;
}

const STAYS_MS = 6000;
const shown = $state<Toast[]>([]);
let last = 0;

export function toasts(): readonly Toast[] {
  return shown;
}

export function toast(text: string): void {
  const id = ++last;
  shown.push({ id, text });
  setTimeout(() => dismiss(id), STAYS_MS);
}

export function dismiss(id: number): void {
  const index = shown.findIndex((entry) => entry.id === id);
  if (index >= 0) shown.splice(index, 1);
}
