//! A strict way through the parsed document: nothing unexpected is skipped.
//!
//! It is the tree that the verifying library hashes, so that what is read and what was signed cannot differ.

use bergshamra::xml::{Document, NodeId, NodeKind};

pub(super) const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
pub(super) const XADES: &str = "http://uri.etsi.org/01903/v1.3.2#";
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// What was expected and is not so, in words for the `details` of a refusal.
#[derive(Debug)]
pub(super) struct Misfit(pub(super) String);

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

    pub(super) fn is(self, namespace: &str, local: &str) -> bool {
        self.document.element(self.id).is_some_and(|element| element.matches_name_ns(namespace, local))
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

    /// The child elements. White space and comments may stand between them, nothing else.
    pub(super) fn elements(self) -> Result<Vec<Self>, Misfit> {
        let mut found = Vec::new();
        for id in self.document.children(self.id) {
            match self.document.node_kind(id) {
                Some(NodeKind::Element(_)) => found.push(Self { document: self.document, id }),
                Some(NodeKind::Comment(_)) => {}
                Some(NodeKind::Text(text)) if text.chars().all(is_space) => {}
                _ => {
                    let message = format!("Element '{}' zawiera niedozwoloną treść.", self.local_name());
                    return Err(Misfit(message));
                }
            }
        }
        Ok(found)
    }

    /// The text of an element that holds nothing but text: a comment in the middle of a value is not read around.
    pub(super) fn text(self) -> Result<String, Misfit> {
        let mut text = String::new();
        for id in self.document.children(self.id) {
            match self.document.node_kind(id) {
                Some(NodeKind::Text(part) | NodeKind::CData(part)) => text.push_str(part),
                _ => {
                    let message = format!("Element '{}' może zawierać tylko tekst.", self.local_name());
                    return Err(Misfit(message));
                }
            }
        }
        Ok(text)
    }

    /// The value of an attribute without a namespace.
    pub(super) fn attribute(self, name: &str) -> Option<&'d str> {
        let element = self.document.element(self.id)?;
        element
            .attributes
            .iter()
            .find(|attribute| attribute.name.namespace_uri.is_none() && attribute.name.local_name == name)
            .map(|attribute| &*attribute.value)
    }

    /// The namespace that a prefix means here.
    pub(super) fn namespace_of(self, prefix: &str) -> Option<&'d str> {
        let mut id = Some(self.id);
        while let Some(current) = id {
            let declarations =
                self.document.element(current).map_or(&[][..], |element| &element.namespace_declarations);
            if let Some((_, namespace)) = declarations.iter().find(|(declared, _)| declared == prefix) {
                return Some(namespace);
            }
            id = self.document.parent(current);
        }
        None
    }

    /// No attributes but these, none of them in a namespace. A hint where the schema lies is harmless anywhere.
    pub(super) fn only_attributes(self, names: &[&str]) -> Result<(), Misfit> {
        let attributes = self.document.element(self.id).map_or(&[][..], |element| &element.attributes);
        let unexpected = attributes.iter().find(|attribute| {
            let namespace = attribute.name.namespace_uri.as_deref();
            let hint = namespace == Some(XSI) && attribute.name.local_name == "schemaLocation";
            let known = namespace.is_none() && names.contains(&&*attribute.name.local_name);
            !hint && !known
        });
        match unexpected {
            None => Ok(()),
            Some(attribute) => Err(Misfit(format!(
                "Atrybut '{}' elementu '{}' jest niedozwolony.",
                attribute.name.local_name,
                self.local_name()
            ))),
        }
    }

    pub(super) fn sequence(self) -> Result<Sequence<'d, 'a>, Misfit> {
        Ok(Sequence { parent: self, rest: self.elements()?.into_iter().peekable() })
    }
}

/// Child elements taken in order.
pub(super) struct Sequence<'d, 'a> {
    parent: Node<'d, 'a>,
    rest: std::iter::Peekable<std::vec::IntoIter<Node<'d, 'a>>>,
}

impl<'d, 'a> Sequence<'d, 'a> {
    /// Leaves one of the elements out, wherever it stands.
    pub(super) fn without(self, id: NodeId) -> Self {
        let rest: Vec<_> = self.rest.filter(|node| node.id() != id).collect();
        Self { parent: self.parent, rest: rest.into_iter().peekable() }
    }

    pub(super) fn optional(&mut self, namespace: &str, local: &str) -> Option<Node<'d, 'a>> {
        self.rest.next_if(|node| node.is(namespace, local))
    }

    pub(super) fn required(&mut self, namespace: &str, local: &str) -> Result<Node<'d, 'a>, Misfit> {
        self.optional(namespace, local).ok_or_else(|| {
            let parent = self.parent.local_name();
            match self.rest.peek() {
                Some(found) => Misfit(format!(
                    "Element '{parent}': oczekiwano elementu '{local}', znaleziono '{}'.",
                    found.local_name()
                )),
                None => Misfit(format!("Element '{parent}': brak elementu '{local}'.")),
            }
        })
    }

    pub(super) fn many(
        &mut self,
        namespace: &str,
        local: &str,
        most: usize,
    ) -> Result<Vec<Node<'d, 'a>>, Misfit> {
        let mut found = Vec::new();
        while let Some(node) = self.optional(namespace, local) {
            if found.len() == most {
                return Err(Misfit(format!("Element '{local}' występuje więcej niż {most} razy.")));
            }
            found.push(node);
        }
        Ok(found)
    }

    pub(super) fn any(&mut self) -> Option<Node<'d, 'a>> {
        self.rest.next()
    }

    pub(super) fn end(mut self) -> Result<(), Misfit> {
        match self.rest.next() {
            None => Ok(()),
            Some(found) => Err(Misfit(format!(
                "Element '{}': niedozwolony element '{}'.",
                self.parent.local_name(),
                found.local_name()
            ))),
        }
    }
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}
