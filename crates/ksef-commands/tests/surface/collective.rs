//! Collective identifiers: whole invoices and parts of them, judged before anything is made.

use ksef_commands::views::{
    CollectiveFilter, CollectiveInvoice, CollectivePreview, CollectiveSum, EnvironmentName, SaleState,
};
use ksef_sim::Running;
use ksef_types::{KsefNumber, warsaw_date};
use tokio_util::sync::CancellationToken;

use crate::bench::{Bench, NIP, assert_told, document, simulator, system_clock};

/// Each of the invoices has 100,00 zł and 23 % of VAT.
const GROSS: &str = "123.00";

async fn accepted(count: usize) -> (Bench, Running, Vec<String>) {
    let sim = simulator().await;
    let api = sim.api().to_string().parse().unwrap();
    let bench = Bench::at(system_clock(), Some(api), EnvironmentName::Test).await;
    bench.paste_fresh_token(&sim).await;
    let now = system_clock().now();
    let file = |number: usize| {
        let bytes = document(&format!("FV/{number}/2026"), "Usługa", warsaw_date(now), now);
        bench.file(&format!("fv-{number}.xml"), &bytes)
    };
    let rows = bench.app.load_invoices(&bench.scope, (0..count).map(file).collect()).await.unwrap();
    let ids: Vec<_> = rows.into_iter().map(|row| row.id).collect();
    assert_eq!(bench.app.enqueue_prepared(&bench.scope, &ids).await.unwrap().len(), count);
    bench.app.send_and_wait(&bench.scope, CancellationToken::new()).await.unwrap();
    let sales = bench.app.sales(&bench.scope, Default::default()).await.unwrap();
    assert!(sales.rows.iter().all(|sale| sale.state == SaleState::Accepted && sale.invoice.gross == GROSS));
    let numbers = sales.rows.into_iter().filter_map(|sale| sale.ksef_number).collect();
    (bench, sim, numbers)
}

fn paid(number: &str, amount: Option<&str>) -> CollectiveInvoice {
    CollectiveInvoice {
        ksef_number: number.to_owned(),
        amount: amount.map(str::to_owned),
        currency: None,
        description: None,
        hidden: false,
    }
}

fn sums(preview: &CollectivePreview) -> Vec<(&str, &str)> {
    preview
        .sums
        .iter()
        .map(|CollectiveSum { amount, currency }| (amount.as_str(), currency.as_str()))
        .collect()
}

/// Of somebody else, and in no archive.
fn foreign() -> String {
    KsefNumber::compose(NIP.parse().unwrap(), chrono::NaiveDate::default(), [1, 2, 3, 4, 5, 6]).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_are_paid_summed_and_read_back() {
    let (bench, _sim, numbers) = accepted(3).await;
    let chosen = vec![
        paid(&numbers[0], Some(" 1\u{a0}00,5 ")),
        paid(&numbers[1].to_lowercase(), None),
        paid(&numbers[2], Some(GROSS)),
    ];
    // A space in the wrong place is no amount of money; the rest is summed all the same.
    let preview = bench.app.preview_collective(&bench.scope, chosen).await.unwrap();
    assert_eq!(preview.invoices[0].problem.as_ref().unwrap().code, "collective.payment");
    assert_eq!(sums(&preview), [("246.00", "PLN")]);

    let mut chosen = vec![
        paid(&numbers[0], Some("100,50")),
        paid(&numbers[1].to_lowercase(), None),
        paid(&numbers[2], Some("20")),
    ];
    chosen[2].currency = Some("EUR".to_owned());
    let preview = bench.app.preview_collective(&bench.scope, chosen.clone()).await.unwrap();
    assert!(preview.problem.is_none() && preview.invoices.iter().all(|row| row.problem.is_none()));
    assert!(preview.invoices.iter().all(|row| row.gross.as_deref() == Some(GROSS) && row.number.is_some()));
    assert_eq!(preview.invoices[1].ksef_number, chosen[1].ksef_number, "as given");
    assert_eq!(sums(&preview), [("20.00", "EUR"), ("223.50", "PLN")]);
    assert_eq!(preview.unknown, 0);

    let made = bench.app.make_collective(&bench.scope, chosen).await.unwrap();
    let found = bench.app.collective_invoices(&bench.scope, &made.number).await.unwrap();
    let of = |number: &str| {
        let invoice = found.iter().find(|invoice| invoice.ksef_number == number).unwrap();
        invoice.amount.as_deref().zip(invoice.currency.as_deref())
    };
    assert_eq!(of(&numbers[0]), Some(("100.50", "PLN")));
    assert_eq!(of(&numbers[1]), None, "all of it");
    assert_eq!(of(&numbers[2]), Some(("20.00", "EUR")));
    bench.app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_an_amount_is_told_beside_it() {
    let (bench, _sim, numbers) = accepted(2).await;
    for (amount, currency, code) in [
        ("123,01", "PLN", "collective.paymentTooMuch"),
        ("0", "PLN", "collective.paymentNotPositive"),
        ("-5", "PLN", "collective.paymentNotPositive"),
        ("1,005", "PLN", "collective.paymentPlaces"),
        ("wszystko", "PLN", "collective.payment"),
        ("99999999999999999", "EUR", "collective.paymentTooLarge"),
        ("10", "złoty", "collective.paymentCurrency"),
    ] {
        let mut wrong = paid(&numbers[1], Some(amount));
        wrong.currency = Some(currency.to_owned());
        let chosen = vec![paid(&numbers[0], None), wrong];
        let preview = bench.app.preview_collective(&bench.scope, chosen.clone()).await.unwrap();
        let told = preview.invoices[1].problem.as_ref().unwrap();
        assert_eq!(told.code, code, "{amount} {currency}");
        assert_told(told, amount);
        assert!(preview.invoices[0].problem.is_none());
        assert_eq!(sums(&preview), [(GROSS, "PLN")], "{amount} is no part of the sum");
        // Whoever makes it all the same is told the same, and nothing is made.
        let refused = bench.app.make_collective(&bench.scope, chosen).await.unwrap_err();
        assert_eq!(refused.code, code);
    }
    let none = bench.app.collectives(&bench.scope, CollectiveFilter::default()).await.unwrap();
    assert!(none.rows.is_empty());
    bench.app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn invoices_that_the_archive_does_not_have_are_counted() {
    let (bench, _sim, numbers) = accepted(1).await;
    let chosen = vec![paid(&numbers[0], None), paid(&foreign(), None), paid("nie numer", None)];
    let preview = bench.app.preview_collective(&bench.scope, chosen).await.unwrap();
    assert_eq!((preview.unknown, sums(&preview)), (1, vec![(GROSS, "PLN")]));
    assert!(preview.invoices[1].gross.is_none() && preview.invoices[1].problem.is_none());
    assert_eq!(preview.invoices[2].problem.as_ref().unwrap().code, "collective.ksefNumber");

    let part = vec![paid(&numbers[0], None), paid(&foreign(), Some("1 000 000,00"))];
    let preview = bench.app.preview_collective(&bench.scope, part).await.unwrap();
    assert_eq!((preview.unknown, sums(&preview)), (0, vec![("1000123.00", "PLN")]));

    let alone = bench.app.preview_collective(&bench.scope, vec![paid(&numbers[0], None)]).await.unwrap();
    let told = alone.problem.unwrap();
    assert_eq!(told.code, "collective.tooFew");
    assert_told(&told, "one invoice");
    bench.app.stop().await;
}
