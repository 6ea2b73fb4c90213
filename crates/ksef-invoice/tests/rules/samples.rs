//! The ministry's samples: none has an error, and each warning is right.

use chrono::NaiveDate;
use ksef_invoice::{CheckOptions, FindingCode, Severity, check, summary};
use ksef_types::Environment;

/// What is wrong with the samples, and why that is right to say.
const KNOWN: &[FindingCode] = &[
    // Numbers of 2023 such as 9999999999-20230908-8BEF280C8D35-4D are made up: their CRC-8 does not match.
    FindingCode::KsefNumberChecksum,
    // 999999999 is a placeholder: the check digit of 99999999 is 0.
    FindingCode::RegonCheckDigit,
    // The GLN is "a".
    FindingCode::GlnCheckDigit,
    // FA_3_Przyklad_24 has an attachment.
    FindingCode::AttachmentNeedsBatch,
];

#[test]
fn no_sample_has_an_error_and_each_warning_is_known() {
    let Some(shared) = ksef_testkit::shared() else {
        return println!("skipped: no samples beside the repository");
    };
    let options = CheckOptions::new(NaiveDate::MAX, Environment::Production);
    let mut samples = 0;
    for entry in std::fs::read_dir(shared.join("samples/fa3")).unwrap() {
        let path = entry.unwrap().path();
        samples += 1;
        let bytes = std::fs::read(&path).unwrap();
        let report = check(&bytes, &options);
        assert_eq!(report.summary, summary(&bytes).ok(), "{path:?}: read in two ways");
        for finding in report.findings {
            // Production checks NIPs, and 9999999999 is one by its check digit.
            assert_eq!(finding.severity, Severity::Warning, "{path:?}: {finding:?}");
            assert!(KNOWN.contains(&finding.code), "{path:?}: {finding:?}");
        }
    }
    assert!(samples >= 20, "{samples} samples");
}
