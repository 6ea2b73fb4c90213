pub(crate) mod companies;
pub(crate) mod company_environment;
pub(crate) mod credential_notes;
pub(crate) mod invoices;
pub(crate) mod outbox;
pub(crate) mod outbox_steps;
pub(crate) mod sessions;
pub(crate) mod upo;
