import { amount } from '../../i18n/format';

/** `1234.5` → `1 234,50`: an amount whose currency stands elsewhere. */
export function figure(decimal: string): string {
  return amount(decimal, '').trim();
}
