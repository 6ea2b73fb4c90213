//! The rules that the schema does not say.

mod technical;

pub(crate) use technical::Rules;
