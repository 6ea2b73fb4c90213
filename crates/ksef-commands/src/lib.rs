//! The command surface for every front: requests, answers, problem codes.
