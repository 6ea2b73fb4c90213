//! Those who grant: a company with everything above and below it, an office, a firm of the Union.

use std::sync::Arc;

use ksef_api::{
    Client, ClientConfig, RateBudget, RateLimits as Limits, TestPerson, TestSubject, TestSubjectKind,
    TestSubunit,
};
use ksef_crypto::{Recognised, recognise};
use ksef_engine::grants::{CompanyOrUnit, PersonSubject};
use ksef_engine::{Engine, Grant, SigningFiles, SigningStep, WorkState};
use ksef_sim::{
    CertificateOwner, Delays, KeyAlgorithm, NewCertificate, NewPerson, Pace, PersonId, RateLimits,
    SimulatorConfig,
};
use ksef_testkit::{ExternalKey, ExternalSigner};
use ksef_types::{ContextKind, Fingerprint, Nip, Pesel};
use tempfile::TempDir;

use crate::common::signing::{files, signed};
use crate::common::{Bench, SANDBOX, engine, nip, picked, quick};
use crate::rows::{self, By};

/// Of the one who administers the unit.
const PESEL_OF_UNIT: &str = "44051401359";
/// Of the bailiff that the company is, too.
const PESEL_OF_BAILIFF: &str = "02070803628";

/// Somebody who grants.
pub(crate) struct House {
    pub(crate) engine: Engine,
    pub(crate) company: Nip,
}

/// All of them, beside one simulator.
pub(crate) struct Houses {
    pub(crate) bench: Bench,
    company: House,
    office: House,
    union: House,
    _folders: [TempDir; 2],
}

impl Houses {
    /// Nothing, said aloud, where no certificates can be made.
    pub(crate) async fn open() -> Option<Self> {
        // Nobody's number stands in it: known by its fingerprint alone.
        let administrator = ExternalSigner::new("/C=DE/CN=John Doe/GN=John/SN=Doe", ExternalKey::P256)?;
        let config = SimulatorConfig {
            self_signed: true,
            rate_limits: RateLimits::Off,
            pace: Pace::Automatic(Delays::NONE),
            ..SimulatorConfig::default()
        };
        let bench = Bench::with(config, quick()).await.with_certificate(KeyAlgorithm::P256).await;
        bench.sim.control().make_peppol_provider(rows::PROVIDER, "Dostawca Peppol").unwrap();
        above_and_below(&bench).await;
        bench.equip(rows::office(), "Biuro ABC").await;
        let company = House::unlimited(bench.engine.clone(), nip()).await;
        let office = House::unlimited(bench.engine.clone(), rows::office()).await;

        let (of_unit, unit) = in_unit(&bench, &company).await;
        company.grants(rows::everything()).await;
        unit.grants(rows::everything()).await;
        let (of_union, union) = in_the_union(&bench, &company, &administrator).await;
        Some(Self { bench, company, office, union, _folders: [of_unit, of_union] })
    }

    pub(crate) const fn of(&self, by: By) -> &House {
        match by {
            By::Company => &self.company,
            By::Office => &self.office,
            By::EuAdministrator => &self.union,
        }
    }
}

impl House {
    /// Asks for the limits once, so that its budget knows that there are none.
    async fn unlimited(engine: Engine, company: Nip) -> Self {
        engine.limits(company, SANDBOX).await.unwrap();
        Self { engine, company }
    }

    /// Grants what stands from the beginning to the end of a test.
    async fn grants(&self, grant: Grant) {
        let grant = rows::standing(grant);
        let work = self.engine.grant(self.company, SANDBOX, &grant).await.unwrap();
        assert_eq!(work.state, WorkState::Done, "{grant:?}");
    }
}

/// The company is a unit of local government with a firm below it, and a bailiff.
async fn above_and_below(bench: &Bench) {
    let clock = Arc::new(bench.clock.clone());
    let budget = Arc::new(RateBudget::new(Limits::published(), clock.clone()));
    let client = Client::new(ClientConfig::new(bench.sim.api().clone(), budget, clock)).unwrap();
    let test_data = client.test_data().unwrap();
    let words = || "Firma z danych testowych".parse().unwrap();
    let subject = TestSubject {
        nip: nip(),
        kind: TestSubjectKind::LocalGovernment,
        subunits: vec![TestSubunit { nip: rows::below(), description: words() }],
        description: words(),
        created_date: None,
    };
    test_data.make_subject(&subject).await.unwrap();
    let bailiff = TestPerson {
        nip: nip(),
        pesel: PESEL_OF_BAILIFF.parse().unwrap(),
        is_bailiff: true,
        description: words(),
        is_deceased: false,
        created_date: None,
    };
    test_data.make_person(&bailiff).await.unwrap();
}

/// A program of somebody else who works in another context of the company.
fn program(bench: &Bench, kind: ContextKind, context: &str) -> (TempDir, Engine) {
    let folder = tempfile::tempdir().unwrap();
    let vault = Arc::new(ksef_vault::MemoryVault::new());
    let engine = engine(folder.path(), &vault, Arc::new(bench.clock.clone()), bench.sim.api(), quick());
    engine.add_company(nip(), Some("Przykład"), SANDBOX).unwrap();
    engine.set_company_context(nip(), SANDBOX, kind, context).unwrap();
    (folder, engine)
}

/// The company's unit, by its administrator.
async fn in_unit(bench: &Bench, company: &House) -> (TempDir, House) {
    let pesel: Pesel = PESEL_OF_UNIT.parse().unwrap();
    let subject = PersonSubject::Pesel { pesel, name: rows::anna() };
    company.grants(rows::subunit(subject, CompanyOrUnit::InternalId(rows::unit()))).await;
    let id = PersonId::Pesel(pesel);
    let person =
        NewPerson { id, given_name: "Jan".to_owned(), surname: "Kowalski".to_owned(), owner_of: None };
    bench.sim.control().make_person(person).unwrap();
    let wanted = NewCertificate::for_owner(CertificateOwner::Person(id));
    let made = bench.sim.control().make_certificate(wanted).unwrap();
    let (folder, engine) = program(bench, ContextKind::InternalId, &rows::unit().to_string());
    engine.sign_with_files(nip(), SANDBOX, files(&made)).await.unwrap();
    signed(&engine, SigningStep::Connected).await;
    (folder, House::unlimited(engine, nip()).await)
}

/// The firm of the Union, by its administrator.
async fn in_the_union(bench: &Bench, company: &House, administrator: &ExternalSigner) -> (TempDir, House) {
    let read = |path| std::fs::read(path).unwrap();
    let (crt, key) = (read(administrator.certificate_file()), read(administrator.key_file()));
    let Recognised::Certificates(certificates) = recognise(&crt).unwrap() else { unreachable!() };
    let owner = rows::administrator(Fingerprint::from(certificates[0].fingerprint()));
    company.grants(rows::eu_administrator(owner, &rows::in_the_union())).await;
    let (folder, engine) = program(bench, ContextKind::NipVatUe, &rows::in_the_union());
    let files =
        SigningFiles { files: vec![picked("john.crt", &crt), picked("john.key", &key)], password: None };
    engine.sign_with_files(nip(), SANDBOX, files).await.unwrap();
    signed(&engine, SigningStep::Connected).await;
    (folder, House::unlimited(engine, nip()).await)
}
