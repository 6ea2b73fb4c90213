use chrono::{DateTime, Utc};
use ksef_types::{Environment, Nip};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::ArchiveError;
use crate::migrations::Migration;
use crate::value::{moment, names, optional_micros, optional_moment, text};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 3,
    sql: "CREATE TABLE credential_notes (
        nip TEXT NOT NULL REFERENCES companies (nip),
        environment TEXT NOT NULL CHECK (environment IN ('production', 'demo', 'test', 'sandbox')),
        slot TEXT NOT NULL CHECK (slot IN ('authentication', 'offline', 'token')),
        -- The certificate itself is public; its key is in the keychain.
        certificate BLOB,
        subject TEXT,
        serial TEXT,
        typed_serial TEXT,
        not_after INTEGER,
        reference_number TEXT,
        stored_at INTEGER NOT NULL,
        PRIMARY KEY (nip, environment, slot)
    ) STRICT, WITHOUT ROWID",
}];

/// Which credential a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoteSlot {
    /// The authentication certificate.
    Authentication,
    /// The offline certificate.
    Offline,
    /// The token.
    Token,
}

names!(NoteSlot { Authentication = "authentication", Offline = "offline", Token = "token" });

/// What may be known of a credential without the keychain. Nothing of it is secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialNote {
    /// The certificate in DER: public, and all that can be shown of the credential.
    pub certificate: Option<Vec<u8>>,
    /// Name of the certificate's owner.
    pub subject: Option<String>,
    /// The certificate's serial number.
    pub serial: Option<String>,
    /// The serial number that was typed beside it, as written.
    pub typed_serial: Option<String>,
    /// The certificate is valid until.
    pub not_after: Option<DateTime<Utc>>,
    /// The token's reference number.
    pub reference_number: Option<String>,
    /// When it was put into the keychain.
    pub stored_at: DateTime<Utc>,
}

/// Reading of `credential_notes`.
pub struct CredentialNotes<'c>(pub(crate) &'c Connection);

impl CredentialNotes<'_> {
    /// The note about one credential.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn get(
        &self,
        nip: Nip,
        environment: Environment,
        slot: NoteSlot,
    ) -> Result<Option<CredentialNote>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT * FROM credential_notes WHERE nip = ?1 AND environment = ?2 AND slot = ?3",
            )?
            .query_row(params![nip.as_str(), environment.as_str(), slot.as_str()], read)
            .optional()?)
    }

    /// All notes of all companies on the list, by company, environment and place.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn all(&self) -> Result<Vec<(Nip, Environment, NoteSlot, CredentialNote)>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT * FROM credential_notes ORDER BY nip, environment, slot")?
            .query_map([], |row| {
                Ok((text(row, "nip")?, text(row, "environment")?, text(row, "slot")?, read(row)?))
            })?
            .collect::<Result<_, _>>()?)
    }

    /// In which other environments a token of that reference number, or a certificate of that serial number, is kept
    /// for any company: the commonest reason for a refusal.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn elsewhere(&self, identifier: &str, not_in: Environment) -> Result<Vec<Environment>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT DISTINCT environment FROM credential_notes
                 WHERE (serial = ?1 OR reference_number = ?1) AND environment <> ?2 ORDER BY environment",
            )?
            .query_map(params![identifier, not_in.as_str()], |row| text(row, "environment"))?
            .collect::<Result<_, _>>()?)
    }
}

fn read(row: &Row<'_>) -> Result<CredentialNote, rusqlite::Error> {
    Ok(CredentialNote {
        certificate: row.get("certificate")?,
        subject: row.get("subject")?,
        serial: row.get("serial")?,
        typed_serial: row.get("typed_serial")?,
        not_after: optional_moment(row, "not_after")?,
        reference_number: row.get("reference_number")?,
        stored_at: moment(row, "stored_at")?,
    })
}

/// Writing of `credential_notes`.
pub struct CredentialNotesMut<'c>(pub(crate) &'c Connection);

impl CredentialNotesMut<'_> {
    /// Writes the note about a credential, over an older one.
    ///
    /// # Errors
    /// When the archive fails, or the company has no row.
    pub fn put(
        &self,
        nip: Nip,
        environment: Environment,
        slot: NoteSlot,
        note: &CredentialNote,
    ) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "INSERT OR REPLACE INTO credential_notes (nip, environment, slot, certificate, subject, serial,
                 typed_serial, not_after, reference_number, stored_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                nip.as_str(),
                environment.as_str(),
                slot.as_str(),
                note.certificate,
                note.subject,
                note.serial,
                note.typed_serial,
                optional_micros(note.not_after),
                note.reference_number,
                note.stored_at.timestamp_micros(),
            ])?;
        Ok(())
    }

    /// Removes the note about one credential.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn remove(&self, nip: Nip, environment: Environment, slot: NoteSlot) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached("DELETE FROM credential_notes WHERE nip = ?1 AND environment = ?2 AND slot = ?3")?
            .execute(params![nip.as_str(), environment.as_str(), slot.as_str()])?;
        Ok(())
    }

    /// Removes all notes of a company.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn remove_company(&self, nip: Nip) -> Result<(), ArchiveError> {
        self.0.prepare_cached("DELETE FROM credential_notes WHERE nip = ?1")?.execute([nip.as_str()])?;
        Ok(())
    }
}
