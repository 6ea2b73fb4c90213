//! What only KSeF can tell: the way there, its clock, the login, what may be done with it.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use ksef_api::{CertificatesQuery, KsefCertificateStatus, PageOf, PermissionKind};
use ksef_archive::NoteSlot;
use ksef_types::{CertificateSerial, ReferenceNumber, tokens_end};

use super::list::List;
use super::{Check, Finding, ListedState, MissingRight, WantedRights};
use crate::connect::{CLOCK_TOLERANCE, Login, NoAccess};
use crate::engine::{Scope, locked};
use crate::{
    Availability, CertificateSlot, ConnectionCause, ConnectionMethod, ConnectionWarning, CredentialSlot,
    Engine, TokenState,
};

impl Engine {
    pub(super) async fn look_remotely(&self, scope: Scope, wanted: WantedRights, way_in: bool) -> List {
        let mut list = List::default();
        let login = match self.login(scope) {
            Ok(login) => login,
            Err(cause) => {
                list.refused(self.failure(cause, None, None), None);
                return list;
            }
        };
        let looked = tokio::select! {
            looked = self.look_through(scope, &login, wanted, way_in) => looked,
            until = self.long_wait(&login) => {
                let cause = ConnectionCause::RateLimited { until };
                list.refused(self.failure(cause, None, None), None);
                list
            }
        };
        self.with_announcements(scope, looked).await
    }

    async fn look_through(
        &self,
        scope: Scope,
        login: &Arc<Login>,
        wanted: WantedRights,
        way_in: bool,
    ) -> List {
        let mut list = List::default();
        if !self.reach_ksef(scope, login, &mut list).await || !way_in {
            return list;
        }
        let slot = match self.enter_anew(scope, login, &mut list).await {
            Some(slot) => slot,
            None => return list,
        };
        for check in [Check::Environment, Check::Revocation] {
            list.passed(check, slot);
        }
        list.passed(Check::Login, None);
        self.look_at_permissions(scope, login, wanted, &mut list).await;
        self.look_at_listed_certificates(scope, login, &mut list).await;
        self.look_at_token(scope, login, &mut list).await;
        self.look_at_limits(scope, login, &mut list).await;
        self.look_at_warnings(login, &mut list);
        list
    }

    /// The way there and KSeF's clock; a challenge needs no credential.
    async fn reach_ksef(&self, scope: Scope, login: &Login, list: &mut List) -> bool {
        let asked_at = self.now();
        match login.client.challenge().await {
            Ok(challenge) => {
                list.passed(Check::Network, None);
                let ksef =
                    DateTime::from_timestamp_millis(challenge.timestamp_ms).unwrap_or(challenge.timestamp);
                self.compare_clocks(asked_at, ksef, list);
                true
            }
            Err(error) => {
                let skew = login.client.clock_skew();
                list.refused(self.explain(scope, login, &NoAccess::Api(error)), None);
                if let Some(skew) = skew {
                    self.judge_skew(skew, list);
                }
                false
            }
        }
    }

    /// KSeF's moment lies between the question and its answer.
    fn compare_clocks(&self, asked_at: DateTime<Utc>, ksef: DateTime<Utc>, list: &mut List) {
        let answered_at = self.now();
        let skew = if ksef < asked_at {
            ksef - asked_at
        } else if ksef > answered_at {
            ksef - answered_at
        } else {
            TimeDelta::zero()
        };
        self.judge_skew(skew, list);
    }

    fn judge_skew(&self, skew: TimeDelta, list: &mut List) {
        let seconds = -skew.num_seconds();
        if skew.abs() > CLOCK_TOLERANCE {
            let failure = self.failure(ConnectionCause::ClockOff { seconds }, None, None);
            list.failed(Check::Clock, None, Finding::Connection(failure));
        } else {
            list.passed(Check::Clock, None);
        }
        list.tell(Check::Clock, None, "seconds", seconds.to_string());
    }

    /// Logs in from the beginning; the place of what was used, or nothing where KSeF did not let us in.
    async fn enter_anew(
        &self,
        scope: Scope,
        login: &Arc<Login>,
        list: &mut List,
    ) -> Option<Option<CredentialSlot>> {
        // A signature made elsewhere cannot be made again from here.
        if !locked(&login.facts).method.is_some_and(ConnectionMethod::is_signature) {
            login.access.forget().await;
        }
        let entered = login.access.token().await;
        let slot = match locked(&login.facts).method {
            Some(ConnectionMethod::Certificate) => Some(CredentialSlot::Authentication),
            Some(ConnectionMethod::Token) => Some(CredentialSlot::Token),
            _ => None,
        };
        match entered {
            Ok(_) => Some(slot),
            Err(error) => {
                list.refused(self.explain(scope, login, &error.into()), slot);
                None
            }
        }
    }

    async fn look_at_permissions(
        &self,
        scope: Scope,
        login: &Arc<Login>,
        wanted: WantedRights,
        list: &mut List,
    ) {
        let permissions = self.permissions_of(scope, login).await;
        for (is_wanted, check, permission, missing) in [
            (wanted.issue, Check::IssuePermission, PermissionKind::InvoiceWrite, MissingRight::Issue),
            (wanted.read, Check::ReadPermission, PermissionKind::InvoiceRead, MissingRight::Read),
        ] {
            match &permissions {
                _ if !is_wanted => list.skipped(check, None),
                None => {
                    list.warned(check, None, Finding::Warning(ConnectionWarning::PermissionsUnknown));
                }
                Some(held) if held.iter().any(|held| held == permission.as_str()) => {
                    list.passed(check, None);
                }
                Some(_) => {
                    list.failed(check, None, Finding::Missing(missing));
                }
            }
        }
    }

    /// KSeF's list knows of an offline certificate what no login tells. Only its owner may ask.
    async fn look_at_listed_certificates(&self, scope: Scope, login: &Arc<Login>, list: &mut List) {
        for slot in [CertificateSlot::Authentication, CertificateSlot::Offline] {
            let Some(serial) = self.noted_serial(scope, slot) else { continue };
            let of = Some(match slot {
                CertificateSlot::Authentication => CredentialSlot::Authentication,
                CertificateSlot::Offline => CredentialSlot::Offline,
            });
            match self.listed_state(scope, login, &serial).await {
                Listed::Usable => {
                    list.passed(Check::Revocation, of);
                }
                Listed::Not(state) => {
                    list.failed(Check::Revocation, of, Finding::CertificateState(state));
                }
                // The login itself has told of the one that was used.
                Listed::Unknown if slot == CertificateSlot::Offline => list.skipped(Check::Revocation, of),
                Listed::Unknown => {}
            }
        }
    }

    fn noted_serial(&self, scope: Scope, slot: CertificateSlot) -> Option<CertificateSerial> {
        self.note(scope, slot.note()).ok()??.serial?.parse().ok()
    }

    async fn listed_state(&self, scope: Scope, login: &Arc<Login>, serial: &CertificateSerial) -> Listed {
        let query = CertificatesQuery { serial_number: Some(serial.clone()), ..CertificatesQuery::default() };
        let page = PageOf { offset: 0, size: 10 };
        let asked = self
            .ask_with(scope, login, |client, token| {
                let query = query.clone();
                async move { client.query_certificates(&token, &query, page).await }
            })
            .await;
        let found = match asked {
            Ok(page) => page.certificates.into_iter().find(|found| found.serial_number == *serial),
            Err(failure) => {
                tracing::info!(%failure, "the list of certificates could not be read");
                None
            }
        };
        match found.map(|found| found.status) {
            Some(KsefCertificateStatus::Active) => Listed::Usable,
            Some(KsefCertificateStatus::Blocked) => Listed::Not(ListedState::Blocked),
            Some(KsefCertificateStatus::Revoked) => Listed::Not(ListedState::Revoked),
            Some(KsefCertificateStatus::Expired) => Listed::Not(ListedState::Expired),
            Some(KsefCertificateStatus::Other(_)) | None => Listed::Unknown,
        }
    }

    async fn look_at_token(&self, scope: Scope, login: &Arc<Login>, list: &mut List) {
        let note = self.note(scope, NoteSlot::Token).ok().flatten();
        let Some(reference) = note.and_then(|note| note.reference_number?.parse::<ReferenceNumber>().ok())
        else {
            return;
        };
        let of = Some(CredentialSlot::Token);
        let record = self
            .ask_with(scope, login, |client, token| {
                let reference = &reference;
                async move { client.token(&token, reference).await }
            })
            .await;
        let on = ksef_types::TOKENS_LAST_DAY;
        list.warned(Check::Token, of, Finding::Warning(ConnectionWarning::TokensEnd { on }));
        if let Ok(record) = &record {
            match TokenState::of(&record.status) {
                TokenState::Active | TokenState::Other => {}
                state => {
                    list.failed(Check::Token, of, Finding::TokenState(state));
                }
            }
            let may: Vec<&str> = record.requested_permissions.iter().map(PermissionKind::as_str).collect();
            list.tell(Check::Token, of, "permissions", may.join(" "));
        }
        if self.now() >= tokens_end() {
            list.failed(Check::Token, of, Finding::Warning(ConnectionWarning::TokensEnd { on }));
        }
        list.tell(Check::Token, of, "date", on.to_string());
    }

    async fn look_at_limits(&self, scope: Scope, login: &Arc<Login>, list: &mut List) {
        login.learn_limits().await;
        if let Some(waiting) = login.client.budget().waiting().now().into_iter().next() {
            let cause = ConnectionCause::RateLimited { until: waiting.until };
            list.warned(Check::Limits, None, Finding::Connection(self.failure(cause, None, None)));
            return;
        }
        let asked = self
            .ask_with(scope, login, |client, token| async move { client.certificate_limits(&token).await })
            .await;
        // A token cannot ask for certificates: then only requests count.
        let Ok(limits) = asked else {
            list.passed(Check::Limits, None);
            return;
        };
        let (enrolments, certificates) = (limits.enrollment.remaining, limits.certificate.remaining);
        if limits.can_request && enrolments > 0 && certificates > 0 {
            list.passed(Check::Limits, None);
        } else {
            list.warned(Check::Limits, None, Finding::CertificatesUsedUp { enrolments, certificates });
        }
        list.tell(Check::Limits, None, "enrolments", enrolments.to_string());
        list.tell(Check::Limits, None, "certificates", certificates.to_string());
    }

    fn look_at_warnings(&self, login: &Login, list: &mut List) {
        let words: Vec<String> =
            locked(&login.facts).warnings.iter().map(|warning| warning.message.clone()).collect();
        if words.is_empty() {
            list.passed(Check::Warnings, None);
        } else {
            let warning = ConnectionWarning::System(words.join(" | "));
            list.warned(Check::Warnings, None, Finding::Warning(warning));
        }
    }

    /// Latarnia is another service: it is asked even where KSeF cannot be reached.
    async fn with_announcements(&self, scope: Scope, mut list: List) -> List {
        match self.availability(scope.environment).await {
            Ok(Availability::Available) => {
                list.passed(Check::Availability, None);
            }
            Ok(Availability::Announced { status, messages }) => {
                list.warned(Check::Availability, None, Finding::Announced { status, messages });
            }
            Ok(Availability::NotPublished) | Err(_) => list.skipped(Check::Availability, None),
        }
        list
    }
}

/// What KSeF's list says of a certificate.
enum Listed {
    Usable,
    Not(ListedState),
    Unknown,
}
