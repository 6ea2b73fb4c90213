// What ends soon, in all companies.
import { host, type Reminder, type Scope } from '../host';
import { onPart } from './parts';
import { scopeKey } from './perScope.svelte';

class Reminders {
  all = $state.raw<Reminder[]>([]);
  #shown = false;

  async load(): Promise<void> {
    this.#shown = true;
    const answer = await host().reminders();
    // A reminder that cannot be read now is no reason to disturb: what is wrong with the archive is told where it matters.
    if (answer.status === 'ok') this.all = answer.data;
  }

  async loadAgain(): Promise<void> {
    if (this.#shown) await this.load();
  }

  of(scope: Scope): Reminder[] {
    return this.all.filter((reminder) => scopeKey(reminder.scope) === scopeKey(scope));
  }

  /** Of the companies that are not on the screen now. */
  elsewhere(scope: Scope): Reminder[] {
    return this.all.filter((reminder) => scopeKey(reminder.scope) !== scopeKey(scope));
  }

  forget(): void {
    this.all = [];
    this.#shown = false;
  }
}

export const reminders = new Reminders();

onPart('credentials', () => void reminders.loadAgain());
