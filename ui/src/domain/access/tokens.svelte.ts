// Tokens of a company as KSeF lists them.
import { host, type Answer, type NewToken, type Problem, type Scope, type TokenMade, type TokenRow, type TokenState, type TokensPage } from '../../host';
import { Cursor } from '../cursor.svelte';
import { perScope } from '../perScope.svelte';

const TYPING_PAUSE_MS = 250;
/** KSeF searches descriptions by at least so many characters. */
export const SHORTEST_SEARCH = 3;
export const DESCRIPTION = { least: 5, most: 256 } as const;
/** As the contract names them, those that people need most often first. */
export const TOKEN_PERMISSIONS = ['InvoiceRead', 'InvoiceWrite', 'CredentialsRead', 'CredentialsManage', 'SubunitManage', 'EnforcementOperations', 'Introspection', 'CollectiveIdentifierManage'] as const;

export class Tokens extends Cursor<TokenRow, string, TokensPage> {
  state = $state<TokenState | null>(null);
  text = $state('');
  /** The last day on which tokens work (ISO). */
  worksUntil = $state<string | null>(null);
  /** The token that is being revoked. */
  revoking = $state<string | null>(null);

  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly scope: Scope) {
    super();
  }

  get filtered(): boolean {
    return this.state !== null || this.#description !== null;
  }

  override async load(): Promise<void> {
    void this.#askEnd();
    await super.load();
  }

  type(text: string): void {
    const before = this.#description;
    this.text = text;
    clearTimeout(this.#typing);
    if (this.#description !== before) this.#typing = setTimeout(() => void super.load(), TYPING_PAUSE_MS);
  }

  filter(state: TokenState | null): Promise<void> {
    this.state = state;
    return super.load();
  }

  clear(): Promise<void> {
    this.text = '';
    return this.filter(null);
  }

  async make(wish: NewToken): Promise<Answer<TokenMade>> {
    const answer = await host().makeToken(this.scope, wish);
    if (answer.status === 'ok') await super.load();
    return answer;
  }

  async revoke(referenceNumber: string): Promise<Problem | null> {
    this.revoking = referenceNumber;
    const answer = await host().revokeToken(this.scope, referenceNumber);
    this.revoking = null;
    if (answer.status === 'error') return answer.error;
    this.rows = this.rows.map((row) => (row.referenceNumber === referenceNumber ? { ...row, state: answer.data } : row));
    return null;
  }

  protected override identity({ referenceNumber }: TokenRow): string {
    return referenceNumber;
  }

  protected override page(next: string | null): Promise<Answer<TokensPage>> {
    return host().tokens(this.scope, { states: this.state === null ? [] : [this.state], description: this.#description, next });
  }

  get #description(): string | null {
    const text = this.text.trim();
    return text.length < SHORTEST_SEARCH ? null : text;
  }

  async #askEnd(): Promise<void> {
    const answer = await host().credentials(this.scope);
    if (answer.status === 'ok') this.worksUntil = answer.data.token.worksUntil;
  }
}

export const tokenLists = perScope((scope) => new Tokens(scope));
