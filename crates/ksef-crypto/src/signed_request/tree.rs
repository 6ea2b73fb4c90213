//! A way through the parsed document. It is the tree that is hashed, so that what is read and what was signed cannot differ.

use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;
use bergshamra::xml::{Document, NodeId, NodeKind, uppsala};

use super::problem::SignedRequestProblem as Problem;

pub(super) const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
pub(super) const XADES: &str = "http://uri.etsi.org/01903/v1.3.2#";

/// Parses prepared text.
pub(super) fn parse(text: &str) -> Result<Document<'_>, Problem> {
    uppsala::parse(text).map_err(|_| Problem::BrokenXml)
}

/// An element.
#[derive(Clone, Copy)]
pub(super) struct Node<'d, 'a> {
    document: &'d Document<'a>,
    id: NodeId,
}

impl<'d, 'a> Node<'d, 'a> {
    pub(super) fn root(document: &'d Document<'a>) -> Option<Self> {
        document.document_element().map(|id| Self { document, id })
    }

    pub(super) const fn id(self) -> NodeId {
        self.id
    }

    pub(super) const fn document(self) -> &'d Document<'a> {
        self.document
    }

    pub(super) fn is(self, namespace: &str, local: &str) -> bool {
        self.namespace() == Some(namespace) && self.local_name() == local
    }

    pub(super) fn namespace(self) -> Option<&'d str> {
        self.document.element(self.id)?.name.namespace_uri.as_deref()
    }

    pub(super) fn local_name(self) -> &'d str {
        self.document.element(self.id).map_or("", |element| &*element.name.local_name)
    }

    pub(super) fn parent(self) -> Option<Self> {
        let id = self.document.parent(self.id)?;
        self.document.element(id).map(|_| Self { document: self.document, id })
    }

    /// This element and all in it, in document order.
    pub(super) fn subtree(self) -> impl Iterator<Item = Self> {
        let document = self.document;
        std::iter::once(self.id)
            .chain(document.descendants(self.id))
            .filter(move |&id| document.element(id).is_some())
            .map(move |id| Self { document, id })
    }

    /// The elements directly in this one.
    pub(super) fn children(self) -> impl Iterator<Item = Self> {
        let document = self.document;
        let ids: Vec<NodeId> = document.children(self.id).into_iter().collect();
        ids.into_iter().filter(move |&id| document.element(id).is_some()).map(move |id| Self { document, id })
    }

    /// The first element of this name directly in this one.
    pub(super) fn child(self, namespace: &str, local: &str) -> Option<Self> {
        self.children().find(|child| child.is(namespace, local))
    }

    /// The first element of this name in this one, at any depth.
    pub(super) fn inside(self, namespace: &str, local: &str) -> Option<Self> {
        self.subtree().skip(1).find(|node| node.is(namespace, local))
    }

    /// The text of an element that holds nothing but text; a comment in the middle of a value is not read around.
    pub(super) fn text(self) -> Option<String> {
        let mut text = String::new();
        for id in self.document.children(self.id) {
            match self.document.node_kind(id) {
                Some(NodeKind::Text(part) | NodeKind::CData(part)) => text.push_str(part),
                _ => return None,
            }
        }
        Some(text)
    }

    /// The text as Base64 with white space anywhere.
    pub(super) fn base64(self) -> Option<Vec<u8>> {
        let digits: String =
            self.text()?.chars().filter(|character| !character.is_ascii_whitespace()).collect();
        STANDARD.decode(digits).ok()
    }

    /// The value of an attribute without a namespace.
    pub(super) fn attribute(self, name: &str) -> Option<&'d str> {
        let attributes = &self.document.element(self.id)?.attributes;
        attributes
            .iter()
            .find(|attribute| attribute.name.namespace_uri.is_none() && attribute.name.local_name == name)
            .map(|attribute| &*attribute.value)
    }

    /// Whether the element has this identifier: `Id`, `ID` or `id`, with `xml:` or without.
    pub(super) fn has_id(self, id: &str) -> bool {
        let attributes = self.document.element(self.id).map_or(&[][..], |element| &element.attributes);
        attributes
            .iter()
            .any(|attribute| attribute.name.local_name.eq_ignore_ascii_case("id") && attribute.value == id)
    }
}
