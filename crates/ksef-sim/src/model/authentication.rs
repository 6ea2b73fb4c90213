use std::net::IpAddr;

use chrono::{DateTime, Utc};
use ksef_types::{CertificateSerial, ContextIdentifier, Nip, Pesel, ReferenceNumber};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::StoredStatus;
use crate::Permission;
use crate::judge::identity::Identity;

/// A challenge that was given out; lives ten minutes and is used once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Challenge {
    pub(crate) challenge: ReferenceNumber,
    pub(crate) issued: DateTime<Utc>,
    pub(crate) used: bool,
}

impl Challenge {
    pub(crate) const MINUTES: i64 = 10;

    pub(crate) fn usable(&self, now: DateTime<Utc>) -> bool {
        !self.used && now >= self.issued && now - self.issued <= chrono::Duration::minutes(Self::MINUTES)
    }
}

/// How a subject is identified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum SubjectKind {
    Nip,
    Pesel,
    Fingerprint,
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Subject {
    #[serde(rename = "type")]
    pub(crate) kind: SubjectKind,
    pub(crate) value: String,
}

impl Subject {
    pub(crate) fn nip(nip: &Nip) -> Self {
        Self { kind: SubjectKind::Nip, value: nip.to_string() }
    }

    pub(crate) fn pesel(pesel: &Pesel) -> Self {
        Self { kind: SubjectKind::Pesel, value: pesel.to_string() }
    }

    pub(crate) fn fingerprint(value: &str) -> Self {
        Self { kind: SubjectKind::Fingerprint, value: value.to_ascii_uppercase() }
    }

    /// As identifiers are written on the wire.
    pub(crate) fn json(&self) -> Value {
        json!({ "type": self.kind, "value": self.value })
    }

    /// By which rows about a subject are found.
    pub(crate) fn key(&self) -> String {
        format!("{:?}:{}", self.kind, self.value)
    }
}

/// How one authenticated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Method {
    /// By a token, with its number.
    Token(ReferenceNumber),
    /// By a certificate of KSeF; with SHA-256 of the signed document in hex, which the UPO names.
    Certificate { document_hash: String },
    /// By a certificate of somebody else.
    QualifiedSignature { document_hash: String },
    /// By a seal of somebody else.
    QualifiedSeal { document_hash: String },
    /// By the certificate of a provider of Peppol services.
    PeppolSignature { document_hash: String },
}

impl Method {
    /// `AuthenticationMethod`
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Token(_) => "Token",
            Self::Certificate { .. } => "InternalCertificate",
            Self::QualifiedSignature { .. } => "QualifiedSignature",
            Self::QualifiedSeal { .. } => "QualifiedSeal",
            Self::PeppolSignature { .. } => "PeppolSignature",
        }
    }

    /// `AuthenticationMethodInfo.category`
    pub(crate) const fn category(&self) -> &'static str {
        match self {
            Self::Token(_) => "Token",
            _ => "XadesSignature",
        }
    }

    /// `AuthenticationMethodInfo`
    pub(crate) fn info(&self) -> Value {
        let (category, code, name) = match self {
            Self::Token(_) => ("Token", "token.ksef", "Token KSeF"),
            Self::Certificate { .. } => ("XadesSignature", "xades.internal-certificate", "Certyfikat KSeF"),
            Self::QualifiedSignature { .. } => {
                ("XadesSignature", "xades.qualified-signature", "Podpis kwalifikowany")
            }
            Self::QualifiedSeal { .. } => ("XadesSignature", "xades.qualified-seal", "Pieczęć kwalifikowana"),
            Self::PeppolSignature { .. } => {
                ("XadesSignature", "xades.peppol-signature", "Podpis dostawcy usług Peppol")
            }
        };
        json!({ "category": category, "code": code, "displayName": name })
    }
}

/// How an authentication will end when it is processed; decided when it was started.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum AuthenticationPlan {
    Succeed,
    Fail(StoredStatus),
}

/// An operation of authentication and, once it succeeded, the session that comes of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Authentication {
    pub(crate) reference: ReferenceNumber,
    pub(crate) context: ContextIdentifier,
    pub(crate) subject: Subject,
    pub(crate) method: Method,
    pub(crate) permissions: Vec<Permission>,
    pub(crate) allowed_ips: Vec<IpRange>,
    pub(crate) started: DateTime<Utc>,
    pub(crate) plan: AuthenticationPlan,
    pub(crate) status: StoredStatus,
    pub(crate) redeemed: bool,
    pub(crate) refresh_valid_until: Option<DateTime<Utc>>,
    pub(crate) last_refresh: Option<DateTime<Utc>>,
    /// Numbers (`jti`) of the access tokens that were handed out and not ended by the management.
    pub(crate) access: Vec<String>,
    /// How often the status was asked for.
    pub(crate) looks: u32,
    /// Whom the certificate named that was used; `None` for a token.
    #[serde(default)]
    pub(crate) identity: Option<Identity>,
    /// Which of the simulator's certificates was used.
    #[serde(default)]
    pub(crate) certificate: Option<CertificateSerial>,
}

/// Addresses from which the access tokens may be used; both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct IpRange {
    pub(crate) first: u32,
    pub(crate) last: u32,
}

impl Authentication {
    /// No policy allows every address.
    pub(crate) fn allows(&self, address: IpAddr) -> bool {
        let IpAddr::V4(address) = address.to_canonical() else { return self.allowed_ips.is_empty() };
        let number = u32::from(address);
        self.allowed_ips.is_empty()
            || self.allowed_ips.iter().any(|range| (range.first..=range.last).contains(&number))
    }

    pub(crate) fn active(&self, now: DateTime<Utc>) -> bool {
        self.status.code == 200 && self.refresh_valid_until.is_some_and(|end| now < end)
    }
}
