//! Where the signature stands, and what exactly its parts are.

use bergshamra::xml::NodeId;

use super::SignatureForm;
use super::algorithms::{
    ENVELOPED, EXCLUSIVE_NAMESPACE, KeyFamily, XPATH, digest, is_canonical_form, is_exclusive,
    signature_algorithm,
};
use super::tree::{DSIG, Misfit, Node, XADES};
use crate::judge::openssl_parts::from_xml_base64;
use crate::judge::refusal::Exception;

const SIGNED_PROPERTIES_TYPE: &str = "http://uri.etsi.org/01903#SignedProperties";
const OBJECT_TYPE: &str = "http://www.w3.org/2000/09/xmldsig#Object";
/// The one XPath filter of the guide's list: the same as an enveloped-signature transform where there is one signature.
const NOT_SIGNATURE: &str = "not(ancestor-or-self::ds:Signature)";
const MAX_REFERENCES: usize = 8;
const MAX_OBJECTS: usize = 8;

/// A document with one signature in an accepted place.
pub(super) struct Layout<'d, 'a> {
    pub(super) form: SignatureForm,
    pub(super) request: Node<'d, 'a>,
    pub(super) signature: Node<'d, 'a>,
}

/// The parts of the signature, each where the schema of XML Signature and the profile want it.
pub(super) struct Parts<'d, 'a> {
    pub(super) algorithm: &'static str,
    pub(super) family: KeyFamily,
    pub(super) value: Vec<u8>,
    pub(super) key_info: Node<'d, 'a>,
    pub(super) signed_properties: Node<'d, 'a>,
    /// Whether `QualifyingProperties/@Target` names this signature.
    pub(super) target_fits: bool,
    /// Whether one of the references covers the KeyInfo.
    pub(super) key_info_signed: bool,
    /// What each reference must turn out to have hashed, in order; `None` for the whole document.
    pub(super) targets: Vec<Option<NodeId>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Covered {
    Request,
    SignedProperties,
    KeyInfo,
}

impl<'d, 'a> Layout<'d, 'a> {
    pub(super) fn locate(root: Node<'d, 'a>) -> Result<Self, Exception> {
        let mut signatures = root.subtree().filter(|node| node.is(DSIG, "Signature"));
        let enveloped = root.local_name() == "AuthTokenRequest";
        if !enveloped && !root.is(DSIG, "Signature") {
            return Err(Exception::document());
        }
        let signature = signatures.next().ok_or_else(Exception::no_signature)?;
        if signatures.next().is_some() {
            return Err(Exception::too_many_signatures());
        }
        if enveloped { Self::enveloped(root, signature) } else { Self::enveloping(root) }
    }

    fn enveloped(root: Node<'d, 'a>, signature: Node<'d, 'a>) -> Result<Self, Exception> {
        let child_of_root = signature.parent().is_some_and(|parent| parent.id() == root.id());
        if !child_of_root {
            return Err(Exception::signature());
        }
        Ok(Self { form: SignatureForm::Enveloped, request: root, signature })
    }

    /// The request is the only element of one `ds:Object` and stands nowhere else.
    fn enveloping(signature: Node<'d, 'a>) -> Result<Self, Exception> {
        let mut requests = signature.subtree().filter(|node| node.local_name() == "AuthTokenRequest");
        let request = requests.next().ok_or_else(Exception::document)?;
        let object = request.parent().filter(|parent| parent.is(DSIG, "Object"));
        let in_place = object.is_some_and(|object| {
            let alone = object.elements().is_ok_and(|inside| inside.len() == 1);
            alone && object.parent().is_some_and(|parent| parent.id() == signature.id())
        });
        if !in_place || requests.next().is_some() {
            return Err(Exception::signature());
        }
        Ok(Self { form: SignatureForm::Enveloping, request, signature })
    }

    /// Takes the signature apart.
    pub(super) fn parts(&self) -> Result<Parts<'d, 'a>, Exception> {
        self.read_parts().map_err(|Misfit(_)| Exception::signature())
    }

    fn read_parts(&self) -> Result<Parts<'d, 'a>, Misfit> {
        self.signature.only_attributes(&["Id"])?;
        let mut children = self.signature.sequence()?;
        let signed_info = children.required(DSIG, "SignedInfo")?;
        let value = base64_leaf(children.required(DSIG, "SignatureValue")?)?;
        let key_info = children.required(DSIG, "KeyInfo")?;
        key_info.only_attributes(&["Id"])?;
        let objects = children.many(DSIG, "Object", MAX_OBJECTS)?;
        children.end()?;
        let (qualifying, signed_properties) = self.properties(&objects)?;
        let target = self.signature.attribute("Id").map(|id| format!("#{id}"));

        signed_info.only_attributes(&["Id"])?;
        let mut parts = signed_info.sequence()?;
        canonical_form(parts.required(DSIG, "CanonicalizationMethod")?)?;
        let method = parts.required(DSIG, "SignatureMethod")?;
        let (algorithm, family) = read_algorithm(method)?;
        let references = parts.many(DSIG, "Reference", MAX_REFERENCES)?;
        parts.end()?;
        let covered = references
            .iter()
            .map(|reference| self.read_reference(*reference, signed_properties, key_info))
            .collect::<Result<Vec<_>, _>>()?;
        let times = |wanted| covered.iter().filter(|(what, _)| *what == wanted).count();
        let key_info_signed = times(Covered::KeyInfo) == 1;
        if times(Covered::Request) != 1
            || times(Covered::SignedProperties) != 1
            || times(Covered::KeyInfo) > 1
        {
            return Err(misfit("the references cover something twice, or not at all"));
        }
        Ok(Parts {
            algorithm,
            family,
            value,
            key_info,
            signed_properties,
            target_fits: target.is_some() && qualifying.attribute("Target") == target.as_deref(),
            key_info_signed,
            targets: covered.into_iter().map(|(_, target)| target).collect(),
        })
    }

    /// One `QualifyingProperties` in one of the objects.
    fn properties(&self, objects: &[Node<'d, 'a>]) -> Result<(Node<'d, 'a>, Node<'d, 'a>), Misfit> {
        let mut found = self.signature.subtree().filter(|node| node.is(XADES, "QualifyingProperties"));
        let qualifying = found.next().ok_or_else(|| misfit("no QualifyingProperties"))?;
        let object =
            qualifying.parent().filter(|parent| objects.iter().any(|known| known.id() == parent.id()));
        if object.is_none() || found.next().is_some() {
            return Err(misfit("QualifyingProperties in another place"));
        }
        qualifying.only_attributes(&["Target", "Id"])?;
        let mut children = qualifying.sequence()?;
        let signed = children.required(XADES, "SignedProperties")?;
        children.optional(XADES, "UnsignedProperties");
        children.end()?;
        Ok((qualifying, signed))
    }

    fn read_reference(
        &self,
        reference: Node<'d, 'a>,
        signed_properties: Node<'d, 'a>,
        key_info: Node<'d, 'a>,
    ) -> Result<(Covered, Option<NodeId>), Misfit> {
        reference.only_attributes(&["Id", "URI", "Type"])?;
        let mut children = reference.sequence()?;
        let transforms = children.optional(DSIG, "Transforms");
        let method = children.required(DSIG, "DigestMethod")?;
        method.only_attributes(&["Algorithm"])?;
        method.sequence()?.end()?;
        method.attribute("Algorithm").and_then(digest).ok_or_else(|| misfit("another digest"))?;
        base64_leaf(children.required(DSIG, "DigestValue")?)?;
        children.end()?;

        let uri = reference.attribute("URI").ok_or_else(|| misfit("a reference to nowhere"))?;
        let kind = reference.attribute("Type");
        if uri.is_empty() {
            let plain = matches!(kind, None | Some("" | OBJECT_TYPE));
            if self.form != SignatureForm::Enveloped || !plain {
                return Err(misfit("the whole document cannot be meant"));
            }
            check_transforms(transforms, true)?;
            return Ok((Covered::Request, None));
        }
        let target = self.target(uri)?;
        check_transforms(transforms, false)?;
        let is = |node: Node<'_, '_>| target.id() == node.id();
        let covered = if is(signed_properties) && kind == Some(SIGNED_PROPERTIES_TYPE) {
            Covered::SignedProperties
        } else if is(key_info) && kind != Some(SIGNED_PROPERTIES_TYPE) {
            Covered::KeyInfo
        } else if self.request.parent().is_some_and(is)
            && self.form == SignatureForm::Enveloping
            && matches!(kind, None | Some("" | OBJECT_TYPE))
        {
            Covered::Request
        } else {
            return Err(misfit("a reference to something else"));
        };
        Ok((covered, Some(target.id())))
    }

    /// A reference into this signature by `#Id`. Anything outside of it is detached, or somebody else's.
    fn target(&self, uri: &str) -> Result<Node<'d, 'a>, Misfit> {
        let id = uri.strip_prefix('#').ok_or_else(|| misfit("a detached signature"))?;
        let mut found = self.signature.subtree().filter(|node| node.attribute("Id") == Some(id));
        match (found.next(), found.next()) {
            (Some(target), None) => Ok(target),
            _ => Err(misfit("an identifier that is not there, or there twice")),
        }
    }
}

/// For the whole document: the signature taken out first; then, for everything, one canonical form at most.
fn check_transforms(transforms: Option<Node<'_, '_>>, whole_document: bool) -> Result<(), Misfit> {
    let Some(transforms) = transforms else {
        return if whole_document { Err(misfit("the signature signs itself")) } else { Ok(()) };
    };
    transforms.only_attributes(&[])?;
    let mut list = transforms.sequence()?;
    if whole_document {
        takes_signature_out(list.required(DSIG, "Transform")?)?;
    }
    if let Some(form) = list.optional(DSIG, "Transform") {
        canonical_form(form)?;
    }
    list.end()
}

fn takes_signature_out(transform: Node<'_, '_>) -> Result<(), Misfit> {
    transform.only_attributes(&["Algorithm"])?;
    let mut inside = transform.sequence()?;
    match transform.attribute("Algorithm") {
        Some(ENVELOPED) => {}
        Some(XPATH) => {
            let filter = inside.required(DSIG, "XPath")?;
            filter.only_attributes(&[])?;
            if filter.text()?.trim() != NOT_SIGNATURE || filter.namespace_of("ds") != Some(DSIG) {
                return Err(misfit("another filter"));
            }
        }
        _ => return Err(misfit("another transform")),
    }
    inside.end()
}

fn canonical_form(method: Node<'_, '_>) -> Result<(), Misfit> {
    method.only_attributes(&["Algorithm"])?;
    let uri = method.attribute("Algorithm").filter(|uri| is_canonical_form(uri));
    let uri = uri.ok_or_else(|| misfit("another canonical form"))?;
    let mut inside = method.sequence()?;
    if is_exclusive(uri)
        && let Some(namespaces) = inside.optional(EXCLUSIVE_NAMESPACE, "InclusiveNamespaces")
    {
        namespaces.only_attributes(&["PrefixList"])?;
        namespaces.sequence()?.end()?;
    }
    inside.end()
}

fn read_algorithm(method: Node<'_, '_>) -> Result<(&'static str, KeyFamily), Misfit> {
    method.only_attributes(&["Algorithm"])?;
    method.sequence()?.end()?;
    method.attribute("Algorithm").and_then(signature_algorithm).ok_or_else(|| misfit("another algorithm"))
}

fn base64_leaf(node: Node<'_, '_>) -> Result<Vec<u8>, Misfit> {
    node.only_attributes(&["Id"])?;
    from_xml_base64(&node.text()?).filter(|bytes| !bytes.is_empty()).ok_or_else(|| misfit("no Base64"))
}

fn misfit(text: &str) -> Misfit {
    Misfit(text.to_owned())
}
