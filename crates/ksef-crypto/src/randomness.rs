use ksef_types::Randomness;

/// Chance from the operating system, through OpenSSL's generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsRandomness;

impl Randomness for OsRandomness {
    #[expect(
        clippy::expect_used,
        reason = "without a random generator no key may be made: going on with known bytes would be worse than stopping"
    )]
    #[expect(clippy::disallowed_methods, reason = "the one place where chance comes from outside")]
    fn fill(&self, buffer: &mut [u8]) {
        openssl::rand::rand_bytes(buffer).expect("the operating system gives random bytes");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_draws_differ() {
        let (mut first, mut second) = ([0; 32], [0; 32]);
        OsRandomness.fill(&mut first);
        OsRandomness.fill(&mut second);
        assert_ne!(first, second);
    }
}
