//! The white list of VAT payers.
//!
//! Source: OpenAPI "API Rejestr WL" 1.6.0 (wl-api.mf.gov.pl) for paths and shapes; the table of errors beside it
//! (gov.pl/web/kas/api-wykazu-podatnikow-vat) for the codes: WL-100 with 500, WL-191 with 429, all others with 400.
//! A NIP that the list does not have is answered with 200 and `"subject": null`.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime};
use ksef_types::Nip;
use serde::{Deserialize, Deserializer};

use crate::public_services::daily_budget::{DailyBudget, WhiteListMethod};
use crate::public_services::door::{Door, Failure, Reply};
use crate::public_services::{AccountNumber, Payer, PublicServiceConfig, PublicServiceError};

/// The client of the white list. One for each address, since it keeps the day's limit.
pub struct WhiteList {
    door: Door,
    budget: DailyBudget,
}

/// An answer with the proof that the question was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed<T> {
    /// The answer.
    pub value: T,
    /// `requestId`: the key by which the tax office finds the inquiry again.
    pub request_id: String,
    /// `requestDateTime`, Polish time; `None` where it is written in another way than today.
    pub asked_at: Option<NaiveDateTime>,
}

/// What the list says of one of several NIPs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which.
    pub nip: Nip,
    /// Who that is; `Err` has the list's code.
    pub found: Result<Option<Payer>, String>,
}

/// The most NIPs or accounts of one question. Source: OpenAPI, `/api/search/nips/{nips}`.
const MOST: usize = 30;

#[derive(Deserialize)]
struct Answered<T> {
    result: T,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stamp {
    request_id: String,
    #[serde(default, deserialize_with = "moment")]
    request_date_time: Option<NaiveDateTime>,
}

/// `subject` has to be there, be it as `null`: another page's `{"result": {}}` says nothing about anybody.
#[derive(Deserialize)]
struct OneResult {
    #[serde(deserialize_with = "Option::deserialize")]
    subject: Option<Payer>,
    #[serde(flatten)]
    stamp: Stamp,
}

#[derive(Deserialize)]
struct ListResult {
    subjects: Vec<Payer>,
    #[serde(flatten)]
    stamp: Stamp,
}

#[derive(Deserialize)]
struct EntriesResult {
    entries: Vec<RawEntry>,
    #[serde(flatten)]
    stamp: Stamp,
}

#[derive(Deserialize)]
struct RawEntry {
    identifier: String,
    #[serde(default, deserialize_with = "crate::wire::null_as_default")]
    subjects: Vec<Payer>,
    #[serde(default)]
    error: Option<Refusal>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CheckResult {
    account_assigned: String,
    #[serde(flatten)]
    stamp: Stamp,
}

#[derive(Deserialize)]
struct Refusal {
    code: String,
}

impl WhiteList {
    /// A client for the list at `config.address`; nothing is sent.
    ///
    /// # Errors
    /// When the system's TLS cannot be used.
    pub fn new(config: PublicServiceConfig) -> Result<Self, PublicServiceError> {
        let budget = DailyBudget::new(std::sync::Arc::clone(&config.clock));
        Ok(Self { door: Door::new("white-list", config)?, budget })
    }

    /// What was used of the day's limit.
    #[must_use]
    pub const fn budget(&self) -> &DailyBudget {
        &self.budget
    }

    /// `GET /api/search/nip/{nip}?date=`: who that was on that day; `None` when the list does not know it.
    ///
    /// # Errors
    /// See [`PublicServiceError`]; a day in the future is refused with `WL-103`.
    pub async fn payer(
        &self,
        nip: Nip,
        on: NaiveDate,
    ) -> Result<Confirmed<Option<Payer>>, PublicServiceError> {
        let reply = self.ask(WhiteListMethod::Search, &format!("/api/search/nip/{nip}"), on).await?;
        let OneResult { subject, stamp } = reply.json::<Answered<OneResult>>()?.result;
        if subject.as_ref().is_some_and(|subject| subject.nip.is_some_and(|found| found != nip)) {
            return Err(PublicServiceError::Other("another NIP"));
        }
        Ok(stamp.on(subject))
    }

    /// `GET /api/search/nips/{nips}?date=`: several at once, at most 30, counted as one.
    ///
    /// # Errors
    /// See [`PublicServiceError`]; `WL-130` for more than 30, before anything is sent.
    pub async fn payers(
        &self,
        nips: &[Nip],
        on: NaiveDate,
    ) -> Result<Confirmed<Vec<Entry>>, PublicServiceError> {
        if nips.is_empty() || nips.len() > MOST {
            return Err(PublicServiceError::Refused { code: "WL-130".to_owned() });
        }
        let list: Vec<&str> = nips.iter().map(Nip::as_str).collect();
        let path = format!("/api/search/nips/{}", list.join(","));
        let reply = self.ask(WhiteListMethod::Search, &path, on).await?;
        let EntriesResult { entries, stamp } = reply.json::<Answered<EntriesResult>>()?.result;
        let entries: Option<Vec<Entry>> = entries.into_iter().map(RawEntry::parsed).collect();
        let entries = entries.filter(|entries| entries.iter().all(|entry| nips.contains(&entry.nip)));
        Ok(stamp.on(entries.ok_or(PublicServiceError::Other("another NIP"))?))
    }

    /// `GET /api/search/bank-account/{bank-account}?date=`: whose account that was.
    ///
    /// # Errors
    /// See [`PublicServiceError`].
    pub async fn by_account(
        &self,
        account: &AccountNumber,
        on: NaiveDate,
    ) -> Result<Confirmed<Vec<Payer>>, PublicServiceError> {
        let path = format!("/api/search/bank-account/{account}");
        let reply = self.ask(WhiteListMethod::Search, &path, on).await?;
        let ListResult { subjects, stamp } = reply.json::<Answered<ListResult>>()?.result;
        Ok(stamp.on(subjects))
    }

    /// `GET /api/check/nip/{nip}/bank-account/{account}?date=`: whether the account was that payer's.
    ///
    /// # Errors
    /// See [`PublicServiceError`].
    pub async fn account_belongs(
        &self,
        nip: Nip,
        account: &AccountNumber,
        on: NaiveDate,
    ) -> Result<Confirmed<bool>, PublicServiceError> {
        let path = format!("/api/check/nip/{nip}/bank-account/{account}");
        let reply = self.ask(WhiteListMethod::Check, &path, on).await?;
        let CheckResult { account_assigned, stamp } = reply.json::<Answered<CheckResult>>()?.result;
        match account_assigned.as_str() {
            "TAK" => Ok(stamp.on(true)),
            "NIE" => Ok(stamp.on(false)),
            _ => Err(PublicServiceError::Other("neither TAK nor NIE")),
        }
    }

    async fn ask(
        &self,
        method: WhiteListMethod,
        path: &str,
        on: NaiveDate,
    ) -> Result<Reply, PublicServiceError> {
        self.budget.take(method).map_err(|until| PublicServiceError::LimitReached { until })?;
        let date = on.format("%Y-%m-%d").to_string();
        match self.door.get(path, &[("date", &date)]).await {
            Ok(reply) if reply.status == 200 => Ok(reply),
            Ok(reply) => Err(self.refused(method, reply)),
            Err(Failure { error, sent }) => {
                if !sent {
                    self.budget.give_back(method);
                }
                Err(error)
            }
        }
    }

    fn refused(&self, method: WhiteListMethod, reply: Reply) -> PublicServiceError {
        let (status, unexpected) = (reply.status, reply.unexpected());
        // What stands in front of the list answers without a code, or with a page: the status says enough.
        let code = reply.json::<Refusal>().ok().map(|refusal| refusal.code).filter(|code| is_code(code));
        match (status, code.as_deref()) {
            (429, _) | (_, Some("WL-191")) => {
                PublicServiceError::LimitReached { until: self.budget.exhaust(method) }
            }
            (_, Some("WL-100" | "WL-195" | "WL-196")) => PublicServiceError::Down { status },
            (400, Some(code)) => PublicServiceError::Refused { code: code.to_owned() },
            _ => unexpected,
        }
    }
}

/// `WL-` and three digits: nothing else of an answer goes into an error.
fn is_code(code: &str) -> bool {
    code.strip_prefix("WL-")
        .is_some_and(|rest| rest.len() == 3 && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

impl RawEntry {
    /// `None` where the identifier is no NIP.
    fn parsed(self) -> Option<Entry> {
        let nip = self.identifier.parse().ok()?;
        let found = match self.error {
            Some(refusal) => Err(refusal.code),
            None => Ok(self.subjects.into_iter().next()),
        };
        Some(Entry { nip, found })
    }
}

impl Stamp {
    fn on<T>(self, value: T) -> Confirmed<T> {
        Confirmed { value, request_id: self.request_id, asked_at: self.request_date_time }
    }
}

/// `21-11-2026 13:05:09`.
fn moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDateTime>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    Ok(text.and_then(|text| NaiveDateTime::parse_from_str(&text, "%d-%m-%Y %H:%M:%S").ok()))
}

impl fmt::Debug for WhiteList {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("WhiteList").field("door", &self.door).field("budget", &self.budget).finish()
    }
}
