//! Collective identifiers: made for invoices of one seller, listed, found, read.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use common::{Bench, SANDBOX, nip};
use ksef_engine::{CollectivePayment, CollectiveProblem, CollectiveWanted, PaymentFault};
use ksef_types::KsefNumber;
use rust_decimal::Decimal;

fn paid(number: &KsefNumber) -> CollectivePayment {
    CollectivePayment { ksef_number: number.clone(), payment: None, description: None, hidden: false }
}

async fn accepted(count: usize) -> (Bench, Vec<KsefNumber>) {
    use ksef_sim::Permission::{CollectiveIdentifierManage, CredentialsRead, InvoiceRead, InvoiceWrite};
    let bench = Bench::instant().await;
    let rights = [InvoiceWrite, InvoiceRead, CredentialsRead, CollectiveIdentifierManage];
    let token = bench.sim.control().make_token(nip(), &rights).unwrap();
    bench.engine.paste_token(nip(), SANDBOX, token.secret().clone()).await.unwrap();
    let sales: Vec<_> = (0..count).map(|number| bench.queue(&format!("FZ/{number}"))).collect();
    bench.settle().await;
    let numbers = sales.into_iter().map(|sale| bench.sale(sale).ksef_number.unwrap()).collect();
    (bench, numbers)
}

#[tokio::test(flavor = "multi_thread")]
async fn made_listed_found_and_read() {
    let (bench, numbers) = accepted(3).await;
    let engine = &bench.engine;
    let mut chosen: Vec<_> = numbers[..2].iter().map(paid).collect();
    chosen[0].payment = Some((Decimal::new(10_050, 2), "PLN".to_owned()));
    chosen[0].description = Some("pierwsza rata".to_owned());
    let made = engine.make_collective(nip(), SANDBOX, &chosen).await.unwrap();
    assert!(made.number.starts_with(nip().as_str()));
    assert_eq!(made.invoices, Some(2));

    let listed = engine.collectives(nip(), SANDBOX, &CollectiveWanted::default()).await.unwrap();
    assert_eq!(listed.rows.len(), 1);
    assert_eq!(listed.rows[0].number, made.number);
    let by_invoice = |number: &KsefNumber| {
        let wanted = CollectiveWanted { ksef_number: Some(number.clone()), ..CollectiveWanted::default() };
        async move { engine.collectives(nip(), SANDBOX, &wanted).await.unwrap().rows.len() }
    };
    assert_eq!(by_invoice(&numbers[0]).await, 1);
    assert_eq!(by_invoice(&numbers[2]).await, 0);

    let invoices = engine.collective_invoices(nip(), SANDBOX, &made.number).await.unwrap();
    assert_eq!(invoices.len(), 2);
    let first = invoices.iter().find(|invoice| invoice.ksef_number == numbers[0]).unwrap();
    assert_eq!(first.payment, Some((Decimal::new(10_050, 2), "PLN".to_owned())));
    assert_eq!(first.description.as_deref(), Some("pierwsza rata"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_told_before_it_is_sent() {
    let (bench, numbers) = accepted(2).await;
    let make = |chosen: Vec<CollectivePayment>| {
        let engine = bench.engine.clone();
        async move { engine.make_collective(nip(), SANDBOX, &chosen).await.unwrap_err() }
    };
    assert!(matches!(make(vec![paid(&numbers[0])]).await, CollectiveProblem::TooFew(1)));
    let twice = make(vec![paid(&numbers[0]), paid(&numbers[0])]).await;
    assert!(matches!(twice, CollectiveProblem::Repeated(_)));
    let other =
        KsefNumber::compose("1111111111".parse().unwrap(), chrono::NaiveDate::default(), [1, 2, 3, 4, 5, 6]);
    let mixed = make(vec![paid(&numbers[0]), paid(&other)]).await;
    assert!(matches!(mixed, CollectiveProblem::DifferentSellers { .. }));
    let unknown = KsefNumber::compose(nip(), chrono::NaiveDate::default(), [1, 2, 3, 4, 5, 6]);
    let refused = make(vec![paid(&numbers[0]), paid(&unknown)]).await;
    assert!(
        matches!(refused, CollectiveProblem::NotPossible(_) | CollectiveProblem::Connection(_)),
        "{refused:?}"
    );
    let number = bench.engine.collective_invoices(nip(), SANDBOX, "nie numer").await;
    assert!(matches!(number, Err(CollectiveProblem::Number)));
}

/// Charges beside the invoice (a deposit) are paid with it: DoZaplaty is due, not P_15.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_with_its_charges_can_be_paid() {
    let (bench, numbers) = accepted(1).await;
    let outlook = |payment: &CollectivePayment| {
        let chosen = [payment.clone(), paid(&numbers[0])];
        bench.engine.collective_outlook(nip(), SANDBOX, &chosen).unwrap().invoices.remove(0)
    };
    let plain = outlook(&paid(&numbers[0])).archived.unwrap().gross;
    let due = plain + Decimal::new(5_000, 2);
    let charged = String::from_utf8(bench.document("FZ/kaucja")).unwrap();
    let at = charged.rfind("</FaWiersz>").unwrap() + "</FaWiersz>".len();
    let charges = format!(
        "<Rozliczenie><Obciazenia><Kwota>50.00</Kwota><Powod>Kaucja</Powod></Obciazenia>\
         <SumaObciazen>50.00</SumaObciazen><DoZaplaty>{due}</DoZaplaty></Rozliczenie>"
    );
    let charged = format!("{}{charges}{}", &charged[..at], &charged[at..]);
    let sale = common::queue(&bench.engine, charged.as_bytes());
    bench.settle().await;
    let mut payment = paid(&bench.sale(sale).ksef_number.unwrap());
    assert_eq!(outlook(&payment).archived.unwrap().gross, due);
    payment.payment = Some((due, "PLN".to_owned()));
    assert!(outlook(&payment).problem.is_none());
    payment.payment = Some((due + Decimal::new(1, 2), "PLN".to_owned()));
    let more = outlook(&payment).problem;
    assert!(
        matches!(&more, Some(CollectiveProblem::Payment { fault: PaymentFault::MoreThanInvoice { gross, .. }, .. }) if *gross == due),
        "{more:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_limit_of_the_company_holds() {
    let (bench, _) = accepted(1).await;
    let many: Vec<_> = (0..501_u16)
        .map(|number| {
            let [high, low] = number.to_be_bytes();
            paid(&KsefNumber::compose(nip(), chrono::NaiveDate::default(), [0, 0, 0, 0, high, low]))
        })
        .collect();
    let refused = bench.engine.make_collective(nip(), SANDBOX, &many).await.unwrap_err();
    assert!(matches!(refused, CollectiveProblem::TooMany { found: 501, limit: 500 }), "{refused:?}");
}
