// What a line of the check adds to its name.
import type { DoctorItem } from '../../../host';
import { day } from '../../../i18n/format';
import { t, tn } from '../../../i18n/index.svelte';
import { permissionName } from '../../parts/words';

/** The values of a line in words; nothing where there are none, or a problem says it all. */
export function detailOf({ outcome, values, problem }: DoctorItem): string | null {
  if (outcome === 'notChecked') return t('doctor.notChecked.about');
  if (problem !== null) return null;
  const said = Object.entries(values).map(([name, value]) => valueOf(name, value)).filter((text) => text !== '');
  return said.length === 0 ? null : said.join(' · ');
}

function valueOf(name: string, value: string): string {
  switch (name) {
    case 'date':
      return t('doctor.value.date', { date: day(value) });
    case 'seconds':
      return t('doctor.value.seconds', { seconds: value });
    case 'serial':
      return t('doctor.value.serial', { serial: value });
    case 'permissions':
      return value.split(' ').filter(Boolean).map(permissionName).join(', ');
    case 'enrolments':
      return tn('doctor.value.enrolments', Number(value));
    case 'certificates':
      return tn('doctor.value.certificates', Number(value));
    // The date says it.
    case 'days':
      return '';
    default:
      return value;
  }
}
