import type { Screen } from '../../domain/session.svelte';
import type { Key } from '../../i18n/index.svelte';
import type { IconName } from '../../lib/icons';

export interface Entry {
  screen: Screen;
  label: Key;
  icon: IconName;
}

const work: Entry[] = [
  { screen: 'start', label: 'nav.start', icon: 'home' },
  { screen: 'editor', label: 'nav.editor', icon: 'pen' },
  { screen: 'send', label: 'nav.send', icon: 'upload' },
  { screen: 'sales', label: 'nav.sales', icon: 'list' },
  { screen: 'contractors', label: 'nav.contractors', icon: 'people' },
  { screen: 'goods', label: 'nav.goods', icon: 'box' },
  { screen: 'firm', label: 'nav.firm', icon: 'firm' },
  { screen: 'ksef', label: 'nav.ksef', icon: 'key' },
  { screen: 'access', label: 'nav.access', icon: 'shield' },
];
const settings: Entry = { screen: 'settings', label: 'nav.settings', icon: 'gear' };

/** The menu; without a company there is only the beginning and the settings. */
export function entries(withCompany: boolean): Entry[] {
  return [...(withCompany ? work : work.slice(0, 1)), settings];
}
