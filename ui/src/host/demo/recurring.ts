import type { Commands, InvoiceDraft, RecurringView } from '../contract';
import { sampleDraft } from './bookFixtures';
import { totals } from './compute';
import * as make from './fixtures';
import { bad, NOW, ok, same, type Play } from './state';

type Part = Pick<Commands, 'templates' | 'saveTemplate' | 'renameTemplate' | 'removeTemplate' | 'recurring' | 'saveRecurring' | 'recurringDraft' | 'removeRecurring'>;

/** Templates and recurring invoices. */
export function recurring({ state, newId }: Play): Part {
  const facts = (draft: InvoiceDraft): Pick<RecurringView, 'buyerName' | 'gross' | 'currency'> => {
    const sums = totals(draft);
    return { buyerName: draft.buyer.party.name, gross: sums.gross, currency: sums.currency };
  };

  return {
    templates: async (nip) => ok(state.templates.filter((template) => template.nip === nip).map(({ id, name, kind, buyerName, updatedAt }) => ({ id, name, kind, buyerName, updatedAt }))),
    saveTemplate: async (nip, name, draft) => {
      const template = { id: `t-${newId()}`, nip, name, kind: draft.kind, buyerName: draft.buyer.party.name, updatedAt: NOW, draft: structuredClone(draft) };
      state.templates = [...state.templates, template];
      const { id, kind, buyerName, updatedAt } = template;
      return ok({ id, name, kind, buyerName, updatedAt });
    },
    renameTemplate: async (id, name) => {
      const template = state.templates.find((other) => other.id === id);
      if (template === undefined) return bad(make.problem('template.unknown', 'retry'));
      template.name = name;
      return ok(null);
    },
    removeTemplate: async (id) => {
      state.templates = state.templates.filter((template) => template.id !== id);
      return ok(null);
    },
    recurring: async (scope) => ok(state.recurring.filter((row) => same(row.scope, scope)).map(view)),
    saveRecurring: async (scope, { id, name, rhythm, next, until, paused, draft }) => {
      if (name.trim() === '') return bad(make.problem('program.noName', 'correctField'));
      const known = state.recurring.find((row) => row.id === id);
      if (id !== null && known === undefined) return bad(make.problem('recurring.unknown', 'retry'));
      const invoice = structuredClone(draft ?? known?.draft ?? sampleDraft());
      const row = { id: id ?? `r-${newId()}`, scope, name, rhythm, next, until, paused, draft: invoice, ...facts(invoice) };
      state.recurring = known === undefined ? [...state.recurring, row] : state.recurring.map((other) => (other === known ? row : other));
      return ok(view(row));
    },
    recurringDraft: async (id) => {
      const row = state.recurring.find((other) => other.id === id);
      return row === undefined ? bad(make.problem('recurring.unknown', 'retry')) : ok(row.draft);
    },
    removeRecurring: async (id) => {
      state.recurring = state.recurring.filter((row) => row.id !== id);
      return ok(null);
    },
  };
}

function view({ id, name, rhythm, next, until, paused, buyerName, gross, currency }: RecurringView): RecurringView {
  return { id, name, rhythm, next, until, paused, buyerName, gross, currency };
}
