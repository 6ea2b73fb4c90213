//! A strict and unkind simulator of KSeF 2.0, to embed in tests and in the program's sandbox, and to run by itself.
//!
//! It listens on loopback only: the API under `/v2` on one port, Latarnia, the verification pages, the management and
//! two public services (white list of VAT payers, exchange rates) on ports of their own. Requests are judged by [`contract`], a table written from the published
//! OpenAPI of the ministry, never by a client's types. Nothing of the management is reachable on the API's port.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use ksef_sim::{Permission, Simulator, SimulatorConfig};
//!
//! let running = Simulator::start(SimulatorConfig::default()).await?;
//! let company = running.control().make_company("5265877635".parse()?, "Przykład sp. z o.o.")?;
//! let token = running.control().make_token(company.nip, &[Permission::InvoiceWrite, Permission::InvoiceRead])?;
//! println!("{} {}", running.api(), token.reference_number());
//! running.stop().await;
//! # Ok(()) }
//! ```
//!
//! It must not know `ksef-api`: what the client believes about the contract is what is tested here.

mod api;
mod chance;
mod clock;
mod config;
pub mod contract;
mod control;
mod fault;
pub mod judge;
mod latarnia;
mod limits;
mod management;
mod model;
mod permission;
mod process;
mod qr;
mod quirk;
mod rights;
mod selection;
mod server;
mod services;
mod storage;
mod store;
mod traffic;
mod world;

pub use chance::SimRandomness;
pub use clock::SimClock;
pub use config::{Delays, Pace, Ports, RateLimits, SimulatorConfig, StateStore};
pub use contract::Operation;
pub use control::{
    Announcement, AnnouncementCategory, AnnouncementKind, Arrived, ArrivedDocument, ArrivedRequest,
    Availability, CertificateKind, CertificateOwner, Control, ControlError, Damage, Ending, ExportLimits,
    HeldInvoice, KeyAlgorithm, MadeCertificate, Moved, NewCertificate, NewEvent, NewPerson, NewSigner,
    SignerOwner, StepTarget,
};
pub use fault::{Fault, FaultKind};
pub use judge::Quality;
pub use model::{Company, Person, PersonId, TokenStatus};
pub use permission::Permission;
pub use quirk::Quirk;
pub use server::{Running, Simulator, StartError};
pub use services::{AskedService, PublicService};
pub use store::JournalError;
pub use world::{RotationFailed, StorageFailed};
