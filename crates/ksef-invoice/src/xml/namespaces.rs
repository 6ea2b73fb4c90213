//! Which prefix means which namespace.

use std::borrow::Cow;

use super::{FaultKind, XmlFault};
use crate::structure::NamespaceId;

/// More bindings in force at once than any invoice has.
const MOST_BINDINGS: usize = 256;
const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

#[derive(Debug)]
struct Binding<'a> {
    prefix: &'a str,
    id: NamespaceId,
    uri: Cow<'a, str>,
    depth: usize,
}

/// The bindings in force.
#[derive(Debug)]
pub(crate) struct Namespaces<'a> {
    bindings: Vec<Binding<'a>>,
    /// The default namespace: nearly every element asks for it.
    default: NamespaceId,
}

impl Default for Namespaces<'_> {
    fn default() -> Self {
        Self { bindings: Vec::new(), default: NamespaceId::None }
    }
}

impl<'a> Namespaces<'a> {
    /// Binds a prefix (empty for the default namespace) for the element at `depth`.
    pub(crate) fn bind(
        &mut self,
        prefix: &'a str,
        uri: Cow<'a, str>,
        depth: usize,
        at: usize,
    ) -> Result<(), XmlFault> {
        let reserved = match prefix {
            "xml" => uri != XML,
            "xmlns" => true,
            _ => uri == XML || uri == XMLNS || (uri.is_empty() && !prefix.is_empty()),
        };
        if reserved {
            return Err(FaultKind::Form("namespace").at(at));
        }
        if self.bindings.len() == MOST_BINDINGS {
            return Err(FaultKind::TooManyAttributes.at(at));
        }
        let id = NamespaceId::of(&uri);
        self.bindings.push(Binding { prefix, id, uri, depth });
        if prefix.is_empty() {
            self.default = id;
        }
        Ok(())
    }

    /// Forgets what the element at `depth` bound.
    pub(crate) fn leave(&mut self, depth: usize) {
        while self.bindings.last().is_some_and(|binding| binding.depth >= depth) {
            self.bindings.pop();
            let default = self.bindings.iter().rev().find(|binding| binding.prefix.is_empty());
            self.default = default.map_or(NamespaceId::None, |binding| binding.id);
        }
    }

    /// The namespace of a prefix; `None` if nobody bound it. The empty prefix is always bound.
    pub(crate) fn resolve(&self, prefix: &str) -> Option<NamespaceId> {
        if prefix.is_empty() {
            return Some(self.default);
        }
        match self.bindings.iter().rev().find(|binding| binding.prefix == prefix) {
            Some(binding) => Some(binding.id),
            None => (prefix == "xml").then_some(NamespaceId::Xml),
        }
    }

    /// The address of a prefix's namespace; empty for none.
    pub(crate) fn uri(&self, prefix: &str) -> &str {
        match self.bindings.iter().rev().find(|binding| binding.prefix == prefix) {
            Some(binding) => &binding.uri,
            None if prefix == "xml" => XML,
            None => "",
        }
    }
}
