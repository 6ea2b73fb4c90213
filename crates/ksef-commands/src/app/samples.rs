//! What makes the sandbox a minute's walk: a company, its credentials, an invoice, made by the simulator.

use chrono::NaiveDate;
use ksef_engine::{LoadTarget, PickedFile, SalesQuery};
use ksef_invoice::draft::{AccountDraft, AddressDraft, ContactDraft, SellerProfile};
use ksef_invoice::sample::{SampleInvoice, SampleLine, SampleParty, SampleRate, fa3};
use ksef_sim::judge::authority::CertificateKind;
use ksef_sim::{CertificateOwner, ControlError, NewCertificate, Permission};
use ksef_types::{Environment, Nip, SecretBytes, warsaw_date};
use rust_decimal::Decimal;

use super::{App, AppEvent, read_nip};
use crate::views::{CertificateSlot, EnvironmentName, NewCompany, PreparedView, Scope};
use crate::{NextStep, Problem, problems};

/// Seller and buyer of every sample: numbers with a right check digit that no firm has.
const SELLER: &str = "9999999999";
const BUYER: &str = "1111111111";
/// Right check digits, and no bank that has it.
const SAMPLE_ACCOUNT: &str = "14999999990000000000000001";

impl App {
    /// One click in the sandbox: a sample company with both certificates and a token, ready to send. A second click
    /// finds the same company and gives it what it lacks.
    ///
    /// # Errors
    /// When the keychain keeps nothing, or another process runs the sandbox.
    pub async fn make_sample_company(&self) -> Result<Scope, Problem> {
        let nip = read_nip(SELLER)?;
        let scope = Scope { nip: nip.to_string(), environment: EnvironmentName::Sandbox };
        self.sandbox.ready().await?;
        self.add_sample_company(&scope).await?;
        self.give_sample_profile(nip)?;
        let held = self.credentials(&scope).await?;
        if let Some(problem) = held.keychain {
            return Err(problem);
        }
        if !(held.authentication.saved && held.offline.saved && held.token.saved) {
            self.give_sample_credentials(nip, &scope).await?;
        }
        self.tell(AppEvent::CompaniesChanged);
        Ok(scope)
    }

    /// A valid invoice of the sample company, checked and ready to be sent.
    ///
    /// # Errors
    /// Outside the sandbox: nobody sends a sample by mistake.
    pub async fn make_sample_invoice(&self, scope: &Scope) -> Result<PreparedView, Problem> {
        let of @ (nip, environment) = self.enter(scope).await?;
        if environment != Environment::Sandbox {
            return Err(Problem::new("sandbox.onlyInSandbox", NextStep::ChooseEnvironment));
        }
        let now = self.clock.now();
        let number = self.next_sample_number(of, warsaw_date(now)).await?;
        let bytes = fa3(&SampleInvoice {
            seller: self.party(nip, &self.name_of(nip)?),
            buyer: self.party(read_nip(BUYER)?, &self.text("sample.buyerName")),
            issue_date: warsaw_date(now),
            created: now,
            lines: vec![SampleLine {
                name: self.text("sample.line"),
                unit: self.text("sample.unit"),
                quantity: Decimal::ONE,
                unit_price: Decimal::from(100),
                rate: SampleRate::Vat23,
            }],
            number: number.clone(),
        });
        let name = format!("{}.xml", number.replace('/', "-"));
        let prepared = self.prepare(of, vec![PickedFile { name, bytes: SecretBytes::from(bytes) }])?;
        prepared.into_iter().next().ok_or_else(|| failed("nothing was prepared"))
    }

    /// `PRÓBNA/3/11/2026`: neither issued nor on the screen yet.
    async fn next_sample_number(&self, of: (Nip, Environment), today: NaiveDate) -> Result<String, Problem> {
        let sales = self.engine.sales(of.0, of.1, &SalesQuery { limit: 1, ..SalesQuery::default() });
        let issued = sales.map_err(|error| problems::engine(&error))?.total;
        let shown = self.prepared.numbers(of);
        let numbered = |count: u32| format!("PRÓBNA/{count}/{}", today.format("%m/%Y"));
        Ok((issued + 1..).map(numbered).find(|number| !shown.contains(number)).unwrap_or_default())
    }

    async fn add_sample_company(&self, scope: &Scope) -> Result<(), Problem> {
        let known = self.companies().await?;
        if known.iter().any(|company| company.nip == scope.nip) {
            return self.choose_environment(&scope.nip, scope.environment).await;
        }
        let name = Some(self.text("sample.companyName"));
        self.add_company(NewCompany { nip: scope.nip.clone(), name, environment: scope.environment }).await?;
        Ok(())
    }

    /// So that the first invoice can be written at once; what a person filled in stays.
    fn give_sample_profile(&self, nip: Nip) -> Result<(), Problem> {
        let known = self.engine.seller_profile(nip).map_err(|error| problems::engine(&error))?;
        if !known.address.line1.is_empty() {
            return Ok(());
        }
        let profile = SellerProfile {
            name: self.name_of(nip)?,
            address: AddressDraft { line1: self.text("sample.address"), ..AddressDraft::default() },
            contacts: vec![ContactDraft { email: "biuro@example.com".to_owned(), phone: String::new() }],
            accounts: vec![AccountDraft {
                number: SAMPLE_ACCOUNT.to_owned(),
                bank: self.text("sample.bank"),
                ..AccountDraft::default()
            }],
            payment_days: "14".to_owned(),
            payment_form: "6".to_owned(),
            ..known
        };
        self.engine.save_seller_profile(nip, &profile).map_err(|error| problems::engine(&error))
    }

    async fn give_sample_credentials(&self, nip: Nip, scope: &Scope) -> Result<(), Problem> {
        for (slot, kind) in [
            (CertificateSlot::Authentication, CertificateKind::Authentication),
            (CertificateSlot::Offline, CertificateKind::Offline),
        ] {
            let made = {
                let own = self.sandbox.own().await?;
                known_or_made(own.control().make_company(nip, &self.text("sample.companyName")))?;
                let wanted = NewCertificate::for_owner(CertificateOwner::Company(nip)).of_kind(kind);
                own.control().make_certificate(wanted).map_err(|error| failed(&error.to_string()))?
            };
            // The key comes encrypted as from the portal and goes the way that every key goes.
            let files = vec![
                PickedFile { name: "sample.crt".to_owned(), bytes: SecretBytes::from(made.crt.into_bytes()) },
                PickedFile {
                    name: "sample.key".to_owned(),
                    bytes: SecretBytes::from(made.key.expose().clone().into_bytes()),
                },
            ];
            let target = LoadTarget::Slot(slot.into());
            let loaded = self.engine.load_files(nip, Environment::Sandbox, target, files).await;
            loaded.map_err(|error| problems::engine(&error))?;
            self.set_certificate_password(scope, slot, made.password).await?;
        }
        let token = {
            let own = self.sandbox.own().await?;
            own.control()
                .make_token(nip, &[Permission::InvoiceRead, Permission::InvoiceWrite])
                .map_err(|error| failed(&error.to_string()))?
        };
        let pasted = self.set_token(scope, token.secret().clone()).await?;
        match pasted.credentials.keychain {
            Some(problem) => Err(problem),
            None => Ok(()),
        }
    }

    fn party(&self, nip: Nip, name: &str) -> SampleParty {
        SampleParty { nip, name: name.to_owned(), address: self.text("sample.address") }
    }

    fn name_of(&self, nip: Nip) -> Result<String, Problem> {
        let company = self.engine.company(nip).map_err(|error| problems::engine(&error))?;
        Ok(company.name.unwrap_or_else(|| self.text("sample.companyName")))
    }
}

/// A company that the simulator knows already is as good as a new one.
fn known_or_made<T>(made: Result<T, ControlError>) -> Result<(), Problem> {
    match made {
        Ok(_) => Ok(()),
        Err(error) => Err(failed(&error.to_string())),
    }
}

fn failed(why: &str) -> Problem {
    Problem::new("sandbox.sampleFailed", NextStep::Retry).technical(why)
}
