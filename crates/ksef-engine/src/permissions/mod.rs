//! Permissions: lists, grants of every kind, revoking, what the company is in KSeF.

mod grant;
mod listing;
mod party;
mod standing;

pub use grant::{Grant, PermissionWork, RevocationKind, WorkRefusal, WorkState};
pub use listing::{GrantedPermission, PermissionList, PermissionPage};
pub use party::{Party, PartyKind};
pub use standing::{CompanyRole, CompanyStanding, Subordinate};

/// What grants are made of, as the client has it: every field checked when it is made.
pub mod grants {
    pub use ksef_api::{
        AddressLine, Authorization, AuthorizedEntity, CompanyOrUnit, Description, EntityPermission,
        EntityPermissionGranted, EuFirm, EuGrantPermission, FingerprintHolder, FingerprintOwner,
        FingerprintPerson, FirmName, FirstName, FullName, GrantAuthorization, GrantEuAdministration,
        GrantEuRepresentation, GrantIndirectly, GrantSubunitAdministration, GrantTarget, GrantToEntity,
        GrantToPerson, IdDocument, InvalidText, LastName, NipVatUe, PeppolId, Permission, PermissionId,
        PersonName, PersonNumber, PersonSubject,
    };
}
