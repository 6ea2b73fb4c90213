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
    /// By Profil Zaufany.
    TrustedProfile { document_hash: String },
    /// By the certificate on an identity card.
    PersonalSignature { document_hash: String },
    /// By the certificate of a provider of Peppol services.
    PeppolSignature { document_hash: String },
    /// At the ministry's portal by login.gov.pl; nothing was signed.
    NationalNode,
}

impl Method {
    /// `AuthenticationMethod`
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Token(_) => "Token",
            Self::Certificate { .. } => "InternalCertificate",
            Self::QualifiedSignature { .. } => "QualifiedSignature",
            Self::QualifiedSeal { .. } => "QualifiedSeal",
            // The older field has one word for both. Source: the guide, list of changes, 2.1.0.
            Self::TrustedProfile { .. } | Self::NationalNode => "TrustedProfile",
            Self::PersonalSignature { .. } => "PersonalSignature",
            Self::PeppolSignature { .. } => "PeppolSignature",
        }
    }

    /// `AuthenticationMethodInfo.category`
    pub(crate) const fn category(&self) -> &'static str {
        match self {
            Self::Token(_) => "Token",
            Self::NationalNode => "NationalNode",
            _ => "XadesSignature",
        }
    }

    /// SHA-256 of the signed document in hex; `None` where nothing was signed.
    pub(crate) fn document_hash(&self) -> Option<&str> {
        match self {
            Self::Token(_) | Self::NationalNode => None,
            Self::Certificate { document_hash }
            | Self::QualifiedSignature { document_hash }
            | Self::QualifiedSeal { document_hash }
            | Self::TrustedProfile { document_hash }
            | Self::PersonalSignature { document_hash }
            | Self::PeppolSignature { document_hash } => Some(document_hash),
        }
    }

    /// `AuthenticationMethodInfo`; the codes are those of the contract's examples and made in their manner.
    pub(crate) fn info(&self) -> Value {
        let (code, name) = match self {
            Self::Token(_) => ("token.ksef", "Token KSeF"),
            Self::Certificate { .. } => ("xades.internal-certificate", "Certyfikat KSeF"),
            Self::QualifiedSignature { .. } => ("xades.qualified-signature", "Podpis kwalifikowany"),
            Self::QualifiedSeal { .. } => ("xades.qualified-seal", "Pieczęć kwalifikowana"),
            Self::TrustedProfile { .. } => ("xades.trusted-profile", "Profil Zaufany"),
            Self::PersonalSignature { .. } => ("xades.personal-signature", "Podpis osobisty"),
            Self::PeppolSignature { .. } => ("xades.peppol-signature", "Podpis dostawcy usług Peppol"),
            Self::NationalNode => ("national-node.login-gov-pl", "Węzeł Krajowy (login.gov.pl)"),
        };
        json!({ "category": self.category(), "code": code, "displayName": name })
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

impl IpRange {
    /// An address of version 6 only where it stands for one of version 4.
    pub(crate) fn contains(self, address: IpAddr) -> bool {
        let IpAddr::V4(address) = address.to_canonical() else { return false };
        (self.first..=self.last).contains(&address.into())
    }
}

impl Authentication {
    /// No policy allows every address.
    pub(crate) fn allows(&self, address: IpAddr) -> bool {
        self.allowed_ips.is_empty() || self.allowed_ips.iter().any(|range| range.contains(address))
    }

    pub(crate) fn active(&self, now: DateTime<Utc>) -> bool {
        self.status.code == 200 && self.refresh_valid_until.is_some_and(|end| now < end)
    }
}
