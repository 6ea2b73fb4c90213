use serde_json::{Value, json};

/// The management port of a simulator in another process, the sandbox's or one of a test's own.
pub struct Management {
    agent: ureq::Agent,
    address: String,
    nbp: String,
}

/// A certificate with its key, as people download them.
pub struct SampleCertificate {
    /// PEM.
    pub crt: String,
    /// PEM, encrypted.
    pub key: String,
    /// Of the key.
    pub password: String,
    /// 16 hex digits.
    pub serial: String,
}

impl Management {
    /// From the note that the running sandbox leaves, or the line with which `ksef sim` says where it listens.
    #[must_use]
    pub fn at(note: &str) -> Self {
        let note: Value = serde_json::from_str(note).unwrap();
        let address = note["management"].as_str().unwrap().trim_end_matches('/').to_owned();
        let nbp = note["nbp"].as_str().unwrap_or_default().to_owned();
        Self { agent: ureq::Agent::new_with_defaults(), address, nbp }
    }

    /// Makes a company that may do everything in its own name.
    pub fn make_company(&self, nip: &str, name: &str) {
        self.post("/companies", &json!({ "nip": nip, "name": name }));
    }

    /// Makes a certificate of a company's seal; `kind` is `Authentication` or `Offline`.
    #[must_use]
    pub fn make_certificate(&self, nip: &str, kind: &str, password: &str) -> SampleCertificate {
        self.certificate(&json!({ "owner": { "company": nip }, "kind": kind, "password": password }))
    }

    fn certificate(&self, wanted: &Value) -> SampleCertificate {
        let made = self.post("/certificates", wanted);
        let field =
            |name: &str| made[name].as_str().unwrap_or_else(|| panic!("no {name}: {made}")).to_owned();
        SampleCertificate {
            crt: field("crt"),
            key: field("key"),
            password: field("password"),
            serial: field("serial"),
        }
    }

    /// Revokes a certificate (460).
    pub fn revoke_certificate(&self, serial: &str) {
        self.post(&format!("/certificates/{serial}/revoke"), &json!({}));
    }

    /// Makes a person who owns the company, and a certificate that names that person.
    #[must_use]
    pub fn make_owner(&self, pesel: &str, nip: &str, password: &str) -> SampleCertificate {
        let id = json!({ "type": "Pesel", "value": pesel });
        self.post("/people", &json!({ "id": id, "givenName": "Anna", "surname": "Żółć", "ownerOf": nip }));
        self.certificate(&json!({ "owner": { "person": id }, "password": password }))
    }

    /// Lets a person work in the name of a company.
    pub fn grant(&self, pesel: &str, nip: &str, permissions: &[&str]) {
        let to = json!({ "type": "Pesel", "value": pesel });
        self.post("/grants", &json!({ "to": to, "nip": nip, "permissions": permissions }));
    }

    /// How the next login, request for a certificate or operation on permissions ends whatever it would have come to.
    pub fn end_next(&self, of: &str, code: u16, detail: Option<&str>) {
        let details: Vec<&str> = detail.into_iter().collect();
        self.post("/endings", &json!({ "of": of, "code": code, "details": details }));
    }

    /// Refuses the next requests of an operation with an exception code, until it is taken back.
    pub fn refuse(&self, operation: &str, code: u32) {
        self.fault(operation, &json!({ "type": "refuse", "code": code, "description": "Odmowa." }));
    }

    /// Answers them with an HTTP status, likewise.
    pub fn answer(&self, operation: &str, status: u16) {
        self.fault(operation, &json!({ "type": "status", "status": status }));
    }

    /// Answers them with 403 and a reason, likewise.
    pub fn forbid(&self, operation: &str, reason: &str) {
        self.fault(operation, &json!({ "type": "forbid", "reason": reason }));
    }

    /// Cuts their connections, likewise.
    pub fn cut(&self, operation: &str) {
        self.fault(operation, &json!({ "type": "drop-before" }));
    }

    /// Answers them with a web page, as a hotel's network does, likewise.
    pub fn answer_page(&self, operation: &str) {
        self.fault(operation, &json!({ "type": "html", "status": 200 }));
    }

    /// Says that they come too often, likewise.
    pub fn too_often(&self, operation: &str) {
        self.fault(operation, &json!({ "type": "too-many-requests", "retryAfter": 90 }));
    }

    fn fault(&self, operation: &str, kind: &Value) {
        self.post("/faults", &json!({ "operation": operation, "count": 99, "kind": kind }));
    }

    /// Ends every access token, as the passing of minutes would.
    pub fn end_access(&self) {
        self.delete("/access-tokens");
    }

    /// Forgets how many requests came: for programs that each count only their own.
    pub fn forget_requests(&self) {
        self.delete("/budget");
    }

    /// Takes back what was arranged and did not strike.
    pub fn clear_faults(&self) {
        self.delete("/faults");
    }

    /// Makes a token of a company.
    #[must_use]
    pub fn make_token(&self, nip: &str) -> String {
        let made =
            self.post("/tokens", &json!({ "nip": nip, "permissions": ["InvoiceRead", "InvoiceWrite"] }));
        made["token"].as_str().unwrap_or_else(|| panic!("no token: {made}")).to_owned()
    }

    /// The document that the simulator holds under a KSeF number, as Base64.
    #[must_use]
    pub fn document(&self, ksef_number: &str) -> Option<String> {
        let held = self.get("/invoices");
        let row = held.as_array()?.iter().find(|row| row["ksefNumber"] == ksef_number)?.clone();
        row["bytes"].as_str().map(str::to_owned)
    }

    /// The newest rate of the simulated National Bank of a day before `day` (ISO), digit by digit.
    #[must_use]
    pub fn rate_before(&self, currency: &str, day: &str) -> String {
        let address = format!("{}/api/exchangerates/rates/a/{currency}/last/15/", self.nbp);
        let series: Value = self.agent.get(address).call().unwrap().body_mut().read_json().unwrap();
        let rates = series["rates"].as_array().unwrap();
        let before = rates.iter().rev().find(|rate| rate["effectiveDate"].as_str().unwrap() < day);
        before.unwrap()["mid"].to_string()
    }

    /// The KSeF numbers of all that the simulator holds.
    #[must_use]
    pub fn numbers(&self) -> Vec<String> {
        let held = self.get("/invoices");
        let rows = held.as_array().unwrap_or_else(|| panic!("no list: {held}"));
        rows.iter().filter_map(|row| row["ksefNumber"].as_str()).map(str::to_owned).collect()
    }

    /// Sends a JSON body to a path of the management and gives the answer.
    pub fn post(&self, path: &str, body: &Value) -> Value {
        let mut response = self.agent.post(format!("{}{path}", self.address)).send_json(body).unwrap();
        response.body_mut().read_json().unwrap()
    }

    /// Reads a path of the management.
    #[must_use]
    pub fn get(&self, path: &str) -> Value {
        self.agent.get(format!("{}{path}", self.address)).call().unwrap().body_mut().read_json().unwrap()
    }

    /// Deletes what stands at a path of the management.
    pub fn delete(&self, path: &str) {
        self.agent.delete(format!("{}{path}", self.address)).call().unwrap();
    }
}
