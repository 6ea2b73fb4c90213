// The demonstration in a browser: `?scene=…&lang=…&theme=…&environment=…&pace=…` chooses what is played.
import type { Appearance, EnvironmentName, FileDrag, Host, Language, Scope } from '../contract';
import { emptyAccess, someAccess } from './accessState';
import { brokenImport, furniture, issuedHere, someContractors, someGoods } from './bookFixtures';
import * as make from './fixtures';
import { emptyKeeping, otherRows, request, troubledCheck } from './keepingState';
import { createDemo, emptyState, type Demo, type DemoState } from './index';

const PACE_MS = 1500;

export function demoHostFromAddress(): Host {
  const asked = new URLSearchParams(location.search);
  const environment = (asked.get('environment') ?? 'sandbox') as EnvironmentName;
  const state = scene(asked.get('scene') ?? 'empty', environment);
  state.settings.language = (asked.get('lang') ?? 'pl') as Language;
  state.settings.appearance = (asked.get('theme') ?? 'system') as Appearance;
  const demo = createDemo(state);
  if (asked.get('pace') !== 'manual') setInterval(demo.advance, PACE_MS);
  expose(demo);
  return demo.host;
}

/** For scripts that look at the screens. */
function expose(demo: Demo): void {
  Object.assign(window, { demo: { advance: demo.advance, drag: (drag: FileDrag) => demo.drag(drag), state: demo.state, tell: demo.tell } });
}

function scene(name: string, environment: EnvironmentName): DemoState {
  const scope: Scope = { nip: make.NIP, environment };
  const key = `${scope.nip}/${environment}`;
  const company = make.company(make.NIP, 'Kowalski Hurt sp. z o.o.', environment, 3);
  const files = [make.goodFile('p-1', 'FV/2026/11/044', 0, '1845'), make.goodFile('p-2', 'FV/2026/11/045', 1, '12300')];
  const settings = emptyState().settings;
  const offlineEnds = { scope, kind: 'offline', until: '2026-12-05', daysLeft: 14, due: 14, onlyWayIn: false } as const;
  const tokenEnds = { scope, kind: 'token', until: '2026-12-31', daysLeft: 40, due: 60, onlyWayIn: true } as const;
  const full = emptyState({ settings, companies: [company], credentials: { [key]: make.allCredentials() }, sales: [...issuedHere(scope), ...make.someSales(scope, 74)], picks: [...files, ...make.brokenFiles()], ...furniture(scope), access: someAccess(scope), keeping: emptyKeeping({ rows: { [key]: otherRows(scope) }, reminders: [offlineEnds] }) });
  switch (name) {
    case 'full':
      return full;
    case 'fresh':
      return { ...full, companies: [{ ...company, waiting: 0 }], sales: [], picks: files, drafts: [], templates: [], recurring: [], contractors: [], goods: [], access: emptyAccess() };
    case 'bare':
      return { ...full, keeping: emptyKeeping({ askedAt: null }), companies: [{ ...company, waiting: 0 }], sales: [], credentials: {}, profiles: {}, drafts: [], contractors: [], goods: [], access: emptyAccess() };
    case 'token':
      // A company that lives on its token.
      return { ...full, credentials: { [key]: { ...make.noCredentials(), token: make.allCredentials().token } }, keeping: emptyKeeping({ reminders: [tokenEnds] }) };
    case 'troubled':
      return {
        ...full,
        keeping: emptyKeeping({
          doctor: troubledCheck(),
          askedAt: null,
          rows: { [key]: otherRows(scope) },
          requests: { [key]: [request({ step: 'sent', referenceNumber: '20261121-CR-0A1B2C3D4E-5F60718293-A4', problem: make.problem('network.none', 'checkNetwork', {}, 'connect: network is unreachable') })] },
          reminders: [offlineEnds, { ...tokenEnds, scope: { nip: make.SAMPLE_NIP, environment: 'production' } }],
          preview: { inUse: true, companies: [make.NIP, make.SAMPLE_NIP], waitingOffline: 3, otherWayIn: false, endsThisLogin: true },
        }),
        credentials: { [key]: make.troubledCredentials() },
        connection: { state: 'refused', checkedAt: '2026-11-21T07:41:00Z', problem: make.problem('ksef.auth415', 'openPortal', {}, '415 Uwierzytelnianie zakończone niepowodzeniem: Brak przypisanych uprawnień') },
        start: { ksef: { state: 'unknown', problem: make.problem('ksef.statusUnknown', 'checkNetwork') }, held: 2 },
        sales: make.someSales(scope, 12),
        importPick: brokenImport(),
        profiles: {},
      };
    case 'many': {
      const companies = make.manyCompanies();
      return { ...full, contractors: someContractors(160), goods: someGoods(130), companies: [{ ...company, name: make.LONG_NAME }, ...companies], sales: make.someSales(scope, 8).map((row) => ({ ...row, invoice: { ...row.invoice, number: `${row.invoice.number}/ODDZIAŁ-ZAMIEJSCOWY-WARSZAWA-ŚRÓDMIEŚCIE`, buyerName: make.LONG_NAME } })) };
    }
    case 'failure':
      return { ...emptyState({ settings }), fails: { companies: make.problem('archive.damaged', 'contactSupport', { file: 'archiwum.sqlite' }, 'SQLITE_CORRUPT: database disk image is malformed') } };
    default:
      return emptyState({ settings });
  }
}
