import type { Commands, Scope } from '../contract';
import * as make from './fixtures';
import { sampleProfile } from './bookFixtures';
import { bad, key, ok, type Play } from './state';

type Part = Pick<
  Commands,
  'program' | 'saveSettings' | 'companies' | 'addCompany' | 'renameCompany' | 'removeCompany' | 'chooseEnvironment' | 'checkNip' | 'makeSampleCompany' | 'openPortal'
>;

/** Companies, settings, the program itself. */
export function companies({ state }: Play): Part {
  const plain: Part = {
    program: async () => ok({ version: '0.1.0', dataFolder: '/home/anna/.local/share/okienko', settings: state.settings }),
    saveSettings: async (settings) => {
      state.settings = settings;
      return ok(null);
    },
    companies: async () => ok(state.companies),
    addCompany: async (company) => {
      const nip = await plain.checkNip(company.nip);
      if (nip.status === 'error') return nip;
      if (state.companies.some((known) => known.nip === nip.data)) return bad(make.problem('company.exists', 'openCompany', { nip: nip.data }));
      const added = make.company(nip.data, company.name, company.environment);
      state.companies = [...state.companies, added];
      return ok(added);
    },
    renameCompany: async (nip, name) => {
      state.companies = state.companies.map((company) => (company.nip === nip ? { ...company, name } : company));
      return ok(null);
    },
    removeCompany: async (nip) => {
      state.companies = state.companies.filter((company) => company.nip !== nip);
      return ok(null);
    },
    chooseEnvironment: async (nip, environment) => {
      state.companies = state.companies.map((company) => (company.nip === nip ? { ...company, environment } : company));
      return ok(null);
    },
    checkNip: async (text) => {
      const digits = text.replace(/[\s.-]|^PL/gi, '');
      const strange = /[^\d]/.exec(digits);
      if (digits === '') return bad(make.problem('nip.empty', 'correctField'));
      if (strange !== null) return bad(make.problem('nip.character', 'correctField', { character: strange[0] }));
      if (digits.length !== 10) return bad(make.problem('nip.length', 'correctField', { count: String(digits.length) }));
      const sum = [6, 5, 7, 2, 3, 4, 5, 6, 7].reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
      return sum % 11 === Number(digits[9]) ? ok(digits) : bad(make.problem('nip.checkDigit', 'correctField'));
    },
    makeSampleCompany: async () => {
      const scope: Scope = { nip: make.SAMPLE_NIP, environment: 'sandbox' };
      state.companies = [...state.companies, make.company(scope.nip, 'Przykładowa Firma sp. z o.o.', 'sandbox')];
      state.credentials[key(scope)] = make.allCredentials();
      state.profiles[scope.nip] = sampleProfile('Przykładowa Firma sp. z o.o.');
      return ok(scope);
    },
    openPortal: async () => ok(null),
  };
  return plain;
}
