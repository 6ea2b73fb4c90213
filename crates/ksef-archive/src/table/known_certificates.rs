use chrono::{DateTime, Utc};
use ksef_types::{CertificateSerial, Environment, Nip};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::ArchiveError;
use crate::migrations::Migration;
use crate::value::{moment, names, optional_micros, optional_moment, optional_text, text};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 23,
    sql: "CREATE TABLE known_certificates (
        nip TEXT NOT NULL REFERENCES companies (nip),
        environment TEXT NOT NULL CHECK (environment IN ('production', 'demo', 'test', 'sandbox')),
        serial TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('authentication', 'offline')),
        name TEXT NOT NULL,
        common_name TEXT NOT NULL,
        owner_kind TEXT NOT NULL,
        owner TEXT NOT NULL,
        valid_from INTEGER NOT NULL,
        valid_to INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('active', 'blocked', 'revoked', 'expired')),
        requested_at INTEGER,
        last_used_at INTEGER,
        seen_at INTEGER NOT NULL,
        -- What was done from here; KSeF's list does not tell it.
        revoked_at INTEGER,
        revocation_reason TEXT CHECK (revocation_reason IN ('unspecified', 'superseded', 'key-compromise')),
        replaced_by TEXT,
        PRIMARY KEY (nip, environment, serial)
    ) STRICT, WITHOUT ROWID",
}];

/// The two kinds of certificates of KSeF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CertificateKind {
    /// For logging in.
    Authentication,
    /// For offline invoices.
    Offline,
}

names!(CertificateKind { Authentication = "authentication", Offline = "offline" });

/// What KSeF says of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateState {
    /// It works.
    Active,
    /// On the way to being revoked.
    Blocked,
    /// Revoked.
    Revoked,
    /// Its time is over.
    Expired,
}

names!(CertificateState { Active = "active", Blocked = "blocked", Revoked = "revoked", Expired = "expired" });

/// Why a certificate was revoked from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevocationReason {
    /// Not told.
    Unspecified,
    /// Another took its place.
    Superseded,
    /// Somebody else may have the key.
    KeyCompromise,
}

names!(RevocationReason {
    Unspecified = "unspecified",
    Superseded = "superseded",
    KeyCompromise = "key-compromise",
});

/// A certificate as KSeF's list showed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCertificate {
    /// Its number.
    pub serial: CertificateSerial,
    /// Its kind.
    pub kind: CertificateKind,
    /// Its own name.
    pub name: String,
    /// The common name of its owner.
    pub common_name: String,
    /// How its owner is named: `Nip`, `Pesel`, `Fingerprint`, as KSeF spells it.
    pub owner_kind: String,
    /// The owner's number.
    pub owner: String,
    /// Valid from.
    pub valid_from: DateTime<Utc>,
    /// Valid until.
    pub valid_to: DateTime<Utc>,
    /// What KSeF says of it.
    pub state: CertificateState,
    /// When it was asked for.
    pub requested_at: Option<DateTime<Utc>>,
    /// When it was used last.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// What is known of a certificate: what the list showed last, and what was done from here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCertificate {
    /// What the list showed.
    pub listed: ListedCertificate,
    /// When the list was read.
    pub seen_at: DateTime<Utc>,
    /// When it was revoked from here.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Why.
    pub revocation_reason: Option<RevocationReason>,
    /// The certificate that took its place in this program.
    pub replaced_by: Option<CertificateSerial>,
}

/// Reading of `known_certificates`.
pub struct KnownCertificates<'c>(pub(crate) &'c Connection);

impl KnownCertificates<'_> {
    /// Those seen in this company and environment, by the end of their time, the latest first.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn list(&self, nip: Nip, environment: Environment) -> Result<Vec<KnownCertificate>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT * FROM known_certificates WHERE nip = ?1 AND environment = ?2 ORDER BY valid_to DESC, serial",
            )?
            .query_map(params![nip.as_str(), environment.as_str()], read)?
            .collect::<Result<_, _>>()?)
    }

    /// One of them.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn get(
        &self,
        nip: Nip,
        environment: Environment,
        serial: &CertificateSerial,
    ) -> Result<Option<KnownCertificate>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT * FROM known_certificates WHERE nip = ?1 AND environment = ?2 AND serial = ?3",
            )?
            .query_row(params![nip.as_str(), environment.as_str(), serial.as_str()], read)
            .optional()?)
    }

    /// What was seen last of a certificate in an environment, in whichever company: certificates are their owner's.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn latest(
        &self,
        environment: Environment,
        serial: &CertificateSerial,
    ) -> Result<Option<KnownCertificate>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT * FROM known_certificates WHERE environment = ?1 AND serial = ?2 ORDER BY seen_at DESC LIMIT 1",
            )?
            .query_row(params![environment.as_str(), serial.as_str()], read)
            .optional()?)
    }
}

fn read(row: &Row<'_>) -> Result<KnownCertificate, rusqlite::Error> {
    Ok(KnownCertificate {
        listed: ListedCertificate {
            serial: text(row, "serial")?,
            kind: text(row, "kind")?,
            name: row.get("name")?,
            common_name: row.get("common_name")?,
            owner_kind: row.get("owner_kind")?,
            owner: row.get("owner")?,
            valid_from: moment(row, "valid_from")?,
            valid_to: moment(row, "valid_to")?,
            state: text(row, "state")?,
            requested_at: optional_moment(row, "requested_at")?,
            last_used_at: optional_moment(row, "last_used_at")?,
        },
        seen_at: moment(row, "seen_at")?,
        revoked_at: optional_moment(row, "revoked_at")?,
        revocation_reason: optional_text(row, "revocation_reason")?,
        replaced_by: optional_text(row, "replaced_by")?,
    })
}

/// Writing of `known_certificates`.
pub struct KnownCertificatesMut<'c>(pub(crate) &'c Connection);

impl KnownCertificatesMut<'_> {
    /// Writes down what KSeF's list showed of a certificate; what was done from here stays.
    ///
    /// # Errors
    /// When the archive fails, or the company has no row.
    pub fn seen(
        &self,
        nip: Nip,
        environment: Environment,
        listed: &ListedCertificate,
        at: DateTime<Utc>,
    ) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "INSERT INTO known_certificates (nip, environment, serial, kind, name, common_name, owner_kind, owner,
                 valid_from, valid_to, state, requested_at, last_used_at, seen_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
                 ON CONFLICT (nip, environment, serial) DO UPDATE SET kind = excluded.kind, name = excluded.name,
                 common_name = excluded.common_name, owner_kind = excluded.owner_kind, owner = excluded.owner,
                 valid_from = excluded.valid_from, valid_to = excluded.valid_to, state = excluded.state,
                 requested_at = excluded.requested_at, last_used_at = excluded.last_used_at, seen_at = excluded.seen_at",
            )?
            .execute(params![
                nip.as_str(),
                environment.as_str(),
                listed.serial.as_str(),
                listed.kind.as_str(),
                listed.name,
                listed.common_name,
                listed.owner_kind,
                listed.owner,
                listed.valid_from.timestamp_micros(),
                listed.valid_to.timestamp_micros(),
                listed.state.as_str(),
                optional_micros(listed.requested_at),
                optional_micros(listed.last_used_at),
                at.timestamp_micros(),
            ])?;
        Ok(())
    }

    /// KSeF took the revocation asked for from here; `false` when the certificate is not known.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn revoked(
        &self,
        nip: Nip,
        environment: Environment,
        serial: &CertificateSerial,
        reason: RevocationReason,
        at: DateTime<Utc>,
    ) -> Result<bool, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "UPDATE known_certificates SET revoked_at = ?4, revocation_reason = ?5, state = 'revoked'
                 WHERE nip = ?1 AND environment = ?2 AND serial = ?3",
            )?
            .execute(params![
                nip.as_str(),
                environment.as_str(),
                serial.as_str(),
                at.timestamp_micros(),
                reason.as_str()
            ])?
            == 1)
    }

    /// Another certificate took its place in this program; `false` when the certificate is not known.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn replaced(
        &self,
        nip: Nip,
        environment: Environment,
        serial: &CertificateSerial,
        by: &CertificateSerial,
    ) -> Result<bool, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "UPDATE known_certificates SET replaced_by = ?4 WHERE nip = ?1 AND environment = ?2 AND serial = ?3",
            )?
            .execute(params![nip.as_str(), environment.as_str(), serial.as_str(), by.as_str()])?
            == 1)
    }

    /// Forgets all of a company.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn remove_company(&self, nip: Nip) -> Result<(), ArchiveError> {
        self.0.prepare_cached("DELETE FROM known_certificates WHERE nip = ?1")?.execute([nip.as_str()])?;
        Ok(())
    }
}
