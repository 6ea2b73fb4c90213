//! Credentials of a company in the operating system's keychain.
