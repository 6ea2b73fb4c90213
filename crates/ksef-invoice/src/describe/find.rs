//! From a path to the table.

use crate::structure::{Attribute, Complex, Content, Particle, complex, root};

/// What a path leads to.
pub(super) enum Found {
    /// An element.
    Element(Element),
    /// An attribute with its path.
    Attribute(String, &'static Attribute),
}

/// An element in the content of another.
pub(super) struct Element {
    /// From the root, without the leading slash and without numbers.
    pub(super) path: String,
    /// The content model that it is a member of, and which member; `None` for the root.
    pub(super) parent: Option<(&'static Complex, usize)>,
    /// What the table says.
    pub(super) particle: &'static Particle,
}

impl Element {
    /// Its content model, if it has children.
    pub(super) fn content(&self) -> Option<&'static Complex> {
        match self.particle.content {
            Content::Simple(_) => None,
            Content::Complex(index) => Some(complex(index)),
        }
    }

    /// Its members in the order of the schema.
    pub(super) fn members(&self) -> impl Iterator<Item = Self> + use<> {
        let path = self.path.clone();
        self.content().into_iter().flat_map(move |parent| {
            let path = path.clone();
            parent.particles.iter().enumerate().map(move |(index, particle)| Self {
                path: format!("{path}/{}", particle.name),
                parent: Some((parent, index)),
                particle,
            })
        })
    }
}

/// Finds an element or an attribute.
pub(super) fn find(path: &str) -> Option<Found> {
    let mut at = Element { path: root().name.to_owned(), parent: None, particle: root() };
    let path = path.trim_start_matches('/');
    let below = match path.strip_prefix(root().name) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => rest,
        _ => path,
    };
    let mut steps = below.split('/').filter(|step| !step.is_empty());
    while let Some(step) = steps.next() {
        if let Some(name) = step.strip_prefix('@') {
            let attribute = at.content()?.attributes.iter().find(|known| known.name == name)?;
            let last = steps.next().is_none();
            return last.then(|| Found::Attribute(format!("{}/@{name}", at.path), attribute));
        }
        let name = step.split('[').next().unwrap_or(step);
        at = at.members().find(|member| member.particle.name == name)?;
    }
    Some(Found::Element(at))
}
