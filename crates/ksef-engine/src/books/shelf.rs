//! What the two books have in common.
