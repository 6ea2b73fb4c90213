import type { Answer, CertificateSlot, Commands, CredentialsView, Scope } from '../contract';
import * as make from './fixtures';
import { key, ok, type Play } from './state';

const PASSWORD = 'Tajne-Haslo-2026!';

type Part = Pick<
  Commands,
  | 'credentials'
  | 'pickCredentialFiles'
  | 'loadCredentialFiles'
  | 'setCertificatePassword'
  | 'setOfflineSerial'
  | 'pasteOfflineSerial'
  | 'checkOfflineCertificate'
  | 'removeCredential'
  | 'setToken'
  | 'pasteToken'
  | 'checkConnection'
>;

/** Certificates, keys, tokens, and what KSeF says of them. */
export function credentials({ state, credentialsOf }: Play): Part {
  function changeSlot(scope: Scope, slot: CertificateSlot, next: CredentialsView['authentication']): Answer<CredentialsView> {
    credentialsOf(scope)[slot] = next;
    return ok(credentialsOf(scope));
  }

  const plain: Part = {
    credentials: async (scope) => ok(credentialsOf(scope)),
    pickCredentialFiles: async (scope, target) => {
      const slot = target.kind === 'anywhere' ? 'authentication' : target.slot;
      if (state.credentialPicks !== null) state.credentials[key(scope)] = state.credentialPicks;
      else changeSlot(scope, slot, { ...make.emptySlot(), certificate: make.certificate(), key: 'needsPassword', problems: [{ field: 'password', problem: make.problem('credential.passwordMissing', 'enterPassword'), warning: true }] });
      return ok(credentialsOf(scope));
    },
    loadCredentialFiles: async (scope, target) => plain.pickCredentialFiles(scope, target).then((answer) => (answer.status === 'ok' ? ok(credentialsOf(scope)) : answer)),
    setCertificatePassword: async (scope, slot, password) =>
      password === PASSWORD
        ? changeSlot(scope, slot, make.savedSlot({ purpose: slot }))
        : changeSlot(scope, slot, { ...credentialsOf(scope)[slot], problems: [{ field: 'password', problem: make.problem('credential.wrongPassword', 'enterPassword'), warning: false }] }),
    setOfflineSerial: async (scope, text) => changeSlot(scope, 'offline', { ...credentialsOf(scope).offline, typedSerial: text }),
    pasteOfflineSerial: async (scope) => plain.setOfflineSerial(scope, '019A0CE840428FE6'),
    checkOfflineCertificate: async (scope) => {
      const { saved } = credentialsOf(scope).offline;
      const held = ['present', 'pair', 'purpose', 'validity', 'serial', 'signature'] as const;
      return saved
        ? ok({ passed: true, steps: held.map((what) => ({ what, problem: null })) })
        : ok({ passed: false, steps: [{ what: 'present' as const, problem: make.problem('credential.missing', 'loadCertificate') }] });
    },
    removeCredential: async (scope, slot) => {
      const view = credentialsOf(scope);
      if (slot === 'token') view.token = make.noCredentials().token;
      else view[slot] = make.emptySlot();
      return ok(view);
    },
    setToken: async (scope, text) => {
      const view = credentialsOf(scope);
      const nip = /nip-(\d{10})/.exec(text)?.[1] ?? null;
      if (nip === scope.nip) view.token = { saved: true, referenceNumber: text.trim().slice(0, 36), worksUntil: '2026-12-31', problem: null };
      else view.token = { ...view.token, problem: nip === null ? make.problem('token.somethingElse', 'pasteToken') : make.problem('token.otherCompany', 'openCompany', { nip }) };
      return ok({ nip, credentials: view });
    },
    pasteToken: async (scope) => plain.setToken(scope, `20261121-EC-0A1B2C3D4E-5F60718293-A4|nip-${scope.nip}|${'0a'.repeat(32)}`),
    checkConnection: async (scope) => ok(state.connection.state === 'connected' ? { ...state.connection, company: scope.nip } : state.connection),
  };
  return plain;
}
