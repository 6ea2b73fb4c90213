// Tables of invoices that were read and checked, and wait to be issued.
import { host, type AfterIssuing, type Answer, type ImportView, type Problem, type SaleView, type Scope, type TableFormat } from '../host';
import { perScope } from './perScope.svelte';

export interface Sum {
  currency: string;
  gross: string;
}

/** By name: what the program reads as a table; everything else is looked at as a document. */
export function isTable(path: string): boolean {
  return /\.(csv|tsv|txt|xls[xmb]?|ods)$/i.test(path);
}

function fileName(path: string): string {
  return path.split(/[\\/]/).pop() ?? path;
}

export class Imports {
  /** The program remembers one table of a company; another one takes its place. */
  table = $state.raw<ImportView | null>(null);
  /** Names of tables that were dropped together with it and wait for their turn. */
  left = $state.raw<string[]>([]);
  problem = $state.raw<Problem | null>(null);
  loading = $state(false);
  issuing = $state(false);

  constructor(readonly scope: Scope) {}

  pick(): Promise<void> {
    return this.#read(host().pickImport(this.scope), []);
  }

  take(paths: string[]): Promise<void> {
    const [first, ...others] = paths;
    return first === undefined ? Promise.resolve() : this.#read(host().loadImport(this.scope, first), others.map(fileName));
  }

  /** What was issued, or nothing. */
  async issue(id: string, then: AfterIssuing): Promise<SaleView[] | null> {
    if (this.issuing) return null;
    this.issuing = true;
    this.problem = null;
    const answer = await host().issueImport(this.scope, id, then);
    this.issuing = false;
    if (answer.status === 'error') {
      this.problem = answer.error;
      return null;
    }
    this.drop();
    return answer.data;
  }

  /** Takes a table off the screen; its file stays where it is. */
  drop(): void {
    this.table = null;
    this.left = [];
  }

  /** The path of the template, or nothing. */
  async saveTemplate(format: TableFormat): Promise<string | null> {
    const answer = await host().saveImportTemplate(format);
    this.problem = answer.status === 'error' ? answer.error : null;
    return answer.status === 'ok' ? answer.data : null;
  }

  async #read(asked: Promise<Answer<ImportView | null>>, left: string[]): Promise<void> {
    this.loading = true;
    this.problem = null;
    const answer = await asked;
    this.loading = false;
    if (answer.status === 'error') {
      this.problem = answer.error;
    } else if (answer.data !== null) {
      this.table = answer.data;
      this.left = left;
    }
  }
}

/** Gross by currency; decimal texts are summed digit by digit, never as floats. */
export function sums(table: ImportView): Sum[] {
  const cents = new Map<string, bigint>();
  for (const { invoice } of table.invoices) {
    const part = inCents(invoice.gross);
    if (part !== null) cents.set(invoice.currency, (cents.get(invoice.currency) ?? 0n) + part);
  }
  return [...cents].map(([currency, sum]) => ({ currency, gross: fromCents(sum) }));
}

function inCents(decimal: string): bigint | null {
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(decimal.trim());
  if (match === null) return null;
  const value = BigInt(`${match[2]}${(match[3] ?? '').padEnd(2, '0')}`);
  return match[1] === '-' ? -value : value;
}

function fromCents(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(3, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export const importLists = perScope((scope) => new Imports(scope));
