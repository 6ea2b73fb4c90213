use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn amounts(net: &str, vat: &str) -> Amounts {
    Amounts { net: number(net), vat: number(vat) }
}

fn computed(lines: &[Line], basis: Basis, rounding: Rounding) -> Result<Sums, TooLarge> {
    let sums = lines.iter().map(|line| line.sum(basis)).collect::<Result<Vec<_>, _>>()?;
    sums_of(lines.iter().map(|line| line.rate).zip(&sums), basis, rounding)
}

fn of(sums: &Sums, rate: Rate) -> Amounts {
    sums.rates().find(|(other, _)| *other == rate).map(|(_, amounts)| amounts).unwrap()
}

#[test]
fn the_limit_is_what_fa3_holds() {
    assert_eq!(LIMIT, number("10000000000000000"));
    assert_eq!(held(Some(number("9999999999999999.99"))), Ok(number("9999999999999999.99")));
    assert_eq!(held(Some(number("-9999999999999999.995"))), Err(TooLarge));
}

#[test]
fn halves_go_away_from_zero() {
    assert_eq!(to_grosz(number("0.005")), number("0.01"));
    assert_eq!(to_grosz(number("-0.005")), number("-0.01"));
    assert_eq!(to_grosz(number("2.675")), number("2.68"));
}

/// 3 × 0.33 at 23 %: 0.99 net; by rate 0.2277, by line three times 0.0759.
#[test]
fn rounding_by_rate_and_by_line_differ_as_the_law_allows() {
    let lines = [Line::new(Rate::S23, Decimal::ONE, number("0.33")); 3];
    let by_rate = computed(&lines, Basis::Net, Rounding::PerRate).unwrap();
    let by_line = computed(&lines, Basis::Net, Rounding::PerLine).unwrap();
    assert_eq!(of(&by_rate, Rate::S23), amounts("0.99", "0.23"));
    assert_eq!(of(&by_line, Rate::S23), amounts("0.99", "0.24"));
}

#[test]
fn discounts() {
    let line = Line::new(Rate::S23, number("3"), number("33.33"));
    let percent = Line { discount: Discount::Percent(number("10")), ..line };
    let amount = Line { discount: Discount::Amount(number("10")), ..line };
    assert_eq!(percent.sum(Basis::Net).unwrap().value, number("89.99"));
    assert_eq!(percent.sum(Basis::Net).unwrap().discount, number("10.00"));
    assert_eq!(amount.sum(Basis::Net).unwrap().value, number("89.99"));
}

#[test]
fn a_margin_line_is_gross_and_shows_no_vat() {
    let sums =
        computed(&[Line::new(Rate::Margin, Decimal::ONE, number("2000"))], Basis::Net, Rounding::PerRate);
    assert_eq!(of(&sums.unwrap(), Rate::Margin), amounts("2000", "0"));
}

/// The ministry's examples 11 and 12: an advance of 20 000, then 30 000, on a flat at 8 % and services at 23 %.
#[test]
fn an_advance_is_divided_as_in_the_ministrys_examples() {
    let mut order = Sums::default();
    order.add(Rate::S8, amounts("341666.67", "27333.33")).unwrap();
    order.add(Rate::S23, amounts("5000", "1150")).unwrap();
    let first = split(&order, number("20000")).unwrap().unwrap();
    assert_eq!(of(&first, Rate::S8), amounts("18214.94", "1457.19"));
    assert_eq!(of(&first, Rate::S23), amounts("266.56", "61.31"));
    let second = split(&order, number("30000")).unwrap().unwrap();
    let difference = second.minus(&first).unwrap();
    assert_eq!(of(&difference, Rate::S8), amounts("9107.47", "728.60"));
    assert_eq!(of(&difference, Rate::S23), amounts("133.28", "30.65"));
    assert_eq!(difference.gross().unwrap(), number("10000"));
}

/// The ministry's examples 20 and 21.
#[test]
fn vat_in_pln_as_in_the_ministrys_examples() {
    let lines: Vec<Line> = [("10", "406"), ("20", "250"), ("15", "300")]
        .map(|(quantity, price)| Line::new(Rate::S23, number(quantity), number(price)))
        .to_vec();
    let sums_of_lines: Vec<_> = lines.iter().map(|line| line.sum(Basis::Net).unwrap()).collect();
    let sums = computed(&lines, Basis::Net, Rounding::PerRate).unwrap();
    for (exchange, expected) in [(["4.5005"; 3], "14036.16"), (["4.4080", "4.5005", "4.3250"], "13768.14")] {
        let of_lines =
            sums_of_lines.iter().zip(exchange).map(|(sum, rate)| (Rate::S23, sum, Some(number(rate))));
        let pln = vat_in_pln(&sums, of_lines, Basis::Net, Rounding::PerRate).unwrap();
        assert_eq!(pln.get(&Group::Basic), Some(&number(expected)));
    }
    let without = sums_of_lines.iter().map(|sum| (Rate::S23, sum, None));
    assert!(vat_in_pln(&sums, without, Basis::Net, Rounding::PerRate).unwrap().is_empty());
}

#[test]
fn ten_thousand_lines_do_not_drift() {
    let line = Line::new(Rate::S23, number("0.1"), number("0.1"));
    let sums = computed(&vec![line; 10_000], Basis::Net, Rounding::PerRate).unwrap();
    assert_eq!(of(&sums, Rate::S23), amounts("100.00", "23.00"));
}

#[test]
fn what_does_not_fit_is_said() {
    let huge = Line::new(Rate::S23, number("9999999999999999.999999"), number("99999999999999.99999999"));
    assert_eq!(huge.sum(Basis::Net), Err(TooLarge));
    let large = Line::new(Rate::S23, Decimal::ONE, number("9999999999999999"));
    assert_eq!(large.sum(Basis::Net), Err(TooLarge));
    assert!(large.sum(Basis::Gross).is_ok());
    assert_eq!(computed(&[large, large], Basis::Gross, Rounding::PerRate), Err(TooLarge));
}

#[test]
fn rates_come_back_from_their_texts() {
    for text in
        ["23", "22", "8", "7", "5", "4", "3", "0 KR", "0 WDT", "0 EX", "zw", "oo", "np I", "np II", "marza"]
    {
        assert_eq!(Rate::parse(text, None).map(Rate::as_str), Some(text));
    }
    assert_eq!(Rate::parse(" 23 % ", None), Some(Rate::S23));
    assert_eq!(Rate::parse("NP  ii", None), Some(Rate::NpII));
    assert_eq!(Rate::parse("oss", Some(number("19.0"))), Some(Rate::Oss(number("19"))));
    assert_eq!(Rate::parse("oss", None), None);
    assert_eq!(Rate::parse("24", None), None);
}

fn any_rate() -> impl Strategy<Value = Rate> {
    prop_oneof![
        proptest::sample::select(vec![
            Rate::S23,
            Rate::S22,
            Rate::S8,
            Rate::S7,
            Rate::S5,
            Rate::S4,
            Rate::S3,
            Rate::ZeroKr,
            Rate::ZeroWdt,
            Rate::ZeroEx,
            Rate::Zw,
            Rate::NpI,
            Rate::NpII,
            Rate::Oo,
            Rate::Margin,
        ]),
        (0i64..3000).prop_map(|percent| Rate::Oss(Decimal::new(percent, 2).normalize())),
    ]
}

fn any_line() -> impl Strategy<Value = Line> {
    let discount = prop_oneof![
        3 => Just(Discount::None),
        1 => (0i64..10_000).prop_map(|amount| Discount::Amount(Decimal::new(amount, 2))),
        1 => (0i64..100).prop_map(|percent| Discount::Percent(Decimal::new(percent, 0))),
    ];
    (any_rate(), -5_000_000i64..5_000_000, 0u32..6, 0i64..100_000_000, 0u32..8, discount).prop_map(
        |(rate, quantity, places, price, price_places, discount)| Line {
            discount,
            ..Line::new(rate, Decimal::new(quantity, places), Decimal::new(price, price_places))
        },
    )
}

fn any_lines() -> impl Strategy<Value = Vec<Line>> {
    proptest::collection::vec(any_line(), 0..40)
}

fn any_way() -> impl Strategy<Value = (Basis, Rounding)> {
    (
        prop_oneof![Just(Basis::Net), Just(Basis::Gross)],
        prop_oneof![Just(Rounding::PerRate), Just(Rounding::PerLine)],
    )
}

proptest! {
    #[test]
    fn sums_are_the_sums_of_their_parts(lines in any_lines(), (basis, rounding) in any_way()) {
        let sums = computed(&lines, basis, rounding).unwrap();
        let values: Vec<_> = lines.iter().map(|line| (line.rate, line.sum(basis).unwrap())).collect();
        let mut gross = Decimal::ZERO;
        for (rate, amounts) in sums.rates() {
            let own = || values.iter().filter(|(other, _)| *other == rate).map(|(_, sum)| sum);
            match (rounding, basis) {
                (Rounding::PerLine, _) => {
                    prop_assert_eq!(amounts.net, own().map(|sum| sum.net).sum::<Decimal>());
                    prop_assert_eq!(amounts.vat, own().map(|sum| sum.vat).sum::<Decimal>());
                }
                (_, Basis::Net) => prop_assert_eq!(amounts.net, own().map(|sum| sum.value).sum::<Decimal>()),
                (_, Basis::Gross) => {
                    prop_assert_eq!(amounts.gross().unwrap(), own().map(|sum| sum.value).sum::<Decimal>());
                }
            }
            gross += amounts.net + amounts.vat;
        }
        prop_assert_eq!(sums.gross().unwrap(), gross);
        let groups = sums.groups().unwrap();
        prop_assert_eq!(groups.values().map(|sum| sum.net + sum.vat).sum::<Decimal>(), gross);
    }

    #[test]
    fn vat_by_rate_is_within_half_a_grosz(lines in any_lines(), basis in prop_oneof![Just(Basis::Net), Just(Basis::Gross)]) {
        for (rate, amounts) in computed(&lines, basis, Rounding::PerRate).unwrap().rates() {
            let exact = match basis {
                Basis::Net => exact_vat_of_net(amounts.net, rate).unwrap(),
                Basis::Gross => exact_vat_of_gross(amounts.net + amounts.vat, rate).unwrap(),
            };
            prop_assert!((exact - amounts.vat).abs() <= number("0.005"));
        }
    }

    #[test]
    fn the_order_of_lines_does_not_matter(
        (lines, shuffled) in any_lines().prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle())),
        (basis, rounding) in any_way(),
    ) {
        prop_assert_eq!(computed(&lines, basis, rounding), computed(&shuffled, basis, rounding));
    }

    #[test]
    fn negative_lines_mirror_positive_ones(lines in any_lines(), (basis, rounding) in any_way()) {
        let mirrored: Vec<_> = lines
            .iter()
            .map(|line| Line {
                quantity: -line.quantity,
                discount: match line.discount {
                    Discount::Amount(amount) => Discount::Amount(-amount),
                    other => other,
                },
                ..*line
            })
            .collect();
        let both = computed(&lines, basis, rounding).unwrap();
        let zero = both.minus(&Sums::default().minus(&computed(&mirrored, basis, rounding).unwrap()).unwrap());
        prop_assert!(zero.unwrap().is_zero());
    }

    #[test]
    fn a_line_net_first_is_the_same_gross_first(rate in any_rate(), net in -1_000_000_000i64..1_000_000_000) {
        prop_assume!(rate != Rate::Margin);
        let first = Line::new(rate, Decimal::ONE, Decimal::new(net, 2)).sum(Basis::Net).unwrap();
        let again = Line::new(rate, Decimal::ONE, first.gross).sum(Basis::Gross).unwrap();
        prop_assert_eq!((first.net, first.vat, first.gross), (again.net, again.vat, again.gross));
    }

    #[test]
    fn an_advance_is_divided_without_a_rest(
        lines in proptest::collection::vec((any_rate(), 1i64..100_000_000), 1..8),
        received in -100_000_000i64..100_000_000,
    ) {
        let lines: Vec<_> =
            lines.iter().map(|(rate, net)| Line::new(*rate, Decimal::ONE, Decimal::new(*net, 2))).collect();
        let order = computed(&lines, Basis::Net, Rounding::PerRate).unwrap();
        let received = Decimal::new(received, 2);
        let parts = split(&order, received).unwrap().unwrap();
        prop_assert_eq!(parts.gross().unwrap(), received);
        // The whole order paid is the whole order.
        let whole = split(&order, order.gross().unwrap()).unwrap().unwrap();
        for ((rate, part), (_, amounts)) in whole.rates().zip(order.rates()) {
            prop_assert_eq!(part.gross().unwrap(), amounts.gross().unwrap(), "{}", rate);
        }
    }

    #[test]
    fn nothing_makes_it_panic(
        quantity in any::<(i128, u8)>(), price in any::<(i128, u8)>(), rate in any_rate(), (basis, rounding) in any_way(),
    ) {
        let decimal = |(number, places): (i128, u8)| {
            Decimal::try_from_i128_with_scale(number >> 33, u32::from(places % 29)).unwrap_or_default()
        };
        let line = Line::new(rate, decimal(quantity), decimal(price));
        let _ = computed(&[line, line], basis, rounding);
    }
}
