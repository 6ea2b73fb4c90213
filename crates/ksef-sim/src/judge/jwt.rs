//! The simulator's tokens: JWT with HMAC-SHA-256, in the three kinds that the contract knows.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use ksef_types::{ContextIdentifier, ContextKind, Randomness, ReferenceNumber, SecretBytes, SecretText};
use openssl::hash::MessageDigest;
use openssl::memcmp;
use openssl::pkey::PKey;
use openssl::sign::Signer;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::openssl_parts::{CryptoFailed, from_base64, to_base64};

/// Seen in the field: 15 minutes.
pub const ACCESS_MINUTES: i64 = 15;
/// The contract's example: 45 minutes.
pub const OPERATION_MINUTES: i64 = 45;
/// "up to 7 days"
pub const REFRESH_DAYS: i64 = 7;

const ISSUER: &str = "ksef-sim";
/// `{"alg":"HS256","typ":"JWT"}`, the one header that is written and read.
const HEADER: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
/// A token is a few hundred bytes; more is no token of ours.
const MAX_LENGTH: usize = 16 * 1024;

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TokenType {
    /// `accessToken`: every operation of the API.
    ContextToken,
    /// `authenticationToken`: the status of one operation of authentication, and redeeming.
    OperationToken,
    /// `refreshToken`: new access tokens.
    RefreshToken,
}

/// What an access token says about its bearer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessGrant {
    /// Whose books.
    pub context: ContextIdentifier,
    /// `Token`, `InternalCertificate`, `QualifiedSeal` …, as the contract spells methods.
    pub method: String,
    /// The operation of authentication it comes from.
    pub reference_number: ReferenceNumber,
    /// The subject, such as `{"subjectIdentifier":{"type":"Nip","value":"…"}}`.
    pub subject: Value,
    /// `InvoiceRead`, `InvoiceWrite` …
    pub permissions: Vec<String>,
    /// The policy of allowed addresses, where the request had one.
    pub ip_policy: Option<Value>,
}

/// The claims, by the short names seen in the field (field notes, 15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// What the token is for.
    pub typ: TokenType,
    /// Kind of the context; access tokens only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cit: Option<ContextKind>,
    /// Value of the context; access tokens only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub civ: Option<String>,
    /// Method of authentication; access tokens only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aum: Option<String>,
    /// Reference number of the authentication.
    pub arn: ReferenceNumber,
    /// The subject as JSON text; access tokens only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub: Option<String>,
    /// Permissions as JSON text; access tokens only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<String>,
    /// Seen empty; kept for readers that expect it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pec: Option<String>,
    /// Roles as JSON text, always an empty list here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rol: Option<String>,
    /// Entity permissions as JSON text, always an empty list here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pep: Option<String>,
    /// The policy of allowed addresses as JSON text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iop: Option<String>,
    /// A number that makes each token another one.
    pub jti: String,
    /// End of validity, seconds since 1970.
    pub exp: i64,
    /// Moment of issue, seconds since 1970.
    pub iat: i64,
    /// Issuer.
    pub iss: String,
    /// Audience.
    pub aud: String,
}

/// A token handed out: the JSON of `TokenInfo` is its two fields.
#[derive(Debug, Clone)]
pub struct IssuedToken {
    /// The text that the bearer presents.
    pub token: SecretText,
    /// Its end.
    pub valid_until: DateTime<Utc>,
}

/// Why a presented token is no good. Every one of them means 401.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JwtRefusal {
    /// Not three parts of Base64URL.
    #[error("not a token")]
    Shape,
    /// Another algorithm than HS256 (`none` among them), or unknown header fields.
    #[error("not the algorithm that tokens are made with")]
    Algorithm,
    /// Made with another key, or changed.
    #[error("the token's signature is wrong")]
    Signature,
    /// Claims missing, or of another issuer or audience.
    #[error("the token's claims are wrong")]
    Claims,
    /// A good token for something else.
    #[error("a token for something else: {0:?}")]
    Type(TokenType),
    /// It was good once.
    #[error("the token has expired")]
    Expired,
    /// Issued in the future.
    #[error("the token is not valid yet")]
    NotYet,
}

/// The simulator's key for tokens.
#[derive(Debug, Clone)]
pub struct JwtKey(SecretBytes);

impl JwtKey {
    /// 32 fresh bytes.
    #[must_use]
    pub fn generate(random: &dyn Randomness) -> Self {
        let mut bytes = vec![0; 32];
        random.fill(&mut bytes);
        Self(SecretBytes::new(bytes))
    }

    /// Base64 for the state folder.
    #[must_use]
    pub fn to_state(&self) -> String {
        // Exposed for the simulator's own state file.
        to_base64(self.0.expose())
    }

    /// From the state folder; `None` when damaged.
    #[must_use]
    pub fn from_state(text: &str) -> Option<Self> {
        from_base64(text).filter(|bytes| bytes.len() == 32).map(|bytes| Self(SecretBytes::new(bytes)))
    }

    /// An access token, valid for [`ACCESS_MINUTES`].
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn issue_access(
        &self,
        grant: &AccessGrant,
        now: DateTime<Utc>,
        random: &dyn Randomness,
    ) -> Result<IssuedToken, CryptoFailed> {
        let claims = Claims {
            cit: Some(grant.context.kind()),
            civ: Some(grant.context.value().to_owned()),
            aum: Some(grant.method.clone()),
            sub: Some(grant.subject.to_string()),
            per: Some(Value::from(grant.permissions.clone()).to_string()),
            rol: Some("[]".to_owned()),
            pep: Some("[]".to_owned()),
            iop: grant.ip_policy.as_ref().map(Value::to_string),
            ..bare_claims(
                TokenType::ContextToken,
                &grant.reference_number,
                now,
                Duration::minutes(ACCESS_MINUTES),
                random,
            )
        };
        self.issue(&claims)
    }

    /// The token of an operation of authentication, valid for [`OPERATION_MINUTES`].
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn issue_operation(
        &self,
        reference_number: &ReferenceNumber,
        now: DateTime<Utc>,
        random: &dyn Randomness,
    ) -> Result<IssuedToken, CryptoFailed> {
        let validity = Duration::minutes(OPERATION_MINUTES);
        self.issue(&bare_claims(TokenType::OperationToken, reference_number, now, validity, random))
    }

    /// A refresh token, valid for [`REFRESH_DAYS`].
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn issue_refresh(
        &self,
        reference_number: &ReferenceNumber,
        now: DateTime<Utc>,
        random: &dyn Randomness,
    ) -> Result<IssuedToken, CryptoFailed> {
        let validity = Duration::days(REFRESH_DAYS);
        self.issue(&bare_claims(TokenType::RefreshToken, reference_number, now, validity, random))
    }

    /// Reads a presented token (without `Bearer `) that must be of the wanted type and valid now.
    ///
    /// # Errors
    /// See [`JwtRefusal`]. Nothing of the claims is looked at before the signature is found good.
    pub fn read(&self, token: &str, wanted: TokenType, now: DateTime<Utc>) -> Result<Claims, JwtRefusal> {
        if token.len() > MAX_LENGTH {
            return Err(JwtRefusal::Shape);
        }
        let parts: Vec<&str> = token.split('.').collect();
        let &[header, payload, signature] = parts.as_slice() else { return Err(JwtRefusal::Shape) };
        let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| JwtRefusal::Shape);
        decode(header)?;
        if header != HEADER {
            return Err(JwtRefusal::Algorithm);
        }
        let (payload_bytes, signature) = (decode(payload)?, decode(signature)?);
        let expected = self.mac(&format!("{header}.{payload}")).map_err(|_| JwtRefusal::Signature)?;
        if signature.len() != expected.len() || !memcmp::eq(&signature, &expected) {
            return Err(JwtRefusal::Signature);
        }
        let claims: Claims = serde_json::from_slice(&payload_bytes).map_err(|_| JwtRefusal::Claims)?;
        claims.judge(wanted, now)?;
        Ok(claims)
    }

    fn issue(&self, claims: &Claims) -> Result<IssuedToken, CryptoFailed> {
        // Claims are plain data with text keys: writing them as JSON cannot fail.
        let payload = serde_json::to_vec(claims).unwrap_or_default();
        let signed = format!("{HEADER}.{}", URL_SAFE_NO_PAD.encode(payload));
        let signature = URL_SAFE_NO_PAD.encode(self.mac(&signed)?);
        Ok(IssuedToken {
            token: SecretText::new(format!("{signed}.{signature}")),
            valid_until: DateTime::from_timestamp(claims.exp, 0).unwrap_or_default(),
        })
    }

    fn mac(&self, text: &str) -> Result<Vec<u8>, openssl::error::ErrorStack> {
        // Exposed to be handed to OpenSSL as the HMAC key.
        let key = PKey::hmac(self.0.expose())?;
        Signer::new(MessageDigest::sha256(), &key)?.sign_oneshot_to_vec(text.as_bytes())
    }
}

impl Claims {
    /// The context of an access token.
    #[must_use]
    pub fn context(&self) -> Option<ContextIdentifier> {
        ContextIdentifier::parse(self.cit?, self.civ.as_deref()?).ok()
    }

    /// The permissions of an access token.
    #[must_use]
    pub fn permissions(&self) -> Vec<String> {
        self.per.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }

    fn judge(&self, wanted: TokenType, now: DateTime<Utc>) -> Result<(), JwtRefusal> {
        let whole = self.typ != TokenType::ContextToken || (self.context().is_some() && self.per.is_some());
        if self.iss != ISSUER || self.aud != ISSUER || !whole {
            return Err(JwtRefusal::Claims);
        }
        if self.typ != wanted {
            return Err(JwtRefusal::Type(self.typ));
        }
        if now.timestamp() >= self.exp {
            return Err(JwtRefusal::Expired);
        }
        if now.timestamp() < self.iat {
            return Err(JwtRefusal::NotYet);
        }
        Ok(())
    }
}

fn bare_claims(
    typ: TokenType,
    reference_number: &ReferenceNumber,
    now: DateTime<Utc>,
    validity: Duration,
    random: &dyn Randomness,
) -> Claims {
    let mut jti = [0_u8; 16];
    random.fill(&mut jti);
    Claims {
        typ,
        cit: None,
        civ: None,
        aum: None,
        arn: reference_number.clone(),
        sub: None,
        per: None,
        pec: None,
        rol: None,
        pep: None,
        iop: None,
        jti: hex::encode(jti),
        exp: (now + validity).timestamp(),
        iat: now.timestamp(),
        iss: ISSUER.to_owned(),
        aud: ISSUER.to_owned(),
    }
}
