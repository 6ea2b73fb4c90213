// Days as people type them. What cannot be read stays as it was typed; the checks say so beside the field.

const WARSAW = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Warsaw', calendar: 'gregory', numberingSystem: 'latn', year: 'numeric', month: '2-digit', day: '2-digit' });

/** Today in Warsaw, ISO. Put together from its parts: web engines differ in how they write a whole day of any language. */
export function today(now: Date = new Date()): string {
  const parts = WARSAW.formatToParts(now);
  return (['year', 'month', 'day'] as const).map((type) => parts.find((part) => part.type === type)?.value ?? '').join('-');
}

export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** ISO day so many days later; another text comes back as it is. */
export function later(iso: string, days: number): string {
  if (!isDay(iso)) return iso;
  const at = new Date(`${iso}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** The 15th of the month after this day; another text comes back as it is. */
export function middleOfNextMonth(iso: string): string {
  if (!isDay(iso)) return iso;
  const at = new Date(`${iso.slice(0, 8)}15T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + 1);
  return at.toISOString().slice(0, 10);
}

/** `21.11.2026`, `21-11-26`, `21.11`, `21`, `20261121`, `+14`, `dziś` → ISO; anything else comes back as it is. */
export function readDay(text: string, from: string = today()): string {
  const typed = text.trim().toLocaleLowerCase('pl');
  if (typed === '') return '';
  if (/^(dziś|dzis|dzisiaj|today)$/.test(typed)) return from;
  if (/^(jutro|tomorrow)$/.test(typed)) return later(from, 1);
  if (/^(wczoraj|yesterday)$/.test(typed)) return later(from, -1);
  const shift = /^([+-])(\d{1,3})$/.exec(typed);
  if (shift !== null) return later(from, Number(`${shift[1]}${shift[2]}`));
  const whole = /^(\d{4})[-./ ]?(\d{1,2})[-./ ]?(\d{1,2})$/.exec(typed);
  if (whole !== null && /^(19|20)/.test(typed)) return iso(whole[1]!, whole[2]!, whole[3]!) ?? text;
  const parts = /^(\d{1,2})(?:[-./ ](\d{1,2})(?:[-./ ](\d{4}|\d{2}))?)?\.?$/.exec(typed);
  if (parts === null) return text;
  const [year, month] = from.split('-');
  const given = parts[3] ?? year!;
  return iso(given.length === 2 ? `20${given}` : given, parts[2] ?? month!, parts[1]!) ?? text;
}

function iso(year: string, month: string, day: string): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(text) ? text : null;
}

/** The earlier of the days that are days. */
export function earliest(...days: string[]): string {
  return days.filter(isDay).sort()[0] ?? '';
}
