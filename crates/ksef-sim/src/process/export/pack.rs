use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::write::GzEncoder;
use ksef_crypto::base64;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::metadata;
use crate::control::ExportLimits;
use crate::model::{Compression, Export, Invoice};
use crate::storage::Storage;

const METADATA: &str = "_metadata.json";

/// A package before it is split.
pub(super) struct Packed {
    pub(super) file: File,
    pub(super) size: u64,
    /// How many of the rows are in it, from the first.
    pub(super) invoices: usize,
}

/// Packs invoices until a limit is reached; the file with the metadata does not count.
pub(super) fn pack(
    storage: &Storage,
    export: &Export,
    rows: &[Invoice],
    limits: &ExportLimits,
) -> io::Result<Packed> {
    let written = Arc::new(AtomicU64::new(0));
    let file = Counted { file: BufWriter::new(storage.unnamed()?), at: 0, most: Arc::clone(&written) };
    let mut archive = Archive::new(file, export.compression);
    let mut invoices = 0;
    for row in rows {
        if invoices == limits.invoices || (invoices > 0 && written.load(Ordering::Relaxed) >= limits.bytes) {
            break;
        }
        if !export.only_metadata {
            let name = row.ksef_number.as_ref().map(ToString::to_string).unwrap_or_default();
            archive.add(&format!("{name}.xml"), &document(row)?)?;
        }
        invoices += 1;
    }
    archive.add(METADATA, metadata(&rows[..invoices]).to_string().as_bytes())?;
    let mut file = archive.finish()?.file.into_inner().map_err(io::IntoInnerError::into_error)?;
    let size = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    Ok(Packed { file, size, invoices })
}

fn document(row: &Invoice) -> io::Result<Vec<u8>> {
    let text = row.document.as_deref().unwrap_or_default();
    base64::decode(text).map_err(|failure| io::Error::new(io::ErrorKind::InvalidData, failure))
}

enum Archive {
    Zip(Box<ZipWriter<Counted>>),
    TarGz(Box<tar::Builder<GzEncoder<Counted>>>),
}

impl Archive {
    fn new(file: Counted, compression: Compression) -> Self {
        match compression {
            Compression::Zip => Self::Zip(Box::new(ZipWriter::new(file))),
            Compression::TarGz => {
                let file = GzEncoder::new(file, flate2::Compression::default());
                Self::TarGz(Box::new(tar::Builder::new(file)))
            }
        }
    }

    fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Zip(archive) => {
                archive.start_file(name, SimpleFileOptions::default())?;
                archive.write_all(bytes)?;
                // Ends the entry, so that its size is known.
                archive.flush()
            }
            Self::TarGz(archive) => {
                let mut header = tar::Header::new_gnu();
                header.set_size(bytes.len() as u64);
                header.set_mode(0o644);
                header.set_cksum();
                archive.append_data(&mut header, name, bytes)?;
                archive.get_mut().flush()
            }
        }
    }

    fn finish(self) -> io::Result<Counted> {
        match self {
            Self::Zip(archive) => Ok(archive.finish()?),
            Self::TarGz(archive) => archive.into_inner()?.finish(),
        }
    }
}

/// A file that tells how far it has been written.
struct Counted {
    file: BufWriter<File>,
    at: u64,
    most: Arc<AtomicU64>,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.at += written as u64;
        self.most.fetch_max(self.at, Ordering::Relaxed);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = self.file.seek(to)?;
        Ok(self.at)
    }
}
