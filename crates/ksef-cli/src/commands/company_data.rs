//! What invoices take from the company: its name, address, accounts …

use ksef_commands::draft::{AccountDraft, ContactDraft, SellerProfile};
use ksef_commands::invoice_json;
use ksef_commands::views::Scope;
use ksef_commands::{App, Problem};
use serde_json::json;

use super::invoice::{json_of, nip_of, refused, tell_finding};
use crate::arguments::CompanyData;
use crate::exit::Ending;
use crate::output;
use crate::terminal::Terminal;

/// Shows the data; where any are named, keeps those first. Nothing wrong is kept.
pub(crate) async fn run(terminal: &Terminal, app: &App, data: &CompanyData) -> Result<Ending, Problem> {
    let scope = terminal.scope(app).await?;
    let mut profile = app.seller_profile(&scope.nip).await?;
    if *data == CompanyData::default() {
        show(terminal, &scope, &profile);
        return Ok(Ending::Done);
    }
    if let Some(file) = &data.from {
        let nip = nip_of(&scope)?;
        profile = match json_of(terminal, file, |bytes| invoice_json::read_profile(bytes, nip, &profile)) {
            Ok(profile) => profile,
            Err(ending) => return Ok(ending),
        };
    }
    lay_over(&mut profile, data);
    let findings = app.check_seller_profile(&scope.nip, profile.clone()).await?;
    if findings.iter().any(|finding| finding.error) {
        return Ok(refused(terminal, &findings, Ending::Refused));
    }
    findings.iter().for_each(|finding| tell_finding(terminal, finding));
    app.save_seller_profile(&scope.nip, profile.clone()).await?;
    show(terminal, &scope, &profile);
    Ok(Ending::Done)
}

/// What was typed; the account and the contact are the first ones.
fn lay_over(profile: &mut SellerProfile, data: &CompanyData) {
    let put = |field: &mut String, typed: &Option<String>| {
        if let Some(text) = typed {
            text.trim().clone_into(field);
        }
    };
    put(&mut profile.name, &data.name);
    put(&mut profile.address.line1, &data.address);
    put(&mut profile.address.line2, &data.address2);
    put(&mut profile.address.country, &data.country);
    put(&mut profile.issue_place, &data.place);
    put(&mut profile.payment_days, &data.payment_days);
    if [&data.account, &data.bank, &data.swift].into_iter().any(Option::is_some) {
        let mut account = profile.accounts.first().cloned().unwrap_or_default();
        put(&mut account.number, &data.account);
        put(&mut account.bank, &data.bank);
        put(&mut account.swift, &data.swift);
        put_first(&mut profile.accounts, account, &AccountDraft::default());
    }
    if data.email.is_some() || data.phone.is_some() {
        let mut contact = profile.contacts.first().cloned().unwrap_or_default();
        put(&mut contact.email, &data.email);
        put(&mut contact.phone, &data.phone);
        put_first(&mut profile.contacts, contact, &ContactDraft::default());
    }
}

/// One in which nothing is left goes.
fn put_first<T: PartialEq>(list: &mut Vec<T>, first: T, nothing: &T) {
    let rest = list.drain(..).skip(1).collect::<Vec<_>>();
    list.extend(Some(first).filter(|first| first != nothing));
    list.extend(rest);
}

fn show(terminal: &Terminal, scope: &Scope, profile: &SellerProfile) {
    terminal.answer(&json!({ "nip": scope.nip, "data": profile }));
    let or_dash = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
    terminal.say(format!("{}  {}", output::nip(&scope.nip), or_dash(&profile.name)));
    let address = &profile.address;
    terminal.say(format!("    {}", or_dash(&joined(&[&address.line1, &address.line2, &address.country]))));
    for account in &profile.accounts {
        terminal.say(format!("    {}", joined(&[&account.number, &account.bank, &account.swift])));
    }
    for contact in &profile.contacts {
        terminal.say(format!("    {}", joined(&[&contact.email, &contact.phone])));
    }
    let number = [
        ("cli.company.data.place", &profile.issue_place),
        ("cli.company.data.payment_days", &profile.payment_days),
    ];
    for (key, text) in number.into_iter().filter(|(_, text)| !text.is_empty()) {
        terminal.say(format!("    {}: {text}", terminal.word(key)));
    }
}

fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ")
}
