//! Lines and columns for what rules found: one more pass over the bytes, made only if something was found.

use super::review::Remark;
use crate::finding::{Finding, Findings};
use crate::structure::{Observer, Path, validate};
use crate::xml::Lines;

/// The remarks as findings about these bytes. A place that is not there, such as a missing field, goes to the innermost
/// element around it.
pub(crate) fn located(bytes: &[u8], remarks: Vec<Remark>) -> Vec<Finding> {
    if remarks.is_empty() {
        return Vec::new();
    }
    let mut locator = Locator { best: vec![(0, 0); remarks.len()], remarks: &remarks };
    validate(bytes, &mut locator, &mut Findings::new(Lines::new(bytes)));
    let best = locator.best;
    let mut lines = Lines::new(bytes);
    let places: Vec<(u32, u32)> = best.into_iter().map(|(_, offset)| lines.locate(offset)).collect();
    remarks.into_iter().zip(places).map(|(remark, (line, column))| remark.at(line, column)).collect()
}

struct Locator<'r> {
    remarks: &'r [Remark],
    /// For each remark how many of its steps have been found, and where the last of them begins.
    best: Vec<(usize, usize)>,
}

impl Observer for Locator<'_> {
    fn element(&mut self, path: &Path<'_>, offset: usize, _findings: &mut Findings<'_>) {
        let (depth, name) = (path.depth(), path.name());
        for (remark, best) in self.remarks.iter().zip(&mut self.best) {
            let steps = remark.spot.steps();
            let is_deeper = depth == best.0 + 1 && steps.get(depth - 1).is_some_and(|step| step.0 == name);
            if is_deeper && path.steps().eq(steps[..depth].iter().copied()) {
                *best = (depth, offset);
            }
        }
    }
}
