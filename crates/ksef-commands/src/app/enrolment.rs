use std::sync::Arc;

use ksef_engine as engine;
use ksef_types::{CertificateName, Environment, Nip, Pesel};

use super::to_view::same;
use super::{App, read_scope};
use crate::views::{
    EnrolmentOffer, EnrolmentStep, EnrolmentView, EnrolmentWish, KeyAlgorithm, LeftOver, Scope,
    SubjectAttribute,
};
use crate::{NextStep, Problem, problems};

same! {
    KeyAlgorithm => engine::EnrolmentAlgorithm { P256, Rsa2048 }
    engine::EnrolmentAlgorithm => KeyAlgorithm { P256, Rsa2048 }
}

impl App {
    /// "Wystąp o certyfikat": what KSeF says before one asks.
    ///
    /// # Errors
    /// When there is no connection, or the login is not one by signature.
    pub async fn enrolment_offer(&self, scope: &Scope) -> Result<EnrolmentOffer, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let asked = self.engine.enrolment_offer(nip, environment).await;
        let offer = asked.map_err(|error| problems::enrolment(&error, nip))?;
        Ok(EnrolmentOffer {
            can_request: offer.can_request,
            requests: left_over(offer.requests),
            certificates: left_over(offer.certificates),
            subject: attributes(&offer.subject),
            owner: offer.owner.into(),
            authentication_name: offer.authentication_name.to_string(),
            offline_name: offer.offline_name.to_string(),
            unfinished: views(offer.unfinished, nip),
        })
    }

    /// What is wrong with a name for a certificate.
    ///
    /// # Errors
    /// None; what is wrong is the answer.
    pub async fn check_certificate_name(&self, name: &str) -> Result<Option<Problem>, Problem> {
        Ok(name.parse::<CertificateName>().err().map(problems::certificate_name))
    }

    /// Asks for the certificates; goes on by itself and tells its steps by events.
    ///
    /// # Errors
    /// When a name breaks the rule, or one of that kind is under way.
    pub async fn enrol(&self, scope: &Scope, wish: EnrolmentWish) -> Result<Vec<EnrolmentView>, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let day = wish.valid_from.as_deref().filter(|day| !day.is_empty()).map(str::parse).transpose();
        let wish = engine::EnrolmentWish {
            authentication_name: wish.authentication_name,
            offline_name: wish.offline_name,
            algorithm: wish.algorithm.into(),
            valid_from: day.map_err(|_| Problem::new("program.badRequest", NextStep::CorrectField))?,
        };
        let begun = self.engine.enrol(nip, environment, &wish).await;
        begun.map(|begun| views(begun, nip)).map_err(|error| problems::enrolment(&error, nip))
    }

    /// Requests of a company, newest first.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn enrolments(&self, scope: &Scope) -> Result<Vec<EnrolmentView>, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let found = self.engine.enrolments(nip, environment);
        found.map(|found| views(found, nip)).map_err(|error| problems::engine(&error))
    }

    /// Takes up one that stands still.
    ///
    /// # Errors
    /// When there is none with that number.
    pub async fn continue_enrolment(&self, scope: &Scope, id: &str) -> Result<Vec<EnrolmentView>, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let taken_up = self.engine.continue_enrolment(nip, environment, number(id)?).await;
        taken_up.map(|all| views(all, nip)).map_err(|error| problems::enrolment(&error, nip))
    }

    /// Gives one up: its key is deleted.
    ///
    /// # Errors
    /// When there is none with that number, or the keychain refuses.
    pub async fn abandon_enrolment(&self, scope: &Scope, id: &str) -> Result<Vec<EnrolmentView>, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let given_up = self.engine.abandon_enrolment(nip, environment, number(id)?).await;
        given_up.map(|all| views(all, nip)).map_err(|error| problems::enrolment(&error, nip))
    }
}

impl App {
    /// Takes up the requests for certificates that were not finished when the program ended.
    pub(super) fn resume_enrolments(self: &Arc<Self>) {
        let app = Arc::clone(self);
        tokio::spawn(async move {
            let resumed = match app.engine.unfinished_enrolments() {
                Ok(environments) => {
                    if environments.contains(&Environment::Sandbox)
                        && let Err(problem) = app.sandbox.ready().await
                    {
                        tracing::warn!(%problem, "requests for certificates wait for the sandbox");
                    }
                    app.engine.resume_enrolments()
                }
                Err(error) => Err(error),
            };
            if let Err(error) = resumed {
                tracing::warn!(%error, "requests for certificates could not be taken up");
            }
        });
    }
}

fn number(id: &str) -> Result<engine::EnrolmentId, Problem> {
    id.parse().map_err(|_| Problem::new("program.badRequest", NextStep::Retry))
}

fn left_over(left: engine::LeftOver) -> LeftOver {
    LeftOver { remaining: left.remaining, limit: left.limit }
}

pub(super) fn views(found: Vec<engine::Enrolment>, company: Nip) -> Vec<EnrolmentView> {
    found.into_iter().map(|one| view(one, company)).collect()
}

pub(super) fn view(found: engine::Enrolment, company: Nip) -> EnrolmentView {
    use engine::EnrolmentStep as Step;
    EnrolmentView {
        id: found.id.to_string(),
        kind: found.slot.into(),
        name: found.name.to_string(),
        algorithm: found.algorithm.into(),
        step: match found.step {
            Step::Begun | Step::KeyMade => EnrolmentStep::KeyMade,
            Step::Sending | Step::Sent => EnrolmentStep::Sent,
            Step::Issued => EnrolmentStep::Issued,
            Step::Stored | Step::Proved => EnrolmentStep::Proving,
            Step::Done => EnrolmentStep::Done,
            Step::Refused => EnrolmentStep::Failed,
            Step::Abandoned => EnrolmentStep::Abandoned,
        },
        reference_number: found.reference_number.map(|number| number.to_string()),
        serial: found.serial.map(|serial| serial.to_string()),
        renews: found.renews.map(|serial| serial.to_string()),
        started_at: found.started_at.to_rfc3339(),
        problem: found.problem.as_ref().map(|found| problems::enrolment_problem(found, company)),
    }
}

/// As the contract names them, in the order of its list.
fn attributes(subject: &engine::SubjectData) -> Vec<SubjectAttribute> {
    use engine::SubjectAttribute as Attribute;
    let name = |attribute| match attribute {
        Attribute::CommonName => "commonName",
        Attribute::CountryName => "countryName",
        Attribute::GivenName => "givenName",
        Attribute::Surname => "surname",
        Attribute::SerialNumber => "serialNumber",
        Attribute::UniqueIdentifier => "uniqueIdentifier",
        Attribute::OrganizationName => "organizationName",
        Attribute::OrganizationIdentifier => "organizationIdentifier",
    };
    let all = Attribute::ALL.into_iter().flat_map(|attribute| {
        subject.values(attribute).into_iter().map(move |value| (attribute, value.to_owned()))
    });
    all.map(|(attribute, value)| SubjectAttribute { name: name(attribute).to_owned(), value: masked(&value) })
        .collect()
}

/// A PESEL, alone or after its prefix, is shown masked.
fn masked(value: &str) -> String {
    let start = value.len().saturating_sub(11);
    match value.get(start..).and_then(|end| end.parse::<Pesel>().ok()) {
        Some(pesel) if value.len() >= 11 => format!("{}{}", &value[..start], pesel.masked()),
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_pesel_is_masked_wherever_it_stands() {
        assert!(!masked("PNOPL-30112206276").contains("30112206276"));
        assert!(masked("PNOPL-30112206276").starts_with("PNOPL-"));
        assert_eq!(masked("VATPL-5265877635"), "VATPL-5265877635");
        assert_eq!(masked("Żółć"), "Żółć");
    }
}
