//! The life of credentials in the terminal: each command as a process, against a simulator in another one. The keychain is
//! one for all tests: each has companies of its own.
#![expect(clippy::unwrap_used, clippy::panic, reason = "what fails must stop the test")]
#![expect(clippy::print_stdout, reason = "tests say when they are skipped")]

#[path = "../common/mod.rs"]
mod common;
mod desk;

use desk::{Desk, PASSWORD};
use ksef_commands::catalogue::text;
use ksef_commands::views::Language;
use ksef_testkit::nip;
use serde_json::{Value, json};

fn words(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect()
}

/// The one row of a list for which it holds.
fn only(list: &Value, wanted: impl Fn(&Value) -> bool) -> &Value {
    let found: Vec<_> = list.as_array().unwrap().iter().filter(|row| wanted(row)).collect();
    assert_eq!(found.len(), 1, "{list}");
    found[0]
}

/// The checks of the doctor that came out so, with the codes of their problems.
fn checks(report: &Value, outcome: &str) -> Vec<(String, String)> {
    let items = report["items"].as_array().unwrap().iter().filter(|item| item["outcome"] == outcome);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    items.map(|item| (text(&item["check"]), text(&item["problem"]["code"]))).collect()
}

#[test]
fn the_doctor_tells_what_is_wrong_and_what_is_right() {
    let Some(desk) = Desk::open() else { return };
    let nip = nip(811_000_001);
    assert_eq!(desk.refused(2, &["doctor"]), "cli.noCompany");
    desk.add_company(&nip, "Zakład Usług Żółć");
    let (code, report) = desk.json(&["doctor"]);
    assert_eq!((code, &report["passed"]), (1, &json!(false)));
    assert_eq!(checks(&report, "failed"), [("present".to_owned(), "credential.missing".to_owned())]);

    let serial = desk.import_seal(&nip, "Authentication");
    let report = desk.answer(&["doctor"]);
    assert_eq!((&report["passed"], checks(&report, "failed")), (&json!(true), vec![]));
    let passed: Vec<String> = checks(&report, "passed").into_iter().map(|(check, _)| check).collect();
    for check in ["keychain", "present", "pair", "network", "login", "issuePermission", "readPermission"] {
        assert!(passed.iter().any(|one| one == check), "{check}: {passed:?}");
    }
    let [polish, english] = desk.both(&["doctor"]);
    for (told, language) in [(&polish, Language::Pl), (&english, Language::En)] {
        let line = format!("✓ {}", text("doctor.login", language));
        assert!(told.out.contains(&line), "{line}: {told:?}");
        assert!(!told.out.contains('✗') && !told.out.contains("doctor."), "{told:?}");
    }

    let (code, report) = desk.json(&["doctor", "--offline"]);
    assert_eq!((code, checks(&report, "failed").len()), (1, 1), "{report}");
    assert_eq!(checks(&report, "failed")[0].0, "offline");
    desk.import_seal(&nip, "Offline");
    desk.answer(&["doctor", "--offline"]);
    let check = desk.answer(&["credential", "check"]);
    assert_eq!(check["passed"], true, "{check}");
    assert_eq!(desk.ksef(&["doctor", "--read-only"]).code, 0);

    let connected = desk.answer(&["check"]);
    assert_eq!(connected["company"], nip.as_str(), "{connected}");
    desk.ministry.revoke_certificate(&serial);
    let (code, report) = desk.json(&["doctor"]);
    assert_eq!(code, 1);
    let failed = checks(&report, "failed");
    assert!(failed.iter().any(|(_, code)| code == "ksef.auth460.revoked"), "{failed:?}");
    let told = desk.ksef(&["check"]);
    assert_eq!(told.code, 1);
    assert!(told.err.contains("[ksef.auth460.revoked"), "{told:?}");
    desk.wrote_no_secret();
}

#[test]
fn certificates_are_listed_renewed_and_removed() {
    let Some(desk) = Desk::open() else { return };
    let nip = nip(812_000_001);
    desk.add_company(&nip, "Zakład Usług Żółć");
    let old = desk.import_seal(&nip, "Authentication");
    let held = |view: &Value| {
        let of = |row: &&Value| row["held"] == true && row["kind"] == "authentication";
        let row = view["rows"].as_array().unwrap().iter().find(of).unwrap_or_else(|| panic!("{view}"));
        (row["identifier"].as_str().unwrap().to_owned(), row["state"].as_str().unwrap().to_owned())
    };
    let view = desk.answer(&["certificates", "list"]);
    assert_eq!((held(&view).0, &view["askedAt"]), (old.clone(), &Value::Null));
    let view = desk.answer(&["certificates", "list", "--ask"]);
    assert_eq!(held(&view), (old.clone(), "active".to_owned()));
    let told = desk.ksef(&["certificates", "list"]);
    assert!(told.out.contains(&old) && told.out.contains('●'), "{told:?}");

    let renewed = desk.answer(&["certificates", "renew", "authentication"]);
    assert_eq!((&renewed["step"], &renewed["problem"]), (&json!("done"), &Value::Null), "{renewed}");
    let new = renewed["serial"].as_str().unwrap().to_owned();
    assert_ne!(new, old);
    // The old one is in the list still: nobody revoked it.
    let view = desk.answer(&["certificates", "list", "--ask"]);
    assert_eq!(held(&view), (new.clone(), "active".to_owned()));
    only(&view["rows"], |row| row["identifier"] == old.as_str() && row["state"] == "active");
    desk.answer(&["check"]);
    let told = desk.ksef(&["certificates", "renew", "authentication"]);
    assert_eq!(told.code, 0, "{told:?}");
    assert!(told.out.starts_with("✓ ") && !told.out.contains(&new), "{told:?}");

    assert_eq!(desk.refused(1, &["certificates", "renew", "offline"]), "enrolment.nothingToRenew");
    assert_eq!(desk.refused(2, &["credential", "remove", "authentication"]), "cli.notConfirmed");
    desk.answer(&["credential", "remove", "authentication", "--yes"]);
    let (code, refused) = desk.json(&["check"]);
    assert_eq!((code, &refused["problem"]["code"]), (1, &json!("credential.none")), "{refused}");
    desk.wrote_no_secret();
}

#[test]
fn tokens_are_made_shown_once_kept_and_revoked() {
    let Some(desk) = Desk::open() else { return };
    let nip = nip(813_000_001);
    desk.add_company(&nip, "Zakład Usług Żółć");
    desk.import_seal(&nip, "Authentication");
    let new = ["tokens", "new", "--description", "Program magazynowy", "--permission", "InvoiceRead"];
    let made = desk.answer(&new);
    let (number, token) = (made["referenceNumber"].as_str().unwrap(), made["text"].as_str().unwrap());
    assert!(token.contains(&format!("|nip-{nip}|")), "the text of a token");
    // Shown once: no list has it.
    desk.keep_secret(token.rsplit('|').next().unwrap());
    let rows = desk.answer(&["tokens", "list"]);
    let row = only(&rows, |row| row["referenceNumber"] == number);
    assert_eq!((&row["state"], &row["held"]), (&json!("active"), &json!(false)), "{row}");
    assert_eq!(words(&row["permissions"]), ["InvoiceRead"]);

    let kept = desk.answer(&[&new[..], &["--permission", "InvoiceWrite", "--keep"]].concat());
    assert_eq!((&kept["text"], &kept["keptFor"]), (&Value::Null, &json!(nip)), "{kept}");
    let own = kept["referenceNumber"].as_str().unwrap();
    let rows = desk.answer(&["tokens", "list"]);
    assert_eq!(only(&rows, |row| row["held"] == true)["referenceNumber"], own);
    let told = desk.ksef(&["tokens", "list"]);
    assert!(told.out.contains("Program magazynowy") && told.out.contains('●'), "{told:?}");
    // For a person: the text alone on the standard output, everything else beside it.
    let told = desk.ksef(&new);
    assert_eq!((told.code, told.out.lines().count()), (0, 1), "one line");
    assert!(told.err.starts_with("✓ ") && !told.err.contains(told.out.trim()), "{}", told.err);
    desk.keep_secret(told.out.trim().rsplit('|').next().unwrap());

    let short = ["tokens", "new", "--description", "abc", "--permission", "InvoiceRead"];
    assert_eq!(desk.refused(1, &short), "permission.tooShort");
    let unknown = ["tokens", "new", "--description", "Program magazynowy", "--permission", "Wszystko"];
    assert_eq!(desk.refused(1, &unknown), "permission.unknown");
    assert_eq!(desk.refused(2, &["tokens", "revoke", number]), "cli.notConfirmed");
    let revoked = desk.answer(&["tokens", "revoke", number, "--yes"]);
    assert!(["revoking", "revoked"].contains(&revoked["state"].as_str().unwrap()), "{revoked}");
    let rows = desk.answer(&["tokens", "list"]);
    assert_ne!(only(&rows, |row| row["referenceNumber"] == number)["state"], "active");

    // The kept one works by itself.
    desk.answer(&["credential", "remove", "authentication", "--yes"]);
    let connected = desk.answer(&["check"]);
    assert_eq!(connected["method"], "token", "{connected}");
    desk.wrote_no_secret();
}

#[test]
fn permissions_are_told_granted_and_revoked() {
    let Some(desk) = Desk::open() else { return };
    let (own, office) = (nip(814_000_001), nip(814_500_001));
    desk.add_company(&own, "Zakład Usług Żółć");
    desk.import_seal(&own, "Authentication");
    for list in [
        "people",
        "granted-here",
        "from-firms",
        "authorizations-given",
        "authorizations-received",
        "subunits",
        "eu-entities",
    ] {
        assert_eq!(desk.answer(&["permissions", "list", list]), json!([]), "{list}");
    }
    let mine = desk.answer(&["permissions", "list", "mine"]);
    only(&mine, |row| row["permission"] == "InvoiceWrite");
    let [polish, english] = desk.both(&["permissions", "list", "mine"]);
    assert!(polish.out.contains("Możesz wystawiać faktury"), "{polish:?}");
    assert!(english.out.contains("You may issue invoices"), "{english:?}");

    let grant = ["permissions", "grant-accountant", &office, "--name", "Biuro ABC"];
    assert_eq!(desk.refused(2, &grant), "cli.notConfirmed");
    let told = desk.ksef(&[&grant[..], &["--yes"]].concat());
    assert_eq!(told.code, 0, "{told:?}");
    let sentence = "Biuro ABC może przeglądać i wystawiać faktury i przekazać te prawa dalej";
    assert_eq!(told.out.trim(), format!("✓ {sentence}"));
    let itself = ["permissions", "grant-accountant", &own, "--yes"];
    assert_eq!(desk.refused(1, &itself), "permission.ownCompany");
    desk.ministry.end_next("permission", 430, None);
    let (code, refused) = desk.json(&[&grant[..], &["--yes"]].concat());
    assert_eq!((code, &refused["problem"]["code"]), (1, &json!("permission.operation430")), "{refused}");

    let people = desk.answer(&["permissions", "list"]);
    assert_eq!(people.as_array().unwrap().len(), 2, "{people}");
    let told = desk.ksef(&["permissions", "list", "people"]);
    assert!(told.out.contains("Biuro ABC może wystawiać faktury i przekazać to prawo dalej"), "{told:?}");
    for row in people.as_array().unwrap() {
        let id = row["id"].as_str().unwrap();
        assert!(told.out.contains(id), "{told:?}");
        assert_eq!(desk.refused(2, &["permissions", "revoke", id]), "cli.notConfirmed");
        assert_eq!(desk.answer(&["permissions", "revoke", id, "--yes"])["state"], "done");
    }
    assert_eq!(desk.answer(&["permissions", "list"]), json!([]));
    let id = people[0]["id"].as_str().unwrap();
    let (code, gone) = desk.json(&["permissions", "revoke", id, "--authorization", "--yes"]);
    assert_eq!((code, &gone["problem"]["code"]), (1, &json!("permission.operation400")), "{gone}");
    desk.wrote_no_secret();
}

#[test]
fn many_companies_come_from_a_list_and_one_from_its_token() {
    let Some(desk) = Desk::open() else { return };
    let (office, pasted, pesel) = (nip(815_000_001), nip(815_600_001), "44051401359");
    let clients: Vec<String> = (0..3).map(|number| nip(815_500_000 + 20 * number)).collect();
    desk.add_company(&office, "Biuro rachunkowe Żółć");
    let owner = desk.ministry.make_owner(pesel, &office, PASSWORD);
    for client in &clients {
        desk.ministry.make_company(client, "Klient");
    }
    for client in &clients[..2] {
        desk.ministry.grant(pesel, client, &["InvoiceRead"]);
    }
    desk.import(&office, &owner);

    let lines = [&clients[..], &["Kowalski i syn".to_owned()]].concat().join("\n");
    let list = desk.file("klienci.txt", &lines);
    assert_eq!(desk.refused(2, &["company", "add-many", &list]), "cli.notConfirmed");
    let (code, added) = desk.json(&["company", "add-many", &list, "--yes"]);
    // The third client forgot to let the bookkeeper in.
    assert_eq!((code, &added["running"]), (1, &json!(false)), "{added}");
    for client in &clients[..2] {
        let row = only(&added["rows"], |row| row["nip"] == client.as_str());
        assert_eq!((&row["state"], words(&row["permissions"])), (&json!("added"), vec!["InvoiceRead"]));
    }
    let refused = only(&added["rows"], |row| row["state"] == "refused");
    assert_eq!((&refused["nip"], &refused["problem"]["code"]), (&json!(clients[2]), &json!("ksef.auth415")));
    let companies = desk.answer(&["companies", "list"]);
    assert!(companies.as_array().unwrap().len() >= 3, "{companies}");
    assert_eq!(desk.refused(2, &["doctor"]), "cli.whichCompany");
    desk.answer(&["--company", &clients[0], "doctor", "--read-only"]);
    assert_eq!(
        desk.refused(3, &["--company", &office, "company", "add-many", "nie ma.txt"]),
        "file.notFound"
    );

    desk.ministry.make_company(&pasted, "Wklejona");
    let token = desk.ministry.make_token(&pasted);
    desk.keep_secret(token.rsplit('|').next().unwrap());
    let add = ["--json", "--environment", "sandbox", "company", "add-pasted", "--name", "Wklejona"];
    let told = desk.given(&add, &token);
    assert_eq!(told.code, 0, "{told:?}");
    assert_eq!(serde_json::from_str::<Value>(&told.out).unwrap()["nip"], pasted.as_str());
    let connected = desk.answer(&["--company", &pasted, "check"]);
    assert_eq!(connected["method"], "token", "{connected}");
    let nothing = desk.given(&add[1..], "to nie jest token");
    assert_eq!(nothing.code, 1, "{nothing:?}");
    desk.answer(&["company", "remove", &pasted, "--yes"]);
    desk.wrote_no_secret();
}

#[test]
fn the_journal_is_read_saved_and_its_chain_looked_at() {
    let Some(desk) = Desk::open() else { return };
    let nip = nip(816_000_001);
    desk.add_company(&nip, "Zakład Usług Żółć");
    desk.import_seal(&nip, "Authentication");
    desk.answer(&["tokens", "new", "--description", "Do dziennika", "--permission", "InvoiceRead", "--keep"]);
    let page = desk.answer(&["journal"]);
    assert_eq!(page["brokenAt"], Value::Null, "{page}");
    let rows = page["rows"].as_array().unwrap();
    let acts: Vec<&str> = rows.iter().map(|row| row["act"].as_str().unwrap()).collect();
    for act in ["companyAdded", "tokenMade"] {
        assert!(acts.contains(&act), "{acts:?}");
    }
    let all = desk.answer(&["journal", "--all"]);
    assert_eq!((&all["rows"].as_array().unwrap().len(), &all["next"]), (&rows.len(), &Value::Null));
    let [polish, english] = desk.both(&["journal"]);
    for (told, language) in [(&polish, Language::Pl), (&english, Language::En)] {
        assert!(told.out.contains(&text("journal.companyAdded", language)), "{told:?}");
        assert!(!told.out.contains("journal."), "{told:?}");
        assert_eq!(told.out.lines().count(), rows.len());
    }
    let saved = desk.path("dziennik.csv");
    let path = saved.display().to_string();
    assert_eq!(desk.answer(&["journal", "--save", &path])["saved"], path.as_str());
    let table = std::fs::read_to_string(&saved).unwrap();
    for row in rows {
        assert!(table.contains(row["hash"].as_str().unwrap()), "{table}");
    }
    assert!(!table.contains(PASSWORD));
    let nowhere = desk.path("nie ma").join("dziennik.csv").display().to_string();
    assert_eq!(desk.refused(3, &["journal", "--save", &nowhere]), "journal.notSaved");
    desk.wrote_no_secret();
}
