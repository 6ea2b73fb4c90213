import type { Attachment } from 'svelte/attachments';

/**
 * For the place where a person reads a secret: whoever selects it and copies with the keyboard or from a menu gets what the
 * button gives. The program itself copies, and wipes the clipboard after a minute.
 */
export function shownSecret(copy: () => void): Attachment<HTMLElement> {
  return (place) => {
    // The event goes to where the selection begins, which need not be the place.
    const copied = (event: ClipboardEvent): void => {
      const selection = place.ownerDocument.getSelection();
      if (selection === null || selection.isCollapsed || !selection.getRangeAt(0).intersectsNode(place)) return;
      event.preventDefault();
      copy();
    };
    document.addEventListener('copy', copied);
    return () => document.removeEventListener('copy', copied);
  };
}
