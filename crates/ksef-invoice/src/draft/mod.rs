//! An invoice while a person writes it: the draft, what it comes to, and the FA(3) document that it becomes.

mod form;

pub use form::*;
