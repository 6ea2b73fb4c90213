// What will stop working, in sentences.
import type { CredentialSlot, RevocationPreview } from '../../../host';
import { nip } from '../../../i18n/format';
import { t, tn } from '../../../i18n/index.svelte';

export interface Consequence {
  id: string;
  tone: 'ok' | 'warn' | 'bad';
  text: string;
}

export function consequences(preview: RevocationPreview, company: string, kind: CredentialSlot): Consequence[] {
  const list: Consequence[] = [];
  const others = preview.companies.filter((other) => other !== company);
  if (preview.inUse) list.push(inUse(preview, kind));
  if (others.length > 0) list.push({ id: 'companies', tone: 'bad', text: tn('revoke.companies', others.length, { companies: others.map(nip).join(', ') }) });
  if (preview.waitingOffline > 0) list.push({ id: 'offline', tone: 'bad', text: tn('revoke.offline', preview.waitingOffline) });
  if (preview.endsThisLogin) list.push({ id: 'login', tone: 'warn', text: t('revoke.login') });
  if (preview.otherWayIn && kind !== 'offline') list.push({ id: 'other-way', tone: 'ok', text: t('revoke.otherWay') });
  if (list.length === 0) list.push({ id: 'nothing', tone: 'ok', text: t('revoke.nothing') });
  return list;
}

// One does not log in with an offline certificate: nothing changes there.
function inUse(preview: RevocationPreview, kind: CredentialSlot): Consequence {
  if (kind === 'offline') return { id: 'in-use', tone: 'warn', text: t('revoke.inUse.offline') };
  return { id: 'in-use', tone: preview.otherWayIn ? 'warn' : 'bad', text: t(preview.otherWayIn ? 'revoke.inUse.otherWay' : 'revoke.inUse') };
}
