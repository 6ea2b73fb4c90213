import type { Commands, GrantForm, GrantProblem, OperationView, PermissionList, PersonForm } from '../contract';
import { permission } from './accessState';
import * as make from './fixtures';
import { nipFault } from './compute';
import { bad, ok, type Play } from './state';

const PAGE = 10;

type Part = Pick<Commands, 'permissions' | 'previewGrant' | 'grantPermission' | 'accountantGrant' | 'revokePermission' | 'permissionOperation' | 'companyStanding'>;

/** An office that is no VAT payer: the white list does not know its name. */
const UNLISTED = '1234563218';

/** Who may do what. An operation is pending when it is begun and done when it is asked about, unless it is held. */
export function permissions({ state, newId }: Play): Part {
  const mine = state.access;
  const begin = (): OperationView => {
    const operation: OperationView = { referenceNumber: `20261121-PN-${newId().padStart(10, '0')}-5F60718293-01`, state: 'pending', problem: null };
    mine.operations[operation.referenceNumber] = operation;
    return operation;
  };

  return {
    permissions: async (_scope, list, page) => {
      const rows = mine.permissions[list] ?? [];
      return ok({ rows: rows.slice(page * PAGE, (page + 1) * PAGE), next: (page + 1) * PAGE < rows.length ? page + 1 : null });
    },
    previewGrant: async (_scope, grant) => {
      const problems = faults(grant);
      return ok({ sentence: problems.length === 0 ? sentence(grant) : null, problems });
    },
    grantPermission: async (_scope, grant) => {
      const fault = faults(grant)[0];
      if (fault !== undefined) return bad(fault.problem);
      const list = LISTS[grant.kind];
      mine.permissions[list] = [...(mine.permissions[list] ?? []), permission(`p-${newId()}`, sentence(grant), { holder: { kind: 'nip', identifier: '', name: name(grant) }, description: grant.description, kind: grant.kind === 'authorization' ? 'authorization' : 'common' })];
      return ok(begin());
    },
    accountantGrant: async (_scope, nip) => {
      const digits = nip.replace(/\D/g, '');
      if (digits === '') return bad(make.problem('nip.empty', 'correctField'));
      if (digits.length !== 10) return bad(make.problem('nip.length', 'correctField', { count: String(digits.length) }));
      if (nipFault(digits)) return bad(make.problem('nip.checkDigit', 'correctField'));
      return ok({ kind: 'firm' as const, nip: digits, name: digits === UNLISTED ? '' : 'Biuro Rachunkowe ABC sp. z o.o.', read: true, passReadOn: true, write: true, passWriteOn: true, collective: false, passCollectiveOn: false, description: 'Obsługa księgowa' });
    },
    revokePermission: async (_scope, id) => {
      for (const list of Object.keys(mine.permissions) as PermissionList[]) mine.permissions[list] = mine.permissions[list]?.filter((row) => row.id !== id) ?? [];
      return ok(begin());
    },
    permissionOperation: async (_scope, referenceNumber) => {
      const operation = mine.operations[referenceNumber];
      if (operation === undefined) return bad(make.problem('ksef.reference', 'correctField', { number: referenceNumber }));
      if (operation.state === 'pending' && !mine.operationsHeld) operation.state = operation.problem === null ? 'done' : 'failed';
      return ok(operation);
    },
    companyStanding: async () => ok(mine.standing),
  };
}

const LISTS: Record<GrantForm['kind'], PermissionList> = {
  person: 'people',
  firm: 'people',
  authorization: 'authorizationsGiven',
  indirect: 'grantedHere',
  subunit: 'subunits',
  euAdministrator: 'euEntities',
  euRepresentative: 'euEntities',
};

function name(grant: GrantForm): string {
  if ('owner' in grant && grant.owner.kind === 'firm') return `${grant.owner.name} (pieczęć firmy)`;
  const person = personOf(grant);
  return person === null ? ('name' in grant ? grant.name : '') : `${person.firstName} ${person.lastName}`;
}

function personOf(grant: GrantForm): PersonForm | null {
  if ('person' in grant) return grant.person;
  return 'owner' in grant && grant.owner.kind === 'person' ? grant.owner.person : null;
}

function sentence(grant: GrantForm): string {
  switch (grant.kind) {
    case 'firm': {
      const invoices = [grant.read ? 'przeglądać' : null, grant.write ? 'wystawiać' : null].filter(Boolean).join(' i ');
      const what = [invoices === '' ? null : `${invoices} faktury`, grant.collective ? 'zarządzać identyfikatorami zbiorczymi' : null].filter(Boolean).join(', ');
      return `${grant.name} może ${what}${grant.passReadOn || grant.passWriteOn || grant.passCollectiveOn ? ' i przekazać te prawa dalej' : ''}.`;
    }
    case 'authorization':
      return `${grant.name} może działać w imieniu tej firmy (${grant.permission}).`;
    case 'subunit':
      return `${name(grant)} zarządza uprawnieniami jednostki ${grant.unitName ?? grant.unit}.`;
    case 'euAdministrator':
      return `${name(grant)} zarządza uprawnieniami podmiotu ${grant.entityName}.`;
    default:
      return `${name(grant)} otrzyma uprawnienia: ${grant.permissions.join(', ')}.`;
  }
}

/** Problems as the program tells them: beside the fields. */
function faults(grant: GrantForm): GrantProblem[] {
  const found: GrantProblem[] = [];
  const missing = (field: string, value: string): void => void (value.trim() === '' && found.push({ field, problem: make.problem('permission.empty', 'correctField') }));
  const number = (field: string, value: string): void => {
    if (value.trim() === '') found.push({ field, problem: make.problem('nip.empty', 'correctField') });
    else if (nipFault(value.replace(/\D/g, ''))) found.push({ field, problem: make.problem('nip.checkDigit', 'correctField') });
  };
  const who = (person: PersonForm): void => {
    if (person.kind === 'nip') number('identifier', person.identifier);
    else missing('identifier', person.identifier);
    missing('firstName', person.firstName);
    missing('lastName', person.lastName);
  };
  const person = personOf(grant);
  if (person !== null) who(person);
  if ('owner' in grant && grant.owner.kind === 'firm') {
    missing('identifier', grant.owner.fingerprint);
    missing('ownerName', grant.owner.name);
    missing('ownerAddress', grant.owner.address);
  }
  if (grant.kind === 'firm') {
    number('nip', grant.nip);
    missing('name', grant.name);
    if (!grant.read && !grant.write) found.push({ field: 'permissions', problem: make.problem('permission.noneChosen', 'correctField') });
  }
  if (grant.kind === 'authorization') {
    if (grant.holder === 'nip') number('identifier', grant.identifier);
    else missing('identifier', grant.identifier);
    missing('name', grant.name);
  }
  if ('permissions' in grant && grant.permissions.length === 0) found.push({ field: 'permissions', problem: make.problem('permission.noneChosen', 'correctField') });
  if (grant.kind === 'subunit') missing('unit', grant.unit);
  if (grant.kind === 'euAdministrator') {
    missing('context', grant.context);
    missing('entityName', grant.entityName);
    missing('entityAddress', grant.entityAddress);
  }
  if (grant.description.trim().length < 5) found.push({ field: 'description', problem: make.problem('permission.tooShort', 'correctField', { count: String(grant.description.trim().length), min: '5' }) });
  return found;
}
