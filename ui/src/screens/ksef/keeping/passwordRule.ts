// The rule of the portal's form for a certificate's password, as a person sees it while typing. The program checks it again.
import type { Key } from '../../../i18n/index.svelte';

const SPECIAL = '!@#$%^&*()-_+=';

export interface Rule {
  id: string;
  label: Key;
  keeps: (password: string) => boolean;
}

const has = (password: string, wanted: RegExp): boolean => wanted.test(password);

export const passwordRules: readonly Rule[] = [
  { id: 'length', label: 'export.rule.length', keeps: (password) => [...password].length >= 15 && [...password].length <= 32 },
  { id: 'small', label: 'export.rule.small', keeps: (password) => has(password, /[a-z]/) },
  { id: 'capital', label: 'export.rule.capital', keeps: (password) => has(password, /[A-Z]/) },
  { id: 'digit', label: 'export.rule.digit', keeps: (password) => has(password, /\d/) },
  { id: 'special', label: 'export.rule.special', keeps: (password) => [...password].some((character) => SPECIAL.includes(character)) },
  { id: 'alphabet', label: 'export.rule.alphabet', keeps: (password) => password !== '' && [...password].every((character) => /[A-Za-z0-9]/.test(character) || SPECIAL.includes(character)) },
];

/** The ids of the rules that it keeps; nothing of the password itself stays. */
export function kept(password: string): string[] {
  return passwordRules.filter(({ keeps }) => keeps(password)).map(({ id }) => id);
}
