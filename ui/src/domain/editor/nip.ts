// A NIP in whatever shape it was pasted.

const WEIGHTS = [6, 5, 7, 2, 3, 4, 5, 6, 7];

export function isNip(digits: string): boolean {
  if (!/^\d{10}$/.test(digits)) return false;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return sum % 11 === Number(digits[9]);
}

/** `526-587-76-35`, `PL 5265877635`, `NIP: 526 587 76 35` → ten digits; nothing where there is no whole and right NIP. */
export function nipIn(text: string): string | null {
  const digits = /^\s*(?:NIP|PL|VAT|NR|:|\.|\s)*((?:\d[\s.\-–/]*){10})\s*$/i.exec(text)?.[1]?.replace(/\D/g, '') ?? '';
  return isNip(digits) ? digits : null;
}

/** A number of the European Union with the prefix of another country: `DE 123 456 789`. */
export function euNumberIn(text: string): string | null {
  const number = text.replace(/[\s.\-–]/g, '').toUpperCase();
  return /^(AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PT|RO|SE|SI|SK|XI)[0-9A-Z+*]{2,12}$/.test(number) && /\d/.test(number) ? number : null;
}
