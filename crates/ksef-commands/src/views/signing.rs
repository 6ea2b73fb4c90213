use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Problem;
use crate::views::ConnectionView;

/// "Zaloguj Profilem Zaufanym lub podpisem": how far a login by a signature is.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SigningView {
    /// How far it is.
    pub step: SigningStep,
    /// By what KSeF is to know the signer of the newest request; nothing where none was made.
    pub subject_type: Option<SubjectIdentifierType>,
    /// Whether a trial signature is offered: KSeF takes self-signed certificates here, and the request is one for them.
    pub trial: bool,
    /// The file to be signed, with its folder, as people read paths.
    pub request_file: Option<String>,
    /// The folder in which a signed file is expected, where one is watched.
    pub watched_folder: Option<String>,
    /// Until when a signature of this request is taken, RFC 3339.
    pub expires_at: Option<String>,
    /// Who signed, once a signed file was taken.
    pub signer: Option<String>,
    /// Who made the signature that was sent: what a refusal means, and what to do, depends on that.
    pub signed_by: Option<SignedBy>,
    /// SHA-256 of the signer's certificate, 64 upper-case hex digits, where KSeF is to know the signer by it: what permissions
    /// are granted to.
    pub fingerprint: Option<String>,
    /// Since when KSeF checks the certificate, RFC 3339.
    pub checking_since: Option<String>,
    /// The newest file that was not taken, and why; the waiting goes on.
    pub refused_file: Option<RefusedFile>,
    /// Why KSeF, or something on the way there, refused.
    pub problem: Option<Problem>,
    /// Who one is in KSeF, once one is in.
    pub connection: Option<ConnectionView>,
}

/// By what KSeF is to know the signer. It stands in the request, so it is chosen before the request is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SubjectIdentifierType {
    /// By the NIP or PESEL in the certificate, or the person in a signature by Profil Zaufany.
    CertificateSubject,
    /// By the fingerprint of the certificate, to which permissions were granted: for certificates without NIP and PESEL.
    CertificateFingerprint,
}

/// Who made a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SignedBy {
    /// Another program: Profil Zaufany, or one for qualified signatures and seals.
    Elsewhere,
    /// This program, with files that a person chose.
    Files,
    /// This program, with a seal for trial.
    Trial,
}

/// The steps of such a login, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SigningStep {
    /// Not begun, or called off.
    Idle,
    /// The request is saved; its signed copy is waited for.
    Waiting,
    /// The ten minutes are over: a new request is needed.
    Expired,
    /// The signed file is on its way to KSeF.
    Sending,
    /// KSeF checks signature and revocation; that can take minutes.
    Checking,
    /// In.
    Connected,
    /// KSeF refused.
    Refused,
}

/// A file that is not the signed request.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RefusedFile {
    /// Its name.
    pub file_name: String,
    /// Why, and what to do.
    pub problem: Problem,
}

/// The pages on which people sign; their addresses are constants of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SigningPage {
    /// The government's page for signing with Profil Zaufany, e-dowód or a qualified signature.
    TrustedProfile,
    /// The tax administration's page that explains how to sign and authenticate.
    Guide,
}
