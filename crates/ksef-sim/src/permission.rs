use serde::{Deserialize, Serialize};

/// A permission in a context, as the API spells it. Source: OpenAPI `x-required-permissions`,
/// `PersonalPermissionScope`, `TokenPermissionType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Permission {
    /// Issuing invoices.
    InvoiceWrite,
    /// Reading invoices.
    InvoiceRead,
    /// Managing permissions.
    CredentialsManage,
    /// Reading permissions.
    CredentialsRead,
    /// The history of sessions.
    Introspection,
    /// Managing subordinate units.
    SubunitManage,
    /// Enforcement.
    EnforcementOperations,
    /// Managing permissions of a firm of the Union.
    VatUeManage,
    /// Collective identifiers.
    CollectiveIdentifierManage,
    /// Issuing Peppol invoices.
    PefInvoiceWrite,
}

impl Permission {
    /// The rights of an owner (`ownerPermissions` since API 2.9).
    pub const OWNER: [Self; 8] = [
        Self::CredentialsManage,
        Self::CredentialsRead,
        Self::InvoiceWrite,
        Self::InvoiceRead,
        Self::Introspection,
        Self::SubunitManage,
        Self::EnforcementOperations,
        Self::CollectiveIdentifierManage,
    ];

    /// As the API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvoiceWrite => "InvoiceWrite",
            Self::InvoiceRead => "InvoiceRead",
            Self::CredentialsManage => "CredentialsManage",
            Self::CredentialsRead => "CredentialsRead",
            Self::Introspection => "Introspection",
            Self::SubunitManage => "SubunitManage",
            Self::EnforcementOperations => "EnforcementOperations",
            Self::VatUeManage => "VatUeManage",
            Self::CollectiveIdentifierManage => "CollectiveIdentifierManage",
            Self::PefInvoiceWrite => "PefInvoiceWrite",
        }
    }

    /// What it is called for people, in Polish (OpenAPI, description of the personal grants).
    #[must_use]
    pub const fn in_polish(self) -> &'static str {
        match self {
            Self::InvoiceWrite => "wystawianie faktur",
            Self::InvoiceRead => "przeglądanie faktur",
            Self::CredentialsManage => "zarządzanie uprawnieniami",
            Self::CredentialsRead => "przeglądanie uprawnień",
            Self::Introspection => "przeglądanie historii sesji",
            Self::SubunitManage => "zarządzanie podmiotami podrzędnymi",
            Self::EnforcementOperations => "wykonywanie operacji egzekucyjnych",
            Self::VatUeManage => "zarządzanie uprawnieniami w ramach podmiotu unijnego",
            Self::CollectiveIdentifierManage => "zarządzanie identyfikatorami zbiorczymi",
            Self::PefInvoiceWrite => "wystawianie faktur PEF",
        }
    }
}
