//! Requests below `/testdata`.

use ksef_api::{
    CertificateLimitOverride, EffectiveRateLimit, Permission, PersonIdentifier, RateLimitsOverride,
    SessionLimits, SessionLimitsOverride, SubjectLimitsOverride, TestDataGrant, TestDataPermission,
    TestPerson, TestSubject, TestSubjectKind, TestSubunit,
};

use super::nip;
use super::permissions::pesel;
use crate::common::now;

pub fn subject(kind: TestSubjectKind) -> TestSubject {
    TestSubject {
        nip: nip(),
        kind,
        subunits: vec![TestSubunit {
            nip: "1111111111".parse().unwrap(),
            description: "Szkoła".parse().unwrap(),
        }],
        description: "Gmina".parse().unwrap(),
        created_date: Some(now()),
    }
}

pub fn person() -> TestPerson {
    TestPerson {
        nip: nip(),
        pesel: pesel(),
        is_bailiff: true,
        description: "Jan Przykład".parse().unwrap(),
        is_deceased: false,
        created_date: Some(now()),
    }
}

pub fn grant() -> TestDataGrant {
    let permission = |permission: &Permission| TestDataPermission {
        permission: *permission,
        description: "Uprawnienie".parse().unwrap(),
    };
    TestDataGrant {
        context: nip(),
        authorized: PersonIdentifier::Pesel(pesel()),
        permissions: Permission::ALL.iter().map(permission).collect(),
    }
}

pub fn session_limits() -> SessionLimitsOverride {
    let limits = SessionLimits {
        max_invoice_megabytes: 5,
        max_invoice_with_attachment_megabytes: 10,
        max_invoices: 100_000,
    };
    SessionLimitsOverride { online_session: limits, batch_session: limits, collective_identifier: None }
}

pub fn subject_limits() -> SubjectLimitsOverride {
    SubjectLimitsOverride {
        subject: CertificateLimitOverride::Pesel,
        max_enrollments: Some(12),
        max_certificates: Some(6),
    }
}

pub fn rate_limits() -> RateLimitsOverride {
    RateLimitsOverride::all(EffectiveRateLimit { per_second: 1, per_minute: 2, per_hour: -1 })
}
