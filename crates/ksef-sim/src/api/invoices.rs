use super::Answer;
use super::call::Call;
use super::refusal::{Refusal, exception};
use super::reply::Reply;
use crate::Quirk;
use crate::model::Invoice;
use crate::selection;
use crate::world::World;

/// `GET /invoices/ksef/{ksefNumber}`
pub(super) fn by_number(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let number = call.parameter("ksefNumber");
    let named = |row: &&Invoice| row.ksef_number.as_ref().is_some_and(|found| found.as_str() == number);
    let row = world.look(|state| state.invoices.rows().find(named).cloned())?;
    let row = row.filter(|row| selection::concerns(&bearing.context, row)).ok_or_else(|| {
        let detail = format!("Faktura o numerze KSeF {number} nie została znaleziona.");
        exception(21164, "Faktura o podanym identyfikatorze nie istnieje.", vec![detail])
    })?;
    if row.permanent_storage.is_none() || world.has(Quirk::InvoiceNotYetAvailable) {
        let detail = format!(
            "Faktura o numerze KSeF {number} została przetworzona, ale nie jest jeszcze dostępna do pobrania. Spróbuj ponownie później."
        );
        return Err(exception(
            21165,
            "Faktura o podanym numerze KSeF nie jest jeszcze dostępna.",
            vec![detail],
        ));
    }
    // Written by the simulator itself: it decodes.
    let bytes = row.document.as_deref().and_then(|text| ksef_crypto::base64::decode(text).ok());
    bytes.map(Reply::document).ok_or(Refusal::Broken)
}
