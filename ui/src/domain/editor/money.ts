// Decimal amounts as texts; never a float. What the program computes is shown, this is only for prices that change their basis.

interface Decimal {
  units: bigint;
  scale: number;
}

/** `1 234,50` or `1234.5`; nothing for another text. */
export function parse(text: string): Decimal | null {
  const plain = text.replace(/[\s\u00a0\u202f']/g, '').replace(/(zł|PLN|EUR|USD|€|\$)$/i, '').replace('\u2212', '-');
  const match = /^(-?)(\d+)(?:[.,](\d+))?$/.exec(plain);
  if (match === null) return null;
  const [, sign, integer = '0', fraction = ''] = match;
  return { units: BigInt(`${sign}${integer}${fraction}`), scale: fraction.length };
}

/** As the program reads it: `1234.50`; another text comes back as it is. */
export function plain(text: string): string {
  const read = parse(text);
  return read === null ? text.trim() : write(read);
}

function write({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const body = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return units < 0n ? `-${body}` : body;
}

function rounded(numerator: bigint, denominator: bigint): bigint {
  const sign = numerator < 0n ? -1n : 1n;
  return (sign * (2n * sign * numerator + denominator)) / (2n * denominator);
}

/** A net price as gross, or the other way, with a rate in whole percent; at least two places. */
export function rebased(price: string, percent: number, to: 'net' | 'gross'): string {
  const read = parse(price);
  if (read === null || percent === 0) return price;
  const scale = Math.max(2, read.scale);
  const units = read.units * 10n ** BigInt(scale - read.scale);
  const whole = BigInt(100 + percent);
  return write({ units: to === 'gross' ? rounded(units * whole, 100n) : rounded(units * 100n, whole), scale });
}

/** The sum, of texts that are amounts. */
export function sum(texts: string[]): string {
  const read = texts.map(parse).filter((one) => one !== null);
  const scale = Math.max(2, ...read.map((one) => one.scale));
  return write({ units: read.reduce((total, one) => total + one.units * 10n ** BigInt(scale - one.scale), 0n), scale });
}

export function difference(one: string, other: string): string {
  const minus = parse(other);
  return sum([one, minus === null ? '0' : write({ units: -minus.units, scale: minus.scale })]);
}

export function isAbove(text: string, limit: string): boolean {
  const read = parse(difference(text, limit));
  return read !== null && read.units > 0n;
}

/** As people type it: `1234.50` → `1234,50`. */
export function typed(decimal: string): string {
  return /^-?\d+\.\d+$/.test(decimal) ? decimal.replace('.', ',') : decimal;
}
