mod failure;
mod report;

use ksef_types::{Environment, Nip};

pub use failure::{CertificateRefusal, ConnectionCause, ConnectionFailure, TokenRefusal};
pub use report::{ConnectionMethod, ConnectionReport, ConnectionWarning};

use crate::Engine;

impl Engine {
    /// "Sprawdź połączenie": logs in anew (certificate first, then token) and says who one is in KSeF.
    ///
    /// # Errors
    /// Why not, each cause by itself so that a next step can be shown.
    pub async fn check_connection(
        &self,
        nip: Nip,
        environment: Environment,
    ) -> Result<ConnectionReport, ConnectionFailure> {
        let _ = (nip, environment);
        unimplemented!()
    }

    /// Ends the login of a company in an environment, in KSeF and in memory.
    pub async fn disconnect(&self, nip: Nip, environment: Environment) {
        let _ = (nip, environment);
        unimplemented!()
    }
}
