// A question whose answer may change while it is asked.
import type { Answer } from '../host';

export class Newest<T> {
  #last: Promise<void> = Promise.resolve();
  #loads = 0;
  #clicks = 0;

  constructor(
    readonly ask: () => Promise<Answer<T>>,
    readonly show: (answer: Answer<T>) => void,
  ) {}

  /** A click has brought an answer of its own. */
  clicked(): void {
    this.#clicks += 1;
  }

  /** Over when the newest answer is shown, also for whoever asked before it. */
  load(): Promise<void> {
    this.#last = this.#load();
    return this.#last;
  }

  /** Only the newest answer is shown; one that a click has overtaken is asked for again. */
  async #load(): Promise<void> {
    const [load, click] = [++this.#loads, this.#clicks];
    const answer = await this.ask();
    if (load !== this.#loads) return this.#last;
    if (click !== this.#clicks) return this.load();
    this.show(answer);
  }
}
