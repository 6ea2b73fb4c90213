//! What a certificate says of itself beside whom it names: whether it is a qualified one, and of what kind.

use super::der::{OBJECT, OCTETS, SEQUENCE, element, elements, tagged};

/// `qcStatements`, 1.3.6.1.5.5.7.1.3 (RFC 3739).
const QC_STATEMENTS: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01, 0x03];
/// `certificatePolicies`, 2.5.29.32.
const POLICIES: &[u8] = &[0x55, 0x1d, 0x20];
/// `id-etsi-qcs-QcCompliance`, 0.4.0.1862.1.1 (ETSI EN 319 412-5).
const QC_COMPLIANCE: &[u8] = &[0x04, 0x00, 0x8e, 0x46, 0x01, 0x01];
/// `id-etsi-qcs-QcSSCD`, 0.4.0.1862.1.4: the key lies in a device.
const QC_DEVICE: &[u8] = &[0x04, 0x00, 0x8e, 0x46, 0x01, 0x04];
/// `id-etsi-qcs-QcType`, 0.4.0.1862.1.6.
const QC_TYPE: &[u8] = &[0x04, 0x00, 0x8e, 0x46, 0x01, 0x06];
/// `id-etsi-qct-esign`, 0.4.0.1862.1.6.1.
const FOR_SIGNATURES: &[u8] = &[0x04, 0x00, 0x8e, 0x46, 0x01, 0x06, 0x01];
/// `id-etsi-qct-eseal`, 0.4.0.1862.1.6.2.
const FOR_SEALS: &[u8] = &[0x04, 0x00, 0x8e, 0x46, 0x01, 0x06, 0x02];
/// Policies of ETSI EN 319 411-2: QCP-n-qscd for people, QCP-l-qscd for seals (0.4.0.194112.1.2 and .3).
const FOR_PEOPLE: &[u8] = &[0x04, 0x00, 0x8b, 0xec, 0x40, 0x01, 0x02];
const FOR_FIRMS: &[u8] = &[0x04, 0x00, 0x8b, 0xec, 0x40, 0x01, 0x03];
/// The simulator's own mark of a certificate on an identity card, 2.25.1: the real one's policy is not published in the
/// guide, and a real card's certificate is never judged here.
const ON_A_CARD: &[u8] = &[0x69, 0x01];

/// What a certificate is for, by the extensions that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Quality {
    /// A qualified certificate of a person.
    QualifiedSignature,
    /// A qualified certificate of a firm.
    QualifiedSeal,
    /// The personal signature on an identity card (advanced, not qualified).
    PersonalSignature,
}

impl Quality {
    /// What the certificate (DER) claims to be; `None` where it claims nothing of the kind.
    pub(super) fn of(certificate: &[u8]) -> Option<Self> {
        if says_policy(certificate, ON_A_CARD) {
            return Some(Self::PersonalSignature);
        }
        let statements = extension(certificate, QC_STATEMENTS)?;
        let (statements, _) = element(statements, SEQUENCE)?;
        let statement = |wanted: &[u8]| {
            elements(statements).find_map(|(_, statement)| {
                element(statement, OBJECT).filter(|(object, _)| *object == wanted).map(|(_, rest)| rest)
            })
        };
        statement(QC_COMPLIANCE)?;
        let kinds = statement(QC_TYPE).and_then(|rest| element(rest, SEQUENCE)).map(|(kinds, _)| kinds);
        // Without a type it is for signatures (ETSI EN 319 412-5, 4.2.3).
        let seal = kinds.is_some_and(|kinds| elements(kinds).any(|(_, kind)| kind == FOR_SEALS));
        Some(if seal { Self::QualifiedSeal } else { Self::QualifiedSignature })
    }

    /// The extensions by which it is known: their object identifiers with the DER of their values.
    pub(super) fn extensions(self) -> Vec<(&'static str, Vec<u8>)> {
        const POLICIES_DOTTED: &str = "2.5.29.32";
        let (kind, policy) = match self {
            Self::QualifiedSignature => (FOR_SIGNATURES, FOR_PEOPLE),
            Self::QualifiedSeal => (FOR_SEALS, FOR_FIRMS),
            Self::PersonalSignature => return vec![(POLICIES_DOTTED, policies(ON_A_CARD))],
        };
        let object = |bytes: &[u8]| tagged(OBJECT, bytes);
        let bare = |bytes: &[u8]| tagged(SEQUENCE, &object(bytes));
        let kinds = tagged(SEQUENCE, &object(kind));
        let typed = tagged(SEQUENCE, &[object(QC_TYPE), kinds].concat());
        let statements = [bare(QC_COMPLIANCE), bare(QC_DEVICE), typed].concat();
        vec![("1.3.6.1.5.5.7.1.3", tagged(SEQUENCE, &statements)), (POLICIES_DOTTED, policies(policy))]
    }
}

fn policies(policy: &[u8]) -> Vec<u8> {
    tagged(SEQUENCE, &tagged(SEQUENCE, &tagged(OBJECT, policy)))
}

fn says_policy(certificate: &[u8], wanted: &[u8]) -> bool {
    let policies = extension(certificate, POLICIES).and_then(|value| element(value, SEQUENCE));
    policies.is_some_and(|(policies, _)| {
        elements(policies)
            .any(|(_, policy)| element(policy, OBJECT).is_some_and(|(object, _)| object == wanted))
    })
}

/// The value of an extension: `Certificate.tbsCertificate.extensions [3]`, each with its identifier, maybe a flag, octets.
fn extension<'c>(certificate: &'c [u8], wanted: &[u8]) -> Option<&'c [u8]> {
    const EXTENSIONS: u8 = 0xa3;
    let (whole, _) = element(certificate, SEQUENCE)?;
    let (signed, _) = element(whole, SEQUENCE)?;
    let (_, list) = elements(signed).find(|(tag, _)| *tag == EXTENSIONS)?;
    let (list, _) = element(list, SEQUENCE)?;
    let (_, found) = elements(list)
        .find(|(_, extension)| element(extension, OBJECT).is_some_and(|(object, _)| object == wanted))?;
    elements(found).find(|(tag, _)| *tag == OCTETS).map(|(_, value)| value)
}
