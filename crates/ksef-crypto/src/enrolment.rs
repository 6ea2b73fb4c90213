//! What a certificate from KSeF needs on this side: a key, a request (PKCS#10) with exactly the data that KSeF names, and
//! a look at what came back.
//!
//! Source: the guide, "Certyfikaty KSeF", sections 2, 3 and 6.

mod issued;
mod name;
mod request;
mod subject;

pub use issued::IssuedProblem;
pub use name::suggest_name;
pub use request::CertificateRequest;
pub use subject::{SubjectAttribute, SubjectData};
