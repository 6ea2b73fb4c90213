// The only door between the interface and the program around it.
import type { Host } from './contract';

export type * from './contract';
export * as blank from './blank';
export { dropZone, followDrags, type DropZone } from './drops.svelte';

let current: Host | null = null;

/** Said once, before the first component is mounted. */
export function provideHost(host: Host): void {
  current = host;
}

/** The program around this window. */
export function host(): Host {
  if (current === null) throw new Error('provideHost was not called');
  return current;
}
