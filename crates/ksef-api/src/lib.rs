//! Typed HTTP client of KSeF 2.0. No storage.
