// Which part of the page takes the files that are dragged over the window.
import type { Attachment } from 'svelte/attachments';
import type { FileDrag, Host, Unsubscribe } from './contract';

export interface DropZone {
  /** Takes the paths of what was let go. */
  take: (paths: string[]) => void;
  /** Told whether files hover over this zone now. */
  hover: (over: boolean) => void;
}

const zones = new Map<Element, DropZone>();
let hovered: DropZone | null = null;

/** Follows the drags of a host. Called once for a window. */
export function followDrags(host: Host): Unsubscribe {
  return host.onFileDrag((drag) => follow(drag));
}

/** Attach to an element: files let go over it, or over anything in it that is no zone itself, come to `zone`. */
export function dropZone(zone: DropZone): Attachment<HTMLElement> {
  return (element) => {
    zones.set(element, zone);
    return () => {
      zones.delete(element);
      if (hovered === zone) hovered = null;
    };
  };
}

function follow(drag: FileDrag): void {
  const zone = drag.kind === 'leave' ? null : zoneAt(drag.x, drag.y);
  const next = drag.kind === 'over' ? zone : null;
  if (hovered !== next) {
    hovered?.hover(false);
    next?.hover(true);
    hovered = next;
  }
  if (drag.kind === 'drop' && drag.paths.length > 0) zone?.take(drag.paths);
}

/** The innermost zone under the position; where none is, the one of an open dialog, or the only or outermost one of the page. */
function zoneAt(x: number, y: number): DropZone | null {
  for (let element = document.elementFromPoint(x, y); element !== null; element = element.parentElement) {
    const zone = zones.get(element);
    if (zone !== undefined) return zone;
  }
  const all = [...zones.keys()];
  const modal = all.filter((element) => element.closest('[role="dialog"]') !== null);
  const candidates = modal.length > 0 ? modal : all;
  const outermost = candidates.find((element) => !candidates.some((other) => other !== element && other.contains(element)));
  return (outermost !== undefined && zones.get(outermost)) || null;
}
