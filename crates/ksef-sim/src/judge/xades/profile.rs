//! Who signed by Profil Zaufany: the certificate is the ministry's seal, the person stands in the signed role.

use ksef_types::Pesel;

use super::tree::{Misfit, Node};

/// What the signature's role says of a person.
///
/// Source: schema `http://crd.gov.pl/xml/schematy/ppzp/`: `PodpisZP/DaneZP/DaneZPOsobyFizycznej` with `Imie`, `Nazwisko`,
/// `PESEL`; the elements are known by their local names, for the schemas of persons behind them have several versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Profile {
    /// There is no `PodpisZP`.
    Absent,
    /// There is one, and no PESEL in it that is a PESEL.
    Nameless,
    /// A person.
    Person(TrustedPerson),
}

/// The person of a signature by Profil Zaufany.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedPerson {
    /// PESEL
    pub pesel: Pesel,
    /// `Imie`, each.
    pub given_names: Vec<String>,
    /// `Nazwisko`, its parts joined as people join them.
    pub surname: String,
}

impl Profile {
    /// # Errors
    /// Two of them: whose signature would it be.
    pub(super) fn read(role: Node<'_, '_>) -> Result<Self, Misfit> {
        let mut found = role.subtree().filter(|node| node.local_name() == "PodpisZP");
        let Some(signature) = found.next() else { return Ok(Self::Absent) };
        if found.next().is_some() {
            return Err(Misfit("two persons in the role".to_owned()));
        }
        let numbers = texts(signature, "PESEL")?;
        let person = |pesel| -> Result<Self, Misfit> {
            Ok(Self::Person(TrustedPerson {
                pesel,
                given_names: texts(signature, "Imie")?,
                surname: texts(signature, "Nazwisko")?.join("-"),
            }))
        };
        match numbers.as_slice() {
            [number] => number.parse().map_or(Ok(Self::Nameless), person),
            _ => Ok(Self::Nameless),
        }
    }
}

fn texts(signature: Node<'_, '_>, name: &str) -> Result<Vec<String>, Misfit> {
    let named = signature.subtree().filter(|node| node.local_name() == name);
    let texts = named.map(|node| Ok(node.text()?.trim().to_owned())).collect::<Result<Vec<_>, Misfit>>()?;
    Ok(texts.into_iter().filter(|text| !text.is_empty()).collect())
}
