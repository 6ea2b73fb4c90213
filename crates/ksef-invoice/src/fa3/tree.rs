//! JSON and whatever else serde knows: elements are keys, values are texts, what repeats is a list.

use std::collections::{BTreeMap, HashSet};
use std::fmt::{self, Display};

use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap as _, SerializeSeq as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::content::{Content, Leaf, Sink, Source};
use crate::xml::forbidden;

/// A tree of texts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tree {
    Text(String),
    Object(Vec<(String, Tree)>),
    List(Vec<Tree>),
}

/// The tree of a part of the model.
pub(crate) fn of<T: Content>(value: &T) -> Tree {
    let mut sink = TreeSink::default();
    value.write(&mut sink);
    sink.root.finish()
}

pub(crate) fn serialize<T: Content, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    of(value).serialize(serializer)
}

pub(crate) fn deserialize<'de, T: Content, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut source = TreeSource::new(Tree::deserialize(deserializer)?);
    T::read(&mut source).map_err(|problem| D::Error::custom(format!("{}: {problem}", source.path())))
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a list or an object of these")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Tree, E> {
        match forbidden(text) {
            None => Ok(Tree::Text(text.to_owned())),
            Some(_) => Err(E::custom("a character that XML cannot hold")),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Tree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut entries = Vec::new();
        let mut seen = HashSet::new();
        while let Some((key, value)) = map.next_entry::<String, Tree>()? {
            if !seen.insert(key.clone()) {
                return Err(A::Error::custom(format!("{key} twice")));
            }
            entries.push((key, value));
        }
        Ok(Tree::Object(entries))
    }
}

/// Why a tree is not what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TreeProblem {
    #[error("{} is missing", .0.join(" or "))]
    Missing(Vec<&'static str>),
    #[error("unknown or not allowed together with the rest: {0}")]
    Unknown(String),
    #[error("not a value of this field: {0:?}")]
    Value(String),
    #[error("{0} is expected")]
    Shape(&'static str),
}

/// What is still unread of an object.
type Rest = BTreeMap<String, Waiting>;

/// A value that waits to be read.
#[derive(Debug)]
enum Waiting {
    One(Tree),
    Many(std::vec::IntoIter<Tree>),
}

/// A cursor on a tree.
pub(crate) struct TreeSource {
    /// Objects whose keys are being read, outermost first.
    open: Vec<Rest>,
    path: Vec<(&'static str, usize)>,
    /// The value that was entered.
    entered: Option<Tree>,
    /// Attributes of the entered element, which are keys like others.
    started: Option<Rest>,
}

impl TreeSource {
    fn new(tree: Tree) -> Self {
        Self { open: Vec::new(), path: Vec::new(), entered: Some(tree), started: None }
    }

    fn path(&self) -> String {
        let step = |(name, number): &(&str, usize)| match number {
            0 => (*name).to_owned(),
            number => format!("{name}[{number}]"),
        };
        self.path.iter().map(step).collect::<Vec<_>>().join("/")
    }

    fn object(&mut self) -> Result<Rest, TreeProblem> {
        if let Some(rest) = self.started.take() {
            return Ok(rest);
        }
        let Some(Tree::Object(entries)) = self.entered.take() else {
            return Err(TreeProblem::Shape("an object"));
        };
        let waiting = |(key, value)| match value {
            Tree::List(items) if items.is_empty() => None,
            Tree::List(items) => Some((key, Waiting::Many(items.into_iter()))),
            value => Some((key, Waiting::One(value))),
        };
        Ok(entries.into_iter().filter_map(waiting).collect())
    }
}

impl Source for TreeSource {
    type Error = TreeProblem;

    fn at(&self, element: &str) -> bool {
        self.open.last().is_some_and(|rest| rest.contains_key(element))
    }

    fn enter(&mut self, element: &'static str, number: usize) -> Result<(), TreeProblem> {
        let Some(rest) = self.open.last_mut().filter(|rest| rest.contains_key(element)) else {
            return Err(TreeProblem::Missing(vec![element]));
        };
        let value = match (rest.remove(element), number) {
            (Some(Waiting::One(value)), 0) => value,
            (Some(Waiting::Many(mut items)), 1..) => {
                let Some(first) = items.next() else { return Err(TreeProblem::Missing(vec![element])) };
                if items.len() > 0 {
                    rest.insert(element.to_owned(), Waiting::Many(items));
                }
                first
            }
            (_, 0) => {
                self.path.push((element, number));
                return Err(TreeProblem::Shape("one value"));
            }
            _ => {
                self.path.push((element, number));
                return Err(TreeProblem::Shape("a list"));
            }
        };
        self.path.push((element, number));
        self.entered = Some(value);
        Ok(())
    }

    /// JSON does not repeat what is always the same.
    fn fixed_attributes(&mut self, _attributes: &[(&'static str, &'static str)]) -> Result<(), TreeProblem> {
        Ok(())
    }

    fn attribute<T: Leaf>(&mut self, name: &'static str) -> Result<T, TreeProblem> {
        let mut rest = self.object()?;
        let Some(Waiting::One(Tree::Text(text))) = rest.remove(name) else {
            return Err(TreeProblem::Missing(vec![name]));
        };
        self.started = Some(rest);
        T::parse(&text).ok_or(TreeProblem::Value(text))
    }

    fn children(&mut self) -> Result<(), TreeProblem> {
        let rest = self.object()?;
        self.open.push(rest);
        Ok(())
    }

    fn leave(&mut self) -> Result<(), TreeProblem> {
        if let Some((key, _)) = self.open.last().and_then(|rest| rest.first_key_value()) {
            return Err(TreeProblem::Unknown(key.clone()));
        }
        self.open.pop();
        self.path.pop();
        Ok(())
    }

    fn leaf<T: Leaf>(&mut self) -> Result<T, TreeProblem> {
        let Some(Tree::Text(text)) = self.entered.take() else {
            return Err(TreeProblem::Shape("a text"));
        };
        let value = T::parse(&text).ok_or(TreeProblem::Value(text))?;
        self.path.pop();
        Ok(value)
    }

    fn missing(&self, elements: &[&'static str]) -> TreeProblem {
        TreeProblem::Missing(elements.to_vec())
    }
}

/// An element that is being built.
#[derive(Debug, Default)]
struct Building {
    text: Option<String>,
    entries: Vec<(String, Tree)>,
    repeats: bool,
}

impl Building {
    fn finish(self) -> Tree {
        self.text.map_or(Tree::Object(self.entries), Tree::Text)
    }
}

/// Builds a tree.
#[derive(Debug, Default)]
pub(crate) struct TreeSink {
    root: Building,
    /// Open elements below the root.
    open: Vec<Building>,
}

impl TreeSink {
    fn innermost(&mut self) -> &mut Building {
        self.open.last_mut().unwrap_or(&mut self.root)
    }
}

impl Sink for TreeSink {
    fn open(&mut self, _element: &'static str, repeats: bool) {
        self.open.push(Building { repeats, ..Building::default() });
    }

    fn fixed_attribute(&mut self, _name: &'static str, _value: &'static str) {}

    fn attribute(&mut self, name: &'static str, value: &'static str) {
        self.innermost().entries.push((name.to_owned(), Tree::Text(value.to_owned())));
    }

    fn text(&mut self, value: &str) {
        self.innermost().text = Some(value.to_owned());
    }

    fn plain(&mut self, value: &dyn Display) {
        self.innermost().text = Some(value.to_string());
    }

    fn close(&mut self, element: &'static str) {
        let Some(built) = self.open.pop() else { return };
        let repeats = built.repeats;
        let value = built.finish();
        let entries = &mut self.innermost().entries;
        match entries.last_mut() {
            Some((key, Tree::List(items))) if repeats && key == element => items.push(value),
            _ if repeats => entries.push((element.to_owned(), Tree::List(vec![value]))),
            _ => entries.push((element.to_owned(), value)),
        }
    }
}
