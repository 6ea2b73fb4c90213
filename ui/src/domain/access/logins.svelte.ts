// Active sessions of authentication.
import { host, type Answer, type AuthSessionRow, type AuthSessionsPage, type Scope } from '../../host';
import { Cursor } from '../cursor.svelte';
import { perScope } from '../perScope.svelte';

export class Logins extends Cursor<AuthSessionRow, string, AuthSessionsPage> {
  /** The one that is being ended; the empty text stands for this program's own. */
  ending = $state<string | null>(null);

  constructor(readonly scope: Scope) {
    super();
  }

  /** Ends one of them; with nothing the one of this program. */
  async end(referenceNumber: string | null): Promise<boolean> {
    this.ending = referenceNumber ?? '';
    const answer = await host().endAuthSession(this.scope, referenceNumber);
    this.ending = null;
    if (answer.status === 'error') this.problem = answer.error;
    else this.take(answer.data);
    return answer.status === 'ok';
  }

  protected override identity({ referenceNumber }: AuthSessionRow): string {
    return referenceNumber;
  }

  protected override page(next: string | null): Promise<Answer<AuthSessionsPage>> {
    return host().authSessions(this.scope, next);
  }
}

export const loginLists = perScope((scope) => new Logins(scope));
