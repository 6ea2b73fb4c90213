// "Nadaj uprawnienie": what is typed, said back as a sentence while it is typed.
import { host, type GrantForm, type GrantPreview, type OwnerForm, type PersonForm, type Problem, type Scope } from '../../host';

const TYPING_PAUSE_MS = 300;

export type GrantKind = GrantForm['kind'];
export const GRANT_KINDS: readonly GrantKind[] = ['person', 'firm', 'authorization', 'indirect', 'subunit', 'euAdministrator', 'euRepresentative'];

/** What can be granted to a person in this company. */
export const PERSON_PERMISSIONS = ['InvoiceRead', 'InvoiceWrite', 'CredentialsRead', 'CredentialsManage', 'SubunitManage', 'EnforcementOperations', 'Introspection', 'CollectiveIdentifierManage'] as const;
export const INDIRECT_PERMISSIONS = ['InvoiceRead', 'InvoiceWrite', 'CollectiveIdentifierManage'] as const;
export const EU_PERMISSIONS = ['InvoiceRead', 'InvoiceWrite'] as const;
export const AUTHORIZATIONS = ['SelfInvoicing', 'TaxRepresentative', 'RRInvoicing', 'PefInvoicing'] as const;

function person(kind: PersonForm['kind']): PersonForm {
  return { kind, identifier: '', firstName: '', lastName: '', document: null, personIdentifier: null };
}

/** Nothing known yet of the one whose certificate has this fingerprint. */
export function blankOwner(kind: OwnerForm['kind'], fingerprint = ''): OwnerForm {
  if (kind === 'firm') return { kind, fingerprint, name: '', address: '' };
  return { kind, person: { ...person('fingerprint'), identifier: fingerprint } };
}

/** A form of this kind with nothing in it. */
export function blankGrant(kind: GrantKind): GrantForm {
  switch (kind) {
    case 'person':
      return { kind, person: person('pesel'), permissions: ['InvoiceRead'], description: '' };
    case 'firm':
      return { kind, nip: '', name: '', read: true, passReadOn: false, write: false, passWriteOn: false, collective: false, passCollectiveOn: false, description: '' };
    case 'authorization':
      return { kind, holder: 'nip', identifier: '', name: '', permission: 'SelfInvoicing', description: '' };
    case 'indirect':
      return { kind, person: person('pesel'), partner: null, permissions: ['InvoiceRead'], description: '' };
    case 'subunit':
      return { kind, person: person('pesel'), unit: '', unitName: null, description: '' };
    case 'euAdministrator':
      return { kind, owner: blankOwner('person'), context: '', entityName: '', entityAddress: '', description: '' };
    case 'euRepresentative':
      return { kind, owner: blankOwner('person'), permissions: ['InvoiceRead'], description: '' };
  }
}

export class Grant {
  form = $state<GrantForm>(blankGrant('person'));
  preview = $state.raw<GrantPreview>({ sentence: null, problems: [] });
  /** Why it could not be looked at. */
  problem = $state.raw<Problem | null>(null);
  /** Fields that a person has been in, or all after the first try to grant: only there problems are told. */
  #touched = $state.raw<ReadonlySet<string>>(new Set());
  #all = $state(false);
  #typing: ReturnType<typeof setTimeout> | undefined;
  #looking: Promise<boolean> = Promise.resolve(false);
  #question = 0;

  constructor(
    readonly scope: Scope,
    form: GrantForm,
  ) {
    this.form = form;
  }

  /** Another kind begins with the same person, where there is one. */
  choose(kind: GrantKind): void {
    const next = blankGrant(kind);
    const now = $state.snapshot(this.form);
    if ('person' in next && 'person' in now && next.person.kind !== 'fingerprint' && now.person.kind !== 'fingerprint') next.person = now.person;
    if ('owner' in next && 'owner' in now) next.owner = now.owner;
    next.description = now.description;
    this.form = next;
    this.#touched = new Set();
    this.#all = false;
    void this.look();
  }

  touch(field: string): void {
    if (!this.#touched.has(field)) this.#touched = new Set([...this.#touched, field]);
  }

  /** Out of a field: what is wrong in it is told once the program has seen the last key, or it would be what was wrong before. */
  async leave(field: string): Promise<void> {
    await (this.#typing === undefined ? this.#looking : this.look());
    this.touch(field);
  }

  showAll(): void {
    this.#all = true;
  }

  /** What is wrong in a field that a person has been in. */
  wrong(field: string): Problem | null {
    if (!this.#all && !this.#touched.has(field)) return null;
    return this.preview.problems.find((entry) => entry.field === field)?.problem ?? null;
  }

  /** Problems that none of these fields shows. */
  others(fields: readonly string[]): Problem[] {
    return this.#all ? this.preview.problems.filter(({ field }) => !fields.includes(field)).map(({ problem }) => problem) : [];
  }

  /** A moment after the last key. */
  lookSoon(): void {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.look(), TYPING_PAUSE_MS);
  }

  /** Whether it can be granted as it stands. */
  look(): Promise<boolean> {
    clearTimeout(this.#typing);
    this.#typing = undefined;
    this.#looking = this.#ask();
    return this.#looking;
  }

  /** Only the answer to the latest question is shown. */
  async #ask(): Promise<boolean> {
    const question = ++this.#question;
    const answer = await host().previewGrant(this.scope, $state.snapshot(this.form));
    if (question !== this.#question) return false;
    this.problem = answer.status === 'error' ? answer.error : null;
    if (answer.status === 'ok') this.preview = answer.data;
    return this.problem === null && this.preview.problems.length === 0;
  }
}
