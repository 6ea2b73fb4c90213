//! What is missing and what might stand at a place, for messages. Only called when something is wrong.

use super::choices::reachable;
use super::model::Complex;

/// What a content model still wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expectation {
    /// Elements without which there is no way on, in order.
    pub(super) required: Vec<&'static str>,
    /// Elements of which any may stand here.
    pub(super) any_of: Vec<&'static str>,
}

/// What stands between the particles `allowed` now and the particle `target` (or the end of the element).
/// `None` if no way leads there.
pub(super) fn between(
    complex: &Complex,
    allowed: u128,
    may_end: bool,
    target: Option<usize>,
) -> Option<Expectation> {
    let reaches = |without: u128| {
        let reached = reachable(complex, allowed & !without, without);
        match target {
            Some(target) => reached & (1 << target) != 0,
            None => may_end || bits(reached).any(|index| complex.particles[index].last),
        }
    };
    if !reaches(0) {
        return None;
    }
    let is_required = |index: &usize| Some(*index) != target && !reaches(1 << index);
    let required =
        (0..complex.particles.len()).filter(is_required).map(|index| complex.particles[index].name).collect();
    Some(Expectation { required, any_of: names(complex, allowed) })
}

/// The names of a set of particles.
pub(super) fn names(complex: &Complex, set: u128) -> Vec<&'static str> {
    bits(set).map(|index| complex.particles[index].name).collect()
}

/// The indexes in a set.
pub(super) fn bits(mut set: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (set != 0).then(|| {
            let index = set.trailing_zeros();
            set &= set - 1;
            index as usize
        })
    })
}
