// The real program: Tauri's commands and events.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWebview } from '@tauri-apps/api/webview';
import type { Answer, FileDrag, Host, Problem, SaleView, Unsubscribe } from './contract';

export const tauriHost: Host = {
  program: () => ask('program'),
  saveSettings: (settings) => ask('save_settings', { settings }),

  companies: () => ask('companies'),
  addCompany: (company) => ask('add_company', { company }),
  renameCompany: (nip, name) => ask('rename_company', { nip, name }),
  removeCompany: (nip) => ask('remove_company', { nip }),
  chooseEnvironment: (nip, environment) => ask('choose_environment', { nip, environment }),
  checkNip: (text) => ask('check_nip', { text }),
  makeSampleCompany: () => ask('make_sample_company'),

  credentials: (scope) => ask('credentials', { scope }),
  pickCredentialFiles: (scope, slot) => ask('pick_credential_files', { scope, slot }),
  loadCredentialFiles: (scope, slot, paths) => ask('load_credential_files', { scope, slot, paths }),
  setCertificatePassword: (scope, slot, password) => ask('set_certificate_password', { scope, slot, password }),
  setOfflineSerial: (scope, text) => ask('set_offline_serial', { scope, text }),
  pasteOfflineSerial: (scope) => ask('paste_offline_serial', { scope }),
  checkOfflineCertificate: (scope) => ask('check_offline_certificate', { scope }),
  removeCredential: (scope, slot) => ask('remove_credential', { scope, slot }),
  setToken: (scope, text) => ask('set_token', { scope, text }),
  pasteToken: (scope) => ask('paste_token', { scope }),
  checkConnection: (scope) => ask('check_connection', { scope }),

  pickInvoices: (scope) => ask('pick_invoices', { scope }),
  loadInvoices: (scope, paths) => ask('load_invoices', { scope, paths }),
  prepared: (scope) => ask('prepared', { scope }),
  dropPrepared: (scope, ids) => ask('drop_prepared', { scope, ids }),
  makeSampleInvoice: (scope) => ask('make_sample_invoice', { scope }),
  sendPrepared: (scope, ids) => ask('send_prepared', { scope, ids }),
  cancelSending: (scope) => ask('cancel_sending', { scope }),

  sales: (scope, filter) => ask('sales', { scope, filter }),
  sale: (id) => ask('sale', { id }),
  retrySale: (id) => ask('retry_sale', { id }),
  saveUpo: (id) => ask('save_upo', { id }),
  saveXml: (id) => ask('save_xml', { id }),

  start: (scope) => ask('start', { scope }),
  openPortal: (environment) => ask('open_portal', { environment }),

  onSaleChanged: (listener) => hear(listen<SaleView>('sale-changed', ({ payload }) => listener(payload))),
  onCompaniesChanged: (listener) => hear(listen('companies-changed', () => listener())),
  onFileDrag: (listener) => hear(getCurrentWebview().onDragDropEvent(({ payload }) => listener(inPage(payload)))),
};

async function ask<T>(command: string, input: Record<string, unknown> = {}): Promise<Answer<T>> {
  try {
    return { status: 'ok', data: await invoke<T>(command, input) };
  } catch (error) {
    return { status: 'error', error: isProblem(error) ? error : unexpected(command, error) };
  }
}

function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'code' in error && 'next' in error;
}

/** The bridge itself failed: an unknown command, or arguments that it could not read. */
function unexpected(command: string, error: unknown): Problem {
  return { code: 'program.badRequest', values: {}, next: 'contactSupport', technical: `${command}: ${String(error)}` };
}

/** Tauri subscribes asynchronously; leaving before that is done must still end the subscription. */
function hear(subscription: Promise<Unsubscribe>): Unsubscribe {
  return () => void subscription.then((unsubscribe) => unsubscribe());
}

type NativeDrag = Parameters<Parameters<ReturnType<typeof getCurrentWebview>['onDragDropEvent']>[0]>[0]['payload'];

/** Tauri tells positions in physical pixels. */
function inPage(drag: NativeDrag): FileDrag {
  if (drag.type === 'leave') return { kind: 'leave' };
  const x = drag.position.x / window.devicePixelRatio;
  const y = drag.position.y / window.devicePixelRatio;
  return drag.type === 'drop' ? { kind: 'drop', x, y, paths: drag.paths } : { kind: 'over', x, y };
}
