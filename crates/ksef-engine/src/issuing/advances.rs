use ksef_types::{Environment, Nip};

use crate::{Engine, EngineError, Sale};

impl Engine {
    /// Advance invoices (ZAL) that were neither refused nor taken back and that no final invoice settles, newest first.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn open_advances(&self, nip: Nip, environment: Environment) -> Result<Vec<Sale>, EngineError> {
        let _ = (nip, environment);
        todo!()
    }
}
