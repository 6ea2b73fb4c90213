//! What must hold for any bytes. The fuzz targets run these, and so does a test over the corpus.

use chrono::NaiveDate;
use ksef_invoice::{CheckOptions, Finding, check, fa3, summary, upo, validate_structure, view};
use ksef_types::Environment;

/// A target.
pub(crate) type Body = fn(&[u8]);

/// All targets by their names.
pub(crate) const ALL: [(&str, Body); 4] =
    [("read_fa3", read_fa3), ("validate_fa3", validate_fa3), ("view_any", view_any), ("read_upo", read_upo)];

/// What the schema accepts is read; what is read is written so that it is read again as the same, byte for byte, and
/// comes through JSON.
pub(crate) fn read_fa3(bytes: &[u8]) {
    let read = fa3::read(bytes);
    if validate_structure(bytes).is_empty() {
        assert!(read.is_ok(), "accepted by the schema and not read: {read:?}");
    }
    let faktura = match read {
        Ok(faktura) => faktura,
        Err(error) => return assert!(error.line > 0 && error.column > 0 && !error.to_string().is_empty()),
    };
    let written = fa3::write(&faktura);
    let again = fa3::read(&written);
    assert_eq!(again.as_ref(), Ok(&faktura), "another invoice after writing");
    assert_eq!(again.map(|again| fa3::write(&again)), Ok(written), "other bytes the second time");
    let json = serde_json::to_string(&faktura);
    let from_json = json.and_then(|json| serde_json::from_str::<fa3::Faktura>(&json));
    assert!(from_json.is_ok_and(|from_json| from_json == faktura), "another invoice after JSON");
}

/// The validator ends with a bounded number of findings, each with a place and sentences.
pub(crate) fn validate_fa3(bytes: &[u8]) {
    let structure = validate_structure(bytes);
    let report = check(bytes, &CheckOptions::new(NaiveDate::MIN, Environment::Production));
    for findings in [&structure, &report.findings] {
        assert!(findings.len() <= 200, "{} findings", findings.len());
        findings.iter().for_each(sensible);
    }
}

fn sensible(finding: &Finding) {
    assert!(!finding.message_pl().is_empty() && !finding.message_en().is_empty());
    assert!(finding.message_pl().len() < 4000 && finding.message_en().len() < 4000);
    if let Some(place) = &finding.place {
        assert!(place.line > 0 && place.column > 0);
    }
}

/// What can be read can be shown.
pub(crate) fn view_any(bytes: &[u8]) {
    let shown = view::view(bytes);
    if fa3::read(bytes).is_ok() {
        assert!(shown.is_ok_and(|sheet| sheet.form == "FA(3)"));
    }
    let _ = summary(bytes);
}

/// A confirmation is one or is refused.
pub(crate) fn read_upo(bytes: &[u8]) {
    if let Ok(upo) = upo::read(bytes) {
        assert!(!upo.documents.is_empty());
    }
}
