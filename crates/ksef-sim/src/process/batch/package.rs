//! From encrypted parts to the package: hashes, sizes, decryption of each part by itself.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek as _, Write as _};

use openssl::hash::{Hasher, MessageDigest};
use openssl::symm::{Cipher, Crypter, Mode};

use super::BatchFailure;
use crate::contract::BatchStatus;
use crate::model::{Batch, BatchPart, Session};
use crate::storage::{Kept, Storage};

const CHUNK: usize = 64 * 1024;

/// The decrypted package, as declared.
pub(super) fn assemble(storage: &Storage, session: &Session, batch: &Batch) -> Result<File, BatchFailure> {
    judge_parts(batch)?;
    let (key, iv) = session.key.as_ref().ok_or(BatchStatus::KeyNotDecrypted)?;
    let (key, iv) = hex::decode(key).ok().zip(hex::decode(iv).ok()).ok_or(BatchStatus::Unknown)?;
    let mut package = Package::new(storage.unnamed()?)?;
    for part in &batch.parts {
        let source = storage.read(Kept::BatchPart, &session.reference, part.ordinal)?;
        decrypt(source, &key, &iv, &mut package, part.ordinal)?;
    }
    package.finish(batch)
}

/// Each part is what its declaration says.
fn judge_parts(batch: &Batch) -> Result<(), BatchFailure> {
    let differs = |part: &&BatchPart| {
        part.uploaded.as_ref().is_none_or(|(size, hash)| (*size, hash) != (part.size, &part.hash))
    };
    match batch.parts.iter().find(differs) {
        None => Ok(()),
        Some(part) => Err(BatchFailure::detailed(
            BatchStatus::PartsInvalid,
            format!("Skrót lub rozmiar części '{}' nie zgadza się z zadeklarowanym.", part.ordinal),
        )),
    }
}

fn decrypt(
    mut source: impl Read,
    key: &[u8],
    iv: &[u8],
    package: &mut Package,
    ordinal: u32,
) -> Result<(), BatchFailure> {
    let undecryptable = || {
        BatchFailure::detailed(
            BatchStatus::NotDecrypted,
            format!("Nie można odszyfrować części '{ordinal}'."),
        )
    };
    let mut crypter = Crypter::new(Cipher::aes_256_cbc(), Mode::Decrypt, key, Some(iv))
        .map_err(|_| BatchStatus::Unknown)?;
    let (mut input, mut output) = (vec![0; CHUNK], vec![0; CHUNK + 32]);
    loop {
        let read = source.read(&mut input)?;
        if read == 0 {
            break;
        }
        let written = crypter.update(&input[..read], &mut output).map_err(|_| undecryptable())?;
        package.write(&output[..written])?;
    }
    let written = crypter.finalize(&mut output).map_err(|_| undecryptable())?;
    package.write(&output[..written])?;
    Ok(())
}

/// The file that grows, with its hash.
struct Package {
    file: BufWriter<File>,
    hasher: Hasher,
    size: u64,
}

impl Package {
    fn new(file: File) -> Result<Self, BatchFailure> {
        let hasher = Hasher::new(MessageDigest::sha256()).map_err(|_| BatchStatus::Unknown)?;
        Ok(Self { file: BufWriter::new(file), hasher, size: 0 })
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), BatchFailure> {
        self.hasher.update(bytes).map_err(|_| BatchStatus::Unknown)?;
        self.size += bytes.len() as u64;
        Ok(self.file.write_all(bytes)?)
    }

    /// What was declared, at its beginning.
    fn finish(mut self, batch: &Batch) -> Result<File, BatchFailure> {
        let hash = self.hasher.finish().map_err(|_| BatchStatus::Unknown)?;
        if self.size != batch.size || ksef_crypto::base64::encode(&hash) != batch.hash {
            return Err(BatchFailure::detailed(
                BatchStatus::PartsInvalid,
                "Skrót lub rozmiar paczki nie zgadza się z zadeklarowanym.".to_owned(),
            ));
        }
        let mut file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(file)
    }
}
