//! A recorded exchange, as the simulator writes it.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

/// One request with its answer.
#[derive(Debug, Deserialize)]
pub(crate) struct Exchange {
    pub(crate) method: String,
    /// The template of the path, parameters in braces.
    pub(crate) path: String,
    /// By what the answer was made, where it was not the operation itself: a fault or a quirk.
    pub(crate) made_by: Option<String>,
    pub(crate) request: Request,
    pub(crate) answer: Answer,
}

/// What was asked.
#[derive(Debug, Deserialize)]
pub(crate) struct Request {
    /// Parameters of the path, by name.
    pub(crate) path: Vec<(String, String)>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Body,
}

/// What was answered.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Body,
}

/// A body.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Body {
    /// None.
    Empty,
    /// JSON.
    Json(Value),
    /// Another text.
    Text(IgnoredAny),
    /// Neither.
    Bytes(IgnoredAny),
}

/// The first header of a name, which is in lower case.
pub(crate) fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
}

/// The media type without its parameters.
pub(crate) fn media_type(headers: &[(String, String)]) -> Option<String> {
    let value = header(headers, "content-type")?;
    Some(value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
}
