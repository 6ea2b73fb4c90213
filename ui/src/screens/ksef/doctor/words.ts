// What a line of the check adds to its name.
import type { DoctorItem } from '../../../host';
import { date, day } from '../../../i18n/format';
import { t } from '../../../i18n/index.svelte';

/** The values of a line in words; nothing where there are none, or a problem says it all. */
export function detailOf({ outcome, values, problem }: DoctorItem): string | null {
  if (outcome === 'notChecked') return t('doctor.notChecked.about');
  if (problem !== null) return null;
  const said = Object.entries(values).flatMap(([name, value]) => {
    switch (name) {
      case 'date':
        return [t('doctor.value.date', { date: /T/.test(value) ? day(value) : date(value) })];
      case 'seconds':
        return [t('doctor.value.seconds', { seconds: value })];
      case 'serial':
        return [t('doctor.value.serial', { serial: value })];
      case 'owner':
        return [value];
      case 'days':
        return [];
      default:
        return value === '' ? [] : [value];
    }
  });
  return said.length === 0 ? null : said.join(' · ');
}
