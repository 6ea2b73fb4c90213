//! A request of every kind, with everything that it can carry.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]
#![allow(clippy::allow_attributes, reason = "an expectation would fail in the files that use all of it")]
#![expect(clippy::unwrap_used, reason = "what fails must stop the test")]

pub mod calls;
pub mod permissions;
pub mod testdata;

use chrono::TimeDelta;
use ksef_api::{
    AllowedIps, Amount, AmountKind, AuthorizationPolicy, BatchFile, BatchPart, BuyerIdentifierKind,
    CertificatesQuery, CollectiveIdentifierNumber, CollectiveIdentifiersQuery, Compression, DateKind,
    DateRange, EncryptionInfo, EnrollCertificate, FormCode, FormType, IdentifierKind, InvoiceKind,
    InvoiceQuery, InvoiceToPay, InvoicingMode, KsefCertificateStatus, KsefCertificateType, KsefTokenState,
    KsefTokensQuery, MakeKsefToken, OpenBatchSession, OpenOnlineSession, Payment, Permission, PublicKeyId,
    QueryBuyer, SendInvoice, SessionKind, SessionState, SessionsQuery, StartExport, SubjectKind,
    TokenAuthentication,
};
use ksef_types::{CertificateSerial, KsefNumber, Nip, Sha256Hash};

use crate::common::{now, reference};

pub fn nip() -> Nip {
    "5265877635".parse().unwrap()
}

pub fn number() -> KsefNumber {
    KsefNumber::compose(nip(), now().date_naive(), [1, 2, 3, 4, 5, 6])
}

pub fn serial_number() -> CertificateSerial {
    "019A0CE840428FE6".parse().unwrap()
}

pub fn collective_number() -> CollectiveIdentifierNumber {
    "1111111111-IZ202607-65ED02180000-E7".parse().unwrap()
}

fn key_id() -> PublicKeyId {
    PublicKeyId("mkht+3m5trnfxlTYhq3QFn74LkEO69MFNlsMAkCDSPA=".to_owned())
}

pub fn encryption() -> EncryptionInfo {
    EncryptionInfo {
        encrypted_symmetric_key: vec![1; 32].into(),
        initialization_vector: [2; 16],
        public_key_id: Some(key_id()),
    }
}

pub fn token_authentication() -> TokenAuthentication {
    TokenAuthentication {
        challenge: reference("CR"),
        context_identifier: nip().into(),
        encrypted_token: vec![7; 32].into(),
        public_key_id: Some(key_id()),
        authorization_policy: Some(AuthorizationPolicy {
            allowed_ips: AllowedIps {
                addresses: vec!["192.0.2.1".to_owned()],
                ranges: vec!["192.0.2.1-192.0.2.9".to_owned()],
                masks: vec!["192.0.2.0/24".to_owned()],
            },
        }),
    }
}

pub fn open_session() -> OpenOnlineSession {
    OpenOnlineSession { form_code: FormCode::fa3(), encryption: encryption() }
}

pub fn send_invoice() -> SendInvoice {
    SendInvoice {
        invoice_hash: Sha256Hash::new([1; 32]),
        invoice_size: 5,
        encrypted_invoice_hash: Sha256Hash::new([2; 32]),
        encrypted_invoice_size: 16,
        encrypted_invoice_content: vec![3; 16],
        offline_mode: true,
        hash_of_corrected_invoice: Some(Sha256Hash::new([4; 32])),
    }
}

pub fn open_batch() -> OpenBatchSession {
    let part = |ordinal_number, byte| BatchPart {
        ordinal_number,
        file_size: 16,
        file_hash: Sha256Hash::new([byte; 32]),
    };
    OpenBatchSession {
        form_code: FormCode::fa3(),
        batch_file: BatchFile {
            file_size: 5_000_000_000,
            file_hash: Sha256Hash::new([1; 32]),
            compression: Compression::TarGz,
            parts: vec![part(1, 2), part(2, 3)],
        },
        encryption: encryption(),
        offline_mode: true,
    }
}

pub fn start_export() -> StartExport {
    StartExport {
        encryption: encryption(),
        only_metadata: true,
        filters: full_query(),
        compression: Compression::TarGz,
    }
}

pub fn full_query() -> InvoiceQuery {
    InvoiceQuery {
        ksef_number: Some(number()),
        invoice_number: Some("FV/1".to_owned()),
        amount: Some(Amount {
            kind: AmountKind::Brutto,
            from: Some("0.10".parse().unwrap()),
            to: Some("12345678901234.56".parse().unwrap()),
        }),
        seller_nip: Some(nip()),
        buyer_identifier: Some(QueryBuyer {
            kind: BuyerIdentifierKind::Foreign,
            value: Some("X1".to_owned()),
        }),
        currency_codes: vec!["PLN".to_owned()],
        invoicing_mode: Some(InvoicingMode::Offline),
        is_self_invoicing: Some(false),
        form_type: Some(FormType::FaRr),
        invoice_types: vec![InvoiceKind::Vat, InvoiceKind::KorVatRr],
        has_attachment: Some(true),
        ..small_query()
    }
}

pub fn small_query() -> InvoiceQuery {
    let date_range = DateRange {
        date_type: DateKind::PermanentStorage,
        from: now(),
        to: Some(now()),
        restrict_to_permanent_storage_hwm_date: Some(true),
    };
    InvoiceQuery::new(SubjectKind::SubjectAuthorized, date_range)
}

pub fn sessions_query() -> SessionsQuery {
    SessionsQuery {
        reference_number: Some(reference("SO")),
        created_from: Some(now()),
        created_to: Some(now()),
        closed_from: Some(now()),
        closed_to: Some(now()),
        modified_from: Some(now()),
        modified_to: Some(now()),
        states: vec![SessionState::InProgress, SessionState::Failed],
        ..SessionsQuery::all(SessionKind::Batch)
    }
}

pub fn tokens_query() -> KsefTokensQuery {
    KsefTokensQuery {
        states: vec![KsefTokenState::Active, KsefTokenState::Revoked],
        description: Some("sklep".to_owned()),
        author_identifier: Some("526".to_owned()),
        author_kind: Some(IdentifierKind::Nip),
        ..KsefTokensQuery::all()
    }
}

pub fn make_token() -> MakeKsefToken {
    MakeKsefToken { permissions: Permission::ALL.to_vec(), description: "Sklep internetowy".parse().unwrap() }
}

pub fn enroll() -> EnrollCertificate {
    EnrollCertificate {
        name: "Księgowość 2026".parse().unwrap(),
        kind: KsefCertificateType::Offline,
        csr: vec![0x30, 0x82],
        valid_from: Some(now()),
    }
}

pub fn certificates_query() -> CertificatesQuery {
    CertificatesQuery {
        serial_number: Some(serial_number()),
        name: Some("Księ".to_owned()),
        kind: Some(KsefCertificateType::Authentication),
        status: Some(KsefCertificateStatus::Blocked),
        expires_after: Some(now()),
    }
}

pub fn to_pay() -> Vec<InvoiceToPay> {
    let payment = Payment { amount: "12345678901234.50".parse().unwrap(), currency: "PLN".to_owned() };
    let full = InvoiceToPay {
        ksef_number: number(),
        payment: Some(payment),
        description: Some("Zaliczka".parse().unwrap()),
    };
    vec![full, InvoiceToPay { ksef_number: number(), payment: None, description: None }]
}

pub fn collective_query() -> CollectiveIdentifiersQuery {
    CollectiveIdentifiersQuery {
        number: Some(collective_number()),
        invoice_count_from: Some(2),
        invoice_count_to: Some(500),
        created_in_current_context: Some(true),
        ..CollectiveIdentifiersQuery::between(now() - TimeDelta::days(100), now())
    }
}
