// What a collective identifier shall pay: chosen invoices, each with the amount that the transfer has for it.
import { host, type CollectiveInvoice, type CollectivePreview, type CollectivePreviewRow, type Problem, type SaleView, type Scope } from '../../host';
import { figures } from '../../i18n/format';

const TYPING_PAUSE_MS = 300;

/** A collective identifier stands for at least so many invoices. */
export const LEAST = 2;

/** What KSeF numbers are parted by where people paste them. */
const BETWEEN = /[\s,;]+/;

/** KSeF numbers as pasted, each once. */
export function ksefNumbers(text: string): string[] {
  return [...new Set(text.split(BETWEEN).filter((part) => part !== '').map((part) => part.toUpperCase()))];
}

/** What stands on an invoice, where the program has it. */
export interface Known {
  number: string;
  gross: string;
  currency: string;
}

interface Typed {
  amount?: string;
  currency?: string;
}

export class CollectiveChoice {
  pasted = $state('');
  preview = $state.raw<CollectivePreview | null>(null);
  /** Why it could not be looked at. */
  problem = $state.raw<Problem | null>(null);
  #ticked = $state.raw<ReadonlyMap<string, Known>>(new Map());
  /** Only what a person changed: everything else is the whole invoice in its own currency. */
  #typed = $state<Record<string, Typed>>({});
  #typing: ReturnType<typeof setTimeout> | undefined;
  #question = 0;
  readonly numbers = $derived([...new Set([...this.#ticked.keys(), ...ksefNumbers(this.pasted)])]);
  readonly #judged = $derived(new Map(this.preview?.invoices.map((row): [string, CollectivePreviewRow] => [row.ksefNumber, row])));

  constructor(readonly scope: Scope) {}

  has(number: string): boolean {
    return this.numbers.includes(number);
  }

  tick({ ksefNumber, invoice }: SaleView, on: boolean): void {
    if (ksefNumber === null) return;
    if (!on) return this.drop(ksefNumber);
    const { number, gross, currency } = invoice;
    this.#ticked = new Map([...this.#ticked, [ksefNumber, { number, gross, currency }]]);
    void this.look();
  }

  drop(number: string): void {
    const next = new Map(this.#ticked);
    next.delete(number);
    this.#ticked = next;
    this.pasted = without(this.pasted, number);
    void this.look();
  }

  known(number: string): Known | null {
    const ticked = this.#ticked.get(number);
    if (ticked !== undefined) return ticked;
    const row = this.#judged.get(number);
    if (row === undefined || row.number === null || row.gross === null || row.currency === null) return null;
    return { number: row.number, gross: row.gross, currency: row.currency };
  }

  wrong(number: string): Problem | null {
    return this.#judged.get(number)?.problem ?? null;
  }

  /** A correction to less is taken whole: no part of it can be paid. */
  onlyWhole(number: string): boolean {
    const known = this.known(number);
    return known !== null && /^-|^0*(\.0*)?$/.test(known.gross);
  }

  /** As it stands in the field: the whole invoice until somebody types; empty means the whole, too. */
  amount(number: string): string {
    return this.#typed[number]?.amount ?? figures(this.known(number)?.gross ?? '') ?? '';
  }

  currency(number: string): string {
    return this.#typed[number]?.currency ?? this.known(number)?.currency ?? 'PLN';
  }

  type(number: string, typed: Typed): void {
    this.#typed = { ...this.#typed, [number]: { ...this.#typed[number], ...typed } };
    this.lookSoon();
  }

  get invoices(): CollectiveInvoice[] {
    return this.numbers.map((ksefNumber) => {
      const amount = this.onlyWhole(ksefNumber) || this.amount(ksefNumber).trim() === '' ? null : this.amount(ksefNumber);
      return { ksefNumber, amount, currency: amount === null ? null : this.currency(ksefNumber), description: null, hidden: false };
    });
  }

  /** A moment after the last key. */
  lookSoon(): void {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.look(), TYPING_PAUSE_MS);
  }

  /** Whether it can be made. Only the answer to the latest question is shown. */
  async look(): Promise<boolean> {
    clearTimeout(this.#typing);
    const question = ++this.#question;
    const answer = await host().previewCollective(this.scope, this.invoices);
    if (question !== this.#question) return false;
    this.problem = answer.status === 'error' ? answer.error : null;
    if (answer.status === 'error') return false;
    this.preview = answer.data;
    return answer.data.problem === null && answer.data.invoices.every(({ problem }) => problem === null);
  }
}

function without(text: string, number: string): string {
  return text
    .split(/([\s,;]+)/)
    .filter((part) => part.toUpperCase() !== number)
    .join('')
    .trim();
}
