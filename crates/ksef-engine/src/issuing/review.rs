use chrono::NaiveDate;
use ksef_archive::Reading;
use ksef_invoice::draft::{
    DraftFinding, DraftTotals, InvoiceDraft, IssueContext, Issuer, SellerProfile, check_draft,
};
use ksef_types::{Environment, Nip};

use super::facts::SYSTEM_INFO;
use super::issue::{complete_profile, leaves_alone, typed_date};
use super::references::References;
use super::{DraftOrigin, IssuingError, IssuingNote, numbers, references};
use crate::Engine;
use crate::books::kept_profile;
use crate::engine::Scope;

/// What is to be said of a draft while it is written.
#[derive(Debug)]
pub struct DraftReview {
    /// What it comes to.
    pub totals: DraftTotals,
    /// What is wrong or worth a look.
    pub findings: Vec<DraftFinding>,
    /// What else keeps it from being issued: the company's data, the number, an original that has no KSeF number yet.
    pub obstacles: Vec<IssuingError>,
    /// What else a person should look at.
    pub notes: Vec<IssuingNote>,
    /// No error among the findings, and no obstacle.
    pub issuable: bool,
    /// The number that it would get now; empty where none can be given. It is taken only when the invoice is issued.
    pub number: String,
    /// How it looks now, also where no document can be made yet.
    pub sheet: ksef_invoice::view::InvoiceSheet,
    /// The document that it would become now, where no finding is an error: for showing, never for sending.
    pub document: Option<Vec<u8>>,
}

impl Engine {
    /// What the draft comes to and what is wrong with it. Nothing is saved and no number is taken.
    ///
    /// # Errors
    /// When the archive fails. What is wrong with the draft is among the findings and obstacles.
    pub fn check_draft(
        &self,
        nip: Nip,
        environment: Environment,
        draft: &InvoiceDraft,
    ) -> Result<DraftReview, IssuingError> {
        let scope = Scope::new(nip, environment);
        let gathered =
            self.archive().read(|tables| self.gather(tables, scope, draft, &DraftOrigin::Blank))?;
        // Composing a long invoice takes its time; the archive is free meanwhile.
        Ok(self.review_of(scope, gathered))
    }

    /// What the archive knows of a draft.
    pub(super) fn gather(
        &self,
        tables: &Reading<'_>,
        scope: Scope,
        draft: &InvoiceDraft,
        origin: &DraftOrigin,
    ) -> Result<Gathered, IssuingError> {
        let mut draft = draft.clone();
        let References { mut obstacles, notes, .. } = references::resolve(tables, scope, origin, &mut draft)?;
        let kept = kept_profile(tables, scope.company)?;
        let profile = kept.clone().unwrap_or_default();
        obstacles.extend(complete_profile(scope, kept).err());
        obstacles.extend(leaves_alone(&draft).err());
        let date = typed_date(&draft).unwrap_or_else(|| self.today());
        let number = match numbers::number_for(tables, scope, &draft, date) {
            Ok(number) => number.text,
            Err(error @ IssuingError::Engine(_)) => return Err(error),
            Err(obstacle) => {
                obstacles.push(obstacle);
                draft.number.trim().to_owned()
            }
        };
        Ok(Gathered { draft, profile, obstacles, notes, number, date })
    }

    pub(super) fn review_of(&self, scope: Scope, gathered: Gathered) -> DraftReview {
        let Gathered { draft, profile, obstacles, notes, number, date } = gathered;
        let issuer = Issuer { nip: scope.company, profile: &profile };
        let context =
            IssueContext { number: &number, issue_date: date, created: self.now(), system_info: SYSTEM_INFO };
        let checked = check_draft(&draft, &issuer, &context, scope.environment, self.today());
        DraftReview {
            issuable: checked.is_issuable() && obstacles.is_empty(),
            totals: checked.totals,
            findings: checked.findings,
            obstacles,
            notes,
            number,
            sheet: checked.sheet,
            document: checked.bytes,
        }
    }
}

/// What a draft is judged by.
pub(super) struct Gathered {
    draft: InvoiceDraft,
    profile: SellerProfile,
    obstacles: Vec<IssuingError>,
    notes: Vec<IssuingNote>,
    number: String,
    date: NaiveDate,
}
