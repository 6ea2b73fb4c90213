// The lines of a draft. Each is replaced as a whole when it changes, so that ten thousand of them cost no proxies.
import { blank, type LineDraft } from '../../host';
import { whole } from './wire';

export interface Row {
  /** Stays with the line wherever it is moved. */
  readonly key: number;
  readonly line: LineDraft;
  /** What stands on the corrected invoice is not for changing. */
  readonly lockedBefore: boolean;
}

export class Lines {
  rows = $state.raw<readonly Row[]>([]);
  /** What was taken away last, to be put back. */
  removed = $state.raw<{ row: Row; index: number } | null>(null);

  #last = 0;

  constructor(private readonly changed: () => void) {}

  load(lines: LineDraft[], lockBefore: boolean): void {
    this.rows = lines.map((line) => this.#row(line, lockBefore && line.before !== null));
    this.removed = null;
  }

  all(): LineDraft[] {
    return this.rows.map(({ line }) => line);
  }

  patch(index: number, part: Partial<LineDraft>): void {
    const row = this.rows[index];
    if (row === undefined) return;
    this.#replace(this.rows.with(index, { ...row, line: { ...row.line, ...part } }));
  }

  patchBefore(index: number, part: Partial<LineDraft>): void {
    const before = this.rows[index]?.line.before;
    if (before !== null && before !== undefined) this.patch(index, { before: { ...before, ...part } });
  }

  /** Puts lines in; the first of them stands at `index` then. */
  insert(index: number, lines: Partial<LineDraft>[]): void {
    let last = this.#lastNumber();
    const rows = lines.map((line) => this.#row(whole(last === null ? line : { ...line, position: String((last += 1)) }), false));
    this.#replace([...this.rows.slice(0, index), ...rows, ...this.rows.slice(index)]);
  }

  /** A new line at the end, with the rate of the one before it. */
  add(): void {
    const rate = this.rows.at(-1)?.line.rate ?? '23';
    this.insert(this.rows.length, [{ ...blank.line(), rate }]);
  }

  duplicate(index: number): void {
    const row = this.rows[index];
    if (row !== undefined) this.insert(index + 1, [{ ...row.line, uuid: '', position: '', before: null, removed: false }]);
  }

  remove(index: number): void {
    const row = this.rows[index];
    if (row === undefined) return;
    // A line of the corrected invoice is corrected to nothing; taken off the list it would not be corrected at all.
    if (row.lockedBefore) {
      this.patch(index, { removed: !row.line.removed });
      return;
    }
    this.removed = isEmpty(row.line) ? null : { row, index };
    this.#replace(this.rows.toSpliced(index, 1));
    if (this.rows.length === 0) this.add();
  }

  putBack(): number | null {
    const { removed } = this;
    if (removed === null) return null;
    this.removed = null;
    this.#replace(this.rows.toSpliced(removed.index, 0, removed.row));
    return removed.index;
  }

  /** Whether it went there. */
  move(index: number, by: 1 | -1): boolean {
    const [row, other] = [this.rows[index], this.rows[index + by]];
    if (row === undefined || other === undefined) return false;
    this.#replace(this.rows.with(index, other).with(index + by, row));
    return true;
  }

  /** Rows of a spreadsheet, from this line on: what is there is overwritten, what is beyond the end is added. */
  paste(index: number, parts: Partial<LineDraft>[]): void {
    const rows = [...this.rows];
    const rate = rows[index]?.line.rate ?? '23';
    let last = this.#lastNumber();
    parts.forEach((part, offset) => {
      const row = rows[index + offset];
      const position = row !== undefined || last === null ? '' : String(++last);
      rows[index + offset] = row === undefined ? this.#row(whole({ rate, position, ...part }), false) : { ...row, line: { ...row.line, ...part } };
    });
    this.#replace(rows);
  }

  /** In a correction lines have numbers of their own, which a new one must not take; elsewhere the place is the number. */
  #lastNumber(): number | null {
    const numbers = this.rows.flatMap(({ line }) => (line.position === '' ? [] : [Number(line.position)]));
    return numbers.length === 0 ? null : Math.max(this.rows.length, ...numbers.filter(Number.isSafeInteger));
  }

  #row(line: LineDraft, lockedBefore: boolean): Row {
    return { key: ++this.#last, line, lockedBefore };
  }

  #replace(rows: readonly Row[]): void {
    this.rows = rows;
    this.changed();
  }
}

/** Nothing was typed in it. */
export function isEmpty(line: LineDraft): boolean {
  return [line.name, line.quantity, line.unit, line.unitPrice, line.discount].every((value) => value.trim() === '') && line.before === null;
}
