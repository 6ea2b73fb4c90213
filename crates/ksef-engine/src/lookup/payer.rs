use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use ksef_api::{Confirmed, PublicServiceError, VatStatus, WhiteList, WhiteListMethod};
use ksef_archive::PayerAnswer;
use ksef_types::{Environment, Nip, warsaw_date};

use super::LookupFailure;
use super::services::client;
use crate::Engine;

/// A VAT payer as the white list has it. Of whom it is, a log never says.
#[derive(Clone, PartialEq, Eq)]
pub struct Payer {
    /// NIP.
    pub nip: Nip,
    /// For which day the list was asked.
    pub on: NaiveDate,
    /// Firm, or given name and surname; as the register has it, in capitals often.
    pub name: String,
    /// What it was on that day.
    pub status: PayerStatus,
    /// REGON, 9 or 14 digits.
    pub regon: Option<String>,
    /// KRS, 10 digits.
    pub krs: Option<String>,
    /// Where it works or, for a person without a place of business, lives.
    pub address: Option<String>,
    /// The reported accounts, 26 digits each.
    pub accounts: Vec<String>,
    /// Whether it has virtual accounts, too, which the list does not name.
    pub has_virtual_accounts: bool,
    /// When it was removed from the register.
    pub removed_on: Option<NaiveDate>,
    /// The key of the inquiry: the proof that it was made.
    pub request_id: String,
    /// When it was made.
    pub asked_at: DateTime<Utc>,
}

/// `statusVat`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayerStatus {
    /// Czynny.
    Active,
    /// Zwolniony.
    Exempt,
    /// Niezarejestrowany, removed or refused.
    Unregistered,
    /// Not said, or in a word that came since.
    Unknown,
}

impl Payer {
    /// The address in the two lines of an invoice: street and number; postcode and town. One line stays one.
    #[must_use]
    pub fn address_lines(&self) -> [String; 2] {
        let address = self.address.as_deref().unwrap_or_default();
        let town =
            address.match_indices(',').map(|(at, _)| at).find(|at| starts_with_postcode(&address[at + 1..]));
        match town {
            Some(at) => [address[..at].trim().to_owned(), address[at + 1..].trim().to_owned()],
            None => [address.to_owned(), String::new()],
        }
    }
}

/// `00-843`.
fn starts_with_postcode(text: &str) -> bool {
    let digit = |byte: &u8| byte.is_ascii_digit();
    match text.trim_start().as_bytes() {
        [a, b, b'-', c, d, e, ..] => [a, b, c, d, e].into_iter().all(digit),
        _ => false,
    }
}

impl fmt::Debug for Payer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Payer")
            .field("on", &self.on)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl Engine {
    /// Who that was on that day, by a NIP in any spelling. For a day in the future the list is asked for today.
    ///
    /// # Errors
    /// See [`LookupFailure`].
    pub async fn payer(
        &self,
        environment: Environment,
        nip: &str,
        on: NaiveDate,
    ) -> Result<Payer, LookupFailure> {
        let nip: Nip = nip.parse()?;
        let day = on.min(warsaw_date(self.now()));
        if let Some(known) = self.known_payer(environment, nip, day)? {
            return read(known);
        }
        let address = self.parts().addresses.white_list(environment).ok_or(LookupFailure::NoService)?;
        let mut lists = self.shared.services.white_lists.lock().await;
        // Whoever was there before may have asked the same.
        if let Some(known) = self.known_payer(environment, nip, day)? {
            return read(known);
        }
        let list = client(&mut lists, address, |address| WhiteList::new(self.service_config(address)))?;
        let answer = self.ask_list(environment, list, nip, day).await?;
        let answer = self.answer(environment, nip, day, answer)?;
        self.archive().write(|archive| archive.lookups_mut().put_payer(&answer))?;
        read(answer)
    }

    /// The limit is for a day, so what was used of it outlives the program.
    async fn ask_list(
        &self,
        environment: Environment,
        list: &WhiteList,
        nip: Nip,
        day: NaiveDate,
    ) -> Result<Confirmed<Option<ksef_api::Payer>>, LookupFailure> {
        const METHOD: WhiteListMethod = WhiteListMethod::Search;
        let (service, today) = ("white-list/search", warsaw_date(self.now()));
        let used = self.archive().read(|archive| archive.lookups().requests(environment, service, today))?;
        list.budget().raise(METHOD, today, used);
        let outcome = list.payer(nip, day).await;
        let used = list.budget().used(METHOD);
        self.archive()
            .write(|archive| archive.lookups_mut().raise_requests(environment, service, today, used))?;
        Ok(outcome?)
    }

    fn known_payer(
        &self,
        environment: Environment,
        nip: Nip,
        day: NaiveDate,
    ) -> Result<Option<PayerAnswer>, LookupFailure> {
        Ok(self.archive().read(|archive| archive.lookups().payer(environment, nip, day))?)
    }

    fn answer(
        &self,
        environment: Environment,
        nip: Nip,
        day: NaiveDate,
        confirmed: Confirmed<Option<ksef_api::Payer>>,
    ) -> Result<PayerAnswer, LookupFailure> {
        let subject = confirmed.value.map(|subject| serde_json::to_string(&subject)).transpose();
        let subject = subject.map_err(|_| PublicServiceError::Other("a subject that cannot be written"))?;
        let (request_id, asked_at) = (confirmed.request_id, self.now());
        Ok(PayerAnswer { environment, payer: nip, day, subject, request_id, asked_at })
    }
}

fn read(answer: PayerAnswer) -> Result<Payer, LookupFailure> {
    let subject = answer.subject.ok_or(LookupFailure::NotFound)?;
    let subject: ksef_api::Payer = serde_json::from_str(&subject)
        .map_err(|_| ksef_archive::ArchiveError::Damaged("an answer of the white list"))?;
    let address = subject.address().map(str::to_owned);
    Ok(Payer {
        nip: answer.payer,
        on: answer.day,
        status: match subject.status_vat {
            Some(VatStatus::Active) => PayerStatus::Active,
            Some(VatStatus::Exempt) => PayerStatus::Exempt,
            Some(VatStatus::Unregistered) => PayerStatus::Unregistered,
            Some(VatStatus::Other(_)) | None => PayerStatus::Unknown,
        },
        name: subject.name,
        regon: subject.regon,
        krs: subject.krs,
        address,
        accounts: subject.account_numbers,
        has_virtual_accounts: subject.has_virtual_accounts,
        removed_on: subject.removal_date,
        request_id: answer.request_id,
        asked_at: answer.asked_at,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(address: &str) -> [String; 2] {
        let payer = Payer {
            nip: "5265877635".parse().unwrap(),
            on: NaiveDate::default(),
            name: String::new(),
            status: PayerStatus::Active,
            regon: None,
            krs: None,
            address: Some(address.to_owned()),
            accounts: Vec::new(),
            has_virtual_accounts: false,
            removed_on: None,
            request_id: String::new(),
            asked_at: DateTime::default(),
        };
        payer.address_lines()
    }

    #[test]
    fn an_address_has_two_lines() {
        assert_eq!(
            lines("RONDO DASZYŃSKIEGO 2C, 00-843 WARSZAWA"),
            ["RONDO DASZYŃSKIEGO 2C", "00-843 WARSZAWA"]
        );
        assert_eq!(lines("PROSTA 1, LOK. 4,00-001 WARSZAWA"), ["PROSTA 1, LOK. 4", "00-001 WARSZAWA"]);
        assert_eq!(lines("ŻÓŁWIN 12"), ["ŻÓŁWIN 12", ""]);
        assert_eq!(lines("A, ąęśćż"), ["A, ąęśćż", ""]);
        assert_eq!(lines(""), ["", ""]);
    }
}
