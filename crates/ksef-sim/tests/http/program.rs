//! The program: one line of JSON, then it answers until it is ended.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ended = self.0.kill();
        let _reaped = self.0.wait();
    }
}

fn start(arguments: &[&str]) -> (Program, Value) {
    let mut child =
        Command::new(env!("CARGO_BIN_EXE_ksef-sim")).args(arguments).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (Program(child), serde_json::from_str(&line).unwrap())
}

#[test]
fn one_line_and_its_addresses() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let arguments =
        ["--state", state.to_str().unwrap(), "--pace", "immediate", "--clock", "2026-11-23T11:00:00Z"];
    let made = {
        let (_program, addresses) = start(&arguments);
        let at = |name: &str| addresses[name].as_str().unwrap().to_owned();
        assert!(at("api").starts_with("http://127.0.0.1:") && at("api").ends_with("/v2"));
        let challenge = ureq::post(format!("{}/auth/challenge", at("api"))).send_empty().unwrap();
        assert_eq!(challenge.status(), 200);
        let clock: Value =
            ureq::get(format!("{}/clock", at("management"))).call().unwrap().body_mut().read_json().unwrap();
        assert_eq!(clock["now"], "2026-11-23T11:00:00Z");
        assert_eq!(ureq::get(format!("{}/status", at("latarnia"))).call().unwrap().status(), 200);
        assert!(ureq::get(format!("{}/invoice/1/2/3", at("qr"))).call().is_err());
        let nip = format!("{}/api/search/nip/1111111111?date=2026-11-23", at("whiteList"));
        assert_eq!(ureq::get(nip).call().unwrap().status(), 200);
        let euro = format!("{}/api/exchangerates/rates/a/eur/", at("nbp"));
        assert_eq!(ureq::get(euro).call().unwrap().status(), 200);
        let company = serde_json::json!({ "nip": "5265877635", "name": "Trwała" });
        ureq::post(format!("{}/companies", at("management"))).send_json(&company).unwrap();
        ureq::get(format!("{}/companies", at("management")))
            .call()
            .unwrap()
            .body_mut()
            .read_to_string()
            .unwrap()
    };
    // Killed, not stopped: what was answered is there all the same.
    let (_program, addresses) = start(&arguments);
    let companies = format!("{}/companies", addresses["management"].as_str().unwrap());
    assert_eq!(ureq::get(companies).call().unwrap().body_mut().read_to_string().unwrap(), made);
}
