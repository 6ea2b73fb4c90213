//! What can be granted (exactly the contract's values) and what answers name (open to new ones).

use crate::open_enum::{open_enum, sent_enum};

sent_enum! {
    /// What a person or a token may be allowed. Source: OpenAPI `PersonPermissionType`, `TokenPermissionType`.
    Permission {
        /// Granting permissions.
        CredentialsManage = "CredentialsManage",
        /// Seeing permissions.
        CredentialsRead = "CredentialsRead",
        /// Issuing invoices.
        InvoiceWrite = "InvoiceWrite",
        /// Reading invoices.
        InvoiceRead = "InvoiceRead",
        /// Seeing the history of sessions, and making UPO.
        Introspection = "Introspection",
        /// Managing units.
        SubunitManage = "SubunitManage",
        /// Enforcement; only in the context of a bailiff or an enforcement authority.
        EnforcementOperations = "EnforcementOperations",
        /// Collective identifiers.
        CollectiveIdentifierManage = "CollectiveIdentifierManage",
    }
}

sent_enum! {
    /// What a firm may be allowed, and what may be granted indirectly. Source: OpenAPI `EntityPermissionType`,
    /// `IndirectPermissionType`, and 2.9.
    EntityPermission {
        /// Issuing invoices.
        InvoiceWrite = "InvoiceWrite",
        /// Reading invoices.
        InvoiceRead = "InvoiceRead",
        /// Collective identifiers (since 2.9).
        CollectiveIdentifierManage = "CollectiveIdentifierManage",
    }
}

sent_enum! {
    /// What the representative of a firm of the Union may be allowed. Source: OpenAPI `EuEntityPermissionType`.
    EuGrantPermission {
        /// Issuing invoices.
        InvoiceWrite = "InvoiceWrite",
        /// Reading invoices.
        InvoiceRead = "InvoiceRead",
    }
}

sent_enum! {
    /// For what a firm may be authorised by another. Source: OpenAPI `EntityAuthorizationPermissionType`.
    Authorization {
        /// Self-invoicing.
        SelfInvoicing = "SelfInvoicing",
        /// Invoices from flat-rate farmers (VAT RR).
        RrInvoicing = "RRInvoicing",
        /// Acting as the tax representative.
        TaxRepresentative = "TaxRepresentative",
        /// Invoices by Peppol.
        PefInvoicing = "PefInvoicing",
    }
}

open_enum! {
    /// What one may do, as answers name it.
    PermissionKind {
        /// Granting permissions.
        CredentialsManage = "CredentialsManage",
        /// Seeing permissions.
        CredentialsRead = "CredentialsRead",
        /// Issuing invoices.
        InvoiceWrite = "InvoiceWrite",
        /// Reading invoices.
        InvoiceRead = "InvoiceRead",
        /// Seeing the history of sessions.
        Introspection = "Introspection",
        /// Managing units.
        SubunitManage = "SubunitManage",
        /// Enforcement.
        EnforcementOperations = "EnforcementOperations",
        /// Managing for a firm of the Union.
        VatUeManage = "VatUeManage",
        /// Collective identifiers.
        CollectiveIdentifierManage = "CollectiveIdentifierManage",
    }
}

open_enum! {
    /// For what a firm is authorised, as answers name it.
    AuthorizationKind {
        /// Self-invoicing.
        SelfInvoicing = "SelfInvoicing",
        /// Acting as the tax representative.
        TaxRepresentative = "TaxRepresentative",
        /// Invoices from flat-rate farmers (VAT RR).
        RrInvoicing = "RRInvoicing",
        /// Invoices by Peppol.
        PefInvoicing = "PefInvoicing",
    }
}

open_enum! {
    /// What one may do for a firm of the Union.
    EuPermission {
        /// Managing.
        VatUeManage = "VatUeManage",
        /// Issuing invoices.
        InvoiceWrite = "InvoiceWrite",
        /// Reading invoices.
        InvoiceRead = "InvoiceRead",
        /// Seeing the history of sessions.
        Introspection = "Introspection",
    }
}

open_enum! {
    /// Whether a permission counts.
    PermissionState {
        /// It does.
        Active = "Active",
        /// It waits for another one.
        Inactive = "Inactive",
    }
}

impl From<Permission> for PermissionKind {
    fn from(permission: Permission) -> Self {
        Self::from(permission.as_str())
    }
}

impl From<Authorization> for AuthorizationKind {
    fn from(authorization: Authorization) -> Self {
        Self::from(authorization.as_str())
    }
}
