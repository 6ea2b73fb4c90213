// Every text that a person reads. Keys are typed: a text that is missing does not compile.
import type { Language } from '../host';
import en from './en.json';
import pl from './pl.json';

type Catalogue = typeof pl;
type Forms = Partial<Record<Intl.LDMLPluralRule, string>>;

/** A text. */
export type Key = { [K in keyof Catalogue]: Catalogue[K] extends string ? K : never }[keyof Catalogue];
/** A text with a form for each way of counting: 1 faktura, 2 faktury, 5 faktur. */
export type CountKey = Exclude<keyof Catalogue, Key>;

type Values = Record<string, string | number>;

const catalogues: Record<Language, Record<keyof Catalogue, string | Forms>> = { pl, en };
const rules: Record<Language, Intl.PluralRules> = { pl: new Intl.PluralRules('pl'), en: new Intl.PluralRules('en') };

const chosen = $state<{ language: Language }>({ language: 'pl' });

/** The language of the interface now. */
export function language(): Language {
  return chosen.language;
}

export function speak(next: Language): void {
  chosen.language = next;
  document.documentElement.lang = next;
}

/** The text of a key, with `{name}` filled in. */
export function t(key: Key, values?: Values): string {
  const text = catalogues[chosen.language][key];
  return fill(typeof text === 'string' ? text : key, values);
}

/** The form of a text that fits a number, with `{count}` filled in. */
export function tn(key: CountKey, count: number, values?: Values): string {
  const forms = catalogues[chosen.language][key];
  if (typeof forms === 'string') return fill(forms, { count, ...values });
  const text = forms[rules[chosen.language].select(count)] ?? forms.other ?? forms.many ?? key;
  return fill(text, { count, ...values });
}

export function fill(text: string, values: Values = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : String(value);
  });
}
