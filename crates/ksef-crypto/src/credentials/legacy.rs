#[derive(Debug, Clone)]
pub(super) struct LegacyProtection;
