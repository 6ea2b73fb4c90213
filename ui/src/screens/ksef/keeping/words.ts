// How the state of a credential looks.
import type { CredentialState } from '../../../host';
import type { Key } from '../../../i18n/index.svelte';
import type { IconName } from '../../../lib/icons';

interface Look {
  label: Key;
  tone: 'soft' | 'ok' | 'warn' | 'bad';
  icon: IconName;
}

export const credentialStates: Record<CredentialState, Look> = {
  active: { label: 'held.state.active', tone: 'ok', icon: 'check' },
  blocked: { label: 'held.state.blocked', tone: 'bad', icon: 'lock' },
  revoked: { label: 'held.state.revoked', tone: 'bad', icon: 'cross' },
  expired: { label: 'held.state.expired', tone: 'bad', icon: 'clock' },
  unknown: { label: 'held.state.unknown', tone: 'soft', icon: 'dot' },
  foreign: { label: 'held.state.foreign', tone: 'soft', icon: 'info' },
};
