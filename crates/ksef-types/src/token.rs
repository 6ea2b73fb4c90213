use crate::{ContextIdentifier, ContextKind, Nip, ReferenceNumber, SecretText};

/// A token of KSeF 2.0: `YYYYMMDD-EC-10hex-10hex-2hex|nip-NIP|64 hex digits`, or with `internalId-…` in the middle.
///
/// Only the reference number and the context may be shown; the whole text is a secret.
#[derive(Debug, Clone)]
pub struct KsefToken {
    reference_number: ReferenceNumber,
    context: ContextIdentifier,
    text: SecretText,
}

/// What a pasted text is instead of a token. No variant carries a piece of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidToken {
    /// Nothing but white space.
    #[error("nothing was pasted")]
    Empty,
    /// 64 hex digits alone: a token of KSeF 1.0, which works nowhere any more.
    #[error("a token of KSeF 1.0")]
    Version1,
    /// The beginning of a token whose end is missing, or the other way round.
    #[error("a part of a token")]
    Clipped,
    /// The shape of a token, with a wrong NIP or internal identifier in it.
    #[error("the identifier of the company in the token is wrong")]
    Context,
    /// Something else altogether.
    #[error("not a token of KSeF")]
    SomethingElse,
}

const SECRET_DIGITS: usize = 64;
/// `YYYYMMDD-EC-` and the rest of a reference number.
const REFERENCE_LENGTH: usize = 36;

impl KsefToken {
    /// Reads what a person pasted; white space and line breaks anywhere in it are dropped.
    ///
    /// # Errors
    /// Tells apart what the text is instead.
    pub fn parse(pasted: &str) -> Result<Self, InvalidToken> {
        let text: String = pasted
            .chars()
            .filter(|character| {
                !character.is_whitespace()
                    && !matches!(character, '\u{feff}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
            })
            .collect();
        let parsed = Self::parse_compact(&text);
        let text = SecretText::from(text);
        parsed.map(|(reference_number, context)| Self { reference_number, context, text })
    }

    /// The number by which KSeF lists the token; not secret.
    #[must_use]
    pub const fn reference_number(&self) -> &ReferenceNumber {
        &self.reference_number
    }

    /// The company, or its unit, for which the token was made.
    #[must_use]
    pub const fn context(&self) -> &ContextIdentifier {
        &self.context
    }

    /// The NIP of the company for which the token was made.
    #[must_use]
    pub fn nip(&self) -> Option<Nip> {
        self.context.nip()
    }

    /// The whole text, for the keychain and for encryption.
    #[must_use]
    pub const fn secret(&self) -> &SecretText {
        &self.text
    }

    fn parse_compact(text: &str) -> Result<(ReferenceNumber, ContextIdentifier), InvalidToken> {
        if text.is_empty() {
            return Err(InvalidToken::Empty);
        }
        if text.len() == SECRET_DIGITS && is_hex(text) {
            return Err(InvalidToken::Version1);
        }
        let parts: Vec<&str> = text.split('|').collect();
        let [reference, context, secret] = parts.as_slice() else {
            return Err(if looks_clipped(text) {
                InvalidToken::Clipped
            } else {
                InvalidToken::SomethingElse
            });
        };
        let Ok(reference) = reference.parse::<ReferenceNumber>() else {
            return Err(if ends_a_reference(reference) && names_a_context(context) {
                InvalidToken::Clipped
            } else {
                InvalidToken::SomethingElse
            });
        };
        if secret.len() != SECRET_DIGITS || !is_hex(secret) {
            let shorter = secret.len() < SECRET_DIGITS && is_hex(secret);
            return Err(if shorter { InvalidToken::Clipped } else { InvalidToken::SomethingElse });
        }
        let context = parse_context(context).ok_or(InvalidToken::Context)?;
        Ok((reference, context))
    }
}

fn parse_context(text: &str) -> Option<ContextIdentifier> {
    let (kind, value) = text.split_once('-')?;
    let kind = match kind {
        "nip" => ContextKind::Nip,
        "internalId" => ContextKind::InternalId,
        _ => return None,
    };
    ContextIdentifier::parse(kind, value).ok()
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn names_a_context(text: &str) -> bool {
    text.starts_with("nip-") || text.starts_with("internalId-")
}

/// Fewer than three parts, one of which is plainly a part of a token.
fn looks_clipped(text: &str) -> bool {
    let starts_like_one = text.len() >= 12
        && text.is_char_boundary(12)
        && text[..12].ends_with("-EC-")
        && text[..8].bytes().all(|byte| byte.is_ascii_digit());
    let has_context = text.contains("nip-") || text.contains("internalId-");
    let ends_like_one =
        text.rsplit_once('|').is_some_and(|(_, secret)| secret.len() == SECRET_DIGITS && is_hex(secret));
    starts_like_one || (text.contains('|') && has_context) || ends_like_one
}

/// The first part lost its beginning: what is left is the end of a reference number.
fn ends_a_reference(text: &str) -> bool {
    text.len() < REFERENCE_LENGTH && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TOKEN: &str = "20261121-EC-0123456789-ABCDEF0123-4E|nip-5265877635|0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    #[test]
    fn a_token_tells_its_company() {
        let token = KsefToken::parse(TOKEN).unwrap();
        assert_eq!(token.nip().map(|nip| nip.to_string()).as_deref(), Some("5265877635"));
        assert_eq!(token.reference_number().as_str(), "20261121-EC-0123456789-ABCDEF0123-4E");
    }

    #[test]
    fn white_space_and_line_breaks_are_dropped() {
        let broken = format!("\u{feff} {}\r\n{}\n", &TOKEN[..40], &TOKEN[40..]);
        assert_eq!(KsefToken::parse(&broken).unwrap().secret().expose(), TOKEN);
    }

    #[test]
    fn what_it_is_instead() {
        assert_eq!(KsefToken::parse(" \n").unwrap_err(), InvalidToken::Empty);
        assert_eq!(KsefToken::parse(&TOKEN[TOKEN.len() - 64..]).unwrap_err(), InvalidToken::Version1);
        assert_eq!(KsefToken::parse("Ala ma kota").unwrap_err(), InvalidToken::SomethingElse);
        assert_eq!(KsefToken::parse("-----BEGIN CERTIFICATE-----").unwrap_err(), InvalidToken::SomethingElse);
        assert_eq!(
            KsefToken::parse(&TOKEN.replace("5265877635", "5265877636")).unwrap_err(),
            InvalidToken::Context
        );
    }

    proptest! {
        #[test]
        fn every_clipped_token_is_called_clipped(end in 13usize..TOKEN.len()) {
            prop_assert_eq!(KsefToken::parse(&TOKEN[..end]).unwrap_err(), InvalidToken::Clipped);
        }

        #[test]
        fn a_lost_beginning_is_called_clipped(start in 1usize..36) {
            prop_assert_eq!(KsefToken::parse(&TOKEN[start..]).unwrap_err(), InvalidToken::Clipped);
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,200}") {
            let _ = KsefToken::parse(&text);
        }
    }

    #[test]
    fn nothing_of_the_secret_is_printed() {
        let shown = format!("{:?}", KsefToken::parse(TOKEN));
        assert!(!shown.contains("0123456789abcdef"));
    }
}
