//! Getting access: challenge, authentication by token or signature, tokens.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use ksef_types::{ContextIdentifier, ReferenceNumber, SecretBytes, SecretText};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use crate::answer::Answer;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::{ApiError, code};
use crate::open_enum::open_enum;
use crate::operation::{Operation, Repeat};
use crate::public_keys::PublicKeyId;
use crate::status::StatusInfo;
use crate::wait::{Settles, WaitError, WaitPolicy, until_settled};

pub(crate) static CHALLENGE: Operation =
    Operation::post("challenge", "/auth/challenge", RateGroup::Public, Repeat::Safe);
pub(crate) static BY_TOKEN: Operation =
    Operation::post("authenticate_by_token", "/auth/ksef-token", RateGroup::Public, Repeat::Never);
pub(crate) static BY_XADES: Operation =
    Operation::post("authenticate_by_xades", "/auth/xades-signature", RateGroup::Public, Repeat::Never);
pub(crate) static STATUS: Operation =
    Operation::get("authentication_status", "/auth/{referenceNumber}", RateGroup::Public);
/// Only the first one is answered, so a lost answer means starting over.
pub(crate) static REDEEM: Operation =
    Operation::post("redeem", "/auth/token/redeem", RateGroup::Public, Repeat::Never);
/// The refresh token stays the same, a second access token does no harm.
pub(crate) static REFRESH: Operation =
    Operation::post("refresh", "/auth/token/refresh", RateGroup::Public, Repeat::Safe);

/// What has to be signed or encrypted within 10 minutes. Source: OpenAPI `AuthenticationChallengeResponse`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Challenge {
    /// The challenge itself: 36 characters, `YYYYMMDD-CR-…`.
    pub challenge: ReferenceNumber,
    /// When it was made; up to seven digits of a second.
    pub timestamp: DateTime<Utc>,
    /// When it was made, in milliseconds since 1970; this is what is encrypted together with a token.
    pub timestamp_ms: i64,
    /// The address from which KSeF saw the request come.
    #[serde(default)]
    pub client_ip: String,
}

/// Authentication by a token of KSeF. Source: OpenAPI `InitTokenAuthenticationRequest`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenAuthentication {
    /// [`Challenge::challenge`].
    pub challenge: ReferenceNumber,
    /// In whose name.
    pub context_identifier: ContextIdentifier,
    /// RSA-OAEP-SHA256 of `token|timestampMs`, the ciphertext.
    #[serde(serialize_with = "crate::wire::secret_bytes::serialize")]
    pub encrypted_token: SecretBytes,
    /// The key with which it was encrypted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_key_id: Option<PublicKeyId>,
    /// From which addresses the access may be used; `None`: from any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization_policy: Option<AuthorizationPolicy>,
}

/// Restricts the use of an access. Source: OpenAPI `AuthorizationPolicy`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthorizationPolicy {
    /// The addresses that are allowed.
    pub allowed_ips: AllowedIps,
}

/// Addresses of version 4. Source: OpenAPI `AllowedIps`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AllowedIps {
    /// Single ones: `192.0.2.1`.
    #[serde(rename = "ip4Addresses", skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<String>,
    /// From and to: `192.0.2.1-192.0.2.9`.
    #[serde(rename = "ip4Ranges", skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<String>,
    /// With a mask: `192.0.2.0/24`.
    #[serde(rename = "ip4Masks", skip_serializing_if = "Vec::is_empty")]
    pub masks: Vec<String>,
}

/// How strictly a signed request is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct XadesOptions {
    /// Whether KSeF checks the chain of a certificate on the test environment too (`verifyCertificateChain`).
    pub verify_chain: bool,
    /// Asks for the strict checks of the signature's form (`X-KSeF-Feature: enforce-xades-compliance`).
    pub strict: bool,
}

/// An authentication has begun. Source: OpenAPI `AuthenticationInitResponse`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthenticationStarted {
    /// Under which number it is asked for.
    pub reference_number: ReferenceNumber,
    /// With which token it is asked for and redeemed.
    pub authentication_token: AuthenticationToken,
}

macro_rules! bearer {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            #[serde(deserialize_with = "shared_secret")]
            token: Arc<SecretText>,
            valid_until: DateTime<Utc>,
        }

        impl $name {
            /// From a token and its end.
            #[must_use]
            pub fn new(token: SecretText, valid_until: DateTime<Utc>) -> Self {
                Self { token: Arc::new(token), valid_until }
            }

            /// Until when KSeF accepts it.
            #[must_use]
            pub const fn valid_until(&self) -> DateTime<Utc> {
                self.valid_until
            }

            pub(crate) fn secret(&self) -> &SecretText {
                &self.token
            }
        }
    };
}

fn shared_secret<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Arc<SecretText>, D::Error> {
    crate::wire::secret_text::deserialize(deserializer).map(Arc::new)
}

bearer! {
    /// For asking after an authentication and for redeeming it; nothing else.
    AuthenticationToken
}
bearer! {
    /// For every operation of a company; lives minutes.
    AccessToken
}
bearer! {
    /// For getting a new [`AccessToken`]; lives days.
    RefreshToken
}

/// What an authentication is redeemed for. Source: OpenAPI `AuthenticationTokensResponse`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tokens {
    /// For the operations.
    #[serde(rename = "accessToken")]
    pub access: AccessToken,
    /// For a new access token.
    #[serde(rename = "refreshToken")]
    pub refresh: RefreshToken,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Refreshed {
    access_token: AccessToken,
}

open_enum! {
    /// With what one authenticated (the older field, to be dropped by KSeF).
    AuthenticationMethod {
        /// A token of KSeF.
        Token = "Token",
        /// Profil Zaufany.
        TrustedProfile = "TrustedProfile",
        /// A certificate of KSeF.
        InternalCertificate = "InternalCertificate",
        /// A qualified signature.
        QualifiedSignature = "QualifiedSignature",
        /// A qualified seal.
        QualifiedSeal = "QualifiedSeal",
        /// A personal signature (e-dowód).
        PersonalSignature = "PersonalSignature",
        /// A signature of Peppol.
        PeppolSignature = "PeppolSignature",
    }
}

open_enum! {
    /// The kind of method with which one authenticated.
    AuthenticationMethodCategory {
        /// A signed document.
        XadesSignature = "XadesSignature",
        /// Węzeł Krajowy (login.gov.pl).
        NationalNode = "NationalNode",
        /// A token of KSeF.
        Token = "Token",
    }
}

/// With what one authenticated, in words. Source: OpenAPI `AuthenticationMethodInfo`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthenticationMethodInfo {
    /// The kind.
    pub category: AuthenticationMethodCategory,
    /// KSeF's code of the method.
    pub code: String,
    /// KSeF's name for people.
    pub display_name: String,
}

/// Where an authentication stands. Source: OpenAPI `AuthenticationOperationStatusResponse`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthenticationStatus {
    /// When it began.
    pub start_date: DateTime<Utc>,
    /// With what.
    #[serde(default)]
    pub authentication_method: Option<AuthenticationMethod>,
    /// With what, in words.
    #[serde(default)]
    pub authentication_method_info: Option<AuthenticationMethodInfo>,
    /// 100 under way; 200 done; 415, 425, 450, 460, 470, 480, 500, 550 refused.
    pub status: StatusInfo,
    /// Whether it has been redeemed.
    #[serde(default)]
    pub is_token_redeemed: Option<bool>,
    /// When an access token was last renewed.
    #[serde(default)]
    pub last_token_refresh_date: Option<DateTime<Utc>>,
    /// Until when the refresh token is accepted.
    #[serde(default)]
    pub refresh_token_valid_until: Option<DateTime<Utc>>,
}

impl Settles for AuthenticationStatus {
    const NOT_YET: &'static [i32] = &[code::NO_AUTHENTICATION];

    fn is_under_way(&self) -> bool {
        self.status.is_under_way()
    }
}

impl Client {
    /// `POST /auth/challenge`: something fresh to sign or to encrypt.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn challenge(&self) -> Result<Answer<Challenge>, ApiError> {
        self.request(&CHALLENGE).json_answer().await
    }

    /// `POST /auth/ksef-token`: begins an authentication by a token.
    ///
    /// # Errors
    /// See [`ApiError`]; 21470 when the ministry's key has changed ([`crate::KeyRing`] deals with it).
    pub async fn authenticate_by_token(
        &self,
        request: &TokenAuthentication,
    ) -> Result<Answer<AuthenticationStarted>, ApiError> {
        self.request(&BY_TOKEN).json(request).json_answer().await
    }

    /// `POST /auth/xades-signature`: begins an authentication by a signed `AuthTokenRequest`, given as its exact bytes.
    ///
    /// # Errors
    /// See [`ApiError`]; 9105 and its neighbours for a signature, 21115 for a certificate that is refused at once.
    pub async fn authenticate_by_xades(
        &self,
        document: &[u8],
        options: XadesOptions,
    ) -> Result<Answer<AuthenticationStarted>, ApiError> {
        let mut request = self.request(&BY_XADES).xml(document);
        if options.verify_chain {
            request = request.query("verifyCertificateChain", "true");
        }
        if options.strict {
            request = request.header("x-ksef-feature", "enforce-xades-compliance");
        }
        request.json_answer().await
    }

    /// `GET /auth/{referenceNumber}`, once. [`Client::await_authentication`] asks until there is an outcome.
    ///
    /// # Errors
    /// See [`ApiError`]; right after the start 21304 may mean "not yet".
    pub async fn authentication_status(
        &self,
        reference: &ReferenceNumber,
        token: &AuthenticationToken,
    ) -> Result<Answer<AuthenticationStatus>, ApiError> {
        self.request(&STATUS).reference(reference.as_str()).bearer(token.secret()).json_answer().await
    }

    /// Asks for an authentication until KSeF has decided. The answer may be a refusal: see its code.
    ///
    /// # Errors
    /// When asking fails for good, at the deadline, and when cancelled.
    pub async fn await_authentication(
        &self,
        reference: &ReferenceNumber,
        token: &AuthenticationToken,
        policy: &WaitPolicy,
        cancel: &CancellationToken,
    ) -> Result<Answer<AuthenticationStatus>, WaitError> {
        until_settled(policy, cancel, || self.authentication_status(reference, token)).await
    }

    /// `POST /auth/token/redeem`: possible once for each authentication, so never repeated.
    ///
    /// # Errors
    /// See [`ApiError`]. After a lost answer the way on is a new authentication.
    pub async fn redeem(&self, token: &AuthenticationToken) -> Result<Answer<Tokens>, ApiError> {
        self.request(&REDEEM).bearer(token.secret()).json_answer().await
    }

    /// `POST /auth/token/refresh`: a new access token. [`crate::AccessTokens`] does it in time.
    ///
    /// # Errors
    /// See [`ApiError`]. Any refusal (400 with 21301 or 21304, 401, 403) means: authenticate anew, once.
    pub async fn refresh(&self, token: &RefreshToken) -> Result<Answer<AccessToken>, ApiError> {
        let answer: Answer<Refreshed> = self.request(&REFRESH).bearer(token.secret()).json_answer().await?;
        Ok(answer.map(|refreshed| refreshed.access_token))
    }
}
