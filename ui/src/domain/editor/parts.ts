// Rarely needed parts of FA(3): their descriptions, and what was typed into them.
import { host, type FieldDescription, type FieldTree } from '../../host';

export type { FieldDescription };

export type Group = { [name: string]: FieldTree };

/** Parts that the editor has no fields of its own for, by their paths. */
export const RARE = ['Fa/WarunkiTransakcji', 'Fa/Rozliczenie', 'PodmiotUpowazniony', 'Fa/Adnotacje/NoweSrodkiTransportu', 'Stopka/Rejestry', 'Zalacznik'] as const;

const described = new Map<string, FieldDescription>();

/** What stands in a part; nothing when FA(3) has no such part. */
export async function describePart(path: string): Promise<FieldDescription | null> {
  const known = described.get(path);
  if (known !== undefined) return known;
  const answer = await host().describePart(path);
  if (answer.status === 'error') return null;
  described.set(path, answer.data);
  return answer.data;
}

/** Elements and attributes of a group, in the order in which people fill them in. */
export function membersOf(description: FieldDescription): FieldDescription[] {
  return description.kind.type === 'group' ? [...description.attributes, ...description.kind.members] : [];
}

export function isGroup(tree: FieldTree | undefined): tree is Group {
  return typeof tree === 'object' && !Array.isArray(tree);
}

/** The items of what may be repeated. */
export function itemsOf(tree: FieldTree | undefined): FieldTree[] {
  if (tree === undefined) return [];
  return Array.isArray(tree) ? tree : [tree];
}

/** How many values were typed. */
export function filled(tree: FieldTree | undefined): number {
  if (tree === undefined) return 0;
  if (typeof tree === 'string') return tree.trim() === '' ? 0 : 1;
  return Object.values(tree).reduce((sum: number, one) => sum + filled(one), 0);
}

/** The group with a member set, or without it where nothing is left of it. */
export function withMember(group: Group, name: string, value: FieldTree | undefined): Group {
  const { [name]: _old, ...rest } = group;
  return value === undefined || value === '' ? rest : { ...rest, [name]: value };
}

/** A sibling that may not stand together with this one has been filled in. */
export function isExcluded(member: FieldDescription, group: Group): boolean {
  return filled(group[member.name]) === 0 && member.excludes.some((name) => filled(group[name]) > 0);
}

export function emptyItem(description: FieldDescription): FieldTree {
  return description.kind.type === 'group' ? {} : '';
}
