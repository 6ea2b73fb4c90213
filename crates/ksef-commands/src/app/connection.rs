use super::App;
use crate::views::{AccessView, ConnectionView, CredentialSlot, KsefState, SalesFilter, Scope, StartView};
use crate::{NextStep, Problem, problems};

impl App {
    /// "Sprawdź połączenie".
    ///
    /// # Errors
    /// When the scope is none. A refusal is an answer.
    pub async fn check_connection(&self, scope: &Scope) -> Result<ConnectionView, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        Ok(match self.engine.check_connection(nip, environment).await {
            Ok(report) => report.into(),
            Err(failure) => ConnectionView::Refused {
                problem: problems::failure(&failure, nip),
                checked_at: failure.checked_at.to_rfc3339(),
            },
        })
    }

    /// The screen Start.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn start_view(&self, scope: &Scope) -> Result<StartView, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let totals = self.engine.sales_totals(nip, environment).map_err(|error| problems::engine(&error))?;
        let recent = self.sales(scope, SalesFilter::default()).await?;
        let credentials = self.credentials(scope).await?;
        Ok(StartView {
            ksef: self.ksef_state(environment).await,
            waiting: totals.waiting,
            held: totals.held,
            accepted_this_month: totals.accepted_this_month,
            access: vec![
                certificate_access(CredentialSlot::Authentication, &credentials.authentication),
                certificate_access(CredentialSlot::Offline, &credentials.offline),
                AccessView {
                    slot: CredentialSlot::Token,
                    present: credentials.token.saved,
                    until: credentials.token.works_until.clone(),
                    days_left: None,
                },
            ],
            recent: recent.rows.into_iter().take(8).collect(),
        })
    }

    async fn ksef_state(&self, environment: ksef_types::Environment) -> KsefState {
        use ksef_engine::Availability;
        let checked_at = self.clock.now().to_rfc3339();
        match self.engine.availability(environment).await {
            Ok(Availability::Available) => KsefState::Available { checked_at },
            Ok(Availability::Announced { status, messages }) => {
                KsefState::Announced { status, messages, checked_at }
            }
            Ok(Availability::NotPublished) => KsefState::NotPublished,
            Err(cause) => KsefState::Unknown {
                problem: Problem::new("ksef.statusUnknown", NextStep::CheckNetwork)
                    .technical(cause.to_string()),
            },
        }
    }
}

fn certificate_access(slot: CredentialSlot, held: &crate::views::CertificateSlotView) -> AccessView {
    let certificate = held.certificate.as_ref().filter(|_| held.saved);
    AccessView {
        slot,
        present: certificate.is_some(),
        until: certificate.and_then(|certificate| last_day(&certificate.not_after)),
        days_left: certificate.map(|certificate| certificate.days_left),
    }
}

/// The day in Poland on which a moment falls, ISO.
fn last_day(moment: &str) -> Option<String> {
    let moment = chrono::DateTime::parse_from_rfc3339(moment).ok()?;
    Some(ksef_types::warsaw_date(moment.to_utc()).to_string())
}
