//! Records every exchange of the API as a line of JSON, to be compared with the published contract.

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};

use crate::contract::Contract;

/// Names a folder; when it is set, each simulator appends its exchanges to a file of its own there.
const VARIABLE: &str = "KSEF_SIM_TRAFFIC";

/// What a client says besides the body that the contract has a word for. No tokens.
const REQUEST_HEADERS: [&str; 4] =
    ["content-type", "x-continuation-token", "x-error-format", "x-ksef-feature"];

/// The file that grows.
#[derive(Debug)]
pub(crate) struct Traffic(Mutex<File>);

/// A request as far as it is recorded.
#[derive(Debug)]
pub(crate) struct Asked {
    contract: &'static Contract,
    path: Vec<(&'static str, String)>,
    query: Vec<(String, String)>,
    headers: Vec<(&'static str, String)>,
    body: Value,
}

impl Traffic {
    /// A new file in the folder that the variable names; `None` where it names none.
    pub(crate) fn open() -> io::Result<Option<Self>> {
        match std::env::var_os(VARIABLE) {
            Some(folder) if !folder.is_empty() => Self::open_in(&folder).map(Some),
            _ => Ok(None),
        }
    }

    fn open_in(folder: &OsStr) -> io::Result<Self> {
        let folder = Path::new(folder);
        std::fs::create_dir_all(folder)?;
        // Several simulators of one process, and processes with one number after another, have files of their own.
        for number in 0_u64.. {
            let path = folder.join(format!("{}-{number}.jsonl", std::process::id()));
            match OpenOptions::new().append(true).create_new(true).open(path) {
                Ok(file) => return Ok(Self(Mutex::new(file))),
                Err(failure) if failure.kind() == io::ErrorKind::AlreadyExists => {}
                Err(failure) => return Err(failure),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Appends an exchange; `made_by` names the fault or the quirk that made the answer.
    pub(crate) fn write(
        &self,
        asked: &Asked,
        status: u16,
        headers: &[(HeaderName, HeaderValue)],
        (kind, body): (Option<&str>, &Bytes),
        made_by: Option<&str>,
    ) {
        let mut listed: Vec<(String, String)> = headers
            .iter()
            .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())))
            .collect();
        listed.extend(kind.map(|kind| ("content-type".to_owned(), kind.to_owned())));
        let line = json!({
            "operation": asked.contract.operation,
            "method": asked.contract.method.as_str(),
            "path": asked.contract.path,
            "made_by": made_by,
            "request": {
                "path": asked.path, "query": asked.query, "headers": asked.headers, "body": asked.body,
            },
            "answer": { "status": status, "headers": listed, "body": recorded(body) },
        });
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(failure) = writeln!(file, "{line}") {
            tracing::error!(%failure, "an exchange could not be recorded");
        }
    }
}

impl Asked {
    pub(crate) fn new(
        contract: &'static Contract,
        path: &[(&'static str, String)],
        query: &str,
        headers: &HeaderMap,
        body: Option<&Bytes>,
    ) -> Self {
        let header = |name: &'static str| Some((name, headers.get(name)?.to_str().ok()?.to_owned()));
        Self {
            contract,
            path: path.to_vec(),
            query: url::form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
            headers: REQUEST_HEADERS.into_iter().filter_map(header).collect(),
            body: body.map_or_else(|| json!("empty"), recorded),
        }
    }
}

fn recorded(body: &Bytes) -> Value {
    if body.is_empty() {
        return json!("empty");
    }
    if let Ok(value) = serde_json::from_slice::<Value>(body) {
        return json!({ "json": value });
    }
    match std::str::from_utf8(body) {
        Ok(text) => json!({ "text": text }),
        Err(_) => json!({ "bytes": body.len() }),
    }
}
