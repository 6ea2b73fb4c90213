//! A computer with the built `ksef`, a data folder, a keychain, and a simulator of KSeF in a process of its own.

use std::cell::RefCell;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use ksef_testkit::{Management, SampleCertificate};
use serde_json::Value;

use crate::common;

/// Of every key file.
pub(crate) const PASSWORD: &str = "Tajne-Haslo-2026!";

pub(crate) struct Desk {
    folder: tempfile::TempDir,
    simulator: Child,
    /// Whoever holds it runs the sandbox; the others join.
    _lock: File,
    pub(crate) ministry: Management,
    /// What must never be printed or written.
    secrets: RefCell<Vec<String>>,
}

/// What a run told.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    /// Nothing, said aloud, where the tests have no keychain.
    pub(crate) fn open() -> Option<Self> {
        if std::env::var_os("OKIENKO_TEST_KEYCHAIN").is_none() {
            println!("skipped: no keychain for tests; use cargo xtask test");
            return None;
        }
        let folder = tempfile::Builder::new().prefix("Księgowość Żółć ").tempdir().unwrap();
        let sandbox = folder.path().join("dane").join("piaskownica");
        std::fs::create_dir_all(&sandbox).unwrap();
        let lock = File::create(sandbox.join("blokada")).unwrap();
        lock.try_lock().unwrap();
        let mut simulator = Command::new(env!("CARGO_BIN_EXE_ksef"))
            .args(["sim", "--state"])
            .arg(folder.path().join("ministerstwo"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(simulator.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ministry = Management::at(&line);
        let mut note: Value = serde_json::from_str(&line).unwrap();
        note["white_list"] = note["whiteList"].take();
        std::fs::write(sandbox.join("adres.json"), note.to_string()).unwrap();
        let secrets = ["eyJhbGciOi", "PRIVATE KEY", PASSWORD].map(str::to_owned).into();
        Some(Self { folder, simulator, _lock: lock, ministry, secrets: RefCell::new(secrets) })
    }

    /// Runs it in Polish.
    pub(crate) fn ksef(&self, arguments: &[&str]) -> Told {
        self.run("pl", arguments, "")
    }

    /// Runs it with that on its standard input.
    pub(crate) fn given(&self, arguments: &[&str], input: &str) -> Told {
        self.run("pl", arguments, input)
    }

    /// Runs it with `--json` and gives the code and the answer; a person hears nothing.
    pub(crate) fn json(&self, arguments: &[&str]) -> (i32, Value) {
        let told = self.ksef(&[&["--json"], arguments].concat());
        assert_eq!(told.err, "", "{arguments:?}");
        let answer = serde_json::from_str(&told.out).unwrap_or_else(|error| panic!("{error}: {}", told.out));
        (told.code, answer)
    }

    /// What went well, as JSON.
    pub(crate) fn answer(&self, arguments: &[&str]) -> Value {
        let (code, answer) = self.json(arguments);
        assert_eq!(code, 0, "{arguments:?}: {answer}");
        answer
    }

    /// The code of the problem that a run ended with, told as JSON and in both languages.
    pub(crate) fn refused(&self, code: i32, arguments: &[&str]) -> String {
        let (ended, answer) = self.json(arguments);
        let problem = answer["problem"]["code"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
        assert_eq!(ended, code, "{arguments:?}: {problem}");
        let [polish, english] = ["pl", "en"].map(|language| self.run(language, arguments, ""));
        for told in [&polish, &english] {
            assert_eq!(told.code, code, "{told:?}");
            // What, why, what now, and by which code it can be found.
            assert!(told.err.contains('✗') && told.err.contains('→'), "{told:?}");
            assert!(told.err.contains(&format!("[{problem}")), "{told:?}");
        }
        assert_ne!(polish.err, english.err, "{arguments:?}");
        problem
    }

    /// Runs it in both languages, which say the same in other words.
    pub(crate) fn both(&self, arguments: &[&str]) -> [Told; 2] {
        let both = ["pl", "en"].map(|language| self.run(language, arguments, ""));
        assert_eq!(both[0].code, both[1].code, "{both:?}");
        assert_ne!(both[0].out, both[1].out, "{arguments:?}");
        both
    }

    fn run(&self, language: &str, arguments: &[&str], input: &str) -> Told {
        // Every process counts its own requests; KSeF would count them together.
        self.ministry.forget_requests();
        let output = common::ksef(&self.data(), language, arguments, input.as_bytes());
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let told = Told {
            code: output.status.code().unwrap(),
            out: text(&output.stdout),
            err: text(&output.stderr),
        };
        for secret in self.secrets.borrow().iter() {
            assert!(!told.out.contains(secret) && !told.err.contains(secret), "a secret in {arguments:?}");
        }
        told
    }

    /// From here on this must not be printed.
    pub(crate) fn keep_secret(&self, text: &str) {
        assert!(text.len() > 12);
        self.secrets.borrow_mut().push(text.to_owned());
    }

    /// A company in the program and in KSeF.
    pub(crate) fn add_company(&self, nip: &str, name: &str) {
        self.ministry.make_company(nip, name);
        self.answer(&["--environment", "sandbox", "company", "add", nip, "--name", name]);
    }

    /// The certificate of the company's seal, from its two files; gives its number.
    pub(crate) fn import_seal(&self, nip: &str, kind: &str) -> String {
        self.import(nip, &self.ministry.make_certificate(nip, kind, PASSWORD))
    }

    /// A certificate of somebody, into a company's place; gives its number.
    pub(crate) fn import(&self, nip: &str, made: &SampleCertificate) -> String {
        let (crt, key) = (self.file("plik.crt", &made.crt), self.file("plik.key", &made.key));
        self.keep_secret(made.key.lines().nth(2).unwrap());
        let import = ["--company", nip, "credential", "import", &crt, &key, "--password-stdin"];
        let imported = self.given(&import, &format!("{PASSWORD}\n"));
        assert_eq!(imported.code, 0, "{imported:?}");
        made.serial.clone()
    }

    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        std::fs::write(self.path(name), text).unwrap();
        self.path(name).display().to_string()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("dane")
    }

    /// Nothing that the program wrote holds a secret.
    pub(crate) fn wrote_no_secret(&self) {
        let mut folders = vec![self.data()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let bytes = std::fs::read(&path).unwrap();
                for secret in self.secrets.borrow().iter() {
                    let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                    assert!(!found, "a secret in {}", path.display());
                }
            }
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.simulator.kill();
        let _ = self.simulator.wait();
    }
}
