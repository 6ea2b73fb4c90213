// What the checks say, by field. Lines are known by their keys: they may have moved since they were checked.
import type { DraftCheckView, DraftFinding, LineAmounts } from '../../host';

export interface Placed {
  finding: DraftFinding;
  /** Key of the line, for what concerns one. */
  row: number | null;
  /** The field; of a line without its position: `unitPrice`. */
  field: string;
  /** By which a field says that it was touched. */
  id: string;
}

/** Says only that something is not there yet. */
const ABSENT = /MISSING|EMPTY|REQUIRED/i;

export class Found {
  readonly all: readonly Placed[];
  readonly #byField = new Map<string, Placed[]>();
  readonly #byRow = new Map<number, Placed[]>();
  readonly #amounts = new Map<number, LineAmounts>();

  constructor(view: DraftCheckView | null, keys: readonly number[]) {
    this.all = (view?.findings ?? []).map((finding) => place(finding, keys));
    for (const placed of this.all) {
      if (placed.row === null) push(this.#byField, placed.field, placed);
      else push(this.#byRow, placed.row, placed);
    }
    view?.totals.lines.forEach((amounts, index) => {
      const key = keys[index];
      if (amounts !== null && key !== undefined) this.#amounts.set(key, amounts);
    });
  }

  at(field: string): readonly Placed[] {
    return this.#byField.get(field) ?? [];
  }

  ofRow(key: number): readonly Placed[] {
    return this.#byRow.get(key) ?? [];
  }

  amounts(key: number): LineAmounts | null {
    return this.#amounts.get(key) ?? null;
  }
}

export function isAbsence({ finding }: Placed): boolean {
  return ABSENT.test(finding.code);
}

export function fieldId(row: number | null, field: string): string {
  return row === null ? field : `#${row}.${field}`;
}

function place(finding: DraftFinding, keys: readonly number[]): Placed {
  const match = /^lines\.(\d+)(?:\.(.*))?$/.exec(finding.field);
  const row = match === null ? null : (keys[Number(match[1])] ?? null);
  const field = row === null ? finding.field : (match?.[2] ?? '');
  return { finding, row, field, id: fieldId(row, field) };
}

function push<K>(map: Map<K, Placed[]>, key: K, placed: Placed): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [placed]);
  else list.push(placed);
}
