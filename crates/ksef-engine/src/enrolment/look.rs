//! Finding a certificate by its key in KSeF's list: what became of a request whose answer or number was lost.

use ksef_api::{CertificatesQuery, KsefCertificateType, PageOf, RetrievedCertificate};
use ksef_archive::{ArchiveError, EnrolmentStep};
use ksef_crypto::Certificate;
use ksef_types::CertificateSerial;

use super::EnrolmentProblem;
use super::drive::{StepFailed, Work};
use crate::{CertificateSlot, Engine};

/// As many as the contract lets one retrieve at once.
const AT_ONCE: usize = 10;
/// As many as the contract lets one list on a page.
const PAGE: u32 = 50;
/// More certificates of one name and kind nobody has.
const PAGES: u32 = 10;

impl CertificateSlot {
    pub(super) const fn api_kind(self) -> KsefCertificateType {
        match self {
            Self::Authentication => KsefCertificateType::Authentication,
            Self::Offline => KsefCertificateType::Offline,
        }
    }
}

impl Engine {
    /// The certificate that was made for the key that waits.
    pub(super) async fn find_ours(&self, work: &Work) -> Result<Option<CertificateSerial>, StepFailed> {
        let Some(key) = self.waiting_key(work).await? else { return Err(EnrolmentProblem::KeyGone.into()) };
        let query = CertificatesQuery {
            name: Some(work.row.name.as_str().to_owned()),
            kind: Some(work.slot().api_kind()),
            ..CertificatesQuery::default()
        };
        for offset in 0..PAGES {
            let page = PageOf { offset, size: PAGE };
            let listed = self
                .ask(work.scope(), |client, token| {
                    let query = query.clone();
                    async move { client.query_certificates(&token, &query, page).await }
                })
                .await
                .map_err(|failure| EnrolmentProblem::of_asking(failure.cause))?;
            let serials: Vec<_> = listed.certificates.into_iter().map(|found| found.serial_number).collect();
            for some in serials.chunks(AT_ONCE) {
                for certificate in self.retrieve(work, some).await? {
                    let Ok(read) = Certificate::from_der(&certificate.certificate) else { continue };
                    if key.belongs_to(&read) {
                        return Ok(Some(certificate.serial_number));
                    }
                }
            }
            if !listed.has_more {
                break;
            }
        }
        Ok(None)
    }

    pub(super) async fn retrieve(
        &self,
        work: &Work,
        serials: &[CertificateSerial],
    ) -> Result<Vec<RetrievedCertificate>, StepFailed> {
        let retrieved = self.ask(work.scope(), |client, token| {
            let serials = serials.to_vec();
            async move { client.retrieve_certificates(&token, &serials).await }
        });
        Ok(retrieved.await.map_err(|failure| EnrolmentProblem::of_asking(failure.cause))?)
    }

    /// KSeF made the certificate: its serial number is written down.
    pub(super) fn issued(&self, work: &mut Work, serial: &CertificateSerial) -> Result<(), StepFailed> {
        self.archive().write::<_, ArchiveError>(|tables| {
            tables.enrolments_mut().issued(work.row.id, serial, self.now())
        })?;
        work.row.step = EnrolmentStep::Issued;
        self.reached("the serial number is written");
        Ok(())
    }
}
