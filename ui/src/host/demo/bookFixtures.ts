// Companies' data, contractors, goods, drafts of the demonstration. None of them exists.
import * as blank from '../blank';
import type { ContractorView, GoodsView, ImportedView, ImportView, InvoiceDraft, LineDraft, RowFindingView, SaleView, Scope, SellerProfile, SeriesView } from '../contract';
import { invoice, LONG_NAME, problem, sale } from './fixtures';
import type { DemoState } from './state';

export function sampleProfile(name = 'Kowalski Hurt sp. z o.o.'): SellerProfile {
  return {
    ...blank.profile(),
    name,
    address: { ...blank.address(), country: 'PL', line1: 'ul. Prosta 12/3', line2: '00-838 Warszawa' },
    contacts: [{ email: 'faktury@kowalski-hurt.example', phone: '+48 22 555 01 02' }],
    accounts: [{ ...blank.account('61109010140000071219812874'), bank: 'Bank Przykładowy', description: 'rachunek główny' }],
    regon: '123456785',
    krs: '0000123456',
    issuePlace: 'Warszawa',
    paymentDays: '14',
    paymentForm: '6',
  };
}

export function usualSeries(): SeriesView[] {
  return [
    { id: 'series-fv', name: 'Faktury', pattern: 'FV/{nr}/{mm}/{rrrr}', reset: 'monthly', kinds: ['VAT', 'UPR', 'ZAL', 'ROZ'], next: 46, preview: 'FV/46/11/2026', used: true },
    { id: 'series-kor', name: 'Korekty', pattern: 'KOR/{nr}/{rrrr}', reset: 'yearly', kinds: ['KOR', 'KOR_ZAL', 'KOR_ROZ'], next: 4, preview: 'KOR/4/2026', used: true },
  ];
}

type Buyer = [name: string, id: string, line1: string, line2: string, kind?: 'nip' | 'vatUe' | 'other' | 'none', country?: string];

const BUYERS: Buyer[] = [
  ['CDE sp. z o.o.', '1111111111', 'ul. Długa 7', '00-950 Warszawa'],
  ['Zakład Usług Żółć', '7980332920', 'ul. Źródlana 4', '30-001 Kraków'],
  ['Hurtownia Łódź sp.j.', '9512010274', 'ul. Piotrkowska 100', '90-004 Łódź'],
  ['Gemeinnützige Wohnungsbaugesellschaft mbH', 'DE811569869', 'Hauptstraße 5', '10115 Berlin', 'vatUe', 'DE'],
  ['Jan Nowak', '', 'ul. Polna 1', '05-800 Pruszków', 'none'],
  ['Gmina Przykładowo', '5250001009', 'pl. Wolności 1', '00-001 Przykładowo'],
  ['Acme Corp.', '98-7654321', '1 Main Street', 'Springfield IL', 'other', 'US'],
  [LONG_NAME, '5842751979', 'ul. Brzęczyszczykiewicza 123 lok. 456', '80-001 Gdańsk'],
  ['CDE Spółka z o.o.', '1111111111', 'Długa 7', '00-950 Warszawa'],
];

export function someContractors(count = BUYERS.length): ContractorView[] {
  return Array.from({ length: count }, (_, index) => {
    const [name, id, line1, line2, idKind = 'nip', country = 'PL'] = BUYERS[index % BUYERS.length]!;
    const card = blank.contractor();
    card.party = { ...card.party, idKind, id, idCountry: idKind === 'other' ? country : '', name: index < BUYERS.length ? name : `${name} – oddział ${index}`, address: { ...blank.address(), country, line1, line2 } };
    if (index === 0) Object.assign(card, { paymentDays: '21', paymentForm: '6', remarks: 'Faktury na adres ksiegowosc@cde.example' });
    if (index === 0) card.party.contacts = [{ email: 'ksiegowosc@cde.example', phone: '+48 22 555 10 10' }];
    if (index === 5) card.localGovernment = true;
    return { id: `c-${index + 1}`, card, used: index % 4 === 3 ? 0 : (index * 7 + 12) % 40 };
  });
}

const GOODS: Partial<LineDraft>[] = [
  { name: 'Lodówka Zimnotech mk1', unit: 'szt.', unitPrice: '1626,01', rate: '23', index: 'LOD-1', gtu: 'GTU_06' },
  { name: 'Wniesienie sprzętu', unit: 'szt.', unitPrice: '40,65', rate: '23', index: 'USL-1' },
  { name: 'Książka „Podatki po ludzku”', unit: 'egz.', unitPrice: '39,90', rate: '5', gtin: '5901234123457', pkwiu: '58.11.1' },
  { name: 'Obsługa księgowa', unit: 'mies.', unitPrice: '650', rate: '23', index: 'KS-01' },
  { name: 'Szkolenie BHP', unit: 'godz.', unitPrice: '180', rate: 'zw' },
  { name: 'Pręt żebrowany fi 12', unit: 't', unitPrice: '3120,00', rate: '23', cn: '72142000', annex15: true },
  { name: 'Obsługa księgowa', unit: 'mies.', unitPrice: '620', rate: '23' },
];

export function someGoods(count = GOODS.length): GoodsView[] {
  return Array.from({ length: count }, (_, index) => {
    const card = blank.goods();
    card.line = { ...card.line, ...GOODS[index % GOODS.length] };
    if (index >= GOODS.length) card.line.name = `${card.line.name} ${index}`;
    if (index === 2) Object.assign(card, { prices: 'gross' });
    return { id: `g-${index + 1}`, card, used: (index * 5) % 7 };
  });
}

/** A draft that could be issued. */
export function sampleDraft(change: Partial<InvoiceDraft> = {}): InvoiceDraft {
  const draft = blank.draft();
  const buyer = someContractors()[0]!;
  draft.buyer = { party: buyer.card.party, localGovernment: false, vatGroup: false, buyerKey: '', contractor: buyer.id };
  draft.lines = [{ ...blank.line(), ...GOODS[0], quantity: '1' }, { ...blank.line(), ...GOODS[1], quantity: '2' }];
  draft.payment = { ...draft.payment, form: '6', accounts: sampleProfile().accounts, terms: [{ date: '', days: '14', count: '', unit: '', event: '' }] };
  return { ...draft, ...change };
}

/** Everything that a company that has worked for a while has. */
export function furniture(scope: Scope): Pick<DemoState, 'drafts' | 'templates' | 'recurring' | 'profiles' | 'contractors' | 'goods'> {
  const unfinished = blank.draft('VAT');
  unfinished.buyer.party.name = 'Zakład Usług Żółć';
  const correction = sampleDraft({ kind: 'KOR' });
  const monthly = sampleDraft({ lines: [{ ...blank.line(), ...GOODS[3], quantity: '1' }] });
  return {
    drafts: [
      { id: 'd-1', revision: 3, scope, draft: sampleDraft(), updatedAt: '2026-11-21T07:12:00Z', recurring: null },
      { id: 'd-2', revision: 1, scope, draft: unfinished, updatedAt: '2026-11-20T15:40:00Z', recurring: null },
      { id: 'd-3', revision: 1, scope, draft: monthly, updatedAt: '2026-11-21T05:00:00Z', recurring: 'Obsługa księgowa CDE' },
      { id: 'd-4', revision: 2, scope, draft: correction, updatedAt: '2026-11-18T10:05:00Z', recurring: null },
    ],
    templates: [
      { id: 't-1', nip: scope.nip, name: 'Lodówka z wniesieniem', kind: 'VAT', buyerName: '', updatedAt: '2026-11-02T09:00:00Z', draft: sampleDraft() },
      { id: 't-2', nip: scope.nip, name: 'Eksport usług do USA, odwrotne obciążenie', kind: 'VAT', buyerName: 'Acme Corp.', updatedAt: '2026-10-12T09:00:00Z', draft: sampleDraft({ currency: 'USD' }) },
    ],
    recurring: [
      { id: 'r-1', scope, name: 'Obsługa księgowa CDE', rhythm: { every: 1, unit: 'monthEnd' }, next: '2026-11-30', until: null, paused: false, buyerName: 'CDE sp. z o.o.', gross: '799.5', currency: 'PLN', draft: monthly },
      { id: 'r-2', scope, name: 'Najem lokalu', rhythm: { every: 1, unit: 'month' }, next: '2026-12-10', until: '2027-06-30', paused: false, buyerName: 'Zakład Usług Żółć', gross: '2460', currency: 'PLN', draft: sampleDraft() },
      { id: 'r-3', scope, name: 'Przegląd kwartalny', rhythm: { every: 3, unit: 'month' }, next: '2027-01-15', until: null, paused: true, buyerName: 'Hurtownia Łódź sp.j.', gross: '1230', currency: 'EUR', draft: sampleDraft({ currency: 'EUR' }) },
    ],
    profiles: { [scope.nip]: sampleProfile() },
    contractors: someContractors(),
    goods: someGoods(),
  };
}

/** An advance invoice, and one that is issued and waits for a word. */
export function issuedHere(scope: Scope): SaleView[] {
  return [
    sale('9201', scope, 'FV/45/11/2026', 'held', { fileName: '', invoice: invoice('FV/45/11/2026', { gross: '1230' }), problem: problem('sending.waits', 'retry') }),
    sale('9202', scope, 'FZ/7/11/2026', 'accepted', { fileName: '', invoice: invoice('FZ/7/11/2026', { kind: 'ZAL', gross: '6150', buyerName: 'Zakład Usług Żółć', buyerIdentifier: '7980332920' }) }),
  ];
}

export function rowFinding(code: string, row: number | null, column: string | null, pl: string, en: string, error = true): RowFindingView {
  return { row, column, code, error, pl, en };
}

function imported(number: string, firstRow: number, lines: number, change: Partial<ImportedView> = {}, view: Parameters<typeof invoice>[1] = {}): ImportedView {
  return { invoice: invoice(number, view), firstRow, lastRow: firstRow + lines - 1, lines, findings: [], ...change };
}

export function goodImport(id = 'i-1'): ImportView {
  return {
    id,
    fileName: 'faktury-listopad.xlsx',
    issuable: true,
    findings: [],
    invoices: [
      imported('FV/101/11/2026', 2, 3, {}, { gross: '3690' }),
      imported('FV/102/11/2026', 5, 1, {}, { buyerName: 'Zakład Usług Żółć', buyerIdentifier: '7980332920', gross: '246.5' }),
      imported('', 6, 12, { findings: [rowFinding('import.priceWithFourPlaces', 9, 'Cena', 'Cena „12,3456” ma cztery miejsca po przecinku; tak też trafi na fakturę.', 'The price “12.3456” has four decimal places and will stand so on the invoice.', false)] }, { buyerName: 'Gemeinnützige Wohnungsbaugesellschaft mbH', buyerIdentifier: 'DE811569869', gross: '12480.01', currency: 'EUR' }),
    ],
  };
}

export function brokenImport(id = 'i-2'): ImportView {
  const good = goodImport(id);
  const [first, second, ...rest] = good.invoices;
  return {
    ...good,
    fileName: 'faktury-z-bledami.csv',
    issuable: false,
    findings: [rowFinding('import.rowWithoutNumber', 24, 'Numer faktury', 'Wiersz nie ma numeru faktury, a poprzedni należy do innego nabywcy.', 'The row has no invoice number and the one before belongs to another buyer.')],
    invoices: [
      { ...first!, findings: [rowFinding('import.rateUnknown', 3, 'Stawka VAT', 'Nie ma stawki „25%”. Dozwolone: 23, 22, 8, 7, 5, 4, 3, 0 KR, 0 WDT, 0 EX, zw, oo, np I, np II.', 'There is no rate “25%”. Allowed: 23, 22, 8, 7, 5, 4, 3, 0 KR, 0 WDT, 0 EX, zw, oo, np I, np II.')] },
      { ...second!, findings: [rowFinding('import.nipCheckDigit', 5, 'NIP nabywcy', 'NIP 798-033-29-21 ma złą cyfrę kontrolną. Sprawdź, czy nie ma literówki.', 'The NIP 798-033-29-21 has a wrong check digit. Look for a typing mistake.'), rowFinding('import.noQuantity', 5, 'Ilość', 'Brakuje ilości.', 'The quantity is missing.')] },
      ...rest,
    ],
  };
}
