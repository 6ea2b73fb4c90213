// Work that follows typing: begun after a pause, never twice at once, and again when something changed meanwhile.

export class Latest {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | null = null;
  #wanted = false;

  constructor(
    private readonly work: () => Promise<void>,
    private readonly pause: () => number,
  ) {}

  /** Something changed: the work is done once nothing has changed for a while. */
  wish(): void {
    this.#wanted = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#go(), this.pause());
  }

  /** Something changed since the work was begun. */
  get outdated(): boolean {
    return this.#wanted;
  }

  /** Does what is waited for now; it has been done when this returns. */
  async now(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#running;
    if (this.#wanted) await this.#go();
  }

  /** As `now`, also where nothing changed. */
  again(): Promise<void> {
    this.#wanted = true;
    return this.now();
  }

  forget(): void {
    clearTimeout(this.#timer);
    this.#wanted = false;
  }

  #go(): Promise<void> {
    this.#running ??= this.#loop().finally(() => (this.#running = null));
    return this.#running;
  }

  async #loop(): Promise<void> {
    while (this.#wanted) {
      this.#wanted = false;
      clearTimeout(this.#timer);
      await this.work();
    }
  }
}
