use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Problem;

/// Which list of permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PermissionList {
    /// What I may do here.
    Mine,
    /// People and firms that may work in this company.
    People,
    /// What was granted by this company to people outside of it (indirectly).
    GrantedHere,
    /// Rights to invoices that other firms gave to this company.
    FromFirms,
    /// Rights of firms given by this company (self-invoicing, tax representative, RR, PEF).
    AuthorizationsGiven,
    /// The same, received.
    AuthorizationsReceived,
    /// Administrators of sub-units.
    Subunits,
    /// Administrators and representatives of EU entities.
    EuEntities,
}

/// A page of such a list.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PermissionsPage {
    /// One row a permission.
    pub rows: Vec<PermissionRow>,
    /// The page that can be asked for next.
    pub next: Option<u32>,
}

/// One permission.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PermissionRow {
    /// By which it can be revoked; nothing where it cannot (an owner's own).
    pub id: Option<String>,
    /// The whole of it as a sentence in the person's language.
    pub sentence: String,
    /// As the contract names it: `InvoiceWrite`, `SelfInvoicing` …
    pub permission: String,
    /// Who has it.
    pub holder: PartyView,
    /// Who gave it.
    pub author: Option<PartyView>,
    /// May it be passed on?
    pub can_pass_on: bool,
    /// It is not in force now.
    pub inactive: bool,
    /// Description given when it was granted.
    pub description: String,
    /// RFC 3339.
    pub since: Option<String>,
    /// How it is revoked.
    pub kind: RevocationKind,
}

/// By which operation a permission is revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RevocationKind {
    /// `/permissions/common/grants`.
    Common,
    /// `/permissions/authorizations/grants`.
    Authorization,
    /// It cannot be revoked.
    None,
}

/// Somebody in KSeF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PartyView {
    /// By what.
    pub kind: PartyKind,
    /// The identifier; a PESEL masked.
    pub identifier: String,
    /// Name, where known.
    pub name: Option<String>,
}

/// By what somebody is known to KSeF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PartyKind {
    /// Ten digits.
    Nip,
    /// Eleven digits.
    Pesel,
    /// SHA-256 of the certificate, 64 hex digits.
    Fingerprint,
    /// A sub-unit: NIP and five digits.
    InternalId,
    /// A NIP and the number of an EU entity.
    NipVatUe,
    /// A Peppol provider.
    PeppolId,
    /// All partners.
    AllPartners,
    /// KSeF itself.
    System,
}

/// A person of flesh and blood to whom something is granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PersonForm {
    /// PESEL, NIP or fingerprint.
    pub kind: PartyKind,
    /// In any spelling.
    pub identifier: String,
    /// Given names.
    pub first_name: String,
    /// Surname.
    pub last_name: String,
    /// With a fingerprint: the identity document or foreign number, where there is no PESEL or NIP.
    pub document: Option<IdentityDocument>,
    /// With a fingerprint: PESEL or NIP of the person, where there is one.
    pub person_identifier: Option<String>,
}

/// For persons known by the fingerprint of a certificate only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct IdentityDocument {
    /// ISO date.
    pub birth_date: String,
    /// Kind of the document.
    pub kind: String,
    /// Its number.
    pub number: String,
    /// Country that issued it, two letters.
    pub country: String,
}

/// Whose the certificate is by which somebody acts for an EU entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum OwnerForm {
    /// A person's.
    Person {
        /// Whose; by fingerprint.
        person: PersonForm,
    },
    /// A firm's: a qualified seal.
    Firm {
        /// SHA-256 of the certificate in any spelling.
        fingerprint: String,
        /// Full name, at most 100 characters.
        name: String,
        /// Address, at most 512 characters.
        address: String,
    },
}

/// What is granted, to whom: every kind of the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum GrantForm {
    /// To a person, to work in this company.
    Person {
        /// Whom.
        person: PersonForm,
        /// As the contract names them.
        permissions: Vec<String>,
        /// What for.
        description: String,
    },
    /// To a firm, to handle invoices.
    Firm {
        /// NIP in any spelling.
        nip: String,
        /// Full name.
        name: String,
        /// Reading.
        read: bool,
        /// May pass reading on.
        pass_read_on: bool,
        /// Issuing.
        write: bool,
        /// May pass issuing on.
        pass_write_on: bool,
        /// Managing collective identifiers.
        collective: bool,
        /// May pass that on.
        pass_collective_on: bool,
        /// What for.
        description: String,
    },
    /// To a firm, to act in this company's name: self-invoicing, tax representative, RR, PEF.
    Authorization {
        /// NIP or Peppol identifier.
        holder: PartyKind,
        /// In any spelling.
        identifier: String,
        /// Full name.
        name: String,
        /// `SelfInvoicing`, `TaxRepresentative`, `RRInvoicing`, `PefInvoicing`.
        permission: String,
        /// What for.
        description: String,
    },
    /// To a person, in the name of a partner who gave this company the right to pass on.
    Indirect {
        /// Whom.
        person: PersonForm,
        /// NIP or internal identifier of the partner; nothing means all partners.
        partner: Option<String>,
        /// `InvoiceRead`, `InvoiceWrite`, `CollectiveIdentifierManage`.
        permissions: Vec<String>,
        /// What for.
        description: String,
    },
    /// Administrator of a sub-unit.
    Subunit {
        /// Whom.
        person: PersonForm,
        /// NIP of the subordinate entity or internal identifier of the unit.
        unit: String,
        /// Name of the unit, for an internal identifier.
        unit_name: Option<String>,
        /// What for.
        description: String,
    },
    /// Administrator of an EU entity that invoices itself.
    EuAdministrator {
        /// Whom.
        owner: OwnerForm,
        /// `NIP-VATUE` in any spelling.
        context: String,
        /// Name of the entity.
        entity_name: String,
        /// Its address.
        entity_address: String,
        /// What for.
        description: String,
    },
    /// Representative of an EU entity.
    EuRepresentative {
        /// Whom.
        owner: OwnerForm,
        /// `InvoiceRead`, `InvoiceWrite`.
        permissions: Vec<String>,
        /// What for.
        description: String,
    },
}

/// What a grant will do, before it is sent.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct GrantPreview {
    /// The grant as a sentence; nothing while something is missing.
    pub sentence: Option<String>,
    /// What is wrong, each beside its field.
    pub problems: Vec<GrantProblem>,
}

/// Something wrong in a field of the form.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct GrantProblem {
    /// Name of the field as in the form (`nip`, `identifier`, `firstName`, `permissions`, `description` …).
    pub field: String,
    /// What is wrong.
    pub problem: Problem,
}

/// An operation on permissions, which KSeF does in its own time.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OperationView {
    /// By which KSeF knows it.
    pub reference_number: String,
    /// How it stands.
    pub state: OperationState,
    /// Why it failed.
    pub problem: Option<Problem>,
}

/// How an operation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum OperationState {
    /// KSeF has not finished.
    Pending,
    /// Done.
    Done,
    /// Refused.
    Failed,
}

/// Facts about the company in KSeF that are shown beside the permissions.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CompanyStanding {
    /// Roles as the contract names them (`LocalGovernmentUnit` …) with their beginning and parent.
    pub roles: Vec<RoleView>,
    /// Subordinate entities.
    pub subordinates: Vec<SubordinateView>,
    /// Consent for invoices with attachments.
    pub attachments: AttachmentConsent,
}

/// A role of the company.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RoleView {
    /// As the contract names it.
    pub role: String,
    /// Above it, where there is one.
    pub parent: Option<PartyView>,
    /// RFC 3339.
    pub since: String,
}

/// A subordinate entity.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SubordinateView {
    /// Which.
    pub entity: PartyView,
    /// As the contract names it.
    pub role: String,
    /// RFC 3339.
    pub since: String,
}

/// Consent for attachments, given in e-Urząd Skarbowy.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentConsent {
    /// Invoices with attachments are taken.
    pub allowed: bool,
    /// RFC 3339: a revocation that is not in force yet.
    pub revoked_from: Option<String>,
}
