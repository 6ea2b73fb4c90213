//! What is in a package. It comes from outside: count, sizes, ratio and names are bounded, and no name is ever a path here.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Component;

use flate2::read::GzDecoder;
use openssl::hash::{Hasher, MessageDigest};

use super::BatchFailure;
use crate::contract::BatchStatus;
use crate::model::Compression;

/// A document of a package.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) size: u64,
    /// SHA-256, Base64.
    pub(super) hash: String,
    /// `None` where it is larger than any document may be.
    pub(super) bytes: Option<Vec<u8>>,
}

/// The longest name that an answer can carry (OpenAPI, `invoiceFileName`).
const LONGEST_NAME: usize = 128;
/// No context is let more than 10 MB.
const LARGEST_DOCUMENT: u64 = 10_000_000;
/// How many times its own size a package may unfold to.
const RATIO: u64 = 100;
/// Smaller packages are treated as if they had this size.
const LEAST_SIZE: u64 = 50_000;
/// Entries of any kind, folders included, for each document that may come.
const ENTRIES_FOR_EACH: usize = 2;

/// Every document of a package, at most so many.
pub(super) fn documents(
    package: File,
    size: u64,
    compression: Compression,
    most: usize,
) -> Result<Vec<Entry>, BatchFailure> {
    let collected = Collected {
        most,
        budget: size.max(LEAST_SIZE).saturating_mul(RATIO),
        entries: 0,
        names: BTreeSet::new(),
        documents: Vec::new(),
    };
    match compression {
        Compression::Zip => from_zip(package, collected),
        Compression::TarGz => from_tar(package, collected),
    }
}

fn from_zip(package: File, mut collected: Collected) -> Result<Vec<Entry>, BatchFailure> {
    let mut archive = zip::ZipArchive::new(BufReader::new(package)).map_err(damaged)?;
    if archive.len() > collected.most.saturating_mul(ENTRIES_FOR_EACH) {
        return Err(BatchStatus::TooManyInvoices.into());
    }
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(damaged)?;
        if entry.is_dir() {
            continue;
        }
        if entry.encrypted() || entry.is_symlink() {
            return Err(refused("Archiwum zawiera zaszyfrowany plik lub dowiązanie."));
        }
        let name = entry.name().map_err(damaged)?.into_owned();
        collected.take(name, entry)?;
    }
    Ok(collected.documents)
}

fn from_tar(package: File, mut collected: Collected) -> Result<Vec<Entry>, BatchFailure> {
    // What is not data counts too: headers and padding cannot be made up without an end.
    let budget = collected.budget.saturating_mul(2);
    let unpacked = GzDecoder::new(BufReader::new(package)).take(budget);
    let mut archive = tar::Archive::new(unpacked);
    for entry in archive.entries().map_err(damaged)? {
        let entry = entry.map_err(damaged)?;
        collected.count()?;
        match entry.header().entry_type() {
            tar::EntryType::Regular | tar::EntryType::Continuous => {}
            tar::EntryType::Directory | tar::EntryType::XGlobalHeader => continue,
            _ => return Err(refused("Archiwum zawiera element, który nie jest plikiem.")),
        }
        let name = String::from_utf8(entry.path_bytes().into_owned())
            .map_err(|_| refused("Nazwa pliku w archiwum nie jest zapisana w UTF-8."))?;
        collected.take(name, entry)?;
    }
    // The checksum at the end of the stream: a package that was cut off is damaged.
    let mut rest = archive.into_inner();
    std::io::copy(&mut rest, &mut std::io::sink()).map_err(damaged)?;
    if rest.limit() == 0 {
        return Err(refused("Archiwum po rozpakowaniu jest nieproporcjonalnie duże."));
    }
    Ok(collected.documents)
}

struct Collected {
    most: usize,
    /// Bytes that may still be unpacked.
    budget: u64,
    entries: usize,
    names: BTreeSet<String>,
    documents: Vec<Entry>,
}

impl Collected {
    fn count(&mut self) -> Result<(), BatchFailure> {
        self.entries += 1;
        if self.entries > self.most.saturating_mul(ENTRIES_FOR_EACH) {
            return Err(BatchStatus::TooManyInvoices.into());
        }
        Ok(())
    }

    fn take(&mut self, name: String, source: impl Read) -> Result<(), BatchFailure> {
        if self.documents.len() == self.most {
            return Err(BatchStatus::TooManyInvoices.into());
        }
        judge_name(&name)?;
        if !self.names.insert(name.clone()) {
            return Err(refused("Nazwa pliku w archiwum powtarza się."));
        }
        let entry = self.read(name, source)?;
        self.documents.push(entry);
        Ok(())
    }

    fn read(&mut self, name: String, source: impl Read) -> Result<Entry, BatchFailure> {
        let failed = |_| BatchFailure::from(BatchStatus::Unknown);
        let mut source = source.take(self.budget.saturating_add(1));
        let mut hasher = Hasher::new(MessageDigest::sha256()).map_err(failed)?;
        let (mut bytes, mut size, mut chunk) = (Some(Vec::new()), 0, [0; 16 * 1024]);
        loop {
            let read = source.read(&mut chunk).map_err(damaged)?;
            if read == 0 {
                break;
            }
            size += read as u64;
            hasher.update(&chunk[..read]).map_err(failed)?;
            bytes = bytes.filter(|_| size <= LARGEST_DOCUMENT);
            if let Some(bytes) = &mut bytes {
                bytes.extend_from_slice(&chunk[..read]);
            }
        }
        self.budget = self
            .budget
            .checked_sub(size)
            .ok_or_else(|| refused("Archiwum po rozpakowaniu jest nieproporcjonalnie duże."))?;
        let hash = ksef_crypto::base64::encode(&hasher.finish().map_err(failed)?);
        Ok(Entry { name, size, hash, bytes })
    }
}

/// A name may have folders; it may not lead anywhere else.
fn judge_name(name: &str) -> Result<(), BatchFailure> {
    let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    let odd = |character: char| character.is_control() || matches!(character, '\\' | ':');
    if name.is_empty()
        || name.chars().count() > LONGEST_NAME
        || name.chars().any(odd)
        || name.starts_with('/')
        || !std::path::Path::new(name).components().all(plain)
    {
        return Err(refused("Niedozwolona nazwa pliku w archiwum."));
    }
    Ok(())
}

fn refused(detail: &str) -> BatchFailure {
    BatchFailure::detailed(BatchStatus::NotDecompressed, detail.to_owned())
}

fn damaged(failure: impl std::fmt::Display) -> BatchFailure {
    tracing::debug!(%failure, "a package could not be read");
    refused("Archiwum jest uszkodzone.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        for name in ["a.xml", "2026/11/a.xml", "żółć.xml", "a..b.xml"] {
            assert!(judge_name(name).is_ok(), "{name}");
        }
        let long = "x".repeat(129);
        for name in ["", "/a.xml", "../a.xml", "a/../b.xml", "./a.xml", "a\\b.xml", "C:a.xml", "a\0b", &long]
        {
            assert!(judge_name(name).is_err(), "{name:?}");
        }
    }
}
