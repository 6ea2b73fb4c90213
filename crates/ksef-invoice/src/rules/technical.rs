//! The ministry's technical rules that the schema does not say.

use chrono::NaiveDate;
use ksef_types::{InvalidKsefNumber, KsefNumber, Nip};

use crate::CheckOptions;
use crate::finding::{Findings, Problem};
use crate::structure::{Observer, Path};
use crate::xml::{Declaration, discouraged};

/// More characters than a person wants to be told about one by one.
const MOST_CHARACTERS: usize = 20;

/// Looks on while the structure is validated.
pub(crate) struct Rules<'a> {
    options: &'a CheckOptions,
    text: &'a str,
    /// Bytes before `text`.
    base: usize,
    has_attachment: bool,
    /// Places of discouraged characters already reported, with their path.
    reported: Vec<usize>,
    any_discouraged: bool,
}

impl<'a> Rules<'a> {
    pub(crate) fn new(bytes: &'a [u8], options: &'a CheckOptions) -> Self {
        let without_bom = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let text = std::str::from_utf8(without_bom).unwrap_or_default();
        let any_discouraged = discouraged(text).is_some() || text.contains("&#");
        let base = bytes.len() - without_bom.len();
        Self { options, text, base, has_attachment: false, reported: Vec::new(), any_discouraged }
    }

    /// Whether there is a `Zalacznik`.
    pub(crate) const fn has_attachment(&self) -> bool {
        self.has_attachment
    }

    /// Discouraged characters outside values: in comments, attributes, or where the structure is broken.
    pub(crate) fn finish(&self, findings: &mut Findings<'_>) {
        let mut from = 0;
        for _ in 0..MOST_CHARACTERS {
            let Some((place, character)) = discouraged(&self.text[from..]) else { return };
            let place = from + place;
            if !self.reported.contains(&place) {
                findings.push(Problem::Discouraged(character), Some(self.base + place), Path::default());
            }
            from = place + character.len_utf8();
        }
    }

    fn characters(&mut self, path: &Path<'_>, value: &str, offset: usize, findings: &mut Findings<'_>) {
        let Some((_, character)) = discouraged(value) else { return };
        let start = offset.saturating_sub(self.base);
        let written = self.text.get(start..).and_then(|rest| rest.find(character)).map(|place| start + place);
        // A character written as a reference has no place of its own: the element's will do.
        let in_value = written.filter(|_| self.reported.len() < MOST_CHARACTERS);
        if let Some(place) = in_value {
            if self.reported.contains(&place) {
                return;
            }
            self.reported.push(place);
        }
        findings.push(
            Problem::Discouraged(character),
            Some(in_value.map_or(offset, |place| self.base + place)),
            *path,
        );
    }

    fn nip(&self, path: &Path<'_>, value: &str, offset: usize, findings: &mut Findings<'_>) {
        if value.parse::<Nip>().is_err() {
            // The guide lists the four parties; KSeF checks them in production only.
            let listed = ["Podmiot1", "Podmiot2", "Podmiot3", "PodmiotUpowazniony"]
                .iter()
                .any(|party| path.is_inside(party));
            let strict = listed && self.options.environment.is_final();
            findings.push(Problem::Nip(value, strict), Some(offset), *path);
        }
        if let Some(company) =
            self.options.seller.filter(|company| path.is_inside("Podmiot1") && company.as_str() != value)
        {
            findings.push(Problem::OtherSeller(value, company), Some(offset), *path);
        }
    }

    fn internal_id(&self, path: &Path<'_>, value: &str, offset: usize, findings: &mut Findings<'_>) {
        let nip = value.split('-').next().unwrap_or_default();
        if nip.parse::<Nip>().is_err() {
            findings.push(
                Problem::InternalId(value, self.options.environment.is_final()),
                Some(offset),
                *path,
            );
        }
    }

    fn issue_date(&self, path: &Path<'_>, value: &str, offset: usize, findings: &mut Findings<'_>) {
        let today = self.options.today;
        match NaiveDate::parse_from_str(value, "%Y-%m-%d") {
            Ok(date) if date > today => {
                findings.push(Problem::FutureDate(value, today), Some(offset), *path);
            }
            Ok(date) if date < today && self.options.to_be_sent => {
                findings.push(Problem::PastDate(date, today), Some(offset), *path);
            }
            _ => {}
        }
    }
}

impl Observer for Rules<'_> {
    fn element(&mut self, path: &Path<'_>, offset: usize, findings: &mut Findings<'_>) {
        if !self.has_attachment && path.name() == "Zalacznik" {
            self.has_attachment = true;
            findings.push(Problem::Attachment, Some(offset), *path);
        }
    }

    fn value(&mut self, path: &Path<'_>, value: &str, offset: usize, findings: &mut Findings<'_>) {
        if self.any_discouraged {
            self.characters(path, value, offset, findings);
        }
        match path.name() {
            "NIP" => self.nip(path, value, offset, findings),
            "IDWew" => self.internal_id(path, value, offset, findings),
            "P_1" => self.issue_date(path, value, offset, findings),
            "NrKSeFFaKorygowanej" | "NrKSeFFaZaliczkowej"
                if value.parse::<KsefNumber>() == Err(InvalidKsefNumber::Checksum) =>
            {
                findings.push(Problem::KsefNumber(value), Some(offset), *path);
            }
            _ => {}
        }
    }

    fn declaration(&mut self, declaration: &Declaration, findings: &mut Findings<'_>) {
        if declaration.version != "1.0" {
            findings.push(Problem::XmlVersion(&declaration.version), Some(self.base), Path::default());
        }
        if let Some(encoding) =
            declaration.encoding.as_deref().filter(|encoding| !encoding.eq_ignore_ascii_case("UTF-8"))
        {
            findings.push(Problem::Encoding(encoding), Some(self.base), Path::default());
        }
    }

    fn instruction(&mut self, path: &Path<'_>, target: &str, offset: usize, findings: &mut Findings<'_>) {
        findings.push(Problem::Instruction(target), Some(offset), *path);
    }
}
