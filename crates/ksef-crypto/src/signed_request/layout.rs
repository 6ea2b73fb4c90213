//! Where the signature stands, and what its parts are.

use bergshamra::xml::{Document, NodeId};

use super::SignatureForm;
use super::algorithms::{CanonicalForm, DigestAlgorithm, SignatureAlgorithm, Transform};
use super::content::is_request;
use super::problem::SignedRequestProblem as Problem;
use super::source;
use super::tree::{DSIG, Node, XADES};

/// More than any signature has; a file made to be slow has more.
const MOST_REFERENCES: usize = 16;

/// A document with one signature in an accepted place.
pub(super) struct Layout<'d, 'a> {
    pub(super) signature: Node<'d, 'a>,
    pub(super) request: Request<'d, 'a>,
}

/// Where the request is.
pub(super) enum Request<'d, 'a> {
    /// Around the signature.
    Around(Node<'d, 'a>),
    /// In an object of the signature.
    In { object: Node<'d, 'a>, request: Node<'d, 'a> },
    /// In an object of the signature, in Base64; as text ready to be parsed.
    Encoded { object: Node<'d, 'a>, text: String },
}

/// The parts of a signature.
pub(super) struct Parts<'d, 'a> {
    pub(super) signed_info: Node<'d, 'a>,
    pub(super) form: CanonicalForm,
    pub(super) algorithm: SignatureAlgorithm,
    pub(super) value: Vec<u8>,
    pub(super) references: Vec<Reference>,
    pub(super) certificates: Vec<Node<'d, 'a>>,
    /// Whether one of the references covers the certificates themselves.
    pub(super) certificates_signed: bool,
    pub(super) properties: Node<'d, 'a>,
}

/// A reference: what it is to, and how that is hashed.
pub(super) struct Reference {
    pub(super) target: Target,
    pub(super) transforms: Vec<Transform>,
    pub(super) digest: DigestAlgorithm,
    pub(super) value: Vec<u8>,
}

impl Reference {
    fn is_to(&self, node: Node<'_, '_>) -> bool {
        matches!(self.target, Target::Element { id, .. } if id == node.id())
    }

    /// Whether it hashes what is in this element of the signature. Leaving the signature out, as a transform may, would leave
    /// nothing of the element.
    fn covers(&self, node: Node<'_, '_>) -> bool {
        let left_out =
            self.transforms.iter().any(|transform| matches!(transform, Transform::WithoutSignature));
        self.is_to(node) && !left_out
    }
}

/// What a reference is to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Document { comments: bool },
    Element { id: NodeId, comments: bool },
}

impl<'d, 'a> Layout<'d, 'a> {
    pub(super) fn locate(document: &'d Document<'a>) -> Result<Self, Problem> {
        let root = Node::root(document).ok_or(Problem::BrokenXml)?;
        let signatures: Vec<_> = root.subtree().filter(|node| node.is(DSIG, "Signature")).collect();
        let requests: Vec<_> = root.subtree().filter(|node| is_request(*node)).collect();
        let other = || Problem::OtherDocument { root: root.local_name().chars().take(64).collect() };
        match (signatures.as_slice(), requests.as_slice()) {
            ([], _) if is_request(root) => Err(Problem::NotSigned),
            ([], _) => Err(other()),
            ([signature], _) if root.is(DSIG, "Signature") => Self::around(*signature, &requests),
            ([signature], [request]) if request.id() == root.id() => {
                let child = signature.parent().is_some_and(|parent| parent.id() == root.id());
                let place = Request::Around(root);
                if child {
                    Ok(Self { signature: *signature, request: place })
                } else {
                    Err(Problem::NotCovered)
                }
            }
            ([_], [_]) => Err(Problem::Detached),
            ([_], []) if holds_signatures(root) => Err(Problem::Detached),
            ([_], _) if is_request(root) => Err(Problem::NotCovered),
            ([_], _) => Err(other()),
            (several, found) if is_request(root) || !found.is_empty() || root.is(DSIG, "Signature") => {
                Err(Problem::SignedTwice { count: several.len() })
            }
            _ => Err(other()),
        }
    }

    /// The signature is the whole document: the request is in one of its objects, or elsewhere.
    fn around(signature: Node<'d, 'a>, requests: &[Node<'d, 'a>]) -> Result<Self, Problem> {
        let objects: Vec<_> = signature.children().filter(|child| child.is(DSIG, "Object")).collect();
        let request = match requests {
            [request] => {
                let object =
                    request.parent().filter(|parent| objects.iter().any(|object| object.id() == parent.id()));
                let alone = |object: &Node<'_, '_>| object.children().count() == 1;
                let object = object.filter(alone).ok_or(Problem::NotCovered)?;
                Request::In { object, request: *request }
            }
            [] => {
                let decoded = objects.into_iter().find_map(|object| {
                    let text = source::prepare(&object.base64()?).ok()?;
                    Some(Request::Encoded { object, text })
                });
                decoded.ok_or(Problem::Detached)?
            }
            _ => return Err(Problem::NotCovered),
        };
        Ok(Self { signature, request })
    }

    pub(super) const fn form(&self) -> SignatureForm {
        match self.request {
            Request::Around(_) => SignatureForm::Enveloped,
            Request::In { .. } | Request::Encoded { .. } => SignatureForm::Enveloping,
        }
    }

    /// Takes the signature apart; whatever it covers, it must cover the request and its own properties.
    pub(super) fn parts(&self) -> Result<Parts<'d, 'a>, Problem> {
        let damaged = || Problem::NotCovered;
        let signed_info = self.signature.child(DSIG, "SignedInfo").ok_or_else(damaged)?;
        let method = signed_info.child(DSIG, "CanonicalizationMethod").ok_or_else(damaged)?;
        let algorithm =
            signed_info.child(DSIG, "SignatureMethod").and_then(|node| node.attribute("Algorithm"));
        let value = self.signature.child(DSIG, "SignatureValue").and_then(Node::base64);
        let references: Vec<_> = signed_info.children().filter(|child| child.is(DSIG, "Reference")).collect();
        if references.is_empty() || references.len() > MOST_REFERENCES {
            return Err(Problem::NotCovered);
        }
        let references: Vec<Reference> =
            references.into_iter().map(|node| self.reference(node)).collect::<Result<_, _>>()?;
        if !references.iter().any(|reference| self.covers_request(reference)) {
            return Err(Problem::NotCovered);
        }
        let properties = self.properties(&references)?;
        let key_info = self.signature.child(DSIG, "KeyInfo").ok_or(Problem::NoCertificate)?;
        Ok(Parts {
            certificates_signed: references.iter().any(|reference| reference.covers(key_info)),
            signed_info,
            form: CanonicalForm::read(method)?,
            algorithm: SignatureAlgorithm::read(algorithm.ok_or_else(damaged)?)?,
            value: value.ok_or(Problem::WrongValue)?,
            references,
            certificates: key_info.subtree().filter(|node| node.is(DSIG, "X509Certificate")).collect(),
            properties,
        })
    }

    fn reference(&self, node: Node<'d, 'a>) -> Result<Reference, Problem> {
        let target = self.target(node.attribute("URI").ok_or(Problem::Detached)?)?;
        let transforms = node.child(DSIG, "Transforms");
        let transforms = transforms.into_iter().flat_map(Node::children).map(Transform::read);
        let digest = node.child(DSIG, "DigestMethod").and_then(|method| method.attribute("Algorithm"));
        let value = node.child(DSIG, "DigestValue").and_then(Node::base64);
        Ok(Reference {
            target,
            transforms: transforms.collect::<Result<_, _>>()?,
            digest: DigestAlgorithm::read(digest.ok_or(Problem::NotCovered)?)?,
            value: value.ok_or(Problem::Changed)?,
        })
    }

    /// A reference out of the document means that the signature was made apart from it.
    fn target(&self, uri: &str) -> Result<Target, Problem> {
        let (id, comments) = match uri {
            "" => return Ok(Target::Document { comments: false }),
            "#xpointer(/)" => return Ok(Target::Document { comments: true }),
            _ => {
                let fragment = uri.strip_prefix('#').ok_or(Problem::Detached)?;
                let pointer = fragment.strip_prefix("xpointer(id(").and_then(|rest| rest.strip_suffix("))"));
                (pointer.map_or(fragment, |id| id.trim_matches(['\'', '"'])), pointer.is_some())
            }
        };
        let root = Node::root(self.signature.document()).ok_or(Problem::NotCovered)?;
        let mut found = root.subtree().filter(|node| node.has_id(id));
        match (found.next(), found.next()) {
            (Some(node), None) => Ok(Target::Element { id: node.id(), comments }),
            // Two elements of one name are the way to have one signed and another read.
            _ => Err(Problem::NotCovered),
        }
    }

    fn covers_request(&self, reference: &Reference) -> bool {
        let whole = matches!(reference.target, Target::Document { .. });
        match &self.request {
            Request::Around(root) => whole || reference.is_to(*root),
            Request::In { object, request } => reference.covers(*object) || reference.covers(*request),
            Request::Encoded { object, .. } => reference.covers(*object),
        }
    }

    /// The signed properties, which one of the references must cover.
    fn properties(&self, references: &[Reference]) -> Result<Node<'d, 'a>, Problem> {
        let objects = self.signature.children().filter(|child| child.is(DSIG, "Object"));
        let mut properties = objects
            .filter_map(|object| object.child(XADES, "QualifyingProperties"))
            .filter_map(|qualifying| qualifying.child(XADES, "SignedProperties"));
        let properties = properties.next().ok_or(Problem::NotXades)?;
        let covered = references.iter().any(|reference| reference.covers(properties));
        if covered { Ok(properties) } else { Err(Problem::NotXades) }
    }
}

/// Files of signatures alone, as containers hold them.
fn holds_signatures(root: Node<'_, '_>) -> bool {
    matches!(root.local_name(), "XAdESSignatures" | "Signatures" | "document-signatures")
}
