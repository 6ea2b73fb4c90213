//! Permissions: every kind of granting, revoking, and what can be asked about them. A file for each kind.
//!
//! Granting and revoking are accepted first and decided later: [`PermissionOperation`] names the operation,
//! [`crate::Client::await_permission_operation`] waits for its outcome. After a lost answer nobody knows whether
//! there is an operation, so neither is ever repeated by itself; the lists tell what holds.

mod authorizations;
mod details;
mod entities;
mod eu_entities;
mod indirect;
mod kinds;
mod operations;
mod personal;
mod persons;
mod roles;
mod subunits;

pub use authorizations::{
    AuthorizationGrant, AuthorizationGrantsQuery, AuthorizationsSide, GrantAuthorization,
};
pub use details::{
    EntityDetails, EuFirm, FingerprintHolder, FingerprintOwner, FingerprintPerson, IdDocument, PersonDetails,
    PersonName, PersonSubject,
};
pub use entities::{EntityGrant, EntityGrantsQuery, EntityPermissionGranted, GrantToEntity};
pub use eu_entities::{EuEntityGrant, EuEntityGrantsQuery, GrantEuAdministration, GrantEuRepresentation};
pub use indirect::GrantIndirectly;
pub use kinds::{
    Authorization, AuthorizationKind, EntityPermission, EuGrantPermission, EuPermission, Permission,
    PermissionKind, PermissionState,
};
pub use operations::{AttachmentConsent, PermissionOperation, PermissionOperationStatus};
pub use personal::{OwnerPermission, PersonalGrant, PersonalGrants, PersonalGrantsQuery};
pub use persons::{GrantToPerson, PersonGrant, PersonGrantsQuery, PersonGrantsScope};
pub use roles::{EntityRole, EntityRoleKind, SubordinateRole, SubordinateRolesQuery};
pub use subunits::{GrantSubunitAdministration, SubunitGrant, SubunitGrantsQuery};

pub(crate) use authorizations::{
    GRANT as GRANT_AUTHORIZATION, QUERY as AUTHORIZATIONS, REVOKE as REVOKE_AUTHORIZATION,
};
pub(crate) use entities::{GRANT as GRANT_ENTITY, QUERY as ENTITIES};
pub(crate) use eu_entities::{GRANT_ADMINISTRATION, GRANT_REPRESENTATION, QUERY as EU_ENTITIES};
pub(crate) use indirect::GRANT as GRANT_INDIRECTLY;
pub(crate) use operations::{ATTACHMENTS, OPERATION, REVOKE};
pub(crate) use personal::PERSONAL;
pub(crate) use persons::{GRANT as GRANT_PERSON, QUERY as PERSONS};
pub(crate) use roles::{ENTITY as ENTITY_ROLES, SUBORDINATE as SUBORDINATE_ROLES};
pub(crate) use subunits::{GRANT as GRANT_SUBUNIT, QUERY as SUBUNITS};
