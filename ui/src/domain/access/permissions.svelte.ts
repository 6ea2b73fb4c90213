// Who may do what in a company, and the operations on permissions that KSeF does in its own time.
import {
  host,
  type Answer,
  type CompanyStanding,
  type GrantForm,
  type OperationView,
  type PermissionList,
  type PermissionRow,
  type PermissionsPage,
  type Problem,
  type Scope,
} from '../../host';
import { Cursor } from '../cursor.svelte';
import { perScope } from '../perScope.svelte';

const ASK_AGAIN_MS = 1500;
/** After so many questions a person asks again by a click. */
const QUESTIONS = 20;

export const LISTS: readonly PermissionList[] = ['people', 'mine', 'grantedHere', 'fromFirms', 'authorizationsGiven', 'authorizationsReceived', 'subunits', 'euEntities'];

/** An operation under way, with the sentence of what it does. */
export interface Operation extends OperationView {
  sentence: string;
  revoked: boolean;
}

class PermissionRows extends Cursor<PermissionRow, number, PermissionsPage> {
  constructor(
    readonly scope: Scope,
    readonly list: PermissionList,
  ) {
    super();
  }

  protected override identity({ id }: PermissionRow): string | null {
    return id;
  }

  protected override page(next: number | null): Promise<Answer<PermissionsPage>> {
    return host().permissions(this.scope, this.list, next ?? 0);
  }
}

export class Permissions {
  list = $state<PermissionList>('people');
  standing = $state.raw<CompanyStanding | null>(null);
  standingProblem = $state.raw<Problem | null>(null);
  operations = $state.raw<Operation[]>([]);

  readonly #rows: Record<PermissionList, PermissionRows>;

  constructor(readonly scope: Scope) {
    this.#rows = Object.fromEntries(LISTS.map((list) => [list, new PermissionRows(scope, list)])) as Record<PermissionList, PermissionRows>;
  }

  /** The list that is shown. */
  get rows(): PermissionRows {
    return this.#rows[this.list];
  }

  async choose(list: PermissionList): Promise<void> {
    this.list = list;
    await this.rows.load();
  }

  async load(): Promise<void> {
    await Promise.all([this.rows.load(), this.loadStanding()]);
  }

  async loadStanding(): Promise<void> {
    const answer = await host().companyStanding(this.scope);
    if (answer.status === 'ok') this.standing = answer.data;
    this.standingProblem = answer.status === 'error' ? answer.error : null;
  }

  async grant(grant: GrantForm, sentence: string): Promise<Problem | null> {
    return this.#begin(await host().grantPermission(this.scope, grant), sentence, false);
  }

  async revoke(row: PermissionRow): Promise<Problem | null> {
    if (row.id === null) return null;
    return this.#begin(await host().revokePermission(this.scope, row.id, row.kind), row.sentence, true);
  }

  /** How the operation stands; once it is done the list is asked for anew. */
  async ask(referenceNumber: string): Promise<Problem | null> {
    const answer = await host().permissionOperation(this.scope, referenceNumber);
    if (answer.status === 'error') return answer.error;
    this.operations = this.operations.map((known) => (known.referenceNumber === referenceNumber ? { ...known, ...answer.data } : known));
    if (answer.data.state === 'done') await this.rows.load();
    return null;
  }

  forget(referenceNumber: string): void {
    this.operations = this.operations.filter((known) => known.referenceNumber !== referenceNumber);
  }

  #begin(answer: Answer<OperationView>, sentence: string, revoked: boolean): Problem | null {
    if (answer.status === 'error') return answer.error;
    this.operations = [{ ...answer.data, sentence, revoked }, ...this.operations];
    if (answer.data.state === 'done') void this.rows.load();
    else this.#follow(answer.data.referenceNumber, QUESTIONS);
    return null;
  }

  #follow(referenceNumber: string, questions: number): void {
    setTimeout(() => {
      const pending = this.operations.some((known) => known.referenceNumber === referenceNumber && known.state === 'pending');
      if (!pending || questions === 0) return;
      void this.ask(referenceNumber).then(() => this.#follow(referenceNumber, questions - 1));
    }, ASK_AGAIN_MS);
  }
}

export const permissionLists = perScope((scope) => new Permissions(scope));
