//! Writing that is cut short, on a keychain that fails at a chosen operation.

use std::sync::atomic::{AtomicUsize, Ordering};

use ksef_crypto::{Recognised, recognise};

use super::*;
use crate::MemoryVault;

/// Passes operations on until none are left; then everything fails, as when the power goes.
struct Failing {
    inner: MemoryVault,
    left: AtomicUsize,
}

impl Failing {
    fn after(operations: usize) -> Self {
        Self { inner: MemoryVault::new(), left: AtomicUsize::new(operations) }
    }

    fn spend(&self) -> Result<(), VaultError> {
        let spent = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        spent.map(|_| ()).map_err(|_| VaultError::Locked)
    }

    fn repair(&self) {
        self.left.store(usize::MAX, Ordering::SeqCst);
    }
}

impl Entries for Failing {
    fn write(&self, account: &str, secret: &SecretBytes) -> Result<(), VaultError> {
        self.spend().and_then(|()| self.inner.write(account, secret))
    }

    fn read(&self, account: &str) -> Result<Option<SecretBytes>, VaultError> {
        self.inner.read(account)
    }

    fn delete(&self, account: &str) -> Result<(), VaultError> {
        self.spend().and_then(|()| self.inner.delete(account))
    }
}

fn credential(file: &[u8]) -> Credential {
    let Ok(Recognised::Both { certificates, key }) = recognise(file) else { panic!("a pair") };
    Credential::assemble_from_chain(certificates, key.open(None).unwrap()).unwrap()
}

fn pair() -> (Credential, Credential) {
    let one = credential(include_bytes!("../../tests/vault/data/p256.pem"));
    (one, credential(include_bytes!("../../tests/vault/data/rsa2048.pem")))
}

fn key() -> CredentialKey {
    CredentialKey::new("5265877635".parse().unwrap(), Environment::Test, Slot::Authentication)
}

#[test]
fn storing_cut_short_anywhere_never_looks_whole_and_can_be_repaired() {
    let (old, new) = pair();
    let mut damaged = 0;
    for operations in 0..3 {
        let vault = Failing::after(usize::MAX);
        vault.store_credential(&key(), &old).unwrap();
        vault.left.store(operations, Ordering::SeqCst);
        assert!(matches!(vault.store_credential(&key(), &new), Err(VaultError::Locked)), "{operations}");
        match vault.credential(&key()) {
            // Before the first operation nothing happened.
            Ok(Some(kept)) => assert_eq!((operations, kept.certificate()), (0, old.certificate())),
            Err(VaultError::Damaged(DamagedEntry::CertificateMissing)) => damaged += 1,
            other => panic!("after {operations}: {other:?}"),
        }
        vault.repair();
        vault.store_credential(&key(), &new).unwrap();
        assert_eq!(vault.credential(&key()).unwrap().unwrap().certificate(), new.certificate());
    }
    assert_eq!(damaged, 2);
}

#[test]
fn a_failure_in_the_middle_leaves_no_key_behind() {
    let (credential, _) = pair();
    // Removing the certificate and writing the key succeed; the certificate does not; then all is well again.
    struct Once(Failing);
    impl Entries for Once {
        fn write(&self, account: &str, secret: &SecretBytes) -> Result<(), VaultError> {
            let written = self.0.write(account, secret);
            self.0.repair();
            written
        }
        fn read(&self, account: &str) -> Result<Option<SecretBytes>, VaultError> {
            self.0.read(account)
        }
        fn delete(&self, account: &str) -> Result<(), VaultError> {
            self.0.delete(account)
        }
    }
    let vault = Once(Failing::after(1));
    assert!(matches!(vault.store_credential(&key(), &credential), Err(VaultError::Locked)));
    assert!(matches!(vault.credential(&key()), Ok(None)));
}

#[test]
fn removing_cut_short_reads_as_damaged() {
    let vault = Failing::after(usize::MAX);
    vault.store_credential(&key(), &pair().0).unwrap();
    vault.left.store(1, Ordering::SeqCst);
    assert!(vault.remove(&key()).is_err());
    assert!(matches!(vault.credential(&key()), Err(VaultError::Damaged(DamagedEntry::CertificateMissing))));
    vault.repair();
    vault.remove(&key()).unwrap();
    assert!(matches!(vault.credential(&key()), Ok(None)));
}

#[test]
fn each_damage_has_its_name() {
    let (one, other) = pair();
    let vault = MemoryVault::new();
    let put =
        |part, bytes: &[u8]| vault.write(&account(&key(), part), &SecretBytes::new(bytes.to_vec())).unwrap();
    let damage = || match vault.credential(&key()) {
        Err(VaultError::Damaged(damage)) => damage,
        other => panic!("{other:?}"),
    };
    put(Part::Certificate, one.certificate().der());
    assert_eq!(damage(), DamagedEntry::KeyMissing);
    put(Part::Key, b"x");
    assert_eq!(damage(), DamagedEntry::Key);
    put(Part::Key, other.key().to_pkcs8_der().unwrap().expose());
    assert_eq!(damage(), DamagedEntry::NotAPair);
    put(Part::Certificate, b"x");
    assert_eq!(damage(), DamagedEntry::Certificate);
    assert_eq!(vault.held(key().company, Environment::Test).unwrap().authentication, Holding::Damaged);
    let token = CredentialKey { slot: Slot::Token, ..key() };
    vault.write(&account(&token, Part::Token), &SecretBytes::new(vec![0xFF])).unwrap();
    assert!(matches!(vault.token(&token), Err(VaultError::Damaged(DamagedEntry::Token))));
    assert_eq!(vault.held(key().company, Environment::Test).unwrap().token, Holding::Damaged);
}

#[test]
fn one_entry_that_fails_does_not_keep_the_others_alive() {
    let vault = Failing::after(usize::MAX);
    let production = CredentialKey { environment: Environment::Production, ..key() };
    vault.store_credential(&production, &pair().0).unwrap();
    vault.store_credential(&key(), &pair().1).unwrap();
    struct OneStuck<'a>(&'a Failing);
    impl Entries for OneStuck<'_> {
        fn write(&self, account: &str, secret: &SecretBytes) -> Result<(), VaultError> {
            self.0.write(account, secret)
        }
        fn read(&self, account: &str) -> Result<Option<SecretBytes>, VaultError> {
            self.0.read(account)
        }
        fn delete(&self, account: &str) -> Result<(), VaultError> {
            if account.starts_with("production/") { Err(VaultError::Denied) } else { self.0.delete(account) }
        }
    }
    assert!(matches!(OneStuck(&vault).remove_company(key().company), Err(VaultError::Denied)));
    assert!(matches!(vault.credential(&key()), Ok(None)));
    assert!(matches!(vault.credential(&production), Ok(Some(_))));
}

#[test]
fn promoting_cut_short_anywhere_loses_nothing_and_can_be_repeated() {
    let (old, new) = pair();
    let pending = key().pending().unwrap();
    let mut cut_short = 0;
    for operations in 0.. {
        let vault = Failing::after(usize::MAX);
        vault.store_credential(&key(), &old).unwrap();
        vault.store_key(&pending, new.key()).unwrap();
        vault.store_certificate(&pending, new.certificate()).unwrap();
        vault.left.store(operations, Ordering::SeqCst);
        let whole = vault.promote(&pending).is_ok();
        vault.repair();
        if whole {
            break;
        }
        cut_short += 1;
        // The new pair is whole in one of the places at least, and its key is never gone.
        let readable = |place: &CredentialKey| {
            vault
                .credential(place)
                .ok()
                .flatten()
                .is_some_and(|found| found.certificate() == new.certificate())
        };
        assert!(readable(&key()) || readable(&pending), "after {operations}");
        assert_eq!(vault.promote(&pending).unwrap().certificate(), new.certificate(), "after {operations}");
        assert!(readable(&key()) && Vault::key(&vault, &pending).unwrap().is_none(), "after {operations}");
    }
    // Removing the old certificate, writing key and certificate, removing the two that waited.
    assert_eq!(cut_short, 5);
}

#[test]
fn a_waiting_key_that_cannot_be_read_is_damage() {
    let vault = MemoryVault::new();
    let pending = key().pending().unwrap();
    vault.write(&account(&pending, Part::Key), &SecretBytes::new(b"x".to_vec())).unwrap();
    assert!(matches!(Vault::key(&vault, &pending), Err(VaultError::Damaged(DamagedEntry::Key))));
    let held = vault.held(key().company, Environment::Test).unwrap();
    assert_eq!(held.pending_authentication, Holding::Damaged);
    vault.write(APP_LOCK, &SecretBytes::new(vec![0xFF])).unwrap();
    assert!(matches!(vault.app_lock(), Err(VaultError::Damaged(DamagedEntry::AppLock))));
}
