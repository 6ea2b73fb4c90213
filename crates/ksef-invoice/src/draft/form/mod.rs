//! The draft as fronts hold and archives keep it: every field as it was typed, so that nothing that a person wrote is lost,
//! however wrong it still is. Dates are ISO texts or empty; numbers as typed (`1 234,50` as well as `1234.5`).

mod card;
mod invoice;
mod line;
mod outcome;
mod party;
mod payment;
mod related;

pub use card::*;
pub use invoice::*;
pub use line::*;
pub use outcome::*;
pub use party::*;
pub use payment::*;
pub use related::*;
