//! The local SQLite archive: companies, outbox, invoices, UPO.
