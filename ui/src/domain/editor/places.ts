// Where each row of the grid stands, and which of them can be seen. Rows differ in height: messages, open details.

export class Places {
  /** Top of each row, and of what would come after the last. */
  readonly tops: Float64Array;

  constructor(keys: readonly number[], usual: number, heights: ReadonlyMap<number, number>) {
    this.tops = new Float64Array(keys.length + 1);
    for (let index = 0; index < keys.length; index += 1) this.tops[index + 1] = (this.tops[index] ?? 0) + (heights.get(keys[index] ?? 0) ?? usual);
  }

  get height(): number {
    return this.tops[this.tops.length - 1] ?? 0;
  }

  /** The rows between two heights: first, and the one after the last. */
  between(from: number, to: number): [number, number] {
    return [this.#at(from), Math.min(this.tops.length - 1, this.#at(to) + 1)];
  }

  /** The last row that begins at or above. */
  #at(height: number): number {
    let [low, high] = [0, Math.max(0, this.tops.length - 2)];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.tops[middle] ?? 0) <= height) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
