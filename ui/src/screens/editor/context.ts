import { getContext, setContext } from 'svelte';
import type { Editor } from '../../domain/editor/editor.svelte';

const KEY = Symbol('editor');

export function provideEditor(editor: Editor): Editor {
  return setContext(KEY, editor);
}

/** The editor that this part belongs to. */
export function theEditor(): Editor {
  return getContext<Editor>(KEY);
}
