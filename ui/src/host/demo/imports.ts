import type { Commands, ImportView } from '../contract';
import { brokenImport, goodImport } from './bookFixtures';
import * as make from './fixtures';
import { bad, ok, type Play } from './state';

type Part = Pick<Commands, 'loadImport' | 'pickImport' | 'issueImport' | 'saveImportTemplate'>;

/** Tables of invoices. */
export function imports({ state, newId }: Play): Part {
  function read(path: string): ImportView {
    const fileName = path.split(/[\\/]/).pop() ?? path;
    const view = state.importPick ?? (/bled|broken/.test(fileName) ? brokenImport() : goodImport());
    const table = { ...structuredClone(view), id: `i-${newId()}`, fileName: state.importPick?.fileName ?? fileName };
    state.imports = [...state.imports, table];
    return table;
  }

  return {
    loadImport: async (_scope, path) => ok(read(path)),
    pickImport: async () => ok(read('faktury-listopad.xlsx')),
    issueImport: async (scope, id, then) => {
      const table = state.imports.find((other) => other.id === id);
      if (table === undefined) return bad(make.problem('import.unknown', 'chooseFile'));
      if (!table.issuable) return bad(make.problem('import.rows', 'chooseFile'));
      const sales = table.invoices.map(({ invoice }, index) => {
        const number = invoice.number === '' ? `FV/${46 + index}/11/2026` : invoice.number;
        const sale = make.sale(newId(), scope, number, 'queued', { invoice: { ...invoice, number }, fileName: table.fileName });
        return then === 'send' ? sale : { ...sale, state: 'held' as const, problem: make.problem('sending.waits', 'retry') };
      });
      state.imports = state.imports.filter((other) => other !== table);
      state.sales = [...sales, ...state.sales];
      return ok(sales);
    },
    saveImportTemplate: async (format) => ok(`/home/anna/Dokumenty/faktury-wzor.${format}`),
  };
}
