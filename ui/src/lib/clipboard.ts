import { toast } from './toasts.svelte';

/** Puts a text into the clipboard, and says so. */
export async function copyAndSay(text: string, done: string): Promise<void> {
  await copyText(text);
  toast(done);
}

/** Puts a text into the clipboard. Only ever called with what is no secret. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Some web views deny the modern door: the old one takes the selection of a field.
    const field = document.createElement('textarea');
    field.value = text;
    field.style.position = 'fixed';
    field.style.opacity = '0';
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
}
