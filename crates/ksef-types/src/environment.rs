use std::fmt;
use std::str::FromStr;

/// Which KSeF. Credentials and documents of one environment never cross into another.
///
/// Source: the ministry's guide, "Środowiska KSeF API 2.0".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Environment {
    /// Produkcyjne: every document is final.
    Production,
    /// Demonstracyjne (przedprodukcyjne): real credentials, documents without effect.
    Demo,
    /// Testowe: self-made credentials, documents without effect.
    Test,
    /// Piaskownica: the simulator on this computer.
    Sandbox,
}

/// A text that names no environment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown environment {0:?}; known are production, demo, test, sandbox")]
pub struct UnknownEnvironment(pub String);

impl Environment {
    /// All of them, the one with consequences first.
    pub const ALL: [Self; 4] = [Self::Production, Self::Demo, Self::Test, Self::Sandbox];

    /// The address of the API with its version; `None` for the sandbox, whose port is known when it runs.
    #[must_use]
    pub fn api_address(self) -> Option<ApiAddress> {
        let host = match self {
            Self::Production => "api.ksef.mf.gov.pl",
            Self::Demo => "api-demo.ksef.mf.gov.pl",
            Self::Test => "api-test.ksef.mf.gov.pl",
            Self::Sandbox => return None,
        };
        Some(ApiAddress(format!("https://{host}/v2")))
    }

    /// The address of Latarnia, where the ministry announces unavailability; the demonstration environment has none.
    #[must_use]
    pub fn latarnia_address(self) -> Option<ApiAddress> {
        let host = match self {
            Self::Production => "api-latarnia.ksef.mf.gov.pl",
            Self::Test => "api-latarnia-test.ksef.mf.gov.pl",
            Self::Demo | Self::Sandbox => return None,
        };
        Some(ApiAddress(format!("https://{host}")))
    }

    /// The portal in which people make credentials.
    #[must_use]
    pub const fn portal(self) -> Option<&'static str> {
        match self {
            Self::Production => Some("https://ap.ksef.mf.gov.pl"),
            Self::Demo => Some("https://ap-demo.ksef.mf.gov.pl"),
            Self::Test => Some("https://ap-test.ksef.mf.gov.pl"),
            Self::Sandbox => None,
        }
    }

    /// The host in verification links (KOD I, KOD II).
    #[must_use]
    pub const fn qr_host(self) -> Option<&'static str> {
        match self {
            Self::Production => Some("qr.ksef.mf.gov.pl"),
            Self::Demo => Some("qr-demo.ksef.mf.gov.pl"),
            Self::Test => Some("qr-test.ksef.mf.gov.pl"),
            Self::Sandbox => None,
        }
    }

    /// Short name for commands, files and rows: `production`, `demo`, `test`, `sandbox`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Demo => "demo",
            Self::Test => "test",
            Self::Sandbox => "sandbox",
        }
    }

    /// Whether certificates that somebody made for themselves authenticate here.
    ///
    /// Source: the guide, "Testowe certyfikaty i podpisy XAdES": "Samopodpisane certyfikaty są dozwolone wyłącznie na
    /// środowisku testowym."
    #[must_use]
    pub const fn takes_self_signed(self) -> bool {
        matches!(self, Self::Test | Self::Sandbox)
    }

    /// Whether what is sent has consequences in law and cannot be taken back.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Production)
    }
}

impl FromStr for Environment {
    type Err = UnknownEnvironment;

    fn from_str(text: &str) -> Result<Self, UnknownEnvironment> {
        Self::ALL
            .into_iter()
            .find(|environment| environment.as_str() == text)
            .ok_or_else(|| UnknownEnvironment(text.to_owned()))
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

crate::text::serde_as_text!(Environment);

/// The address of a KSeF API including its version, such as `https://api.ksef.mf.gov.pl/v2`.
///
/// TLS everywhere; plain HTTP is accepted for the loopback range only, where the simulator listens.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ApiAddress(String);

/// Why an address cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAddress {
    /// Neither `https://…` nor `http://` on loopback.
    #[error("an address starts with https://")]
    Scheme,
    /// Plain HTTP to another machine.
    #[error("without TLS only this computer (127.0.0.1, localhost, ::1) may be addressed")]
    PlainHttp,
    /// User names, queries, fragments, spaces, or no host.
    #[error("an address has a host and a path, nothing else")]
    Shape,
}

impl ApiAddress {
    /// The address without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host without port, in lower case; IPv6 in brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        host_of(self.0.split_once("://").map_or("", |(_, rest)| rest))
    }

    /// Whether it addresses this computer.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(self.host())
    }
}

fn host_of(rest: &str) -> &str {
    let authority = rest.split('/').next().unwrap_or_default();
    match authority.strip_prefix('[').and_then(|inside| inside.find(']')) {
        Some(end) => &authority[..end + 2],
        None => authority.split(':').next().unwrap_or_default(),
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host == "[::1]"
        || host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

impl FromStr for ApiAddress {
    type Err = InvalidAddress;

    fn from_str(text: &str) -> Result<Self, InvalidAddress> {
        let text = text.trim().trim_end_matches('/');
        let (scheme, rest) = text.split_once("://").ok_or(InvalidAddress::Scheme)?;
        let unwanted = |character: char| {
            matches!(character, '@' | '?' | '#' | '\\' | '"' | '<' | '>' | '%')
                || character.is_whitespace()
                || character.is_control()
                || !character.is_ascii()
        };
        let host = host_of(rest);
        if host.is_empty() || rest.contains(unwanted) {
            return Err(InvalidAddress::Shape);
        }
        let lower =
            format!("{}://{}{}", scheme.to_ascii_lowercase(), host.to_ascii_lowercase(), &rest[host.len()..]);
        match scheme.to_ascii_lowercase().as_str() {
            "https" => Ok(Self(lower)),
            "http" if is_loopback(&host.to_ascii_lowercase()) => Ok(Self(lower)),
            "http" => Err(InvalidAddress::PlainHttp),
            _ => Err(InvalidAddress::Scheme),
        }
    }
}

impl fmt::Display for ApiAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

crate::text::serde_as_text!(ApiAddress);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip() {
        for environment in Environment::ALL {
            assert_eq!(environment.as_str().parse(), Ok(environment));
        }
        assert!("Production".parse::<Environment>().is_err());
    }

    #[test]
    fn plain_http_is_for_this_computer_only() {
        assert!("http://127.0.0.1:8080/v2".parse::<ApiAddress>().is_ok());
        assert!("http://[::1]:8080/v2/".parse::<ApiAddress>().is_ok());
        assert_eq!("http://api.ksef.mf.gov.pl/v2".parse::<ApiAddress>(), Err(InvalidAddress::PlainHttp));
        assert_eq!("http://127.0.0.1.example.com/v2".parse::<ApiAddress>(), Err(InvalidAddress::PlainHttp));
        assert_eq!("http://127.0.0.1@example.com/".parse::<ApiAddress>(), Err(InvalidAddress::Shape));
        assert_eq!("ftp://example.com".parse::<ApiAddress>(), Err(InvalidAddress::Scheme));
    }

    #[test]
    fn hosts() {
        let host = |text: &str| text.parse::<ApiAddress>().map(|address| address.host().to_owned());
        assert_eq!(host("https://API.ksef.mf.gov.pl/v2/"), Ok("api.ksef.mf.gov.pl".to_owned()));
        assert_eq!(host("http://[::1]:80/v2"), Ok("[::1]".to_owned()));
    }
}
