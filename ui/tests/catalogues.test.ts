import { parse, type AST } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';
import problemsEn from '@messages/en.json';
import problemsPl from '@messages/pl.json';
import en from '../src/i18n/en.json';
import pl from '../src/i18n/pl.json';

const files = import.meta.glob<string>('../src/**/*.{svelte,ts}', { query: '?raw', import: 'default', eager: true });
const sources = Object.entries(files).map(([path, text]) => [path.replace('../src/', ''), text] as const);
const names = (text: unknown): string[] => [...JSON.stringify(text).matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();
const distinct = (list: string[]): string[] => [...new Set(list)];

describe('texts of the interface', () => {
  it('are the same in both languages', () => {
    expect(Object.keys(en)).toEqual(Object.keys(pl));
  });

  it.each(Object.entries(pl))('%s names the same values in both languages', (key, text) => {
    expect(distinct(names(en[key as keyof typeof en]))).toEqual(distinct(names(text)));
  });

  it('have every form that Polish and English count with', () => {
    for (const [language, catalogue] of [['pl', pl], ['en', en]] as const) {
      const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      for (const [key, text] of Object.entries(catalogue)) if (typeof text === 'object') expect(Object.keys(text), `${language} ${key}`).toEqual(expect.arrayContaining(needed));
    }
  });

  it('are all used', () => {
    const code = sources.map(([, text]) => text).join('\n');
    const patterns = [...code.matchAll(/`((?:[a-zA-Z]+\.[^`\s]*\$\{|\$\{\w+\}\.)[^`\s]*)`/g)].map(([, pattern]) => new RegExp(`^${pattern!.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[A-Za-z]+')}$`));
    const unused = Object.keys(pl).filter((key) => !code.includes(`'${key}'`) && !patterns.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });

  it('use Polish quotation marks', () => {
    const strings = [pl, problemsPl].flatMap((catalogue) => Object.values(catalogue).flatMap((text): string[] => (typeof text === 'string' ? [text] : Object.values(text))));
    expect(strings.filter((text) => /["“‘'’]/.test(text) || text.split('„').length !== text.split('”').length)).toEqual([]);
  });
});

describe('sentences of problems', () => {
  it('are the same codes in both languages', () => {
    expect(Object.keys(problemsEn)).toEqual(Object.keys(problemsPl));
  });

  it.each(Object.entries(problemsPl))('%s says what, why and what to do', (code, sentences) => {
    const english = problemsEn[code as keyof typeof problemsEn];
    for (const texts of [sentences, english]) {
      expect(Object.keys(texts)).toEqual(['what', 'why', 'do']);
      for (const text of Object.values(texts)) expect(text).toMatch(/\S{2}.*[.…}]$/);
    }
    expect(distinct(names(english))).toEqual(distinct(names(sentences)));
  });
});

describe('components', () => {
  const spoken = new Set(['aria-label', 'aria-description', 'aria-roledescription', 'placeholder', 'title', 'alt', 'label', 'hint', 'invitation', 'description']);

  it.each(sources.filter(([name]) => name.endsWith('.svelte')))('%s has no text of its own', (_name, source) => {
    const bare: string[] = [];
    const look = (node: unknown, attribute: string | null): void => {
      if (Array.isArray(node)) node.forEach((child) => look(child, attribute));
      if (typeof node !== 'object' || node === null) return;
      const { type } = node as { type?: string };
      if (type === 'Text' && (attribute === null || spoken.has(attribute)) && /\p{Letter}{2}/u.test((node as AST.Text).data)) bare.push((node as AST.Text).data.trim());
      for (const [key, child] of Object.entries(node)) {
        if (['css', 'instance', 'module', 'parent', 'metadata'].includes(key)) continue;
        look(child, type === 'Attribute' ? (node as AST.Attribute).name : attribute);
      }
    };
    look(parse(source, { modern: true }).fragment, null);
    expect(bare).toEqual([]);
  });
});

describe('the shipped page', () => {
  it('imports the host in one folder only', () => {
    expect(sources.filter(([name, text]) => !name.startsWith('host/') && text.includes('@tauri-apps')).map(([name]) => name)).toEqual([]);
  });

  it('names no remote address', () => {
    expect(sources.filter(([, text]) => /(https?:)?\/\/[a-z0-9.-]+\.[a-z]{2,}\//i.test(text)).map(([name]) => name)).toEqual([]);
  });
});
