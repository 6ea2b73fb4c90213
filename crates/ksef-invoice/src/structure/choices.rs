//! What a content model says about its members: which are needed, which exclude each other.

use super::expectation::bits;
use super::model::Complex;

/// A member of a content model, in its company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Membership {
    /// There is no document without it.
    pub(crate) required: bool,
    /// Members that never stand together with it, as indexes.
    pub(crate) excludes: Vec<usize>,
    /// Members that must be there when it is, besides those that are always required.
    pub(crate) needs: Vec<usize>,
    /// It, or one of those that it excludes, must be there.
    pub(crate) one_is_required: bool,
}

/// The company of one member.
pub(crate) fn membership(complex: &Complex, index: usize) -> Membership {
    let all = 0..complex.particles.len();
    let is_required = |index: usize| !ends(complex, 1 << index);
    let required = is_required(index);
    let excludes: Vec<usize> =
        all.clone().filter(|&other| other != index && !together(complex, index, other)).collect();
    let set = excludes.iter().fold(1_u128 << index, |set, other| set | 1 << other);
    let needs = all
        .filter(|&other| {
            other != index
                && !excludes.contains(&other)
                && !is_required(other)
                && !passes(complex, index, other)
        })
        .collect();
    Membership { required, one_is_required: !excludes.is_empty() && !ends(complex, set), excludes, needs }
}

/// Whether some document has both.
fn together(complex: &Complex, one: usize, other: usize) -> bool {
    after(complex, one, 0) & 1 << other != 0 || after(complex, other, 0) & 1 << one != 0
}

/// Whether some document has the one and not the other.
fn passes(complex: &Complex, one: usize, without: usize) -> bool {
    let without = 1 << without;
    let before = reachable(complex, complex.start & !without, without);
    before & 1 << one != 0 && (complex.particles[one].last || can_end(complex, after(complex, one, without)))
}

/// Whether a document can come to its end without these.
fn ends(complex: &Complex, without: u128) -> bool {
    complex.may_be_empty || can_end(complex, reachable(complex, complex.start & !without, without))
}

fn can_end(complex: &Complex, reached: u128) -> bool {
    bits(reached).any(|index| complex.particles[index].last)
}

fn after(complex: &Complex, index: usize, without: u128) -> u128 {
    reachable(complex, complex.particles[index].next & !without, without)
}

/// All particles to which a way leads from these, these included, around those of `without`.
pub(super) fn reachable(complex: &Complex, from: u128, without: u128) -> u128 {
    let mut reached = from;
    let mut fresh = from;
    while fresh != 0 {
        let next = bits(fresh).fold(0, |next, index| next | complex.particles[index].next) & !without;
        fresh = next & !reached;
        reached |= next;
    }
    reached
}
