//! The footer.

use super::content::{Content, Group, Sink, Source};
use super::leaf::{Tekstowy, Znakowy};

element! {
    /// What else is said at the foot of an invoice.
    #[derive(Default)]
    pub struct Stopka {
        /// Texts, up to 3.
        many informacje: Informacje => "Informacje",
        /// Numbers in registers, up to 100.
        many rejestry: Rejestry => "Rejestry",
    }
}

element! {
    /// A text at the foot.
    #[derive(Default)]
    pub struct Informacje {
        /// Up to 3500 characters, lines as they are.
        maybe stopka_faktury: Tekstowy => "StopkaFaktury",
    }
}

element! {
    /// Numbers of a firm in registers.
    #[derive(Default)]
    pub struct Rejestry {
        /// Full name.
        maybe pelna_nazwa: Znakowy => "PelnaNazwa",
        /// Court register, 10 digits.
        maybe krs: Tekstowy => "KRS",
        /// Register of statistics, 9 or 14 digits.
        maybe regon: Tekstowy => "REGON",
        /// Waste register, up to 9 characters.
        maybe bdo: Znakowy => "BDO",
    }
}
