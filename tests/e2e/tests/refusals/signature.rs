//! Logging in by a signature that another program made.

use ksef_testkit::{ExternalSigner, ExternalStyle};
use okienko_e2e::{Management, Program, Window, id, wait_for};

/// Somebody whose program signs what Okienko saved.
pub(crate) struct Signing<'t> {
    pub(crate) program: &'t Program,
    pub(crate) window: &'t Window,
    pub(crate) person: &'t ExternalSigner,
}

impl Signing<'_> {
    /// Opens the dialog and signs the first request; gives that request.
    pub(crate) fn begin(&self) -> String {
        self.window.click(&id("nav-ksef"));
        self.window.click(&id("sign-in"));
        self.window.click(&id("signing-start"));
        self.sign("")
    }

    /// Asks for another request and signs that.
    pub(crate) fn again(&self, before: &str) -> String {
        self.window.click(&id("signing-again"));
        self.sign(before)
    }

    /// Signs the request that is saved now, which is another than the one before, where the browser would save it.
    fn sign(&self, before: &str) -> String {
        self.window.see_in_time(&format!("{}[data-step='waiting']", id("signing")));
        let request = wait_for(|| {
            let file = self.window.text(&id("signing-file"));
            std::fs::read_to_string(file.trim()).ok().filter(|request| request != before)
        });
        let document = &request[request.find("<AuthTokenRequest").unwrap_or_default()..];
        let script = "return new Date(Date.now() - 60000).toISOString().slice(0, 19) + 'Z'";
        let time = self.window.run(script, &[]);
        let signed = self.person.sign(document, time.as_str().unwrap(), &ExternalStyle::default());
        let number = request.len() + request.bytes().map(usize::from).sum::<usize>();
        let file = self.program.downloads().join(format!("podpisane {number}.xml"));
        std::fs::write(file, signed).unwrap();
        request
    }
}

/// A person who owns the company, with a certificate that stays outside of the program.
pub(crate) fn owner(ministry: &Management, pesel: &str, nip: &str) -> Option<ExternalSigner> {
    ministry.make_company(nip, "Zakład Usług Żółć");
    let certificate = ministry.make_owner(pesel, nip, crate::PASSWORD);
    ExternalSigner::with(&certificate.crt, &certificate.key, crate::PASSWORD)
}

mod tests {
    use okienko_e2e::{add_company, nip, pesel, picture};

    use super::*;
    use crate::codes::{OF_A_RENEWAL, OF_A_SIGNATURE};
    use crate::{arrange, has_a_next_step};

    /// The same refusal as others see it.
    fn in_the_dark_and_small(window: &Window) {
        window.run("document.documentElement.dataset.theme = 'dark'", &[]);
        picture(window, "podpis-odmowa-ciemny");
        window.resize(1024, 640);
        picture(window, "podpis-odmowa-maly");
        window.run("delete document.documentElement.dataset.theme", &[]);
        window.resize(1280, 800);
    }

    #[test]
    fn every_refusal_of_a_signature() {
        let (nip, pesel) = (nip(766_000_001), pesel(10));
        let Some(mut program) = Program::fresh() else { return };
        let window = program.open();
        add_company(&window, &nip);
        let ministry = program.sandbox();
        let Some(person) = owner(&ministry, &pesel, &nip) else { return };
        let signing = Signing { program: &program, window: &window, person: &person };
        let mut request = String::new();
        for (refusal, code) in &OF_A_SIGNATURE {
            arrange(&ministry, "authentication", *refusal);
            request = if request.is_empty() { signing.begin() } else { signing.again(&request) };
            let problem = format!("{}[data-step='refused'] [data-code='{code}']", id("signing"));
            window.see_in_time(&problem);
            has_a_next_step(&window, &problem);
            ministry.clear_faults();
        }
        picture(&window, "podpis-odmowa");
        in_the_dark_and_small(&window);
        // And once KSeF takes it, one is in and goes on to a certificate.
        signing.again(&request);
        window.see_in_time(&id("enrol-offer"));
        window.click(&id("enrolment-close"));

        for (refusal, code) in &OF_A_RENEWAL {
            arrange(&ministry, "authentication", *refusal);
            ministry.end_access();
            window.click(&id("connection-check"));
            let problem = format!("{}[data-state='refused'] [data-code='{code}']", id("connection-report"));
            window.see_in_time(&problem);
            has_a_next_step(&window, &problem);
            ministry.clear_faults();
            picture(&window, "podpisz-ponownie");
            // The button leads to a new signature, which connects.
            window.click(&format!("{problem} {}", id("problem-step")));
            request = signing.sign(&request);
            window.see_in_time(&id("enrol-offer"));
            window.click(&id("enrolment-close"));
        }
    }
}
