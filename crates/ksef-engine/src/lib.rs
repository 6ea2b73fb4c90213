//! What the program does: connect, check, send, outbox.
