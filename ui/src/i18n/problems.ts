// The three sentences of a problem: what happened, why, what to do now. Shared with the terminal.
import en from '@messages/en.json';
import pl from '@messages/pl.json';
import type { Language, Problem } from '../host';
import { date, dateTime, nip } from './format';
import { fill, language, t, type Key } from './index.svelte';

export interface Sentences {
  what: string;
  why: string;
  do: string;
}

const catalogues: Record<Language, Record<string, Sentences>> = { pl, en };

export function sentences(problem: Problem): Sentences {
  const found = catalogues[language()][problem.code];
  const values = Object.fromEntries(Object.entries(problem.values).map(([name, value]) => [name, readable(name, value)]));
  const text = (sentence: string): string => fill(sentence, { ...unsaid(sentence), ...values });
  if (found === undefined) return { what: t('problem.unknown', { code: problem.code }), why: '', do: '' };
  return { what: text(found.what), why: text(found.why), do: text(found.do) };
}

/** What stands in braces in the patterns of numbers; sentences about them show it as it is. */
const PATTERN_TOKENS = new Set(['nr', 'dd', 'mm', 'm', 'kw', 'rr', 'rrrr']);

function unsaid(sentence: string): Record<string, string> {
  const names = [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  return Object.fromEntries(names.filter((name) => !PATTERN_TOKENS.has(name)).map((name) => [name, '–']));
}

const environments: Record<string, Key> = {
  production: 'environment.production.name',
  demo: 'environment.demo.name',
  test: 'environment.test.name',
  sandbox: 'environment.sandbox.name',
};

/** Values come as the program stores them; here they become what people read. */
function readable(name: string, value: string): string {
  if (name === 'nip' || name === 'company') return nip(value);
  if (name === 'tried' || name === 'belongs') {
    const key = environments[value];
    return key === undefined ? value : t(key);
  }
  if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return dateTime(value);
  return date(value);
}
