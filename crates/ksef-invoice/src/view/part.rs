//! A part of a document from which things are taken, so that what nobody took is still there.

use crate::fa3::tree::Tree;

/// An element with children.
#[derive(Debug, Default)]
pub(super) struct Part {
    entries: Vec<(String, Tree)>,
}

impl Part {
    /// Nothing for an element without children.
    pub(super) fn of(tree: Tree) -> Self {
        match tree {
            Tree::Object(entries) => Self { entries },
            Tree::Text(_) | Tree::List(_) => Self::default(),
        }
    }

    fn remove(&mut self, name: &str) -> Option<Tree> {
        let index = self.entries.iter().position(|(known, _)| known == name)?;
        Some(self.entries.remove(index).1)
    }

    /// What an element says, without taking it.
    pub(super) fn look(&self, name: &str) -> Option<&str> {
        self.entries.iter().find(|(known, _)| known == name).and_then(|(_, tree)| match tree {
            Tree::Text(text) => Some(text.as_str()),
            Tree::Object(_) | Tree::List(_) => None,
        })
    }

    /// What an element inside another says, without taking it.
    pub(super) fn within(&self, outer: &str, inner: &str) -> Option<&str> {
        let found = self.entries.iter().find(|(known, _)| known == outer);
        found.and_then(|(_, tree)| value_of(tree, inner))
    }

    /// What an element says in each of many others, without taking it.
    pub(super) fn values_in(&self, outer: &str, inner: &str) -> Vec<String> {
        let found = self.entries.iter().find(|(known, _)| known == outer).map(|(_, tree)| tree);
        let lines = match found {
            Some(Tree::List(items)) => items.as_slice(),
            Some(tree) => std::slice::from_ref(tree),
            None => &[],
        };
        lines.iter().filter_map(|line| value_of(line, inner)).map(str::to_owned).collect()
    }

    /// Takes a value; it stays where it is no value.
    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        self.look(name)?;
        match self.remove(name) {
            Some(Tree::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Takes a mark: whether it is there and says "1".
    pub(super) fn mark(&mut self, name: &str) -> bool {
        self.look(name) == Some("1") && self.take(name).is_some()
    }

    /// Takes an element, whatever is in it.
    pub(super) fn tree(&mut self, name: &str) -> Option<Tree> {
        self.remove(name)
    }

    /// Takes an element with children.
    pub(super) fn part(&mut self, name: &str) -> Option<Self> {
        let is_part = |(known, tree): &(String, Tree)| known == name && matches!(tree, Tree::Object(_));
        self.entries.iter().any(is_part).then(|| self.remove(name).map(Self::of)).flatten()
    }

    /// Takes all elements of a name.
    pub(super) fn parts(&mut self, name: &str) -> Vec<Self> {
        self.trees(name).into_iter().map(Self::of).collect()
    }

    /// Takes all values of a name.
    pub(super) fn texts(&mut self, name: &str) -> Vec<String> {
        let text = |tree| match tree {
            Tree::Text(text) => Some(text),
            Tree::Object(_) | Tree::List(_) => None,
        };
        self.trees(name).into_iter().filter_map(text).collect()
    }

    fn trees(&mut self, name: &str) -> Vec<Tree> {
        match self.remove(name) {
            Some(Tree::List(items)) => items,
            Some(tree) => vec![tree],
            None => Vec::new(),
        }
    }

    /// Gives an element another name, where a form means something of its own by it.
    pub(super) fn rename(&mut self, name: &str, other: &str) {
        for (known, _) in self.entries.iter_mut().filter(|(known, _)| known == name) {
            other.clone_into(known);
        }
    }

    /// Puts an element at the end.
    pub(super) fn put(&mut self, name: &str, part: Self) {
        self.entries.push((name.to_owned(), Tree::Object(part.entries)));
    }

    /// What nobody took, in the order of the document.
    pub(super) fn rest(self) -> Vec<(String, Tree)> {
        self.entries
    }
}

fn value_of<'t>(tree: &'t Tree, name: &str) -> Option<&'t str> {
    let Tree::Object(entries) = tree else { return None };
    match entries.iter().find(|(known, _)| known == name) {
        Some((_, Tree::Text(text))) => Some(text),
        _ => None,
    }
}
