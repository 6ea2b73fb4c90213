//! The shell: window, dialogs, one-line adapters to ksef-commands.
