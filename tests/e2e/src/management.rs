use serde_json::Value;

/// The management port of the sandbox's simulator.
pub struct Management {
    agent: ureq::Agent,
    address: String,
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
    /// From the note that the running sandbox leaves.
    #[must_use]
    pub fn at(note: &str) -> Self {
        let note: Value = serde_json::from_str(note).unwrap();
        let address = note["management"].as_str().unwrap().trim_end_matches('/').to_owned();
        Self { agent: ureq::Agent::new_with_defaults(), address }
    }

    /// Sends a JSON body to a path of the management and gives the answer.
    pub fn post(&self, path: &str, body: &Value) -> Value {
        let mut response = self.agent.post(format!("{}{path}", self.address)).send_json(body).unwrap();
        let text = response.body_mut().read_to_string().unwrap();
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// Reads a path of the management.
    #[must_use]
    pub fn get(&self, path: &str) -> Value {
        self.agent.get(format!("{}{path}", self.address)).call().unwrap().body_mut().read_json().unwrap()
    }
}
