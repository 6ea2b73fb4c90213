use std::ops::Deref;

/// What KSeF answered, and the warnings that came with it.
///
/// Fields of the value are reached directly; [`Answer::into_value`] takes it out.
#[derive(Debug, Clone)]
pub struct Answer<T> {
    value: T,
    warnings: Vec<SystemWarning>,
}

/// A part of the header `X-System-Warning`; it does not change the result. Source: OpenAPI `SystemWarning`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemWarning {
    /// Such as `sig-001`; empty where the header did not have the published form.
    pub code: String,
    /// KSeF's words, without Polish letters (KSeF folds them away).
    pub message: String,
}

impl<T> Answer<T> {
    pub(crate) const fn new(value: T, warnings: Vec<SystemWarning>) -> Self {
        Self { value, warnings }
    }

    /// What came in `X-System-Warning`.
    #[must_use]
    pub fn warnings(&self) -> &[SystemWarning] {
        &self.warnings
    }

    /// The value alone.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// Another value with the same warnings.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Answer<U> {
        Answer { value: change(self.value), warnings: self.warnings }
    }
}

impl<T> Deref for Answer<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl SystemWarning {
    /// Reads `[code]: message | [code]: message`.
    pub(crate) fn parse_all(header: &str) -> Vec<Self> {
        header.split('|').map(str::trim).filter(|part| !part.is_empty()).map(Self::parse).collect()
    }

    fn parse(part: &str) -> Self {
        let published = part.strip_prefix('[').and_then(|rest| rest.split_once("]:"));
        let (code, message) = published.unwrap_or(("", part));
        Self { code: code.to_owned(), message: message.trim().to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_warnings_in_one_header() {
        let warnings = SystemWarning::parse_all("[sig-001]: Podpis poza profilem | [x]: inne|bez kodu");
        let shown: Vec<(&str, &str)> =
            warnings.iter().map(|warning| (warning.code.as_str(), warning.message.as_str())).collect();
        assert_eq!(shown, [("sig-001", "Podpis poza profilem"), ("x", "inne"), ("", "bez kodu")]);
    }
}
