import { configure } from '@testing-library/svelte';
import { afterEach } from 'vitest';
import { session } from '../src/domain/session.svelte';
import { bulk } from '../src/domain/access/companies.svelte';
import { collectiveLists } from '../src/domain/access/collectives.svelte';
import { journal } from '../src/domain/access/journal.svelte';
import { limitViews, providerLists } from '../src/domain/access/limits.svelte';
import { loginLists } from '../src/domain/access/logins.svelte';
import { permissionLists } from '../src/domain/access/permissions.svelte';
import { accessTab } from '../src/domain/access/tab.svelte';
import { tokenLists } from '../src/domain/access/tokens.svelte';
import { lock } from '../src/domain/lock.svelte';
import { certificates } from '../src/domain/certificates.svelte';
import { dialogs } from '../src/domain/certificatesDialogs.svelte';
import { reminders } from '../src/domain/certificatesReminders.svelte';
import { credentials } from '../src/domain/credentials.svelte';
import { doctors } from '../src/domain/doctor.svelte';
import { enrolments } from '../src/domain/enrolment.svelte';
import { signings } from '../src/domain/signing.svelte';
import { contractorBooks, goodsBooks } from '../src/domain/books.svelte';
import { draftLists } from '../src/domain/drafts.svelte';
import { editors } from '../src/domain/editor/editor.svelte';
import { firms } from '../src/domain/firm.svelte';
import { importLists } from '../src/domain/imports.svelte';
import { outboxes } from '../src/domain/outbox.svelte';
import { overviews } from '../src/domain/overview.svelte';
import { salesLists } from '../src/domain/sales.svelte';

// A busy machine is no fault of the interface; whoever finds at once waits no longer for it.
configure({ asyncUtilTimeout: 30_000 });

// What happy-dom lacks.
Element.prototype.scrollIntoView ??= () => undefined;
document.elementFromPoint ??= () => null;

afterEach(() => {
  for (const stores of [certificates, contractorBooks, credentials, doctors, enrolments, signings, draftLists, editors, firms, goodsBooks, importLists, outboxes, overviews, salesLists, collectiveLists, limitViews, loginLists, permissionLists, providerLists, tokenLists]) stores.forget();
  for (const store of [bulk, journal, lock]) store.forget();
  accessTab.shown = 'tokens';
  dialogs.forget();
  reminders.forget();
  session.companies = [];
  session.program = null;
  session.ready = false;
  session.failure = null;
  session.adding = null;
  session.closeEditor('start');
});
