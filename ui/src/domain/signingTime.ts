// How much of a request's life is left.

/** A challenge lives ten minutes. Source: the guide, "Uwierzytelnianie". */
const LIFE_SECONDS = 600;

/** Whole seconds until `until` (RFC 3339, by this computer's clock), never more than a request lives, however clocks are moved. `now` in milliseconds. */
export function secondsLeft(until: string, now: number): number {
  const seconds = Math.ceil((new Date(until).getTime() - now) / 1000);
  return Math.min(LIFE_SECONDS, Math.max(0, seconds));
}
