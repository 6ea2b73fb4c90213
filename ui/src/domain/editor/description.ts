// Where the descriptions of FA(3)'s parts come from.
import { host, type Answer } from '../../host';

export interface ListValue {
  value: string;
  labelPl: string;
  labelEn: string;
}

export type FieldKind =
  | { type: 'text'; shortest: number; longest: number }
  | { type: 'longText'; shortest: number; longest: number }
  | { type: 'number'; digits: number; fraction: number }
  | { type: 'wholeNumber'; least: number | null; digits: number | null }
  | { type: 'date'; earliest: string | null; latest: string | null }
  | { type: 'moment' }
  | { type: 'mark' }
  | { type: 'yesNo' }
  | { type: 'list'; values: ListValue[] }
  | { type: 'codes'; values: string[] }
  | { type: 'group'; members: FieldDescription[] };

export interface FieldDescription {
  name: string;
  path: string;
  labelPl: string;
  labelEn: string;
  kind: FieldKind;
  least: number;
  most: number;
  excludes: string[];
  needs: string[];
  oneIsRequired: boolean;
  fixed: string | null;
  attributes: FieldDescription[];
}

export function ask(path: string): Promise<Answer<FieldDescription>> {
  return (host() as unknown as { describePart: (path: string) => Promise<Answer<FieldDescription>> }).describePart(path);
}
