use std::process::ExitCode;

use ksef_commands::Problem;

/// Exit codes; the README lists them too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// 0: done; everything that was asked for holds.
    Done,
    /// 1: refused, by our checks or by KSeF.
    Refused,
    /// 2: the command line is wrong (clap's own code).
    Usage,
    /// 2: what `validate` or `invoice` was to look at could not be read, so nothing can be said of it.
    Unread,
    /// 3: a file cannot be read or written.
    File,
    /// 4: no connection.
    Network,
    /// 5: the system's password store.
    Keychain,
    /// 6: the archive, or the program itself.
    Program,
    /// 7: on its way; KSeF has not answered yet.
    Waiting,
}

impl Ending {
    /// The number of the process.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Refused => 1,
            Self::Usage | Self::Unread => 2,
            Self::File => 3,
            Self::Network => 4,
            Self::Keychain => 5,
            Self::Program => 6,
            Self::Waiting => 7,
        }
    }

    /// By the area of a problem's code.
    pub(crate) fn of(problem: &Problem) -> Self {
        let code = problem.code.as_str();
        match code.split('.').next().unwrap_or_default() {
            "journal" if code == "journal.notSaved" => Self::File,
            "file" => Self::File,
            "network" | "sandbox" => Self::Network,
            "keychain" => Self::Keychain,
            "archive" | "program" => Self::Program,
            "nip" | "cli" => Self::Usage,
            _ => Self::Refused,
        }
    }
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        Self::from(ending.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ksef_commands::NextStep;

    #[test]
    fn the_area_decides() {
        let of = |code| Ending::of(&Problem::new(code, NextStep::Retry));
        assert_eq!(of("keychain.locked"), Ending::Keychain);
        assert_eq!(of("network.dns"), Ending::Network);
        assert_eq!(of("ksef.auth450.revoked"), Ending::Refused);
        assert_eq!(of("nip.empty"), Ending::Usage);
        assert_eq!(of("journal.notSaved"), Ending::File);
    }
}
