import type { Commands } from '../contract';
import { nipFault } from './compute';
import * as make from './fixtures';
import { bad, NOW, ok, type Play } from './state';

type Part = Pick<Commands, 'lookUpPayer' | 'exchangeRate'>;

const RATES: Record<string, string> = { EUR: '4.2537', USD: '3.8912', GBP: '4.9744', CHF: '4.5801', CZK: '0.1752' };

/** The white list and the National Bank's rates. */
export function lookups({ state }: Play): Part {
  return {
    lookUpPayer: async (_scope, nip) => {
      const digits = nip.replace(/\D/g, '');
      if (nipFault(digits)) return bad(make.problem('nip.checkDigit', 'correctField'));
      const known = state.contractors.find(({ card }) => card.party.id.replace(/\D/g, '') === digits)?.card.party;
      const own = state.companies.find((company) => company.nip === digits);
      if (digits === '9999999999' || digits === '2222222222') return bad(make.problem('lookup.notFound', 'correctField', { nip: digits }));
      return ok({
        nip: digits,
        name: (known?.name ?? own?.name ?? 'Przykładowy Podatnik sp. z o.o.').toLocaleUpperCase('pl'),
        address: [known?.address.line1 ?? 'ul. Prosta 12/3', known?.address.line2 ?? '00-838 Warszawa'],
        status: 'active' as const,
        regon: '123456785',
        krs: '0000123456',
        accounts: ['61109010140000071219812874', '27114020040000300201355387'],
        requestId: 'd2n10-84df1a1',
        askedAt: NOW,
      });
    },
    exchangeRate: async (_scope, currency) => {
      const rate = RATES[currency];
      return rate === undefined ? bad(make.problem('lookup.rateNotFound', 'correctField', { currency })) : ok({ currency, rate, day: '2026-11-20', table: '225/A/NBP/2026' });
    },
  };
}
