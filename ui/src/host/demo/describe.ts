// Two of the rarely used parts, in the shape in which the program describes them from the schema.
import type { Commands, FieldDescription, FieldKind } from '../contract';
import * as make from './fixtures';
import { bad, ok } from './state';

function field(name: string, labelPl: string, labelEn: string, kind: FieldKind, change: Partial<FieldDescription> = {}): FieldDescription {
  return { name, path: name, labelPl, labelEn, kind, least: 0, most: 1, excludes: [], needs: [], oneIsRequired: false, fixed: null, attributes: [], ...change };
}

const text = (longest: number): FieldKind => ({ type: 'text', shortest: 1, longest });
const date: FieldKind = { type: 'date', earliest: '1990-01-01', latest: null };
const amount: FieldKind = { type: 'number', digits: 18, fraction: 2 };
const group = (...members: FieldDescription[]): FieldKind => ({ type: 'group', members });

const parts: Record<string, FieldDescription> = {
  'Fa/WarunkiTransakcji': field(
    'WarunkiTransakcji',
    'Warunki transakcji',
    'Terms of the transaction',
    group(
      field('Umowy', 'Umowa', 'Contract', group(field('DataUmowy', 'Data umowy', 'Date of the contract', date), field('NrUmowy', 'Numer umowy', 'Number of the contract', text(256))), { most: 100 }),
      field('Zamowienia', 'Zamówienie', 'Order', group(field('DataZamowienia', 'Data zamówienia', 'Date of the order', date), field('NrZamowienia', 'Numer zamówienia', 'Number of the order', text(256))), { most: 100 }),
      field('NrPartiiTowaru', 'Numer partii towaru', 'Lot number', text(256), { most: 1000 }),
      field('WarunkiDostawy', 'Warunki dostawy', 'Terms of delivery', text(256)),
      field(
        'Transport',
        'Transport',
        'Transport',
        group(
          field('RodzajTransportu', 'Rodzaj transportu', 'Kind of transport', { type: 'list', values: [{ value: '3', labelPl: 'transport drogowy', labelEn: 'road' }, { value: '2', labelPl: 'transport kolejowy', labelEn: 'rail' }] }, { excludes: ['TransportInny'], oneIsRequired: true }),
          field('TransportInny', 'Inny rodzaj transportu', 'Another kind of transport', { type: 'mark' }, { excludes: ['RodzajTransportu'], needs: ['OpisInnegoTransportu'], oneIsRequired: true }),
          field('OpisInnegoTransportu', 'Opis innego transportu', 'Description', text(50), { excludes: ['RodzajTransportu'] }),
          field('NrZleceniaTransportu', 'Numer zlecenia transportu', 'Transport order number', text(256)),
          field('DataGodzRozpTransportu', 'Rozpoczęcie transportu', 'Start of transport', { type: 'moment' }),
        ),
        { most: 20 },
      ),
      field('PodmiotPosredniczacy', 'Podmiot pośredniczący', 'Intermediary', { type: 'mark' }),
    ),
  ),
  'Fa/Rozliczenie': field(
    'Rozliczenie',
    'Rozliczenie',
    'Settlement',
    group(
      field('Obciazenia', 'Obciążenie', 'Charge', group(field('Kwota', 'Kwota', 'Amount', amount, { least: 1 }), field('Powod', 'Powód', 'Reason', text(256), { least: 1 })), { most: 100 }),
      field('Odliczenia', 'Odliczenie', 'Deduction', group(field('Kwota', 'Kwota', 'Amount', amount, { least: 1 }), field('Powod', 'Powód', 'Reason', text(256), { least: 1 })), { most: 100 }),
    ),
  ),
};

/** Descriptions of parts of FA(3). */
export const descriptions: Pick<Commands, 'describePart'> = {
  describePart: async (path) => {
    const part = parts[path];
    return part === undefined ? bad(make.problem('program.badRequest', 'contactSupport')) : ok(part);
  },
};
