// Asking a book while somebody types; only the answer to the latest question counts.

const PAUSE_MS = 140;

export class LookingUp<T> {
  rows = $state.raw<T[]>([]);
  #question = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ask: (text: string) => Promise<T[]>) {}

  type(text: string): void {
    clearTimeout(this.#timer);
    const question = ++this.#question;
    if (text.trim() === '') {
      this.rows = [];
      return;
    }
    this.#timer = setTimeout(() => void this.#go(text.trim(), question), PAUSE_MS);
  }

  clear(): void {
    this.type('');
  }

  async #go(text: string, question: number): Promise<void> {
    const rows = await this.ask(text);
    if (question === this.#question) this.rows = rows;
  }
}
