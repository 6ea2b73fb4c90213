// Words for what stands in a certificate and for the steps of a request.
import type { CredentialSlot, EnrolmentStep, SubjectAttribute } from '../../../host';
import { countryName, nip } from '../../../i18n/format';
import { language, t, type Key } from '../../../i18n/index.svelte';

const attributes: Record<string, Key> = {
  commonName: 'enrol.subject.commonName',
  givenName: 'enrol.subject.givenName',
  givenNames: 'enrol.subject.givenName',
  surname: 'enrol.subject.surname',
  serialNumber: 'enrol.subject.serialNumber',
  uniqueIdentifier: 'enrol.subject.uniqueIdentifier',
  organizationName: 'enrol.subject.organizationName',
  organizationIdentifier: 'enrol.subject.organizationIdentifier',
  countryName: 'enrol.subject.countryName',
};

export interface SubjectLine {
  name: string;
  values: string[];
}

/** One line for each attribute; several given names stand in one. */
export function subjectLines(subject: SubjectAttribute[]): SubjectLine[] {
  const lines = new Map<string, SubjectLine>();
  for (const { name, value } of subject) {
    const key = attributes[name];
    const label = key === undefined ? name : t(key);
    const line = lines.get(label) ?? { name: label, values: [] };
    line.values.push(valueOf(name, value));
    lines.set(label, line);
  }
  return [...lines.values()];
}

function valueOf(name: string, value: string): string {
  if (name === 'countryName') return countryName(value, language()) ?? value;
  const firm = /^VATPL-(\d{10})$/.exec(value);
  if (firm !== null) return `NIP ${nip(firm[1] ?? '')}`;
  const taxpayer = /^TINPL-(\d{10})$/.exec(value);
  if (taxpayer !== null) return `NIP ${nip(taxpayer[1] ?? '')}`;
  const person = /^PNOPL-(.+)$/.exec(value);
  return person === null ? value : `PESEL ${person[1]}`;
}

/** The steps of a request, in order. */
export const REQUEST_STEPS = ['keyMade', 'sent', 'issued', 'proving', 'done'] as const satisfies EnrolmentStep[];

export function kindTitle(kind: CredentialSlot): string {
  return t(kind === 'token' ? 'access.token' : kind === 'offline' ? 'access.offline' : 'access.authentication');
}
