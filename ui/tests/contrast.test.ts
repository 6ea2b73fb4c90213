import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('src/lib/tokens.css', 'utf8');

const tokens = new Map([...css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name, light, dark]) => [name, { light, dark }]));

type Theme = 'light' | 'dark';

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = parseInt(hex.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string, theme: Theme): number {
  const [one, other] = [a, b].map((name) => {
    const colour = tokens.get(name)?.[theme];
    if (colour === undefined) throw new Error(`no token ${name}`);
    return luminance(colour);
  });
  const [lighter, darker] = [Math.max(one!, other!), Math.min(one!, other!)];
  return (lighter + 0.05) / (darker + 0.05);
}

/** Which words stand on which ground. */
const texts: [string, string[]][] = [
  ['ink', ['page', 'surface', 'raised', 'sunken', 'accent-wash', 'ok-wash', 'warn-wash', 'bad-wash', 'production-wash']],
  ['soft', ['page', 'surface', 'raised', 'sunken', 'accent-wash', 'ok-wash', 'warn-wash', 'bad-wash', 'production-wash']],
  ['accent', ['page', 'surface', 'raised', 'sunken', 'accent-wash']],
  ['ok', ['surface', 'sunken', 'ok-wash', 'raised']],
  ['warn', ['page', 'surface', 'raised', 'sunken', 'warn-wash', 'accent-wash']],
  ['bad', ['page', 'surface', 'raised', 'sunken', 'bad-wash']],
  ['production', ['page', 'surface', 'raised', 'accent-wash', 'production-wash']],
  ['on-accent', ['accent', 'accent-strong']],
  ['on-production', ['production-fill']],
];

/** What must be seen, though it is no text: borders of controls, focus rings (WCAG 1.4.11). */
const shapes: [string, string[]][] = [
  ['control-line', ['page', 'surface', 'raised']],
  ['accent', ['page', 'surface', 'raised', 'sunken']],
];

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  it.each(texts.flatMap(([ink, grounds]) => grounds.map((ground) => [ink, ground] as const)))('%s on %s can be read', (ink, ground) => {
    expect(contrast(ink, ground, theme)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(shapes.flatMap(([line, grounds]) => grounds.map((ground) => [line, ground] as const)))('%s on %s can be seen', (line, ground) => {
    expect(contrast(line, ground, theme)).toBeGreaterThanOrEqual(3);
  });
});
