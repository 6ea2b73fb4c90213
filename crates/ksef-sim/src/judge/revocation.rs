//! Certificates that are no longer good.

use std::collections::BTreeMap;

use ksef_types::CertificateSerial;
use serde::{Deserialize, Serialize};

use super::refusal::CertificateFault;

/// What the simulator knows about a certificate that is no longer plainly good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Withdrawal {
    /// For good.
    Revoked,
    /// For a while; may be lifted.
    Suspended,
}

/// The certificates of the simulator's authority that were revoked or suspended, by serial number.
///
/// It stands for OCSP and CRL: self-signed certificates are not looked up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RevocationList(BTreeMap<String, Withdrawal>);

impl RevocationList {
    /// Revokes for good; a suspended certificate becomes a revoked one.
    pub fn revoke(&mut self, serial: &CertificateSerial) {
        self.0.insert(serial.as_str().to_owned(), Withdrawal::Revoked);
    }

    /// Suspends. A revoked certificate stays revoked.
    pub fn suspend(&mut self, serial: &CertificateSerial) {
        self.0.entry(serial.as_str().to_owned()).or_insert(Withdrawal::Suspended);
    }

    /// Lifts a suspension; answers whether there was one. A revocation cannot be lifted.
    pub fn resume(&mut self, serial: &CertificateSerial) -> bool {
        let suspended = self.withdrawal(serial) == Some(Withdrawal::Suspended);
        if suspended {
            self.0.remove(serial.as_str());
        }
        suspended
    }

    /// What is known against the certificate.
    #[must_use]
    pub fn withdrawal(&self, serial: &CertificateSerial) -> Option<Withdrawal> {
        self.0.get(serial.as_str()).copied()
    }

    /// The cause of 460, where the certificate is withdrawn.
    #[must_use]
    pub fn fault(&self, serial: &CertificateSerial) -> Option<CertificateFault> {
        self.withdrawal(serial).map(|withdrawal| match withdrawal {
            Withdrawal::Revoked => CertificateFault::Revoked,
            Withdrawal::Suspended => CertificateFault::Suspended,
        })
    }
}
