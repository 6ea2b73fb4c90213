//! The other parties of a document: `Podmiot3` and `PodmiotUpowazniony`.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::text::resolved;
use crate::model::{AuthorisedSubject, ThirdSubject};

/// Third parties and the authorised one.
#[derive(Debug, Default)]
pub(super) struct Parties {
    pub(super) third: Vec<ThirdSubject>,
    pub(super) authorised: Option<AuthorisedSubject>,
}

/// What stands in one party, as far as answers name it.
#[derive(Debug, Default)]
struct Party {
    nip: Option<String>,
    internal: Option<String>,
    union: Option<String>,
    other: Option<String>,
    name: Option<String>,
    role: Option<i32>,
}

impl Party {
    fn take(&mut self, element: &str, text: &str) {
        let place = match element {
            "NIP" => &mut self.nip,
            "IDWew" => &mut self.internal,
            "NrVatUE" => &mut self.union,
            "NrID" => &mut self.other,
            "Nazwa" => &mut self.name,
            "Rola" | "RolaPU" => {
                self.role = text.parse().ok();
                return;
            }
            // Another role than the listed ones.
            "RolaInna" => {
                self.role.get_or_insert(0);
                return;
            }
            _ => return,
        };
        place.get_or_insert_with(|| text.to_owned());
    }

    fn third(self) -> ThirdSubject {
        let (kind, value) = if let Some(nip) = self.nip {
            ("Nip", Some(nip))
        } else if let Some(internal) = self.internal {
            ("InternalId", Some(internal))
        } else if let Some(union) = self.union {
            ("VatUe", Some(union))
        } else if let Some(other) = self.other {
            ("Other", Some(other))
        } else {
            ("None", None)
        };
        ThirdSubject { kind: kind.to_owned(), value, name: self.name, role: self.role.unwrap_or_default() }
    }

    fn authorised(self) -> Option<AuthorisedSubject> {
        Some(AuthorisedSubject { nip: self.nip?, name: self.name, role: self.role? })
    }
}

/// Reads them out of a document that was judged to be right.
pub(super) fn read(bytes: &[u8]) -> Parties {
    let Ok(text) = std::str::from_utf8(bytes) else { return Parties::default() };
    let mut reader = Reader::from_str(text);
    let (mut parties, mut party, mut path, mut content) =
        (Parties::default(), Party::default(), Vec::<String>::new(), String::new());
    loop {
        match reader.read_event() {
            Err(_) | Ok(Event::Eof) => return parties,
            Ok(Event::Start(element)) => {
                path.push(element.local_name().as_ref().to_owned());
                content.clear();
                if path.len() == 2 {
                    party = Party::default();
                }
            }
            Ok(Event::Text(piece)) => content.push_str(&piece.xml10_content()),
            Ok(Event::CData(piece)) => content.push_str(&piece.xml10_content()),
            Ok(Event::GeneralRef(reference)) => content.push_str(&resolved(&reference)),
            Ok(Event::End(_)) => {
                let Some(element) = path.pop() else { return parties };
                match path.len() {
                    1 if element == "Podmiot3" => parties.third.push(std::mem::take(&mut party).third()),
                    1 if element == "PodmiotUpowazniony" => {
                        parties.authorised = std::mem::take(&mut party).authorised();
                    }
                    // Addresses and contacts have other names.
                    2.. => party.take(&element, content.trim()),
                    _ => {}
                }
                content.clear();
            }
            Ok(_) => {}
        }
    }
}
