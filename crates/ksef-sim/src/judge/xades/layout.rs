//! Where the signature stands, and what exactly its parts are.

use bergshamra::c14n::C14nMode;
use bergshamra::xml::NodeId;
use openssl::hash::MessageDigest;

use super::SignatureForm;
use super::algorithms::{ENVELOPED, EXCLUSIVE_NAMESPACE, KeyFamily, XPATH, digest, signature_algorithm};
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
    pub(super) signed_info: Node<'d, 'a>,
    /// The canonical form of SignedInfo.
    pub(super) form: CanonicalForm,
    /// In order.
    pub(super) references: Vec<Reference>,
}

/// A reference: what it is to, and how that is hashed.
pub(super) struct Reference {
    covered: Covered,
    /// What it must turn out to have hashed; `None` for the whole document without the signature.
    pub(super) target: Option<NodeId>,
    /// `None` where the transforms name none.
    pub(super) form: Option<CanonicalForm>,
    pub(super) digest: MessageDigest,
    pub(super) value: Vec<u8>,
}

/// A canonicalization method with its list of prefixes.
#[derive(Clone)]
pub(super) struct CanonicalForm {
    pub(super) mode: C14nMode,
    pub(super) prefixes: Vec<String>,
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
        let form = canonical_form(parts.required(DSIG, "CanonicalizationMethod")?)?;
        let method = parts.required(DSIG, "SignatureMethod")?;
        let (algorithm, family) = read_algorithm(method)?;
        let references = parts.many(DSIG, "Reference", MAX_REFERENCES)?;
        parts.end()?;
        let references = references
            .iter()
            .map(|reference| self.read_reference(*reference, signed_properties, key_info))
            .collect::<Result<Vec<_>, _>>()?;
        let times = |wanted| references.iter().filter(|reference| reference.covered == wanted).count();
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
            signed_info,
            form,
            references,
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
    ) -> Result<Reference, Misfit> {
        reference.only_attributes(&["Id", "URI", "Type"])?;
        let mut children = reference.sequence()?;
        let transforms = children.optional(DSIG, "Transforms");
        let method = children.required(DSIG, "DigestMethod")?;
        method.only_attributes(&["Algorithm"])?;
        method.sequence()?.end()?;
        let digest =
            method.attribute("Algorithm").and_then(digest).ok_or_else(|| misfit("another digest"))?;
        let value = base64_leaf(children.required(DSIG, "DigestValue")?)?;
        children.end()?;

        let (covered, target) = self.covered(reference, signed_properties, key_info)?;
        let form = read_transforms(transforms, target.is_none())?;
        Ok(Reference { covered, target, form, digest, value })
    }

    /// What the reference covers, by the place it leads to and not by what it says of itself.
    fn covered(
        &self,
        reference: Node<'d, 'a>,
        signed_properties: Node<'d, 'a>,
        key_info: Node<'d, 'a>,
    ) -> Result<(Covered, Option<NodeId>), Misfit> {
        let uri = reference.attribute("URI").ok_or_else(|| misfit("a reference to nowhere"))?;
        let kind = reference.attribute("Type");
        let plain = matches!(kind, None | Some("" | OBJECT_TYPE));
        if uri.is_empty() {
            return if self.form == SignatureForm::Enveloped && plain {
                Ok((Covered::Request, None))
            } else {
                Err(misfit("the whole document cannot be meant"))
            };
        }
        let target = self.target(uri)?;
        let is = |node: Node<'_, '_>| target.id() == node.id();
        let object = self.form == SignatureForm::Enveloping && self.request.parent().is_some_and(is);
        let covered = if is(signed_properties) && kind == Some(SIGNED_PROPERTIES_TYPE) {
            Covered::SignedProperties
        } else if is(key_info) && kind != Some(SIGNED_PROPERTIES_TYPE) {
            Covered::KeyInfo
        } else if object && plain {
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
fn read_transforms(
    transforms: Option<Node<'_, '_>>,
    whole_document: bool,
) -> Result<Option<CanonicalForm>, Misfit> {
    let Some(transforms) = transforms else {
        return if whole_document { Err(misfit("the signature signs itself")) } else { Ok(None) };
    };
    transforms.only_attributes(&[])?;
    let mut list = transforms.sequence()?;
    if whole_document {
        takes_signature_out(list.required(DSIG, "Transform")?)?;
    }
    let form = list.optional(DSIG, "Transform").map(canonical_form).transpose()?;
    list.end()?;
    Ok(form)
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

fn canonical_form(method: Node<'_, '_>) -> Result<CanonicalForm, Misfit> {
    method.only_attributes(&["Algorithm"])?;
    let mode = method.attribute("Algorithm").and_then(C14nMode::from_uri);
    let mode = mode.ok_or_else(|| misfit("another canonical form"))?;
    let mut inside = method.sequence()?;
    let mut prefixes = Vec::new();
    if mode.is_exclusive()
        && let Some(namespaces) = inside.optional(EXCLUSIVE_NAMESPACE, "InclusiveNamespaces")
    {
        namespaces.only_attributes(&["PrefixList"])?;
        namespaces.sequence()?.end()?;
        let list = namespaces.attribute("PrefixList").unwrap_or_default();
        prefixes = list.split_whitespace().map(str::to_owned).collect();
    }
    inside.end()?;
    Ok(CanonicalForm { mode, prefixes })
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
