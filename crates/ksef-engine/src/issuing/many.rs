use ksef_archive::{ArchiveError, OutboxRow, Writing};
use ksef_invoice::draft::InvoiceDraft;
use ksef_types::{Environment, Nip};

use super::issue::Work;
use super::{DraftOrigin, DraftReview, IssuingError, Leaving, RowProblem};
use crate::engine::Scope;
use crate::sending::sale_of;
use crate::{Engine, Sale};

impl Engine {
    /// Checks many as [`Self::issue_many`] would issue them, each with the number that it would get after those before it.
    /// Nothing is kept.
    ///
    /// # Errors
    /// When the archive fails. What is wrong with the drafts is among their findings and obstacles.
    pub fn check_many(
        &self,
        nip: Nip,
        environment: Environment,
        drafts: &[InvoiceDraft],
    ) -> Result<Vec<DraftReview>, IssuingError> {
        let scope = Scope::new(nip, environment);
        // Issued for trial: the next number, and a number that two rows have, are known only then. The error takes all of
        // it back.
        let trial = self.archive().write::<(), Trial>(|tables| {
            let mut issued = Vec::new();
            let mut reviews = Vec::with_capacity(drafts.len());
            for draft in drafts {
                let gathered = self.gather(tables, scope, draft, &DraftOrigin::Import)?;
                let mut review = self.review_of(scope, gathered);
                if review.issuable {
                    match self.make_invoice(tables, imported(scope, draft, Leaving::Next)) {
                        Ok(row) => issued.push(row.id),
                        Err(error @ IssuingError::Engine(_)) => return Err(error.into()),
                        Err(obstacle) => review.obstacles.push(obstacle),
                    }
                    review.issuable = review.obstacles.is_empty();
                }
                review.obstacles.iter_mut().for_each(|obstacle| of_file(obstacle, &issued));
                reviews.push(review);
            }
            Err(Trial::Done(reviews))
        });
        match trial {
            Err(Trial::Done(reviews)) => Ok(reviews),
            Err(Trial::Failed(error)) => Err(error),
            Ok(()) => Ok(Vec::new()),
        }
    }

    /// Issues many in their order, with numbers of their own or of the series: all, or none.
    ///
    /// # Errors
    /// [`IssuingError::Rows`] with all that stand in the way, or when the archive fails.
    pub fn issue_many(
        &self,
        nip: Nip,
        environment: Environment,
        drafts: &[InvoiceDraft],
        leaving: Leaving,
    ) -> Result<Vec<Sale>, IssuingError> {
        let scope = Scope::new(nip, environment);
        let rows = self.archive().write(|tables| self.make_all(tables, scope, drafts, leaving))?;
        self.checkpoint("many issued");
        self.shared.queued.notify_waiters();
        rows.iter().try_for_each(|row| self.tell_of(row))?;
        Ok(rows.into_iter().map(sale_of).collect::<Result<_, _>>()?)
    }

    fn make_all(
        &self,
        tables: &Writing<'_>,
        scope: Scope,
        drafts: &[InvoiceDraft],
        leaving: Leaving,
    ) -> Result<Vec<OutboxRow>, IssuingError> {
        let (mut rows, mut problems, mut issued) = (Vec::with_capacity(drafts.len()), Vec::new(), Vec::new());
        for (row, draft) in drafts.iter().enumerate() {
            match self.make_invoice(tables, imported(scope, draft, leaving)) {
                Ok(made) => {
                    issued.push(made.id);
                    rows.push(made);
                }
                Err(error @ IssuingError::Engine(_)) => return Err(error),
                Err(mut problem) => {
                    of_file(&mut problem, &issued);
                    problems.push(RowProblem { row, problem });
                }
            }
        }
        if problems.is_empty() { Ok(rows) } else { Err(IssuingError::Rows(problems)) }
    }
}

fn imported(scope: Scope, draft: &InvoiceDraft, leaving: Leaving) -> Work {
    Work { scope, draft: draft.clone(), origin: DraftOrigin::Import, draft_id: None, leaving }
}

/// Another row of the file has the number: its invoice does not come to be.
fn of_file(problem: &mut IssuingError, issued: &[i64]) {
    if let IssuingError::NumberUsed { by, .. } = problem {
        *by = by.filter(|sale| !issued.contains(&sale.0));
    }
}

/// The end of a trial, which is never kept.
enum Trial {
    Done(Vec<DraftReview>),
    Failed(IssuingError),
}

impl From<IssuingError> for Trial {
    fn from(error: IssuingError) -> Self {
        Self::Failed(error)
    }
}

impl From<ArchiveError> for Trial {
    fn from(error: ArchiveError) -> Self {
        Self::Failed(error.into())
    }
}
