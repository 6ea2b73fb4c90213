//! Each note of what integrators met, with what makes the simulator behave so and the test that shows it.

use std::path::Path;

use ksef_sim::Quirk;

/// How the simulator does what a note says.
enum How {
    /// By these quirks, switched on.
    Quirks(&'static [Quirk]),
    /// Always: the real service does it always.
    Always,
    /// By asking the management for it.
    Management(&'static str),
}

use How::{Always, Management, Quirks};

/// Number of the note, how, and the test, as `module::function` of this folder.
const NOTES: [(u8, How, &str); 32] = [
    (
        1,
        Quirks(&[Quirk::CloseAnswers502ThoughDone, Quirk::CloseIsLost]),
        "quirks::closing_answers_502_though_done",
    ),
    (
        1,
        Quirks(&[Quirk::CloseAnswers502ThoughDone, Quirk::CloseIsLost]),
        "quirks::closing_a_batch_answers_502_though_done_or_lost",
    ),
    (2, Quirks(&[Quirk::InvoicesStayAt150]), "quirks::invoices_stay_at_150"),
    (2, Quirks(&[Quirk::ClosedBatchStaysAt100]), "quirks::a_closed_batch_stays_at_100_and_is_accepted_later"),
    (3, Quirks(&[Quirk::DuplicateNamesItsOwnSession]), "quirks::a_duplicate_in_a_batch_names_the_batch"),
    (
        4,
        Quirks(&[Quirk::PermanentStorageDateMissing, Quirk::PermanentStorageDateEarly]),
        "quirks::dates_of_permanent_storage",
    ),
    (5, Always, "sending::a_key_wrapped_wrongly_ends_the_session_with_415"),
    (6, Quirks(&[Quirk::InvoiceNotYetAvailable]), "quirks::dates_of_permanent_storage"),
    (7, Quirks(&[Quirk::DocumentBelowTheMark]), "quirks::a_document_appears_below_the_mark"),
    (8, Quirks(&[Quirk::UnknownFields]), "quirks::unknown_fields_everywhere"),
    (8, Quirks(&[Quirk::OneRoleAnswers500]), "quirks::one_role_cannot_be_exported_while_the_others_can"),
    (9, Quirks(&[Quirk::LongRangeAnswers500]), "metadata::ranges"),
    (10, Quirks(&[Quirk::ContinuationTokenRefused]), "quirks::a_listing_has_to_begin_again"),
    (11, Always, "login::the_time_has_digits_that_must_not_be_rounded"),
    (12, Quirks(&[Quirk::FreshOperationNotFound]), "quirks::a_fresh_operation_is_not_found_for_a_moment"),
    (13, Quirks(&[Quirk::RefreshAnswers21304]), "login::ending_a_session_ends_its_refresh_token_only"),
    (14, Quirks(&[Quirk::ShieldBlocks, Quirk::ShieldAnswersHtml]), "quirks::the_shield"),
    (15, Always, "quirks::access_tokens_say_what_was_seen"),
    (16, Always, "quirks::a_token_of_another_environment"),
    (16, Always, "certificates::what_does_not_authenticate"),
    (17, Quirks(&[Quirk::RsaPssRefused]), "certificates::pss_can_be_refused_though_it_is_listed"),
    (
        18,
        Quirks(&[Quirk::SignatureWarning]),
        "certificates::a_signature_outside_the_profiles_is_refused_or_warned_about",
    ),
    (19, Always, "management::a_certificate_file_is_encrypted_with_the_password"),
    (20, Management("damage of a certificate"), "quirks::key_files_that_a_right_password_does_not_open"),
    (21, Always, "enrollment::limits_of_an_owner"),
    (22, Always, "qr::kod_2_that_is_refused"),
    (23, Always, "qr::kod_2_that_is_refused"),
    (24, Always, "qr::kod_2_in_each_way_of_signing"),
    (25, Management("revocation of a certificate"), "qr::kod_2_of_certificates_that_are_not_good"),
    (26, Quirks(&[Quirk::BudgetHalfEaten]), "limits::others_of_the_office_eat_the_budget"),
    (26, Quirks(&[Quirk::NoRetryAfter]), "quirks::retry_after_may_be_missing"),
    (26, Management("budget/spend"), "limits::others_of_the_office_eat_the_budget"),
];

#[test]
fn each_note_has_a_test_and_each_quirk_a_note() {
    for number in 1..=26 {
        assert!(NOTES.iter().any(|(note, ..)| *note == number), "note {number}");
    }
    for quirk in Quirk::ALL {
        let named = |how: &How| matches!(how, Quirks(quirks) if quirks.contains(&quirk));
        assert!(NOTES.iter().any(|(_, how, _)| named(how)), "{quirk:?}");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/http");
    for (note, how, test) in &NOTES {
        let (module, function) = test.split_once("::").unwrap();
        let source = std::fs::read_to_string(folder.join(format!("{module}.rs"))).unwrap();
        let start =
            source.find(&format!("#[test]\nfn {function}()")).unwrap_or_else(|| panic!("{note}: {test}"));
        let end = source[start..].find("\n}\n").unwrap();
        let body = &source[start..start + end];
        match how {
            Quirks(quirks) => {
                let used = |quirk: &Quirk| body.contains(&format!("Quirk::{quirk:?}"));
                assert!(quirks.iter().all(used), "{test} does not switch its quirks on");
            }
            Management(what) => assert!(!what.is_empty()),
            Always => {}
        }
    }
}

/// The README lists the notes for people who start the simulator.
#[test]
fn the_readme_lists_every_quirk_with_its_note() {
    let readme = include_str!("../../README.md");
    for (note, how, _) in &NOTES {
        let Quirks(quirks) = how else { continue };
        for quirk in *quirks {
            let name = serde_json::to_value(quirk).unwrap();
            let name = name.as_str().unwrap();
            let line = readme
                .lines()
                .find(|line| line.contains(&format!("`{name}`")))
                .unwrap_or_else(|| panic!("{name}"));
            assert!(line.starts_with(&format!("| {note} |")), "{name} belongs to note {note}: {line}");
        }
    }
}
