//! What happens between the first sending of a request, whose answer was lost, and the second: another program of the same owner,
//! and a place in the work where a test may do something.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use ksef_api::{
    AccessToken, CertificateLimitOverride, Client, ClientConfig, EnrollCertificate, KsefCertificateType,
    RateBudget, RateLimits as Limits, SubjectLimitsOverride, XadesOptions,
};
use ksef_archive::{Archive, ArchiveError};
use ksef_crypto::xades::{self, AuthTokenRequest};
use ksef_engine::{Checkpoints, Tuning};
use ksef_sim::{CertificateOwner, NewCertificate, StepTarget};
use ksef_types::{Clock, ContextIdentifier};

use super::signing::{BY_SUBJECT, credential};
use super::{Bench, SANDBOX, nip, quick};

/// Another program of the same owner, logged in.
pub(crate) struct OtherProgram {
    client: Client,
    access: AccessToken,
}

impl OtherProgram {
    pub(crate) async fn logged_in(bench: &Bench) -> Self {
        let wanted = NewCertificate::for_owner(CertificateOwner::Company(nip()));
        let made = bench.sim.control().make_certificate(wanted).unwrap();
        let clock = Arc::new(bench.clock.clone());
        let budget = Arc::new(RateBudget::new(Limits::published(), clock.clone()));
        let client = Client::new(ClientConfig::new(bench.sim.api().clone(), budget, clock)).unwrap();
        let challenge = client.challenge().await.unwrap().into_value().challenge;
        let request =
            AuthTokenRequest { challenge, context: ContextIdentifier::Nip(nip()), subject: BY_SUBJECT };
        let document = xades::sign(&request, &credential(&made), bench.clock.now()).unwrap();
        let options = XadesOptions { strict: true, ..XadesOptions::default() };
        let started = client.authenticate_by_xades(&document, options).await.unwrap().into_value();
        let (policy, cancel) = (quick().login, tokio_util::sync::CancellationToken::new());
        let (reference, token) = (&started.reference_number, &started.authentication_token);
        client.await_authentication(reference, token, &policy, &cancel).await.unwrap();
        let access = client.redeem(token).await.unwrap().into_value().access;
        Self { client, access }
    }

    /// Sends a request; what KSeF does with it is done when this returns.
    pub(crate) async fn enrol(&self, bench: &Arc<Bench>, name: &str, csr: Vec<u8>) {
        let kind = KsefCertificateType::Offline;
        let enrol = EnrollCertificate { name: name.parse().unwrap(), kind, csr, valid_from: None };
        self.client.enroll_certificate(&self.access, &enrol).await.unwrap();
        bench.sim.control().step(&StepTarget::UntilNothingMoves).unwrap();
    }

    /// So many requests and certificates the owner may still have.
    pub(crate) async fn leave(&self, requests: Option<u32>, certificates: Option<u32>) {
        let limits = self.client.certificate_limits(&self.access).await.unwrap().into_value();
        let used = |limit: ksef_api::CertificateLimit| u32::try_from(limit.limit - limit.remaining).unwrap();
        let limits = SubjectLimitsOverride {
            subject: CertificateLimitOverride::Nip,
            max_enrollments: requests.map(|left| used(limits.enrollment) + left),
            max_certificates: certificates.map(|left| used(limits.certificate) + left),
        };
        let test_data = self.client.test_data().unwrap();
        test_data.set_subject_limits(&self.access, &limits).await.unwrap();
    }
}

/// The request of that name, as it left.
pub(crate) fn request_of(bench: &Bench, name: &str) -> Vec<u8> {
    let archive = Archive::open(&bench.folder.path().join("archiwum.db")).unwrap();
    let rows = archive.read::<_, ArchiveError>(|tables| tables.enrolments().list(nip(), SANDBOX)).unwrap();
    rows.into_iter().find(|row| row.name.as_str() == name).unwrap().request.unwrap()
}

type Deed = Box<dyn FnOnce() + Send>;

/// Does something once, when the work comes to a place for the time with that number.
struct At {
    place: &'static str,
    times: AtomicU32,
    number: u32,
    deed: Mutex<Option<Deed>>,
}

impl Checkpoints for At {
    fn reached(&self, place: &'static str) {
        if place == self.place
            && self.times.fetch_add(1, Ordering::SeqCst) + 1 == self.number
            && let Some(deed) = self.deed.lock().unwrap().take()
        {
            deed();
        }
    }
}

/// The rhythm of tests, and something that happens in the middle of the work.
pub(crate) fn happens<F>(
    place: &'static str,
    number: u32,
    deed: impl FnOnce() -> F + Send + 'static,
) -> Tuning
where
    F: Future<Output = ()>,
{
    let deed: Deed = Box::new(move || {
        tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(deed()));
    });
    let at = At { place, times: AtomicU32::new(0), number, deed: Mutex::new(Some(deed)) };
    Tuning { checkpoints: Arc::new(at), ..quick() }
}

/// Something that happens just before a request leaves for the second time.
pub(crate) fn before_the_second<F>(deed: impl FnOnce() -> F + Send + 'static) -> Tuning
where
    F: Future<Output = ()>,
{
    happens("about to send the request", 2, deed)
}
