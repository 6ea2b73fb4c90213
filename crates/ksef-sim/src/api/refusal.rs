use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use ksef_types::ContextKind;
use serde_json::{Value, json};

use super::reply::{Content, Reply, moment};
use crate::Permission;
use crate::contract::Method;
use crate::judge::CryptoFailed;
use crate::judge::refusal::Exception;
use crate::limits::TooMany;
use crate::world::{RotationFailed, StorageFailed, World};

/// A bad answer, before it is written in one of the two formats.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// 400 with exceptions of the contract.
    Exceptions(Vec<Exception>),
    /// 401
    Unauthorized(&'static str),
    /// 403
    Forbidden(Forbidden),
    /// 404: no such path.
    NoSuchPath,
    /// 405: the path has other methods.
    OtherMethods(Vec<Method>),
    /// 410: kept no longer.
    Gone(&'static str),
    /// 413
    TooLarge,
    /// 429
    TooMany(TooMany),
    /// 500: the simulator itself failed.
    Broken,
}

/// Why access is refused. Source: OpenAPI `ForbiddenProblemDetails`.
#[derive(Debug)]
pub(crate) enum Forbidden {
    MissingPermissions { required: Vec<&'static str>, present: Vec<&'static str> },
    IpNotAllowed { client_ip: String },
    ResourceAccess,
    AuthenticationMethod { category: &'static str },
    ContextType { kind: String },
    Shield { incident: String, client_ip: String },
    Unlisted(String),
}

impl From<Exception> for Refusal {
    fn from(exception: Exception) -> Self {
        Self::Exceptions(vec![exception])
    }
}

impl From<StorageFailed> for Refusal {
    fn from(failure: StorageFailed) -> Self {
        tracing::error!(%failure, "the state could not be written");
        Self::Broken
    }
}

impl From<CryptoFailed> for Refusal {
    fn from(failure: CryptoFailed) -> Self {
        tracing::error!(%failure, "the cryptographic library failed");
        Self::Broken
    }
}

impl From<RotationFailed> for Refusal {
    fn from(failure: RotationFailed) -> Self {
        tracing::error!(%failure, "the keys could not be changed");
        Self::Broken
    }
}

/// An exception of the contract.
pub(crate) fn exception(code: u32, description: &'static str, details: Vec<String>) -> Refusal {
    Exception { code, description, details }.into()
}

/// 21405 with every problem that was found.
pub(crate) fn invalid(details: Vec<String>) -> Refusal {
    exception(21405, "Błąd walidacji danych wejściowych.", details)
}

/// 21173; the contract spells the detail in two ways.
pub(crate) fn no_session(reference: &str, sending: bool) -> Refusal {
    let found = if sending { "odnaleziona" } else { "znaleziona" };
    exception(
        21173,
        "Brak sesji o wskazanym numerze referencyjnym.",
        vec![format!("Sesja o numerze referencyjnym {reference} nie została {found}.")],
    )
}

/// 21180
pub(crate) fn session_status(code: u16, what: &str) -> Refusal {
    exception(
        21180,
        "Status sesji nie pozwala na wykonanie operacji.",
        vec![format!("Status sesji {code} uniemożliwia {what}.")],
    )
}

/// 21304
pub(crate) fn not_authenticated(reference: &str) -> Refusal {
    exception(
        21304,
        "Brak uwierzytelnienia.",
        vec![format!(
            "Operacja uwierzytelniania o numerze referencyjnym {reference} nie została znaleziona."
        )],
    )
}

/// 21301
pub(crate) fn not_authorised(detail: String) -> Refusal {
    exception(21301, "Brak autoryzacji.", vec![detail])
}

/// 21418
pub(crate) fn bad_continuation() -> Refusal {
    exception(21418, "Przekazany token kontynuacji ma nieprawidłowy format.", Vec::new())
}

/// 21178
pub(crate) fn no_upo(detail: String) -> Refusal {
    exception(21178, "Nie znaleziono UPO dla podanych kryteriów.", vec![detail])
}

impl Refusal {
    /// Writes it down: as Problem Details where the client asks for it, and always for 401, 403 and 410.
    pub(crate) fn reply(self, world: &World, path: &str, problem_details: bool) -> Reply {
        let problem = |status: StatusCode, title: &str, detail: &str| {
            json!({
                "title": title,
                "status": status.as_u16(),
                "instance": path,
                "detail": detail,
                "timestamp": moment(world.now()),
                "traceId": hex::encode(world.chance.bytes::<16>()),
            })
        };
        match self {
            Self::Exceptions(exceptions) if problem_details => {
                let mut body = problem(StatusCode::BAD_REQUEST, "Bad Request", "Żądanie jest nieprawidłowe.");
                body["errors"] =
                    exceptions.iter().map(|found| listed(found, "code", "description")).collect();
                as_problem(StatusCode::BAD_REQUEST, body)
            }
            Self::Exceptions(exceptions) => exception_response(world, &exceptions),
            Self::Unauthorized(detail) => {
                let status = StatusCode::UNAUTHORIZED;
                as_problem(status, problem(status, "Unauthorized", detail))
                    .with(header::WWW_AUTHENTICATE, "Bearer")
            }
            Self::Forbidden(reason) => {
                let mut body = problem(StatusCode::FORBIDDEN, "Forbidden", reason.detail());
                body["reasonCode"] = json!(reason.code());
                body["security"] = reason.security();
                as_problem(StatusCode::FORBIDDEN, body)
            }
            Self::NoSuchPath => Reply::empty(StatusCode::NOT_FOUND),
            Self::OtherMethods(methods) => {
                let names: Vec<&str> = methods.into_iter().map(Method::as_str).collect();
                Reply::empty(StatusCode::METHOD_NOT_ALLOWED).with(header::ALLOW, &names.join(", "))
            }
            Self::Gone(detail) => as_problem(StatusCode::GONE, problem(StatusCode::GONE, "Gone", detail)),
            Self::TooLarge => Reply::empty(StatusCode::PAYLOAD_TOO_LARGE),
            Self::TooMany(refused) => {
                let status = StatusCode::TOO_MANY_REQUESTS;
                let detail = format!(
                    "Przekroczono limit {} żądań {}. Spróbuj ponownie po {} sekundach.",
                    refused.limit, refused.window, refused.retry_after
                );
                let reply = if problem_details {
                    as_problem(status, problem(status, "Too Many Requests", &detail))
                } else {
                    let body =
                        json!({ "code": 429, "description": "Too Many Requests", "details": [detail] });
                    Reply::json(status, json!({ "status": body }))
                };
                reply.with(header::RETRY_AFTER, &refused.retry_after.to_string())
            }
            Self::Broken => Reply::empty(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }
}

impl Forbidden {
    /// The reason of that code, for a request from `client_ip`.
    pub(crate) fn of_code(code: &str, client_ip: String, world: &World) -> Self {
        match code {
            "missing-permissions" => {
                let named = |permission: Permission| vec![permission.as_str()];
                let (required, present) =
                    (named(Permission::CredentialsManage), named(Permission::InvoiceRead));
                Self::MissingPermissions { required, present }
            }
            "ip-not-allowed" => Self::IpNotAllowed { client_ip },
            "insufficient-resource-access" => Self::ResourceAccess,
            "auth-method-not-allowed" => Self::AuthenticationMethod { category: "Other" },
            "context-type-not-allowed" => Self::ContextType { kind: ContextKind::Nip.to_string() },
            "security-service-blocked" => Self::Shield { incident: world.chance.uuid(), client_ip },
            // One that the contract does not list yet.
            other => Self::Unlisted(other.to_owned()),
        }
    }

    fn code(&self) -> &str {
        match self {
            Self::MissingPermissions { .. } => "missing-permissions",
            Self::IpNotAllowed { .. } => "ip-not-allowed",
            Self::ResourceAccess => "insufficient-resource-access",
            Self::AuthenticationMethod { .. } => "auth-method-not-allowed",
            Self::ContextType { .. } => "context-type-not-allowed",
            Self::Shield { .. } => "security-service-blocked",
            Self::Unlisted(code) => code,
        }
    }

    /// The table in the description of `reasonCode`.
    const fn detail(&self) -> &'static str {
        match self {
            Self::MissingPermissions { .. } => {
                "Brak wymaganych uprawnień do wykonania operacji w bieżącym kontekście."
            }
            Self::IpNotAllowed { .. } => {
                "Żądanie pochodzi z adresu IP innego niż wskazany podczas uwierzytelnienia."
            }
            Self::ResourceAccess => "Brak dostępu do wskazanego zasobu.",
            Self::AuthenticationMethod { .. } => {
                "Ta operacja nie jest dostępna dla użytej metody uwierzytelnienia."
            }
            Self::ContextType { .. } => "Operacja nie jest dostępna dla uwierzytelnionego typu kontekstu.",
            Self::Shield { .. } => "Żądanie zostało zablokowane przez mechanizmy bezpieczeństwa.",
            Self::Unlisted(_) => "Brak dostępu.",
        }
    }

    fn security(&self) -> Value {
        match self {
            Self::MissingPermissions { required, present } => {
                json!({ "requiredAnyOfPermissions": required, "presentPermissions": present })
            }
            Self::IpNotAllowed { client_ip } => json!({ "clientIp": client_ip }),
            Self::ResourceAccess | Self::Unlisted(_) => Value::Null,
            Self::AuthenticationMethod { category } => json!({ "authenticationMethodCategory": category }),
            Self::ContextType { kind } => json!({ "contextIdentifierType": kind }),
            Self::Shield { incident, client_ip } => json!({ "incidentId": incident, "clientIp": client_ip }),
        }
    }
}

/// The page of the shield, with the cookies that it sets.
pub(crate) fn shield_page(world: &World) -> Reply {
    let incident = world.chance.uuid();
    let page = format!(
        "<!DOCTYPE html><html><head><title>Request Rejected</title></head><body>The requested URL was rejected. \
         Support ID: {incident}</body></html>"
    );
    let cookie =
        format!("TS01{}={}; Path=/; HttpOnly", &incident[..6], hex::encode(world.chance.bytes::<24>()));
    Reply::html(StatusCode::FORBIDDEN, page).with(header::SET_COOKIE, &cookie)
}

fn as_problem(status: StatusCode, body: Value) -> Reply {
    Reply { status, headers: Vec::new(), body: Content::Problem(body) }
}

fn listed(exception: &Exception, code: &str, description: &str) -> Value {
    let mut entry = json!({ code: exception.code, description: exception.description });
    if !exception.details.is_empty() {
        entry["details"] = json!(exception.details);
    }
    entry
}

/// `ExceptionResponse`, the older format.
fn exception_response(world: &World, exceptions: &[Exception]) -> Reply {
    let list: Vec<Value> = exceptions
        .iter()
        .map(|exception| listed(exception, "exceptionCode", "exceptionDescription"))
        .collect();
    let trace = hex::encode(world.chance.bytes::<16>());
    let span = hex::encode(world.chance.bytes::<8>());
    let timestamp = moment(world.now()).replace("+00:00", "");
    Reply::json(
        StatusCode::BAD_REQUEST,
        json!({ "exception": {
            "exceptionDetailList": list,
            "referenceNumber": world.chance.uuid(),
            "serviceCode": format!("00-{trace}-{span}-00"),
            "serviceCtx": "srvSIM",
            "serviceName": "Undefined",
            "timestamp": timestamp,
        }}),
    )
}

/// `X-System-Warning`
pub(crate) fn warning_header(text: &str) -> Option<(HeaderName, HeaderValue)> {
    let ascii: String = text.chars().filter(|character| matches!(character, ' '..='~')).collect();
    Some((HeaderName::from_static("x-system-warning"), HeaderValue::from_str(&ascii).ok()?))
}
