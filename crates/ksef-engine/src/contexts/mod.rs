//! In whose name one works for a company: its NIP, or a unit, a firm of the Union, a Peppol provider.

use ksef_archive::ArchiveError;
use ksef_types::{ContextIdentifier, ContextKind, Environment, InternalId, InvalidContext, Nip};

use crate::engine::Scope;
use crate::journal::{Act, Deed};
use crate::{Engine, EngineError};

/// Why a context was not chosen.
#[derive(Debug, thiserror::Error)]
pub enum ContextProblem {
    /// It has not the form of its kind.
    #[error(transparent)]
    Invalid(#[from] InvalidContext),
    /// The last digit of an internal identifier does not fit.
    #[error("the check digit of the internal identifier does not match")]
    CheckDigit,
    /// It belongs to another company.
    #[error("the context belongs to {0}")]
    OtherCompany(Nip),
    /// The archive failed, or the company is unknown.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

impl From<ArchiveError> for ContextProblem {
    fn from(error: ArchiveError) -> Self {
        Self::Engine(error.into())
    }
}

impl Engine {
    /// In whose name one works for a company in an environment; its NIP where nothing else was chosen.
    ///
    /// # Errors
    /// When the archive fails, or the company is unknown.
    pub fn company_context(
        &self,
        nip: Nip,
        environment: Environment,
    ) -> Result<ContextIdentifier, EngineError> {
        self.company(nip)?;
        Ok(self.context(Scope::new(nip, environment))?)
    }

    /// Chooses it, as typed. The login of before is forgotten.
    ///
    /// # Errors
    /// See [`ContextProblem`].
    pub fn set_company_context(
        &self,
        nip: Nip,
        environment: Environment,
        kind: ContextKind,
        typed: &str,
    ) -> Result<ContextIdentifier, ContextProblem> {
        self.company(nip)?;
        let context = read(kind, typed)?;
        if let Some(other) = context.nip().filter(|of| *of != nip) {
            return Err(ContextProblem::OtherCompany(other));
        }
        self.archive()
            .write::<_, ArchiveError>(|tables| tables.contexts_mut().choose(nip, environment, &context))?;
        self.record(
            Deed::of(Act::ContextChosen, nip, environment)
                .object(context.value())
                .with("kind", context.kind().to_string()),
        );
        // What waited for a login in another name may be tried again.
        self.credential_changed(Scope::new(nip, environment));
        Ok(context)
    }

    pub(crate) fn context(&self, scope: Scope) -> Result<ContextIdentifier, ArchiveError> {
        self.archive().read(|tables| tables.contexts().get(scope.company, scope.environment))
    }
}

/// Dashes, spaces and small letters are a person's matter.
fn read(kind: ContextKind, typed: &str) -> Result<ContextIdentifier, ContextProblem> {
    let compact: String = typed.chars().filter(|character| !character.is_whitespace()).collect();
    let compact = compact.to_ascii_uppercase();
    let text = if kind == ContextKind::Nip { typed } else { compact.as_str() };
    let context = ContextIdentifier::parse(kind, text)?;
    if kind == ContextKind::InternalId && context.value().parse::<InternalId>().is_err() {
        return Err(ContextProblem::CheckDigit);
    }
    Ok(context)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_read_as_people_write_it() {
        let read = |kind, text: &str| read(kind, text).map(|found| found.value().to_owned());
        assert_eq!(read(ContextKind::Nip, "526-587-76-35").unwrap(), "5265877635");
        assert_eq!(read(ContextKind::InternalId, " 5265877635-12346 ").unwrap(), "5265877635-12346");
        assert!(matches!(read(ContextKind::InternalId, "5265877635-12345"), Err(ContextProblem::CheckDigit)));
        assert_eq!(read(ContextKind::NipVatUe, "5265877635-de123456789").unwrap(), "5265877635-DE123456789");
        assert_eq!(read(ContextKind::PeppolId, "ppl123456").unwrap(), "PPL123456");
        assert!(matches!(read(ContextKind::Nip, "526"), Err(ContextProblem::Invalid(_))));
    }
}
