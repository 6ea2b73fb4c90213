//! The crate from outside: against the contract's vectors, other programs and arbitrary bytes.
#![cfg(test)]

mod credential_clothes;
mod credential_properties;
mod credential_vectors;
mod encryption;
mod enrolment;
mod export;
mod links;
mod signed_request;
mod support;
mod trial;
mod xades;
