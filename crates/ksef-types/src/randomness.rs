/// Where random bytes come from. Passed in, so that tests can repeat a run.
///
/// The one for real work is `ksef_crypto::OsRandomness`.
pub trait Randomness: Send + Sync {
    /// Fills the whole buffer.
    fn fill(&self, buffer: &mut [u8]);
}
