//! The end of a certificate.

use chrono::{DateTime, Utc};
use ksef_types::CertificateSerial;
use serde::Serialize;

use super::TestData;
use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::budget::RateGroup;
use crate::error::ApiError;
use crate::operation::Operation;

pub(crate) static SET_END: Operation =
    Operation::put("set_certificate_end", "/testdata/certificates/{serialNumber}", RateGroup::Other);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SetEnd {
    valid_to: DateTime<Utc>,
}

impl TestData<'_> {
    /// `PUT /testdata/certificates/{serialNumber}`: lets a certificate of the one who authenticated end then.
    ///
    /// # Errors
    /// See [`ApiError`]; 25008 for an unknown certificate.
    pub async fn set_certificate_end(
        &self,
        token: &AccessToken,
        serial_number: &CertificateSerial,
        valid_to: DateTime<Utc>,
    ) -> Result<Answer<()>, ApiError> {
        self.0
            .request(&SET_END)
            .reference(serial_number.as_str())
            .bearer(token.secret())
            .json(&SetEnd { valid_to })
            .no_answer()
            .await
    }
}
