// What the window asks of the program. The commands and their values are generated (`bindings.ts`): dates are ISO texts,
// moments RFC 3339 in UTC, amounts decimal texts, NIP ten digits. No secret ever comes back.
import type { commands, PartChanged, Problem, SaleView } from './bindings';

export type * from './bindings';

/** Every command answers a value or a problem; it never throws. */
export type Answer<T> = { status: 'ok'; data: T } | { status: 'error'; error: Problem };

export type Unsubscribe = () => void;

/** Files that are being dragged over the window, or were let go there. Positions are CSS pixels in the page. */
export type FileDrag =
  | { kind: 'over'; x: number; y: number }
  | { kind: 'drop'; x: number; y: number; paths: string[] }
  | { kind: 'leave' };

/** The commands, as generated. */
export type Commands = typeof commands;

/** Everything that the window asks of the program, and hears from it. `tauri.ts` is the real one. */
export interface Host extends Commands {
  onSaleChanged(listener: (sale: SaleView) => void): Unsubscribe;
  onCompaniesChanged(listener: () => void): Unsubscribe;
  /** Who shows that part asks again. */
  onPartChanged(listener: (change: PartChanged) => void): Unsubscribe;
  onFileDrag(listener: (drag: FileDrag) => void): Unsubscribe;
}
