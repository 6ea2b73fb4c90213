//! Why a handshake failed.
//!
//! `native_tls::Error` does not say it by type, and each system reports in words of its own (OpenSSL, Secure
//! Transport) or numbers (SChannel, as `io::Error`): the numbers are read, the words are matched.

use std::error::Error;
use std::io;

use crate::error::kind::TlsProblem;

/// SChannel: `CERT_E_EXPIRED`, `SEC_E_CERT_EXPIRED`.
const EXPIRED: [u32; 2] = [0x800B_0101, 0x8009_0328];
/// SChannel: `CERT_E_CN_NO_MATCH`, `SEC_E_WRONG_PRINCIPAL`.
const HOSTNAME: [u32; 2] = [0x800B_010F, 0x8009_0322];
/// SChannel: `CERT_E_UNTRUSTEDROOT`, `CERT_E_CHAINING`, `SEC_E_UNTRUSTED_ROOT`, `TRUST_E_CERT_SIGNATURE`, `CERT_E_REVOKED`.
const UNTRUSTED: [u32; 5] = [0x800B_0109, 0x800B_010A, 0x8009_0325, 0x8009_6004, 0x800B_010C];

pub(super) fn problem(failure: &native_tls::Error) -> TlsProblem {
    let number = std::iter::successors(failure.source(), |cause| (*cause).source())
        .find_map(|cause| cause.downcast_ref::<io::Error>()?.raw_os_error())
        .map(i32::cast_unsigned);
    number.and_then(by_number).unwrap_or_else(|| by_words(&words(failure)))
}

fn by_number(number: u32) -> Option<TlsProblem> {
    let among = |numbers: &[u32]| numbers.contains(&number);
    match () {
        () if among(&EXPIRED) => Some(TlsProblem::Expired),
        () if among(&HOSTNAME) => Some(TlsProblem::Hostname),
        () if among(&UNTRUSTED) => Some(TlsProblem::Untrusted),
        () => None,
    }
}

fn words(failure: &native_tls::Error) -> String {
    std::iter::successors(Some(failure as &dyn Error), |cause| (*cause).source())
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("; ")
        .to_ascii_lowercase()
}

fn by_words(words: &str) -> TlsProblem {
    let has = |pieces: &[&str]| pieces.iter().any(|piece| words.contains(piece));
    if has(&["hostname mismatch", "host name mismatch", "ip address mismatch"]) {
        TlsProblem::Hostname
    } else if has(&["expired", "not yet valid"]) {
        TlsProblem::Expired
    } else if has(&[
        "certificate verify failed",
        "not trusted",
        "untrusted",
        "unknown issuer",
        "self-signed",
        "self signed",
    ]) {
        TlsProblem::Untrusted
    } else {
        TlsProblem::Other
    }
}
