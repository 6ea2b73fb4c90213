//! Firms and persons.

use chrono::{DateTime, Utc};
use ksef_types::{Nip, Pesel};
use serde::Serialize;

use super::TestData;
use crate::answer::Answer;
use crate::budget::RateGroup;
use crate::error::ApiError;
use crate::open_enum::sent_enum;
use crate::operation::{Operation, Repeat};
use crate::text::Description;

pub(crate) static MAKE_SUBJECT: Operation =
    Operation::post("make_test_subject", "/testdata/subject", RateGroup::Public, Repeat::Never);
pub(crate) static REMOVE_SUBJECT: Operation =
    Operation::post("remove_test_subject", "/testdata/subject/remove", RateGroup::Public, Repeat::Safe);
pub(crate) static MAKE_PERSON: Operation =
    Operation::post("make_test_person", "/testdata/person", RateGroup::Public, Repeat::Never);
pub(crate) static REMOVE_PERSON: Operation =
    Operation::post("remove_test_person", "/testdata/person/remove", RateGroup::Public, Repeat::Safe);

sent_enum! {
    /// What a firm is besides a firm.
    TestSubjectKind {
        /// An enforcement authority.
        EnforcementAuthority = "EnforcementAuthority",
        /// A VAT group.
        VatGroup = "VatGroup",
        /// A unit of local government.
        LocalGovernment = "JST",
    }
}

/// A firm below another. Source: OpenAPI `Subunit`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestSubunit {
    /// Its NIP.
    #[serde(rename = "subjectNip")]
    pub nip: Nip,
    /// Words.
    pub description: Description,
}

/// A firm. Source: OpenAPI `SubjectCreateRequest`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestSubject {
    /// Its NIP.
    #[serde(rename = "subjectNip")]
    pub nip: Nip,
    /// What it is.
    #[serde(rename = "subjectType")]
    pub kind: TestSubjectKind,
    /// The firms below it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subunits: Vec<TestSubunit>,
    /// Words.
    pub description: Description,
    /// Since when it exists; `None`: now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_date: Option<DateTime<Utc>>,
}

/// A person with a firm. Source: OpenAPI `PersonCreateRequest`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestPerson {
    /// NIP.
    pub nip: Nip,
    /// PESEL.
    pub pesel: Pesel,
    /// Whether a court bailiff.
    pub is_bailiff: bool,
    /// Words.
    pub description: Description,
    /// Whether no longer alive.
    pub is_deceased: bool,
    /// Since when it exists; `None`: now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_date: Option<DateTime<Utc>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RemoveSubject {
    subject_nip: Nip,
}

#[derive(Serialize)]
struct RemovePerson {
    nip: Nip,
}

impl TestData<'_> {
    /// `POST /testdata/subject`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn make_subject(&self, subject: &TestSubject) -> Result<Answer<()>, ApiError> {
        self.0.request(&MAKE_SUBJECT).json(subject).no_answer().await
    }

    /// `POST /testdata/subject/remove`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn remove_subject(&self, nip: Nip) -> Result<Answer<()>, ApiError> {
        self.0.request(&REMOVE_SUBJECT).json(&RemoveSubject { subject_nip: nip }).no_answer().await
    }

    /// `POST /testdata/person`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn make_person(&self, person: &TestPerson) -> Result<Answer<()>, ApiError> {
        self.0.request(&MAKE_PERSON).json(person).no_answer().await
    }

    /// `POST /testdata/person/remove`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn remove_person(&self, nip: Nip) -> Result<Answer<()>, ApiError> {
        self.0.request(&REMOVE_PERSON).json(&RemovePerson { nip }).no_answer().await
    }
}
