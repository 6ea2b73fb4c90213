// Values of the contract with nothing in them, for forms to begin with.
import type {
  AccountDraft,
  AddressDraft,
  ContactDraft,
  ContractorCard,
  CorrectedReference,
  CorrectionDraft,
  DraftKind,
  GoodsCard,
  InvoiceDraft,
  LineDraft,
  OtherPartyDraft,
  PartyDraft,
  SellerProfile,
} from './contract';

export function address(): AddressDraft {
  return { country: '', line1: '', line2: '', gln: '' };
}

export function contact(): ContactDraft {
  return { email: '', phone: '' };
}

export function account(number = ''): AccountDraft {
  return { number, swift: '', bankOwn: '', bank: '', description: '' };
}

export function party(): PartyDraft {
  return { idKind: 'nip', id: '', idCountry: '', name: '', address: address(), correspondence: address(), contacts: [], eori: '', clientNumber: '' };
}

export function line(): LineDraft {
  return {
    name: '',
    quantity: '',
    unit: '',
    unitPrice: '',
    discount: '',
    rate: '',
    ossRate: '',
    vat: '',
    saleDate: '',
    gtu: '',
    procedure: '',
    annex15: false,
    index: '',
    gtin: '',
    pkwiu: '',
    cn: '',
    pkob: '',
    excise: '',
    exchangeRate: '',
    uuid: '',
    position: '',
    amount: '',
    goods: null,
    before: null,
    removed: false,
  };
}

export function corrected(): CorrectedReference {
  return { number: '', issueDate: '', ksefNumber: '' };
}

export function correction(): CorrectionDraft {
  return {
    reason: '',
    effect: '',
    corrected: [corrected()],
    period: '',
    rightNumber: '',
    method: 'beforeAndAfter',
    amountBefore: '',
    exchangeBefore: '',
    buyerBefore: null,
    sellerBefore: null,
    sums: [],
  };
}

export function otherParty(role: string): OtherPartyDraft {
  return { party: party(), role, roleText: '', share: '', buyerKey: '' };
}

export function contractor(): ContractorCard {
  return { party: party(), localGovernment: false, vatGroup: false, paymentDays: '', paymentForm: '', remarks: '' };
}

export function goods(): GoodsCard {
  return { line: { ...line(), quantity: '1', rate: '23' }, prices: 'net', currency: 'PLN', remarks: '' };
}

export function profile(): SellerProfile {
  return {
    name: '',
    address: address(),
    correspondence: address(),
    contacts: [],
    eori: '',
    euTaxpayer: false,
    status: '',
    fullName: '',
    krs: '',
    regon: '',
    bdo: '',
    issuePlace: '',
    accounts: [],
    paymentDays: '',
    paymentForm: '',
    notes: '',
    cashMethod: false,
  };
}

export function draft(kind: DraftKind = 'VAT'): InvoiceDraft {
  return {
    kind,
    issueDate: '',
    issuePlace: '',
    number: '',
    series: null,
    sale: { kind: 'unsaid' },
    deliveryNotes: [],
    buyer: { party: party(), localGovernment: false, vatGroup: false, buyerKey: '', contractor: null },
    others: [],
    currency: 'PLN',
    exchange: { rate: '', day: '', table: '' },
    prices: 'net',
    rounding: 'perRate',
    lines: [line()],
    annotations: {
      cashMethod: false,
      selfBilling: false,
      reverseCharge: false,
      splitPayment: false,
      triangular: false,
      exemption: 'none',
      exemptionText: '',
      margin: 'none',
    },
    payment: {
      paid: 'unpaid',
      paidOn: '',
      parts: [],
      terms: [],
      form: '',
      formText: '',
      accounts: [],
      factorAccounts: [],
      discountTerms: '',
      discountAmount: '',
      link: '',
      ipKsef: '',
    },
    correction: null,
    advance: null,
    settles: [],
    notes: '',
    descriptions: [],
    toReceipt: false,
    relatedParties: false,
    exciseRefund: false,
    extras: {},
    basedOn: [],
  };
}
