//! Addresses that come out of answers, and the hosts from which they may be fetched.

use std::fmt;

use ksef_types::{ApiAddress, Environment};
use serde::Deserialize;
use url::{Host, Url};

/// An address that KSeF gave for fetching something without a token. It carries its own authorisation in the
/// query, so it is shown without that.
#[derive(Clone, PartialEq, Eq)]
pub struct DownloadUrl(Url);

/// A text that is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an absolute address")]
pub struct InvalidDownloadUrl;

impl DownloadUrl {
    pub(crate) const fn url(&self) -> &Url {
        &self.0
    }

    /// The whole address with its authorisation, for keeping it until it is used.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.as_str()
    }

    /// The host, for messages.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }
}

impl std::str::FromStr for DownloadUrl {
    type Err = InvalidDownloadUrl;

    fn from_str(text: &str) -> Result<Self, InvalidDownloadUrl> {
        let url = Url::parse(text).map_err(|_| InvalidDownloadUrl)?;
        if url.has_host() { Ok(Self(url)) } else { Err(InvalidDownloadUrl) }
    }
}

impl fmt::Debug for DownloadUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "DownloadUrl({}://{}{}?…)", self.0.scheme(), self.host(), self.0.path())
    }
}

impl<'de> Deserialize<'de> for DownloadUrl {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Whether an address from an answer of the KSeF at `api` may be fetched.
///
/// The ministry says that such addresses have the host of the environment (CIRFMF/ksef-api #331). Allowed are
/// that host itself, with TLS, and other hosts below `mf.gov.pl` when the API itself is the ministry's, but not the
/// API of another environment. The simulator's addresses stay on this computer.
#[must_use]
pub fn may_be_fetched(api: &ApiAddress, address: &DownloadUrl) -> bool {
    let url = address.url();
    if !url.username().is_empty() || url.password().is_some() {
        return false;
    }
    if api.is_loopback() {
        return matches!(url.scheme(), "http" | "https") && is_loopback(url);
    }
    let Some(Host::Domain(host)) = url.host() else { return false };
    let own = host == api.host() && url.port_or_known_default() == port_of(api);
    let ministry = below_ministry(api.host()) && below_ministry(host) && url.port().is_none();
    url.scheme() == "https" && (own || (ministry && !is_another_environment(api, host)))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(host)) => host == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn port_of(api: &ApiAddress) -> Option<u16> {
    Url::parse(api.as_str()).ok()?.port_or_known_default()
}

fn below_ministry(host: &str) -> bool {
    host.ends_with(".mf.gov.pl")
}

fn is_another_environment(api: &ApiAddress, host: &str) -> bool {
    Environment::ALL
        .into_iter()
        .filter_map(Environment::api_address)
        .any(|other| other.host() == host && other.host() != api.host())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(api: &str, address: &str) -> bool {
        may_be_fetched(&api.parse().unwrap(), &address.parse().unwrap())
    }

    #[test]
    fn the_ministry_serves_from_its_own_hosts() {
        let demo = "https://api-demo.ksef.mf.gov.pl/v2";
        assert!(allowed(demo, "https://api-demo.ksef.mf.gov.pl/storage/01/upo.xml?sig=x"));
        assert!(allowed(demo, "https://storage-demo.ksef.mf.gov.pl/upo.xml"));
        assert!(!allowed(demo, "https://api.ksef.mf.gov.pl/storage/01/upo.xml"));
        assert!(!allowed(demo, "http://api-demo.ksef.mf.gov.pl/storage/01/upo.xml"));
        assert!(!allowed(demo, "https://api-demo.ksef.mf.gov.pl:8443/upo.xml"));
        assert!(!allowed(demo, "https://api-demo.ksef.mf.gov.pl@example.com/upo.xml"));
        assert!(!allowed(demo, "https://x@api-demo.ksef.mf.gov.pl/upo.xml"));
        assert!(!allowed(demo, "https://evilmf.gov.pl/upo.xml"));
        assert!(!allowed(demo, "https://mf.gov.pl.example.com/upo.xml"));
        assert!(!allowed(demo, "https://127.0.0.1/upo.xml"));
        assert!("file:///etc/passwd".parse::<DownloadUrl>().is_err());
    }

    #[test]
    fn a_host_of_ones_own_is_alone() {
        assert!(allowed("https://proxy.example.com:444/v2", "https://proxy.example.com:444/storage/upo.xml"));
        assert!(!allowed("https://proxy.example.com:444/v2", "https://proxy.example.com/storage/upo.xml"));
        assert!(!allowed("https://proxy.example.com/v2", "https://api.ksef.mf.gov.pl/storage/upo.xml"));
    }

    #[test]
    fn the_simulator_stays_on_this_computer() {
        assert!(allowed("http://127.0.0.1:8080/v2", "http://127.0.0.1:8081/storage/upo.xml"));
        assert!(allowed("http://[::1]:8080/v2", "http://[::1]:8080/storage/upo.xml"));
        assert!(!allowed("http://127.0.0.1:8080/v2", "https://api.ksef.mf.gov.pl/storage/upo.xml"));
        assert!(!allowed("http://127.0.0.1:8080/v2", "ftp://127.0.0.1/upo.xml"));
    }

    #[test]
    fn the_authorisation_in_the_query_is_not_shown() {
        let address: DownloadUrl = "https://api.ksef.mf.gov.pl/storage/upo.xml?sig=tajne".parse().unwrap();
        assert_eq!(format!("{address:?}"), "DownloadUrl(https://api.ksef.mf.gov.pl/storage/upo.xml?…)");
    }
}
