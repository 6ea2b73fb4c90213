import * as blank from '../blank';
import type { Answer, Commands, DraftCheckView, DraftOpened, DraftStart, InvoiceDraft, InvoiceView, LineDraft, PreparedView, SaleView, Scope, SellerProfile, SeriesView } from '../contract';
import { sampleDraft, usualSeries } from './bookFixtures';
import { findings, totals } from './compute';
import * as make from './fixtures';
import { sheetOf } from './sheet';
import { bad, key, NOW, ok, same, TODAY, type KeptDraft, type Play } from './state';

type Part = Pick<
  Commands,
  | 'newDraft'
  | 'draft'
  | 'saveDraft'
  | 'removeDraft'
  | 'drafts'
  | 'checkDraft'
  | 'issueDraft'
  | 'openAdvances'
  | 'saleSheet'
  | 'preparedSheet'
>;

/** What a draft without an answer of its own says: it is gone. */
const unknown = bad(make.problem('draft.unknown', 'retry'));

export function profileOf({ state }: Play, nip: string): SellerProfile {
  return state.profiles[nip] ?? { ...blank.profile(), name: state.companies.find((company) => company.nip === nip)?.name ?? '' };
}

export function seriesOf({ state }: Play, scope: Scope): SeriesView[] {
  return (state.series[key(scope)] ??= usualSeries());
}

/** Lines travel without what is empty in them; the program fills it in again. */
function filled(draft: InvoiceDraft): InvoiceDraft {
  const whole = (line: Partial<LineDraft>): LineDraft => ({ ...blank.line(), ...line, before: line.before ? whole(line.before) : null });
  return { ...structuredClone(draft), lines: draft.lines.map(whole) };
}

/** Drafts, their checks, issuing. */
export function drafts(play: Play): Part {
  const { state } = play;
  const find = (id: string): KeptDraft | undefined => state.drafts.find((kept) => kept.id === id);
  const opened = ({ id, revision, scope, draft }: KeptDraft): Answer<DraftOpened> => ok({ id, revision, scope, draft });

  function seriesFor(scope: Scope, draft: InvoiceDraft): SeriesView | undefined {
    const all = seriesOf(play, scope);
    return all.find(({ id }) => id === draft.series) ?? all.find(({ kinds }) => kinds.includes(draft.kind)) ?? all[0];
  }

  function check(scope: Scope, draft: InvoiceDraft): DraftCheckView {
    const number = draft.number === '' ? (seriesFor(scope, draft)?.preview ?? '') : draft.number;
    const list = findings(draft);
    return { totals: totals(draft), findings: list, issuable: list.every(({ error }) => !error), number, sheet: sheetOf(draft, number, scope.nip, profileOf(play, scope.nip)) };
  }

  function takeNumber(scope: Scope, draft: InvoiceDraft): void {
    const series = draft.number === '' ? seriesFor(scope, draft) : undefined;
    if (series === undefined) return;
    series.preview = series.preview.replace(String(series.next), String(series.next + 1));
    series.next += 1;
    series.used = true;
  }

  return {
    newDraft: async (scope, start) => {
      const draft = begun(play, scope, start);
      if ('status' in draft) return draft;
      const kept: KeptDraft = { id: `d-${play.newId()}`, revision: 1, scope, draft, updatedAt: NOW, recurring: null };
      state.drafts = [kept, ...state.drafts];
      return opened(kept);
    },
    draft: async (id) => {
      const kept = find(id);
      return kept === undefined ? unknown : opened(kept);
    },
    saveDraft: async (id, revision, draft) => {
      const kept = find(id);
      if (kept === undefined) return unknown;
      if (kept.revision !== revision) return bad(make.problem('draft.changedElsewhere', 'retry'));
      Object.assign(kept, { draft: filled(draft), revision: revision + 1, updatedAt: NOW });
      return ok({ revision: kept.revision, savedAt: NOW });
    },
    removeDraft: async (id) => {
      state.drafts = state.drafts.filter((kept) => kept.id !== id);
      return ok(null);
    },
    drafts: async (scope) =>
      ok(
        state.drafts
          .filter((kept) => same(kept.scope, scope))
          .map(({ id, draft, updatedAt, recurring }) => {
            const sums = totals(draft);
            return {
              id,
              kind: draft.kind,
              buyerName: draft.buyer.party.name,
              firstLine: draft.lines[0]?.name ?? '',
              gross: sums.lines.some((line) => line !== null) ? sums.gross : null,
              currency: sums.currency,
              updatedAt,
              recurring,
            };
          }),
      ),
    checkDraft: async (scope, draft) => ok(check(scope, filled(draft))),
    issueDraft: async (id, revision, then) => {
      const kept = find(id);
      if (kept === undefined) return unknown;
      if (kept.revision !== revision) return bad(make.problem('draft.changedElsewhere', 'retry'));
      const checked = check(kept.scope, kept.draft);
      if (!checked.issuable) return bad(make.problem('draft.notIssuable', 'correctField', { count: String(checked.findings.filter(({ error }) => error).length) }));
      const sale = issued(play, kept, checked);
      takeNumber(kept.scope, kept.draft);
      state.sales = [then === 'send' ? sale : { ...sale, state: 'held', problem: make.problem('sending.waits', 'retry') }, ...state.sales];
      state.issued[sale.id] = { draft: kept.draft, sheet: checked.sheet };
      state.drafts = state.drafts.filter((other) => other !== kept);
      return ok(state.sales[0]!);
    },
    openAdvances: async (scope) => ok(state.sales.filter((sale) => same(sale.scope, scope) && sale.invoice.kind === 'ZAL' && sale.state === 'accepted')),
    saleSheet: async (id) => {
      const sale = state.sales.find((row) => row.id === id);
      return sale === undefined ? bad(make.problem('sending.unknownSale', 'openSales')) : ok(state.issued[id]?.sheet ?? sheetOfView(play, sale.scope.nip, sale.invoice));
    },
    preparedSheet: async (scope, id) => {
      const file: PreparedView | undefined = state.prepared.find((row) => row.id === id);
      return file?.invoice == null ? bad(make.problem('sending.unknownPrepared', 'chooseFile')) : ok(sheetOfView(play, scope.nip, file.invoice));
    },
  };
}

function sheetOfView(play: Play, nip: string, invoice: InvoiceView): ReturnType<typeof sheetOf> {
  return sheetOf(draftOfView(invoice), invoice.number, nip, profileOf(play, nip));
}

/** An invoice of a file, of which the demonstration knows only what lists show. */
function draftOfView(invoice: InvoiceView): InvoiceDraft {
  const draft = sampleDraft({ issueDate: invoice.issueDate, currency: invoice.currency });
  draft.buyer.party = { ...draft.buyer.party, name: invoice.buyerName ?? '', id: invoice.buyerIdentifier ?? '', idKind: invoice.buyerIdentifier === null ? 'none' : /^\d/.test(invoice.buyerIdentifier) ? 'nip' : 'vatUe' };
  draft.prices = 'gross';
  draft.lines = [{ ...blank.line(), name: 'Towary według zamówienia', quantity: '1', unit: 'szt.', unitPrice: invoice.gross, rate: '23' }];
  return draft;
}

function begun(play: Play, scope: Scope, start: DraftStart): InvoiceDraft | Answer<never> {
  const { state } = play;
  const missing = bad(make.problem('sending.unknownSale', 'openSales'));
  const saleOf = (id: string): { sale: SaleView; draft: InvoiceDraft } | null => {
    const sale = state.sales.find((row) => row.id === id);
    return sale === undefined ? null : { sale, draft: structuredClone(state.issued[id]?.draft ?? draftOfView(sale.invoice)) };
  };
  switch (start.from) {
    case 'blank':
      return empty(play, scope, start.kind);
    case 'template': {
      const template = state.templates.find(({ id }) => id === start.template);
      return template === undefined ? bad(make.problem('template.unknown', 'retry')) : structuredClone(template.draft);
    }
    case 'copyOf': {
      const from = saleOf(start.sale);
      return from === null ? missing : { ...from.draft, number: '', issueDate: '' };
    }
    case 'correctionOf': {
      const from = saleOf(start.sale);
      if (from === null) return missing;
      if (from.sale.ksefNumber === null) return bad(make.problem('invoice.originalNotAccepted', 'openSales', { number: from.sale.invoice.number }));
      const { number, issueDate } = from.sale.invoice;
      const correction = { ...blank.correction(), corrected: [{ number, issueDate, ksefNumber: from.sale.ksefNumber }] };
      return { ...from.draft, kind: 'KOR', number: '', issueDate: '', correction, lines: from.draft.lines.map((line) => ({ ...line, before: { ...line, before: null } })) };
    }
    case 'finalOf': {
      const from = saleOf(start.sales[0] ?? '');
      if (from === null) return missing;
      const settles = start.sales.flatMap((id) => {
        const advance = saleOf(id);
        return advance === null ? [] : [{ number: advance.sale.invoice.number, ksefNumber: advance.sale.ksefNumber ?? '', amounts: totals(advance.draft).rates.map(({ rate, net, vat }) => ({ rate, net, vat })) }];
      });
      return { ...from.draft, kind: 'ROZ', number: '', issueDate: '', advance: null, settles, basedOn: start.sales };
    }
    case 'nextAdvanceOf': {
      const from = saleOf(start.sale);
      return from === null ? missing : { ...from.draft, kind: 'ZAL', number: '', issueDate: '', advance: { received: '', parts: [] } };
    }
  }
}

function empty(play: Play, scope: Scope, kind: InvoiceDraft['kind']): InvoiceDraft {
  const profile = profileOf(play, scope.nip);
  const draft = blank.draft(kind);
  draft.issuePlace = profile.issuePlace;
  draft.notes = profile.notes;
  draft.annotations.cashMethod = profile.cashMethod;
  draft.lines = [{ ...blank.line(), quantity: '1', rate: '23' }];
  draft.payment.form = profile.paymentForm;
  draft.payment.accounts = profile.accounts.slice(0, 1);
  if (profile.paymentDays !== '') draft.payment.terms = [{ date: '', days: profile.paymentDays, count: '', unit: '', event: '' }];
  if (kind === 'ZAL') draft.advance = { received: '', parts: [] };
  if (kind.startsWith('KOR')) draft.correction = blank.correction();
  return draft;
}

function issued(play: Play, { scope, draft }: KeptDraft, { number, totals: sums }: DraftCheckView): SaleView {
  const { party } = draft.buyer;
  return make.sale(play.newId(), scope, number, 'queued', {
    invoice: {
      number,
      issueDate: draft.issueDate === '' ? TODAY : draft.issueDate,
      kind: draft.kind,
      sellerNip: scope.nip,
      sellerName: profileOf(play, scope.nip).name,
      buyerIdentifier: party.id === '' ? null : party.id.replace(/[\s-]/g, ''),
      buyerName: party.name,
      gross: sums.gross,
      currency: sums.currency,
    },
  });
}
