//! What goes wrong: faults, quirks, endings, tokens and keys that are over.

use serde::{Deserialize, Serialize};

use super::{Control, ControlError};
use crate::contract::{BatchStatus, EnrollmentStatus, ExportStatus, InvoiceStatus, PermissionStatus};
use crate::process::failure_by_code;
use crate::store::State;
use crate::world::RotationFailed;
use crate::{Fault, Quirk};

/// How the next operation of a kind ends, whatever it would have come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "kebab-case")]
pub enum Ending {
    /// The next authentication that is started.
    Authentication {
        /// A code of the contract, such as 480.
        code: u16,
        /// In place of the contract's detail, where not empty.
        #[serde(default)]
        details: Vec<String>,
    },
    /// The next application for a certificate.
    Enrollment {
        /// A code of the contract, such as 400 or 550.
        code: u16,
        /// In place of the contract's detail, where not empty.
        #[serde(default)]
        details: Vec<String>,
    },
    /// The next token that is made over the API fails to be activated.
    Token {
        /// `statusDetails`
        #[serde(default)]
        details: Vec<String>,
    },
    /// The next operation on permissions.
    Permission {
        /// A code of the contract, such as 430.
        code: u16,
        /// In place of the contract's detail, where not empty.
        #[serde(default)]
        details: Vec<String>,
    },
    /// The next batch that is closed.
    Batch {
        /// A code of the contract, such as 405.
        code: u16,
    },
    /// The next export that is made.
    Export {
        /// A code of the contract, such as 550.
        code: u16,
    },
    /// The next document that is judged.
    Invoice {
        /// A code of the contract, such as 550.
        code: u16,
        /// In place of the contract's detail, where not empty.
        #[serde(default)]
        details: Vec<String>,
    },
}

impl Control {
    /// Lets something go wrong.
    pub fn fault(&self, fault: Fault) {
        self.0.faults().add(fault);
    }

    /// The faults that still wait.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        self.0.faults().waiting().to_vec()
    }

    /// Forgets all faults that wait.
    pub fn clear_faults(&self) {
        self.0.faults().clear();
    }

    /// Switches a quirk on or off.
    pub fn quirk(&self, quirk: Quirk, on: bool) {
        self.settle();
        let mut quirks = self.0.quirks();
        if on {
            quirks.insert(quirk);
        } else {
            quirks.remove(&quirk);
        }
    }

    /// The quirks that are on.
    #[must_use]
    pub fn quirks(&self) -> Vec<Quirk> {
        self.0.quirks().iter().copied().collect()
    }

    /// Decides how the next operation of a kind ends.
    ///
    /// # Errors
    /// When the contract has no such status.
    pub fn end_next(&self, ending: Ending) -> Result<(), ControlError> {
        let (code, known) = match &ending {
            Ending::Authentication { code, .. } => (*code, failure_by_code(*code).is_some()),
            Ending::Export { code } => {
                (*code, *code > 200 && ExportStatus::ALL.iter().any(|status| status.text().code == *code))
            }
            Ending::Enrollment { code, .. } => {
                (*code, *code > 200 && EnrollmentStatus::ALL.iter().any(|status| status.text().code == *code))
            }
            Ending::Token { .. } => (400, true),
            Ending::Permission { code, .. } => {
                (*code, *code > 200 && PermissionStatus::ALL.iter().any(|status| status.text().code == *code))
            }
            Ending::Batch { code } => {
                (*code, *code > 200 && BatchStatus::ALL.iter().any(|status| status.text().code == *code))
            }
            Ending::Invoice { code, .. } => {
                (*code, *code > 200 && InvoiceStatus::ALL.iter().any(|status| status.text().code == *code))
            }
        };
        if !known {
            return Err(ControlError::NoSuchStatus(code));
        }
        self.settle();
        self.0.endings().push(ending);
        Ok(())
    }

    /// Ends every access token now (401); refresh tokens go on working.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn expire_tokens(&self) -> Result<(), ControlError> {
        Ok(self.0.change(end_access_tokens)?)
    }

    /// New keys of the ministry; what names the old ones is answered with 21470.
    ///
    /// # Errors
    /// When they cannot be made or kept.
    pub fn rotate_keys(&self) -> Result<(), RotationFailed> {
        self.0.rotate_keys()
    }

    /// Sets or clears the text of `X-System-Warning`, `[code]: message`.
    pub fn warn(&self, warning: Option<&str>) {
        *self.0.warning() = warning.map(str::to_owned);
    }
}

/// Every access token that was handed out is over.
pub(crate) fn end_access_tokens(state: &mut State) {
    let references: Vec<String> = state.authentications.rows().map(|row| row.reference.to_string()).collect();
    for reference in references {
        state.authentications.change(&reference).into_iter().for_each(|row| row.access.clear());
    }
}
