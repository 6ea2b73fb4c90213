//! What every vault must do.

use ksef_types::{Environment, Nip, SecretText};
use ksef_vault::{CredentialKey, Held, Holding, Slot, Vault, VaultError};

use crate::sample::{P256, RSA_2048, RSA_4096, RSA_8192, credential, token};

/// Walks through the whole contract; leaves the vault without anything of the companies that it used.
pub(crate) fn check(vault: &dyn Vault) {
    let [company, other]: [Nip; 2] = ["5265877635", "9999999999"].map(|nip| nip.parse().unwrap());
    empty(vault, company);
    for file in [P256, RSA_2048, RSA_4096] {
        credentials_come_back(vault, company, file);
    }
    tokens_come_back(vault, company);
    nothing_crosses(vault, company, other);
    wrong_places_are_refused(vault, company);
    too_large_is_refused_and_harms_nothing(vault, company);
    keys_wait_for_their_certificates(vault, company);
    a_waiting_pair_takes_its_place(vault, company);
    the_lock_belongs_to_no_company(vault, company);
    removing(vault, company, other);
}

fn key(company: Nip, environment: Environment, slot: Slot) -> CredentialKey {
    CredentialKey::new(company, environment, slot)
}

fn empty(vault: &dyn Vault, company: Nip) {
    for environment in Environment::ALL {
        assert_eq!(vault.held(company, environment).unwrap(), Held::default());
        assert!(vault.credential(&key(company, environment, Slot::Offline)).unwrap().is_none());
        assert!(vault.token(&key(company, environment, Slot::Token)).unwrap().is_none());
        vault.remove(&key(company, environment, Slot::Authentication)).unwrap();
        for slot in [Slot::PendingAuthentication, Slot::PendingOffline] {
            assert!(vault.key(&key(company, environment, slot)).unwrap().is_none());
            assert!(vault.credential(&key(company, environment, slot)).unwrap().is_none());
        }
    }
    assert!(vault.app_lock().unwrap().is_none());
}

fn credentials_come_back(vault: &dyn Vault, company: Nip, file: &[u8]) {
    let stored = credential(file);
    let place = key(company, Environment::Test, Slot::Authentication);
    vault.store_credential(&place, &stored).unwrap();
    // A second time: storing replaces.
    vault.store_credential(&place, &stored).unwrap();
    let read = vault.credential(&place).unwrap().unwrap();
    assert_eq!(read.certificate(), stored.certificate());
    let key_of = |credential: &ksef_crypto::Credential| credential.key().to_pkcs8_der().unwrap();
    assert_eq!(key_of(&read).expose(), key_of(&stored).expose());
}

fn tokens_come_back(vault: &dyn Vault, company: Nip) {
    let place = key(company, Environment::Test, Slot::Token);
    for digit in ['a', 'b'] {
        vault.store_token(&place, &token(digit)).unwrap();
        let read = vault.token(&place).unwrap().unwrap();
        assert_eq!(read.secret().expose(), token(digit).secret().expose());
    }
    let held = vault.held(company, Environment::Test).unwrap();
    assert_eq!(
        (held.token, held.authentication, held.offline),
        (Holding::Whole, Holding::Whole, Holding::Nothing)
    );
}

fn nothing_crosses(vault: &dyn Vault, company: Nip, other: Nip) {
    for environment in [Environment::Production, Environment::Demo, Environment::Sandbox] {
        assert_eq!(vault.held(company, environment).unwrap(), Held::default());
    }
    assert_eq!(vault.held(other, Environment::Test).unwrap(), Held::default());
    let authentication = credential(P256);
    let offline = credential(RSA_2048);
    vault.store_credential(&key(company, Environment::Test, Slot::Authentication), &authentication).unwrap();
    vault.store_credential(&key(company, Environment::Test, Slot::Offline), &offline).unwrap();
    vault.store_credential(&key(company, Environment::Demo, Slot::Authentication), &offline).unwrap();
    vault.store_token(&key(other, Environment::Test, Slot::Token), &token('c')).unwrap();
    let certificate = |environment, slot| {
        let read = vault.credential(&key(company, environment, slot)).unwrap().unwrap();
        read.certificate().clone()
    };
    assert_eq!(&certificate(Environment::Test, Slot::Authentication), authentication.certificate());
    assert_eq!(&certificate(Environment::Test, Slot::Offline), offline.certificate());
    assert_eq!(&certificate(Environment::Demo, Slot::Authentication), offline.certificate());
    let own = vault.token(&key(company, Environment::Test, Slot::Token)).unwrap().unwrap();
    assert_eq!(own.secret().expose(), token('b').secret().expose());
}

fn wrong_places_are_refused(vault: &dyn Vault, company: Nip) {
    let token_place = key(company, Environment::Test, Slot::Token);
    let certificate_place = key(company, Environment::Test, Slot::Offline);
    assert!(matches!(vault.store_credential(&token_place, &credential(P256)), Err(VaultError::WrongSlot)));
    assert!(matches!(vault.credential(&token_place), Err(VaultError::WrongSlot)));
    assert!(matches!(vault.store_token(&certificate_place, &token('a')), Err(VaultError::WrongSlot)));
    assert!(matches!(vault.token(&certificate_place), Err(VaultError::WrongSlot)));
    let pair = credential(P256);
    for place in [token_place, certificate_place] {
        assert!(matches!(vault.store_key(&place, pair.key()), Err(VaultError::WrongSlot)));
        assert!(matches!(vault.key(&place), Err(VaultError::WrongSlot)));
        assert!(matches!(vault.store_certificate(&place, pair.certificate()), Err(VaultError::WrongSlot)));
        assert!(matches!(vault.promote(&place), Err(VaultError::WrongSlot)));
    }
    let waiting = key(company, Environment::Test, Slot::PendingOffline);
    assert!(matches!(vault.store_token(&waiting, &token('a')), Err(VaultError::WrongSlot)));
}

fn too_large_is_refused_and_harms_nothing(vault: &dyn Vault, company: Nip) {
    let place = key(company, Environment::Test, Slot::Offline);
    let before = vault.credential(&place).unwrap().unwrap();
    let refused = vault.store_credential(&place, &credential(RSA_8192));
    assert!(matches!(refused, Err(VaultError::TooLarge { bytes: 2561.., limit: 2560 })));
    let after = vault.credential(&place).unwrap().unwrap();
    assert_eq!(after.certificate(), before.certificate());
}

fn keys_wait_for_their_certificates(vault: &dyn Vault, company: Nip) {
    let place = key(company, Environment::Demo, Slot::PendingOffline);
    let (pair, other) = (credential(P256), credential(RSA_2048));
    assert!(matches!(vault.store_certificate(&place, pair.certificate()), Err(VaultError::NotFound)));
    assert!(matches!(vault.promote(&place), Err(VaultError::NotFound)));
    vault.store_key(&place, pair.key()).unwrap();
    assert!(vault.key(&place).unwrap().unwrap().belongs_to(pair.certificate()));
    assert!(vault.credential(&place).unwrap().is_none(), "a key alone is no pair, and no damage");
    assert!(matches!(vault.promote(&place), Err(VaultError::NotFound)));
    assert_eq!(vault.held(company, Environment::Demo).unwrap().in_slot(Slot::PendingOffline), Holding::Whole);
    assert_eq!(vault.held(company, Environment::Demo).unwrap().offline, Holding::Nothing);
    assert!(matches!(vault.store_certificate(&place, other.certificate()), Err(VaultError::NotAPair)));
    vault.store_certificate(&place, pair.certificate()).unwrap();
    assert_eq!(vault.credential(&place).unwrap().unwrap().certificate(), pair.certificate());
    // A new key begins anew.
    vault.store_key(&place, other.key()).unwrap();
    assert!(vault.credential(&place).unwrap().is_none());
    vault.remove(&place).unwrap();
    assert!(vault.key(&place).unwrap().is_none());
}

fn a_waiting_pair_takes_its_place(vault: &dyn Vault, company: Nip) {
    let place = key(company, Environment::Demo, Slot::Authentication);
    let pending = place.pending().unwrap();
    let (old, new) = (vault.credential(&place).unwrap().unwrap(), credential(P256));
    vault.store_key(&pending, new.key()).unwrap();
    vault.store_certificate(&pending, new.certificate()).unwrap();
    // Until then both are there, and the old one is used.
    assert_eq!(vault.credential(&place).unwrap().unwrap().certificate(), old.certificate());
    assert_eq!(vault.promote(&pending).unwrap().certificate(), new.certificate());
    assert_eq!(vault.credential(&place).unwrap().unwrap().certificate(), new.certificate());
    assert!(vault.key(&pending).unwrap().is_none() && vault.credential(&pending).unwrap().is_none());
    // What waits is kept for one company and environment, as everything is.
    vault.store_key(&pending, old.key()).unwrap();
    assert!(vault.key(&key(company, Environment::Test, Slot::PendingAuthentication)).unwrap().is_none());
}

fn the_lock_belongs_to_no_company(vault: &dyn Vault, company: Nip) {
    for hash in ["$argon2id$v=19$m=19456,t=2,p=1$YQ$YQ", "$argon2id$v=19$m=19456,t=2,p=1$Yg$Yg"] {
        vault.store_app_lock(&SecretText::from(hash.to_owned())).unwrap();
        assert_eq!(vault.app_lock().unwrap().unwrap().expose(), hash);
    }
    let another: Nip = "1111111111".parse().unwrap();
    assert_ne!(another, company);
    vault.remove_company(another).unwrap();
    assert!(vault.app_lock().unwrap().is_some());
    vault.remove_app_lock().unwrap();
    vault.remove_app_lock().unwrap();
    assert!(vault.app_lock().unwrap().is_none());
}

fn removing(vault: &dyn Vault, company: Nip, other: Nip) {
    let place = key(company, Environment::Test, Slot::Authentication);
    vault.remove(&place).unwrap();
    vault.remove(&place).unwrap();
    assert!(vault.credential(&place).unwrap().is_none());
    assert_eq!(vault.held(company, Environment::Test).unwrap().offline, Holding::Whole);
    assert!(vault.key(&key(company, Environment::Demo, Slot::PendingAuthentication)).unwrap().is_some());
    vault.remove_company(company).unwrap();
    assert!(vault.key(&key(company, Environment::Demo, Slot::PendingAuthentication)).unwrap().is_none());
    for environment in Environment::ALL {
        assert_eq!(vault.held(company, environment).unwrap(), Held::default());
    }
    assert_eq!(vault.held(other, Environment::Test).unwrap().token, Holding::Whole);
    vault.remove_company(other).unwrap();
    assert_eq!(vault.held(other, Environment::Test).unwrap(), Held::default());
}
