use super::Answer;
use super::call::Call;
use super::refusal::{Refusal, no_upo};
use super::reply::Reply;
use super::sessions::{own, own_invoice};
use crate::world::World;

/// `GET /sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}/upo`
pub(super) fn by_reference(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let upo = world.look(|state| own_invoice(state, bearing, call).map(|row| row.upo.clone()))?;
    let missing = || {
        no_upo(format!(
            "UPO faktury o numerze referencyjnym {} i numerze referencyjnym sesji {} nie zostało znalezione.",
            call.parameter("invoiceReferenceNumber"),
            call.parameter("referenceNumber")
        ))
    };
    upo?.map(|xml| Reply::document(xml.into_bytes())).ok_or_else(missing)
}

/// `GET /sessions/{referenceNumber}/invoices/ksef/{ksefNumber}/upo`
pub(super) fn by_ksef_number(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let (session, number) = (call.parameter("referenceNumber"), call.parameter("ksefNumber"));
    let upo = world.look(|state| {
        let own = state.sessions.get(session).filter(|row| row.context == bearing.context)?;
        let rows = own.invoices.iter().filter_map(|reference| state.invoices.get(reference.as_str()));
        let mut named =
            rows.filter(|row| row.ksef_number.as_ref().is_some_and(|found| found.as_str() == number));
        named.next().and_then(|row| row.upo.clone())
    })?;
    let missing = || {
        no_upo(format!(
            "UPO o numerze KSeF {number} i numerze referencyjnym sesji {session} nie zostało znalezione."
        ))
    };
    upo.map(|xml| Reply::document(xml.into_bytes())).ok_or_else(missing)
}

/// `GET /sessions/{referenceNumber}/upo/{upoReferenceNumber}`
pub(super) fn of_session(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let (session, wanted) = (call.parameter("referenceNumber"), call.parameter("upoReferenceNumber"));
    let page = world.look(|state| {
        let own = own(state, bearing, session)?;
        Ok::<_, Refusal>(
            own.upo.iter().find(|page| page.reference.as_str() == wanted).map(|page| page.xml.clone()),
        )
    })?;
    let missing = || {
        no_upo(format!("UPO o numerze referencyjnym {wanted} dla sesji {session} nie zostało znalezione."))
    };
    page?.map(|xml| Reply::document(xml.into_bytes())).ok_or_else(missing)
}
