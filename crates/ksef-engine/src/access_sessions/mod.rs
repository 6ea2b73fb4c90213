//! Logins of a company that are in use in KSeF: list, end one, end this one.

use chrono::{DateTime, Utc};
use ksef_api::{AuthenticationSession, ContinuationToken};
use ksef_types::{Environment, Nip, ReferenceNumber};

use crate::connect::reason_of;
use crate::engine::Scope;
use crate::journal::{Act, Deed};
use crate::{ConnectionFailure, Engine};

/// A page of logins that are in use.
#[derive(Debug, Clone)]
pub struct AccessSessionsPage {
    /// The newest first.
    pub rows: Vec<AccessSession>,
    /// Hand it back for the next page.
    pub next: Option<String>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessSession {
    /// By which KSeF knows it.
    pub reference_number: ReferenceNumber,
    /// It is the one of this program, now.
    pub current: bool,
    /// How it was opened, as the contract names it (`Token`, `TrustedProfile` …).
    pub method: String,
    /// When.
    pub started_at: DateTime<Utc>,
    /// KSeF's code (200 when it is in use).
    pub code: i32,
    /// KSeF's words.
    pub status: String,
    /// When its access was renewed last.
    pub last_refresh: Option<DateTime<Utc>>,
    /// Until when it can be renewed.
    pub valid_until: Option<DateTime<Utc>>,
}

const PAGE: u32 = 50;

impl Engine {
    /// Logins of the company that are in use, a page of them.
    ///
    /// # Errors
    /// When KSeF cannot be asked.
    pub async fn access_sessions(
        &self,
        nip: Nip,
        environment: Environment,
        next: Option<String>,
    ) -> Result<AccessSessionsPage, ConnectionFailure> {
        let next = next.map(ContinuationToken);
        let page = self
            .ask(Scope::new(nip, environment), |client, token| {
                let next = next.clone();
                async move { client.active_sessions(&token, PAGE, next.as_ref()).await }
            })
            .await?;
        Ok(AccessSessionsPage {
            rows: page.items.into_iter().map(AccessSession::of).collect(),
            next: page.continuation_token.map(|token| token.0),
        })
    }

    /// Ends a login in KSeF; the one of this program where none is named. The own one is forgotten here, too; the answer
    /// says whether it was that.
    ///
    /// # Errors
    /// When KSeF cannot be asked, or knows no such login.
    pub async fn end_access_session(
        &self,
        nip: Nip,
        environment: Environment,
        reference: Option<&ReferenceNumber>,
    ) -> Result<bool, ConnectionFailure> {
        let scope = Scope::new(nip, environment);
        let own = match reference {
            Some(reference) => self.is_own(scope, reference).await?,
            None => true,
        };
        let ended = self
            .ask(scope, |client, token| async move {
                match reference {
                    Some(reference) => client.end_session(&token, reference).await,
                    None => client.end_current_session(&token).await,
                }
            })
            .await;
        let deed = Deed::of(Act::LoginEnded, nip, environment)
            .object(reference.map_or("current", ReferenceNumber::as_str));
        match &ended {
            Ok(()) => self.record(deed),
            Err(failure) => self.record(deed.failed(reason_of(failure))),
        }
        ended?;
        if own {
            self.forget_login(scope);
        }
        Ok(own)
    }

    async fn is_own(&self, scope: Scope, reference: &ReferenceNumber) -> Result<bool, ConnectionFailure> {
        let mut next = None;
        loop {
            let page = self.access_sessions(scope.company, scope.environment, next).await?;
            if let Some(found) = page.rows.iter().find(|row| row.reference_number == *reference) {
                return Ok(found.current);
            }
            match page.next {
                Some(token) => next = Some(token),
                None => return Ok(false),
            }
        }
    }
}

impl AccessSession {
    fn of(session: AuthenticationSession) -> Self {
        let AuthenticationSession { reference_number, is_current, operation } = session;
        let by_method = operation.authentication_method.as_ref().map(|method| method.as_str().to_owned());
        let by_info = operation.authentication_method_info.as_ref().map(|info| info.code.clone());
        Self {
            reference_number,
            current: is_current,
            method: by_method.or(by_info).unwrap_or_default(),
            started_at: operation.start_date,
            code: operation.status.code,
            status: operation.status.description,
            last_refresh: operation.last_token_refresh_date,
            valid_until: operation.refresh_token_valid_until,
        }
    }
}
