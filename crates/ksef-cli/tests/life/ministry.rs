use serde_json::{Value, json};

/// The management port of the simulator.
pub(crate) struct Ministry {
    agent: ureq::Agent,
    address: String,
}

impl Ministry {
    pub(crate) fn at(address: &str) -> Self {
        let agent = ureq::Agent::new_with_defaults();
        Self { agent, address: address.trim_end_matches('/').to_owned() }
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Value {
        let mut response = self.agent.post(format!("{}{path}", self.address)).send_json(body).unwrap();
        response.body_mut().read_json().unwrap()
    }

    pub(crate) fn forget_requests(&self) {
        self.agent.delete(format!("{}/budget", self.address)).call().unwrap();
    }

    pub(crate) fn make_company(&self, nip: &str, name: &str) {
        self.post("/companies", &json!({ "nip": nip, "name": name }));
    }

    pub(crate) fn revoke_certificate(&self, serial: &str) {
        self.post(&format!("/certificates/{serial}/revoke"), &json!({}));
    }

    /// The next operation on permissions ends so.
    pub(crate) fn end_permission(&self, code: u16) {
        self.post("/endings", &json!({ "of": "permission", "code": code }));
    }
}
