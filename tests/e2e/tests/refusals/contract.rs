//! The contract's own lists of refusals: each of them is one that the tests put on the screen.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::codes::{ALL, PLACES, Refusal};

use Refusal::{Exception, Forbidden, Http, Status, TooOften};

/// The operations of the contract, as the management names them.
const OPERATIONS: [(&str, &str, &str); 16] = [
    ("post", "/auth/challenge", "challenge"),
    ("post", "/auth/xades-signature", "authenticate-by-xades"),
    ("post", "/auth/ksef-token", "authenticate-by-token"),
    ("get", "/auth/{referenceNumber}", "authentication-status"),
    ("post", "/auth/token/redeem", "redeem"),
    ("post", "/auth/token/refresh", "refresh"),
    ("get", "/auth/sessions", "active-sessions"),
    ("delete", "/auth/sessions/current", "end-current-session"),
    ("delete", "/auth/sessions/{referenceNumber}", "end-session"),
    ("get", "/certificates/limits", "certificate-limits"),
    ("get", "/certificates/enrollments/data", "enrollment-data"),
    ("post", "/certificates/enrollments", "enroll"),
    ("get", "/certificates/enrollments/{referenceNumber}", "enrollment-status"),
    ("post", "/certificates/retrieve", "retrieve-certificates"),
    ("post", "/certificates/query", "query-certificates"),
    ("post", "/certificates/{certificateSerialNumber}/revoke", "revoke-certificate"),
];

#[expect(clippy::print_stdout, reason = "tests say when they are skipped")]
fn contract() -> Option<Value> {
    let Some(folder) = ksef_testkit::shared() else {
        println!("skipped: no ../shared/ksef");
        return None;
    };
    Some(serde_json::from_slice(&std::fs::read(folder.join("open-api.json")).unwrap()).unwrap())
}

fn shown() -> BTreeSet<Refusal> {
    ALL.into_iter().flatten().map(|(refusal, _)| *refusal).collect()
}

/// The rows of a table: their cells.
fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines()
        .filter(|line| line.contains('|'))
        .map(|line| line.split('|').skip(1).map(str::trim).collect())
}

/// The rows of a table that begin with a number, and their other cells.
fn numbered(text: &str) -> impl Iterator<Item = (u32, Vec<&str>)> {
    rows(text).filter_map(|cells| {
        let (first, others) = cells.split_first()?;
        Some((first.parse().ok()?, others.to_vec()))
    })
}

/// A status of the contract is shown where its code is, with its detail where it has one that tells it apart.
fn is_shown(code: u16, detail: &str, shown: &BTreeSet<Refusal>) -> bool {
    let beginning = detail.split('{').next().unwrap_or_default();
    shown.iter().any(|refusal| match refusal {
        // Without a detail of its own the simulator says the contract's.
        Status(found, "") => *found == code,
        Status(found, said) => *found == code && (beginning == "-" || said.starts_with(beginning)),
        _ => false,
    })
}

fn answers<'a>(contract: &'a Value, method: &str, path: &str) -> &'a Value {
    let answers = &contract["paths"][path][method]["responses"];
    assert!(answers.is_object(), "{method} {path}");
    answers
}

#[test]
fn every_operation_is_looked_at() {
    let Some(contract) = contract() else { return };
    let ours: BTreeSet<(&str, &str)> = OPERATIONS.iter().map(|(method, path, _)| (*method, *path)).collect();
    let paths = contract["paths"].as_object().unwrap().iter();
    let wanted = paths.filter(|(path, _)| path.starts_with("/auth/") || path.starts_with("/certificates/"));
    let published: BTreeSet<(&str, &str)> = wanted
        .flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().keys();
            methods.filter(|method| *method != "parameters").map(|method| (method.as_str(), path.as_str()))
        })
        .collect();
    assert_eq!(ours, published);
}

#[test]
fn every_code_is_shown() {
    let Some(contract) = contract() else { return };
    let shown = shown();
    let (mut missing, mut exceptions) = (Vec::new(), 0);
    for (method, path, operation) in OPERATIONS {
        let answers = answers(&contract, method, path);
        let refused = answers["400"]["description"].as_str().unwrap_or_default();
        let codes =
            numbered(refused).map(|(code, _)| Exception(operation, code)).inspect(|_| exceptions += 1);
        let gone = answers["410"].is_object().then_some(Http(operation, 410));
        missing.extend(
            codes.chain(gone).filter(|refusal| !shown.contains(refusal)).map(|one| format!("{one:?}")),
        );
    }
    assert!(exceptions > 25, "{exceptions}");
    let mut statuses = 0;
    for schema in ["AuthenticationOperationStatusResponse", "CertificateEnrollmentStatusResponse"] {
        let place = format!("/components/schemas/{schema}/properties/status/description");
        let table = contract.pointer(&place).and_then(Value::as_str).unwrap();
        for (code, cells) in numbered(table).filter(|(code, _)| *code >= 400) {
            statuses += 1;
            let (code, detail) = (u16::try_from(code).unwrap(), cells[1]);
            if !is_shown(code, detail, &shown) {
                missing.push(format!("{schema} {code} {detail}"));
            }
        }
    }
    assert!(statuses > 20, "{statuses}");
    assert!(missing.is_empty(), "not shown: {missing:#?}");
}

/// `missing-permissions` and the like.
fn reasons(contract: &Value) -> BTreeSet<&str> {
    let place = "/components/schemas/ForbiddenProblemDetails/properties/reasonCode/description";
    let table = contract.pointer(place).and_then(Value::as_str).unwrap();
    let code = |cell: &&str| cell.contains('-') && cell.bytes().any(|byte| byte.is_ascii_lowercase());
    rows(table).filter_map(|cells| cells.first().copied()).filter(code).collect()
}

#[test]
fn every_reason_of_403_is_shown_at_each_place() {
    let Some(contract) = contract() else { return };
    let (shown, reasons) = (shown(), reasons(&contract));
    assert!(reasons.len() >= 6, "{reasons:?}");
    let mut missing = Vec::new();
    for (place, operations) in PLACES {
        let here = |one: &&Refusal| one.operation().is_some_and(|of| operations.contains(&of));
        let here: Vec<Refusal> = shown.iter().filter(here).copied().collect();
        let mut seen = |what: &str, found: &dyn Fn(&Refusal) -> bool| {
            missing.extend((!here.iter().any(found)).then(|| format!("{place}: {what}")));
        };
        for reason in &reasons {
            seen(reason, &|one| matches!(one, Forbidden(_, why) if why == reason));
        }
        seen("429", &|one| matches!(one, TooOften(_)));
        seen("5xx", &|one| matches!(one, Http(_, 500..)));
    }
    assert!(missing.is_empty(), "not shown: {missing:#?}");
}

#[test]
fn every_operation_that_may_be_forbidden_is() {
    let Some(contract) = contract() else { return };
    let shown = shown();
    let (mut missing, mut seen) = (Vec::new(), 0);
    for (method, path, operation) in OPERATIONS {
        let answers = answers(&contract, method, path);
        let forbidden = shown.iter().any(|one| matches!(one, Forbidden(of, _) if *of == operation));
        for (status, found) in [("403", forbidden), ("401", shown.contains(&Http(operation, 401)))] {
            if answers[status].is_object() {
                seen += 1;
                missing.extend((!found).then(|| format!("{operation} {status}")));
            }
        }
    }
    assert!(seen >= 26, "{seen}");
    assert!(missing.is_empty(), "not shown: {missing:#?}");
}
