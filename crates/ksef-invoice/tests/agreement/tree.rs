//! A document as a tree of raw pieces, so that anything can be put anywhere.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub(crate) name: String,
    /// As written after the name.
    pub(crate) attributes: String,
    pub(crate) children: Vec<Child>,
}

#[derive(Clone, Debug)]
pub(crate) enum Child {
    Node(Node),
    /// As written.
    Raw(String),
}

impl Node {
    pub(crate) fn leaf(name: &str, raw: &str) -> Self {
        Self { name: name.to_owned(), attributes: String::new(), children: vec![Child::Raw(raw.to_owned())] }
    }

    pub(crate) fn is_leaf(&self) -> bool {
        !self.children.iter().any(|child| matches!(child, Child::Node(_)))
    }

    pub(crate) fn text(&self) -> String {
        self.children
            .iter()
            .map(|child| if let Child::Raw(raw) = child { raw.as_str() } else { "" })
            .collect()
    }

    pub(crate) fn write(&self, out: &mut String) {
        out.push_str(&format!("<{}{}>", self.name, self.attributes));
        for child in &self.children {
            match child {
                Child::Node(node) => node.write(out),
                Child::Raw(raw) => out.push_str(raw),
            }
        }
        out.push_str(&format!("</{}>", self.name.split(' ').next().unwrap()));
    }

    pub(crate) fn to_xml(&self) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        self.write(&mut out);
        out
    }

    /// Places of all nodes, as indexes of children from the root.
    pub(crate) fn places(&self) -> Vec<Vec<usize>> {
        let mut places = vec![Vec::new()];
        for (index, child) in self.children.iter().enumerate() {
            if let Child::Node(node) = child {
                places.extend(node.places().into_iter().map(|place| [vec![index], place].concat()));
            }
        }
        places
    }

    pub(crate) fn at(&mut self, place: &[usize]) -> &mut Node {
        match place {
            [] => self,
            [first, rest @ ..] => match &mut self.children[*first] {
                Child::Node(node) => node.at(rest),
                Child::Raw(_) => panic!("no node at {place:?}"),
            },
        }
    }

    pub(crate) fn path(&mut self, place: &[usize]) -> String {
        (0..=place.len()).map(|length| self.at(&place[..length]).name.clone()).collect::<Vec<_>>().join("/")
    }
}

pub(crate) fn parse(text: &str) -> Node {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Node::default()];
    loop {
        let start = reader.buffer_position() as usize;
        let event = reader.read_event().unwrap();
        let raw = &text[start..reader.buffer_position() as usize];
        let node = |tag: &BytesStart<'_>| Node {
            name: tag.name().0.to_owned(),
            attributes: tag.attributes_raw().trim_end().to_owned(),
            children: Vec::new(),
        };
        match event {
            Event::Start(tag) => open.push(node(&tag)),
            Event::Empty(tag) => open.last_mut().unwrap().children.push(Child::Node(node(&tag))),
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().children.push(Child::Node(done));
            }
            Event::Decl(_) => {}
            Event::Eof => break,
            _ => open.last_mut().unwrap().children.push(Child::Raw(raw.to_owned())),
        }
    }
    let document = open.pop().unwrap();
    document
        .children
        .into_iter()
        .find_map(|child| if let Child::Node(node) = child { Some(node) } else { None })
        .unwrap()
}
