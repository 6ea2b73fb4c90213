use super::refusal::Refusal;
use crate::contract::{Contract, TABLE};

/// Parameters of a path, decoded.
pub(super) type PathParameters = Vec<(&'static str, String)>;

/// Finds the operation of a path under `/v2`. Fixed words win over parameters.
pub(super) fn find(method: &str, path: &str) -> Result<(&'static Contract, PathParameters), Refusal> {
    let matching = TABLE.iter().filter_map(|contract| {
        let parameters = matched(contract.path, path)?;
        Some((parameters.len(), contract, parameters))
    });
    let mut matching: Vec<_> = matching.collect();
    matching.sort_by_key(|(fewest, ..)| *fewest);
    let Some(fewest) = matching.first().map(|(fewest, ..)| *fewest) else { return Err(Refusal::NoSuchPath) };
    let methods =
        matching.iter().filter(|(count, ..)| *count == fewest).map(|(_, contract, _)| contract.method);
    let methods: Vec<_> = methods.collect();
    matching
        .into_iter()
        .find(|(_, contract, _)| contract.method.as_str() == method)
        .map(|(_, contract, parameters)| (contract, parameters))
        .ok_or(Refusal::OtherMethods(methods))
}

fn matched(template: &'static str, path: &str) -> Option<PathParameters> {
    let (template, path): (Vec<&'static str>, Vec<&str>) =
        (template.split('/').collect(), path.split('/').collect());
    if template.len() != path.len() {
        return None;
    }
    let mut parameters = Vec::new();
    for (expected, found) in template.into_iter().zip(path) {
        match expected.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(_) if found.is_empty() => return None,
            Some(name) => parameters.push((name, decoded(found))),
            None if expected == found => {}
            None => return None,
        }
    }
    Some(parameters)
}

/// Percent-decoded; a plus is a plus in a path.
fn decoded(segment: &str) -> String {
    let protected = segment.replace('+', "%2B");
    url::form_urlencoded::parse(format!("x={protected}").as_bytes())
        .next()
        .map_or_else(String::new, |(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Operation;

    fn found(method: &str, path: &str) -> Option<Operation> {
        find(method, path).ok().map(|(contract, _)| contract.operation)
    }

    #[test]
    fn fixed_words_win() {
        let session = "20261121-SO-0123456789-ABCDEF0123-4E";
        assert_eq!(
            found("GET", &format!("/sessions/{session}/invoices/failed")),
            Some(Operation::SessionFailedInvoices)
        );
        assert_eq!(
            found("GET", &format!("/sessions/{session}/invoices/{session}")),
            Some(Operation::InvoiceStatus)
        );
        assert_eq!(found("DELETE", "/auth/sessions/current"), Some(Operation::EndCurrentSession));
        assert_eq!(found("GET", "/auth/sessions"), Some(Operation::ActiveSessions));
    }

    #[test]
    fn what_is_not_there() {
        assert!(matches!(find("GET", "/nothing"), Err(Refusal::NoSuchPath)));
        assert!(matches!(find("GET", "/auth/challenge/"), Err(Refusal::NoSuchPath)));
        assert!(matches!(find("PUT", "/auth/challenge"), Err(Refusal::OtherMethods(_))));
    }

    #[test]
    fn parameters_are_decoded() {
        assert_eq!(decoded("a%2Fb+c%20d"), "a/b+c d");
    }
}
