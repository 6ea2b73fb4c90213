//! Resolving names with an error of its own type, so that it can be told apart from others.

use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// The name of a host could not be resolved.
#[derive(Debug, thiserror::Error)]
#[error("the name of the host was not found")]
pub(crate) struct NameNotFound(#[source] Option<std::io::Error>);

/// The system's resolver.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0))
                .await
                .map_err(|error| NameNotFound(Some(error)))?
                .collect();
            if found.is_empty() {
                return Err(NameNotFound(None).into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}
