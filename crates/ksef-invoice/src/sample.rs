//! A valid FA(3) invoice from few words, the same bytes for the same words: the sandbox's sample, and tests.

use chrono::{DateTime, NaiveDate, Utc};
use ksef_types::Nip;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::xml::{discouraged, forbidden};

/// A firm on a sample invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleParty {
    /// NIP.
    pub nip: Nip,
    /// Name, 1 to 512 characters.
    pub name: String,
    /// First line of the address, 1 to 512 characters.
    pub address: String,
}

/// A rate of a sample line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SampleRate {
    /// 23 %.
    Vat23,
    /// 8 %.
    Vat8,
    /// 5 %.
    Vat5,
}

/// A line: goods or a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleLine {
    /// What is sold, 1 to 512 characters.
    pub name: String,
    /// Unit, such as `szt.`.
    pub unit: String,
    /// How many, up to 6 decimal places.
    pub quantity: Decimal,
    /// Net price of one, in PLN, up to 8 decimal places.
    pub unit_price: Decimal,
    /// Rate.
    pub rate: SampleRate,
}

/// What a sample invoice says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleInvoice {
    /// Seller.
    pub seller: SampleParty,
    /// Buyer.
    pub buyer: SampleParty,
    /// P_2, 1 to 256 characters.
    pub number: String,
    /// P_1.
    pub issue_date: NaiveDate,
    /// `DataWytworzeniaFa`, from 2025-09-01.
    pub created: DateTime<Utc>,
    /// Lines, 1 to 10 000.
    pub lines: Vec<SampleLine>,
}

/// Writes the invoice: UTF-8, no BOM, net amounts rounded to 0.01 by line and VAT by rate, halves away from zero.
///
/// The same words give the same bytes. Texts are put in shape for the schema: white space collapsed, characters
/// that KSeF refuses dropped, cut to the greatest length. An empty address is left out for the buyer and a dash for
/// the seller. Amounts of more than 16 digits before the point do not fit into FA(3).
#[must_use]
pub fn fa3(invoice: &SampleInvoice) -> Vec<u8> {
    let mut out = Writer(String::with_capacity(4096));
    out.0.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.0.push_str(&format!("<Faktura xmlns=\"{}\">\n", crate::form::FA3));
    header(&mut out, invoice);
    out.within("Podmiot1", |out| {
        out.identification(&invoice.seller);
        out.address(&invoice.seller.address);
    });
    out.within("Podmiot2", |out| {
        out.identification(&invoice.buyer);
        if !invoice.buyer.address.trim().is_empty() {
            out.address(&invoice.buyer.address);
        }
        out.field("JST", "2");
        out.field("GV", "2");
    });
    out.within("Fa", |out| body(out, invoice));
    out.0.push_str("</Faktura>\n");
    out.0.into_bytes()
}

fn header(out: &mut Writer, invoice: &SampleInvoice) {
    out.within("Naglowek", |out| {
        out.0.push_str("<KodFormularza kodSystemowy=\"FA (3)\" wersjaSchemy=\"1-0E\">FA</KodFormularza>\n");
        out.field("WariantFormularza", "3");
        out.field("DataWytworzeniaFa", &invoice.created.format("%Y-%m-%dT%H:%M:%SZ").to_string());
        out.field("SystemInfo", "Okienko");
    });
}

fn body(out: &mut Writer, invoice: &SampleInvoice) {
    let nets: Vec<Decimal> = invoice.lines.iter().map(net_of).collect();
    out.field("KodWaluty", "PLN");
    out.field("P_1", &invoice.issue_date.to_string());
    out.text("P_2", &invoice.number, 256);
    let mut total = Decimal::ZERO;
    for rate in [SampleRate::Vat23, SampleRate::Vat8, SampleRate::Vat5] {
        let with_rate = invoice.lines.iter().zip(&nets).filter(|(line, _)| line.rate == rate);
        let Some(net) = with_rate.map(|(_, net)| *net).reduce(|sum, net| sum.saturating_add(net)) else {
            continue;
        };
        let vat = rounded(net.saturating_mul(Decimal::new(rate.percent(), 2)), 2);
        out.amount(&format!("P_13_{}", rate.field()), net);
        out.amount(&format!("P_14_{}", rate.field()), vat);
        total = total.saturating_add(net).saturating_add(vat);
    }
    out.amount("P_15", total);
    annotations(out);
    out.field("RodzajFaktury", "VAT");
    for (number, (line, net)) in invoice.lines.iter().zip(&nets).enumerate() {
        out.within("FaWiersz", |out| {
            out.field("NrWierszaFa", &(number + 1).to_string());
            out.text("P_7", &line.name, 512);
            out.text("P_8A", &line.unit, 256);
            out.amount("P_8B", rounded(line.quantity, 6));
            out.amount("P_9A", rounded(line.unit_price, 8));
            out.amount("P_11", *net);
            out.field("P_12", &line.rate.percent().to_string());
        });
    }
}

/// No special procedure of any kind.
fn annotations(out: &mut Writer) {
    out.within("Adnotacje", |out| {
        for field in ["P_16", "P_17", "P_18", "P_18A"] {
            out.field(field, "2");
        }
        out.within("Zwolnienie", |out| out.field("P_19N", "1"));
        out.within("NoweSrodkiTransportu", |out| out.field("P_22N", "1"));
        out.field("P_23", "2");
        out.within("PMarzy", |out| out.field("P_PMarzyN", "1"));
    });
}

fn net_of(line: &SampleLine) -> Decimal {
    rounded(line.quantity.saturating_mul(line.unit_price), 2)
}

fn rounded(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

impl SampleRate {
    const fn percent(self) -> i64 {
        match self {
            Self::Vat23 => 23,
            Self::Vat8 => 8,
            Self::Vat5 => 5,
        }
    }

    /// The number of its fields P_13 and P_14.
    const fn field(self) -> u8 {
        match self {
            Self::Vat23 => 1,
            Self::Vat8 => 2,
            Self::Vat5 => 3,
        }
    }
}

struct Writer(String);

impl Writer {
    fn within(&mut self, element: &str, content: impl FnOnce(&mut Self)) {
        self.0.push_str(&format!("<{element}>\n"));
        content(self);
        self.0.push_str(&format!("</{element}>\n"));
    }

    fn field(&mut self, element: &str, value: &str) {
        self.0.push_str(&format!("<{element}>{}</{element}>\n", quick_xml::escape::escape(value)));
    }

    /// A text of people, put in shape.
    fn text(&mut self, element: &str, value: &str, most: usize) {
        let allowed: String = value.chars().filter(|character| is_welcome(*character)).collect();
        let collapsed = allowed.split_whitespace().collect::<Vec<_>>().join(" ");
        let cut: String = collapsed.chars().take(most).collect();
        let cut = cut.trim_end();
        self.field(element, if cut.is_empty() { "-" } else { cut });
    }

    fn amount(&mut self, element: &str, value: Decimal) {
        self.field(element, &value.normalize().to_string());
    }

    fn identification(&mut self, party: &SampleParty) {
        self.within("DaneIdentyfikacyjne", |out| {
            out.field("NIP", party.nip.as_str());
            out.text("Nazwa", &party.name, 512);
        });
    }

    fn address(&mut self, line: &str) {
        self.within("Adres", |out| {
            out.field("KodKraju", "PL");
            out.text("AdresL1", line, 512);
        });
    }
}

/// Characters that XML and KSeF allow.
fn is_welcome(character: char) -> bool {
    let text = character.encode_utf8(&mut [0; 4]).to_owned();
    forbidden(&text).is_none() && discouraged(&text).is_none()
}
