import { afterEach } from 'vitest';
import { session } from '../src/domain/session.svelte';
import { credentials } from '../src/domain/credentials.svelte';
import { contractorBooks, goodsBooks } from '../src/domain/books.svelte';
import { draftLists } from '../src/domain/drafts.svelte';
import { editors } from '../src/domain/editor/editor.svelte';
import { firms } from '../src/domain/firm.svelte';
import { importLists } from '../src/domain/imports.svelte';
import { outboxes } from '../src/domain/outbox.svelte';
import { overviews } from '../src/domain/overview.svelte';
import { salesLists } from '../src/domain/sales.svelte';

// What happy-dom lacks.
Element.prototype.scrollIntoView ??= () => undefined;
document.elementFromPoint ??= () => null;

afterEach(() => {
  for (const stores of [contractorBooks, credentials, draftLists, editors, firms, goodsBooks, importLists, outboxes, overviews, salesLists]) stores.forget();
  session.companies = [];
  session.program = null;
  session.ready = false;
  session.failure = null;
  session.adding = null;
  session.closeEditor('start');
});
