use chrono::{DateTime, Utc};
use ksef_types::{ContextIdentifier, ReferenceNumber};
use serde::{Deserialize, Serialize};

use crate::Permission;

use super::{Batch, Method, StoredStatus, Subject};

/// The form whose documents a session takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FormCode {
    pub(crate) system_code: String,
    pub(crate) schema_version: String,
    pub(crate) value: String,
}

impl FormCode {
    /// The table in the description of `OpenOnlineSessionRequest.formCode`.
    const SUPPORTED: [[&'static str; 3]; 5] = [
        ["FA (2)", "1-0E", "FA"],
        ["FA (3)", "1-0E", "FA"],
        ["PEF (3)", "2-1", "PEF"],
        ["PEF_KOR (3)", "2-1", "PEF"],
        ["FA_RR (1)", "1-1E", "FA_RR"],
    ];

    /// The form code of a request.
    pub(crate) fn of(call: &crate::api::Call) -> Self {
        let text = |field: &str| call.text(&format!("/formCode/{field}")).to_owned();
        Self { system_code: text("systemCode"), schema_version: text("schemaVersion"), value: text("value") }
    }

    /// Whether interactive sessions take it.
    pub(crate) fn supported(&self) -> bool {
        Self::SUPPORTED.contains(&[&self.system_code, &self.schema_version, &self.value].map(String::as_str))
    }

    /// Whether batch sessions take it (`OpenBatchSessionRequest.formCode`): all but the PEF forms.
    pub(crate) fn supported_in_batch(&self) -> bool {
        self.supported() && self.value != "PEF"
    }

    /// The newest of a type.
    pub(crate) fn usual(kind: &str) -> Self {
        let [system_code, schema_version, value] = match kind {
            "FA_RR" => ["FA_RR (1)", "1-1E", "FA_RR"],
            "PEF" => ["PEF (3)", "2-1", "PEF"],
            _ => ["FA (3)", "1-0E", "FA"],
        }
        .map(str::to_owned);
        Self { system_code, schema_version, value }
    }

    /// File name of the schema, as a UPO names it.
    pub(crate) fn structure(&self) -> String {
        format!("schemat_{}_v{}.xsd", self.system_code.replace(' ', ""), self.schema_version)
    }
}

/// A page of a session's UPO.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct UpoPage {
    pub(crate) reference: ReferenceNumber,
    /// The signed document.
    pub(crate) xml: String,
}

/// A session, interactive or for a batch.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) reference: ReferenceNumber,
    pub(crate) context: ContextIdentifier,
    /// Who opened it.
    pub(crate) subject: Subject,
    pub(crate) method: Method,
    /// What the one who opened it might do then.
    #[serde(default = "any_sending")]
    pub(crate) permissions: Vec<Permission>,
    pub(crate) form: FormCode,
    /// AES key and initialisation vector in hex; `None` where the wrapped key could not be opened.
    pub(crate) key: Option<(String, String)>,
    pub(crate) created: DateTime<Utc>,
    pub(crate) updated: DateTime<Utc>,
    pub(crate) valid_until: DateTime<Utc>,
    pub(crate) closed: Option<DateTime<Utc>>,
    pub(crate) status: StoredStatus,
    pub(crate) upo: Vec<UpoPage>,
    /// What a batch session was opened for; `None` for an interactive one.
    #[serde(default)]
    pub(crate) batch: Option<Batch>,
    /// Its documents, in the order in which they came.
    pub(crate) invoices: Vec<ReferenceNumber>,
}

/// Rows of earlier versions do not say.
fn any_sending() -> Vec<Permission> {
    vec![Permission::InvoiceWrite, Permission::EnforcementOperations, Permission::PefInvoiceWrite]
}

impl Session {
    /// How long an interactive session takes documents.
    pub(crate) const HOURS: i64 = 12;
}
