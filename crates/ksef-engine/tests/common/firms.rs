//! Firms beside the one of the bench, and a keychain that can be locked in the middle.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use ksef_archive::Archive;
use ksef_crypto::{Certificate, Credential, OsRandomness, PrivateKey};
use ksef_engine::{CertificateSlot, Engine, LoadTarget, Parts};
use ksef_sim::{CertificateKind, CertificateOwner, KeyAlgorithm, MadeCertificate, NewCertificate};
use ksef_types::{Environment, KsefToken, Nip, SecretText};
use ksef_vault::{CredentialKey, Held, MemoryVault, Vault, VaultError};

use super::{At, Bench, SANDBOX, picked, quick};

/// A NIP with a right check digit, one for each number.
pub(crate) fn numbered_nip(number: u32) -> Nip {
    (0..)
        .map(|step| format!("{}", 5_260_000_000_u64 + u64::from(number) * 100 + step))
        .find_map(|text| text.parse().ok())
        .unwrap()
}

impl Bench {
    /// A firm in KSeF and in the program, with its own certificate.
    pub(crate) async fn equip(&self, nip: Nip, name: &str) {
        self.sim.control().make_company(nip, name).unwrap();
        self.engine.add_company(nip, Some(name), SANDBOX).unwrap();
        self.load_for(nip, CertificateOwner::Company(nip), CertificateKind::Authentication).await;
    }

    /// Puts a certificate of somebody into a company's place.
    pub(crate) async fn load_for(
        &self,
        nip: Nip,
        owner: CertificateOwner,
        kind: CertificateKind,
    ) -> MadeCertificate {
        let wanted = NewCertificate::for_owner(owner).of_kind(kind).with_key(KeyAlgorithm::P256);
        let made = self.sim.control().make_certificate(wanted).unwrap();
        load(&self.engine, nip, &made, kind).await;
        made
    }

    /// An engine over the same archive with another keychain.
    pub(crate) fn with_vault(&self, vault: Arc<dyn Vault>) -> Engine {
        let parts = Parts {
            archive: Arc::new(Archive::open(&self.folder.path().join("archiwum.db")).unwrap()),
            vault,
            clock: Arc::new(self.clock.clone()),
            random: Arc::new(OsRandomness),
            addresses: Arc::new(At::all_of(&self.sim)),
        };
        Engine::with_tuning(parts, quick())
    }
}

pub(crate) async fn load(engine: &Engine, nip: Nip, made: &MadeCertificate, kind: CertificateKind) {
    let files =
        vec![picked("firma.key", made.key.expose().as_bytes()), picked("firma.crt", made.crt.as_bytes())];
    engine.load_files(nip, SANDBOX, LoadTarget::Anywhere, files).await.unwrap();
    let slot = match kind {
        CertificateKind::Authentication => CertificateSlot::Authentication,
        CertificateKind::Offline => CertificateSlot::Offline,
    };
    // Exposed to be handed on.
    let password = SecretText::from(made.password.expose().to_owned());
    let overview = engine.set_password(nip, SANDBOX, slot, password).await.unwrap();
    let card = if slot == CertificateSlot::Offline { overview.offline } else { overview.authentication };
    assert!(card.saved, "{:?}", card.problems);
}

/// A keychain that is locked after so many writes; or that is locked and unlocked, and then lets nothing be removed either.
pub(crate) struct Lockable {
    inner: Arc<MemoryVault>,
    writes_left: AtomicI64,
    shut: AtomicBool,
}

impl Lockable {
    pub(crate) fn after(inner: &Arc<MemoryVault>, writes: i64) -> Self {
        Self { inner: Arc::clone(inner), writes_left: AtomicI64::new(writes), shut: AtomicBool::new(false) }
    }

    pub(crate) fn open(inner: &Arc<MemoryVault>) -> Self {
        Self::after(inner, i64::MAX)
    }

    pub(crate) fn shut(&self, shut: bool) {
        self.shut.store(shut, Ordering::SeqCst);
    }

    fn change(&self) -> Result<(), VaultError> {
        if self.shut.load(Ordering::SeqCst) { Err(VaultError::Locked) } else { Ok(()) }
    }

    fn write(&self) -> Result<(), VaultError> {
        self.change()?;
        if self.writes_left.fetch_sub(1, Ordering::SeqCst) > 0 { Ok(()) } else { Err(VaultError::Locked) }
    }
}

impl Vault for Lockable {
    fn store_credential(&self, key: &CredentialKey, credential: &Credential) -> Result<(), VaultError> {
        self.write()?;
        self.inner.store_credential(key, credential)
    }
    fn credential(&self, key: &CredentialKey) -> Result<Option<Credential>, VaultError> {
        self.inner.credential(key)
    }
    fn store_key(&self, key: &CredentialKey, private: &PrivateKey) -> Result<(), VaultError> {
        self.write()?;
        self.inner.store_key(key, private)
    }
    fn key(&self, key: &CredentialKey) -> Result<Option<PrivateKey>, VaultError> {
        self.inner.key(key)
    }
    fn store_certificate(&self, key: &CredentialKey, certificate: &Certificate) -> Result<(), VaultError> {
        self.write()?;
        self.inner.store_certificate(key, certificate)
    }
    fn promote(&self, pending: &CredentialKey) -> Result<Credential, VaultError> {
        self.write()?;
        self.inner.promote(pending)
    }
    fn store_app_lock(&self, hash: &SecretText) -> Result<(), VaultError> {
        self.write()?;
        self.inner.store_app_lock(hash)
    }
    fn app_lock(&self) -> Result<Option<SecretText>, VaultError> {
        self.inner.app_lock()
    }
    fn remove_app_lock(&self) -> Result<(), VaultError> {
        self.inner.remove_app_lock()
    }
    fn store_token(&self, key: &CredentialKey, token: &KsefToken) -> Result<(), VaultError> {
        self.write()?;
        self.inner.store_token(key, token)
    }
    fn token(&self, key: &CredentialKey) -> Result<Option<KsefToken>, VaultError> {
        self.inner.token(key)
    }
    fn remove(&self, key: &CredentialKey) -> Result<(), VaultError> {
        self.change()?;
        self.inner.remove(key)
    }
    fn remove_company(&self, company: Nip) -> Result<(), VaultError> {
        self.change()?;
        self.inner.remove_company(company)
    }
    fn held(&self, company: Nip, environment: Environment) -> Result<Held, VaultError> {
        self.inner.held(company, environment)
    }
}
