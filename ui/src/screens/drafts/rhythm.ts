// Rhythms of recurring invoices in words.
import type { Rhythm, RhythmUnit } from '../../host';
import { t, tn } from '../../i18n/index.svelte';

export const units: readonly RhythmUnit[] = ['week', 'month', 'monthEnd', 'year'];

/** „co miesiąc, 15. dnia”, „co 2 tygodnie, w czwartki”; the day is the next date's. */
export function rhythmWords({ every, unit }: Rhythm, next: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(next);
  const often = tn(`rhythm.${unit}`, every);
  if (match === null) return often;
  const day = Number(match[3]);
  switch (unit) {
    case 'week':
      return `${often}, ${t(`rhythm.on.${weekday(next)}`)}`;
    case 'month':
      return `${often}, ${t('rhythm.onDay', { day })}`;
    case 'monthEnd':
      return `${often}, ${t('rhythm.onLast')}`;
    case 'year':
      return `${often}, ${t('rhythm.onDate', { date: `${match[3]}.${match[2]}` })}`;
  }
}

const WEEKDAYS = ['su', 'mo', 'tu', 'we', 'th', 'fr', 'sa'] as const;

function weekday(iso: string): (typeof WEEKDAYS)[number] {
  return WEEKDAYS[new Date(`${iso}T12:00:00Z`).getUTCDay()] ?? 'mo';
}
