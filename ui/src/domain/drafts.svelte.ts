// What waits to become an invoice: drafts, templates, recurring invoices of one company in one environment.
import { host, type Answer, type DraftRow, type Problem, type RecurringEdit, type RecurringView, type Scope, type TemplateView } from '../host';
import { perScope } from './perScope.svelte';

export class Drafts {
  rows = $state.raw<DraftRow[]>([]);
  templates = $state.raw<TemplateView[]>([]);
  recurring = $state.raw<RecurringView[]>([]);
  loaded = $state(false);
  problem = $state.raw<Problem | null>(null);

  constructor(readonly scope: Scope) {}

  async load(): Promise<void> {
    const [drafts, templates, recurring] = await Promise.all([host().drafts(this.scope), host().templates(this.scope.nip), host().recurring(this.scope)]);
    this.problem = null;
    for (const answer of [drafts, templates, recurring]) if (answer.status === 'error') this.problem = answer.error;
    if (drafts.status === 'ok') this.rows = drafts.data;
    if (templates.status === 'ok') this.templates = templates.data;
    if (recurring.status === 'ok') this.recurring = recurring.data;
    this.loaded = true;
  }

  remove(id: string): Promise<void> {
    return this.#thenLoad(host().removeDraft(id));
  }

  /** Another draft with the same content; its number is given anew. The id of the new one. */
  async copy(id: string): Promise<string | null> {
    const original = await host().draft(id);
    if (original.status === 'error') return this.#fail(original.error);
    const { draft } = original.data;
    const fresh = await host().newDraft(this.scope, { from: 'blank', kind: draft.kind });
    if (fresh.status === 'error') return this.#fail(fresh.error);
    const saved = await host().saveDraft(fresh.data.id, fresh.data.revision, { ...draft, number: '' });
    if (saved.status === 'error') return this.#fail(saved.error);
    await this.load();
    return fresh.data.id;
  }

  renameTemplate(id: string, name: string): Promise<void> {
    return this.#thenLoad(host().renameTemplate(id, name));
  }

  removeTemplate(id: string): Promise<void> {
    return this.#thenLoad(host().removeTemplate(id));
  }

  async saveRecurring(edit: RecurringEdit): Promise<Problem | null> {
    const answer = await host().saveRecurring(this.scope, edit);
    if (answer.status === 'error') return answer.error;
    await this.load();
    return null;
  }

  async pause(row: RecurringView, paused: boolean): Promise<void> {
    const { id, name, rhythm, next, until } = row;
    const problem = await this.saveRecurring({ id, name, rhythm, next, until, paused, draft: null });
    if (problem !== null) this.problem = problem;
  }

  removeRecurring(id: string): Promise<void> {
    return this.#thenLoad(host().removeRecurring(id));
  }

  #fail(problem: Problem): null {
    this.problem = problem;
    return null;
  }

  async #thenLoad(asked: Promise<Answer<unknown>>): Promise<void> {
    const answer = await asked;
    if (answer.status === 'error') this.problem = answer.error;
    else await this.load();
  }
}

export const draftLists = perScope((scope) => new Drafts(scope));
