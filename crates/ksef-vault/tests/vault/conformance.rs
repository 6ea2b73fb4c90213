//! What every vault must do.

use ksef_types::{Environment, Nip};
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
    }
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
}

fn too_large_is_refused_and_harms_nothing(vault: &dyn Vault, company: Nip) {
    let place = key(company, Environment::Test, Slot::Offline);
    let before = vault.credential(&place).unwrap().unwrap();
    let refused = vault.store_credential(&place, &credential(RSA_8192));
    assert!(matches!(refused, Err(VaultError::TooLarge { bytes: 2561.., limit: 2560 })));
    let after = vault.credential(&place).unwrap().unwrap();
    assert_eq!(after.certificate(), before.certificate());
}

fn removing(vault: &dyn Vault, company: Nip, other: Nip) {
    let place = key(company, Environment::Test, Slot::Authentication);
    vault.remove(&place).unwrap();
    vault.remove(&place).unwrap();
    assert!(vault.credential(&place).unwrap().is_none());
    assert_eq!(vault.held(company, Environment::Test).unwrap().offline, Holding::Whole);
    vault.remove_company(company).unwrap();
    for environment in Environment::ALL {
        assert_eq!(vault.held(company, environment).unwrap(), Held::default());
    }
    assert_eq!(vault.held(other, Environment::Test).unwrap().token, Holding::Whole);
    vault.remove_company(other).unwrap();
    assert_eq!(vault.held(other, Environment::Test).unwrap(), Held::default());
}
