//! The schema's files as trees, and their named types.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Problem;

/// The namespace of XML Schema.
pub(crate) const XSD: &str = "http://www.w3.org/2001/XMLSchema";

/// An element of a schema, without annotations.
#[derive(Debug, Clone, Default)]
pub(crate) struct Node {
    pub kind: String,
    pub attributes: BTreeMap<String, String>,
    pub children: Vec<Node>,
    /// Prefixes in force, by the schema's root.
    pub schema: SchemaOf,
}

/// What a node needs to know about the file that it stands in.
#[derive(Debug, Clone, Default)]
pub(crate) struct SchemaOf {
    pub namespace: String,
    pub prefixes: std::rc::Rc<BTreeMap<String, String>>,
}

/// A name with its namespace.
pub(crate) type QName = (String, String);

/// Every named type and the global elements.
#[derive(Debug, Default)]
pub(crate) struct Schemas {
    pub target: String,
    pub simple: BTreeMap<QName, Node>,
    pub complex: BTreeMap<QName, Node>,
    pub elements: BTreeMap<QName, Node>,
    /// Named simple types in the order of the files.
    pub simple_order: Vec<QName>,
}

impl Node {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    pub(crate) fn child(&self, kind: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.kind == kind)
    }

    pub(crate) fn need(&self, name: &str) -> Result<&str, Problem> {
        self.get(name).ok_or_else(|| Problem::Unsupported(format!("{} without {name}", self.kind)))
    }

    /// Resolves a `prefix:name` of this node's file.
    pub(crate) fn qname(&self, text: &str) -> Result<QName, Problem> {
        let (prefix, local) = text.split_once(':').unwrap_or(("", text));
        let namespace = self.schema.prefixes.get(prefix);
        let namespace = namespace.ok_or_else(|| Problem::Unsupported(format!("unbound prefix in {text}")))?;
        Ok((namespace.clone(), local.to_owned()))
    }

    /// Stops at whatever the generator does not know about.
    pub(crate) fn allow(&self, attributes: &[&str], children: &[&str]) -> Result<(), Problem> {
        let attribute = self.attributes.keys().find(|name| !attributes.contains(&name.as_str()));
        let child = self.children.iter().find(|child| !children.contains(&child.kind.as_str()));
        match (attribute, child) {
            (Some(name), _) => Err(Problem::Unsupported(format!("{} with {name}", self.kind))),
            (_, Some(child)) => Err(Problem::Unsupported(format!("{} in {}", child.kind, self.kind))),
            (None, None) => Ok(()),
        }
    }
}

/// Reads a schema and everything that it imports and includes.
pub(crate) fn read(path: &Path) -> Result<Schemas, Problem> {
    let mut schemas = Schemas::default();
    let mut seen = BTreeSet::new();
    let namespace = add(path, &mut schemas, &mut seen)?;
    schemas.target = namespace;
    Ok(schemas)
}

fn add(path: &Path, schemas: &mut Schemas, seen: &mut BTreeSet<String>) -> Result<String, Problem> {
    let text = std::fs::read_to_string(path).map_err(|error| Problem::File(path.to_owned(), error))?;
    let root = parse(&text)?;
    let namespace = root.schema.namespace.clone();
    if root.get("elementFormDefault") != Some("qualified")
        || root.get("attributeFormDefault") != Some("unqualified")
    {
        return Err(Problem::Unsupported(format!("form defaults of {namespace}")));
    }
    for node in root.children {
        match node.kind.as_str() {
            "import" | "include" => {
                let file = node.need("schemaLocation")?;
                let file = file.rsplit('/').next().unwrap_or(file).to_owned();
                if seen.insert(file.clone()) {
                    add(&path.with_file_name(file), schemas, seen)?;
                }
            }
            "simpleType" => {
                let name = (namespace.clone(), node.need("name")?.to_owned());
                schemas.simple_order.push(name.clone());
                schemas.simple.insert(name, node);
            }
            "complexType" => {
                schemas.complex.insert((namespace.clone(), node.need("name")?.to_owned()), node);
            }
            "element" => {
                schemas.elements.insert((namespace.clone(), node.need("name")?.to_owned()), node);
            }
            other => return Err(Problem::Unsupported(format!("{other} at the top of a schema"))),
        }
    }
    Ok(namespace)
}

fn parse(text: &str) -> Result<Node, Problem> {
    let xml = |error: &dyn std::fmt::Display| Problem::Xml(error.to_string());
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Node> = Vec::new();
    let mut annotation = 0_usize;
    loop {
        let event = reader.read_event().map_err(|error| xml(&error))?;
        match event {
            Event::Start(start) if annotation > 0 || is_annotation(&start) => annotation += 1,
            Event::Empty(start) if annotation > 0 || is_annotation(&start) => {}
            Event::End(_) if annotation > 0 => annotation -= 1,
            Event::Start(start) => open.push(node(&start, open.last())?),
            Event::Empty(start) => {
                let child = node(&start, open.last())?;
                open.last_mut().ok_or_else(|| xml(&"no root"))?.children.push(child);
            }
            Event::End(_) => {
                let child = open.pop().ok_or_else(|| xml(&"no root"))?;
                match open.last_mut() {
                    Some(parent) => parent.children.push(child),
                    None => return Ok(child),
                }
            }
            Event::Eof => return Err(xml(&"cut off")),
            _ => {}
        }
    }
}

fn is_annotation(start: &BytesStart<'_>) -> bool {
    start.local_name().as_ref() == "annotation"
}

fn node(start: &BytesStart<'_>, parent: Option<&Node>) -> Result<Node, Problem> {
    let mut attributes = BTreeMap::new();
    let mut prefixes = BTreeMap::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| Problem::Xml(error.to_string()))?;
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map_err(|error| Problem::Xml(error.to_string()))?
            .into_owned();
        let name = attribute.key.0;
        match name.strip_prefix("xmlns:") {
            Some(prefix) => drop(prefixes.insert(prefix.to_owned(), value)),
            None => drop(attributes.insert(name.to_owned(), value)),
        }
    }
    let schema = match parent {
        Some(parent) => parent.schema.clone(),
        None => SchemaOf {
            namespace: attributes.get("targetNamespace").cloned().unwrap_or_default(),
            prefixes: std::rc::Rc::new(prefixes),
        },
    };
    Ok(Node { kind: start.local_name().as_ref().to_owned(), attributes, children: Vec::new(), schema })
}
