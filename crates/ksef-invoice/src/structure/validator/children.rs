//! Where in a content model an open element stands.

use super::super::expectation::bits;
use super::super::model::{Complex, Content, Particle, Simple, key};
use super::super::table::{COMPLEX, SIMPLE};

/// What may stand in an open element.
#[derive(Debug, Clone, Copy)]
pub(super) enum Inside {
    Children(Children),
    Text {
        simple: &'static Simple,
        fixed: Option<&'static str>,
    },
    /// Something is wrong with the element itself: what is in it is only read as XML.
    Anything,
}

/// Where in a content model we stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Children {
    pub(super) complex: &'static Complex,
    /// The particle that stood last.
    pub(super) current: Option<&'static Particle>,
    pub(super) count: u32,
    pub(super) text_reported: bool,
}

impl Children {
    pub(super) const fn new(complex: &'static Complex) -> Self {
        Self { complex, current: None, count: 0, text_reported: false }
    }

    /// Particles that may come next.
    pub(super) const fn allowed(&self) -> u128 {
        match self.current {
            Some(current) => current.next,
            None => self.complex.start,
        }
    }

    /// Whether nothing need come any more.
    pub(super) const fn may_end(&self) -> bool {
        match self.current {
            Some(current) => current.last,
            None => self.complex.may_be_empty,
        }
    }

    /// Steps on a child; `None` if it may not stand here.
    pub(super) fn step(&mut self, name: &str) -> Option<&'static Particle> {
        let key = key(name);
        let is_it = |particle: &Particle| particle.key == key && particle.name == name;
        if let Some(current) = self.current.filter(|current| self.count < current.most && is_it(current)) {
            self.count += 1;
            return Some(current);
        }
        let index = bits(self.allowed()).find(|&index| is_it(&self.complex.particles[index]))?;
        Some(self.stand_on(index))
    }

    pub(super) fn stand_on(&mut self, index: usize) -> &'static Particle {
        let particle = &self.complex.particles[index];
        self.current = Some(particle);
        self.count = 1;
        particle
    }
}

pub(super) fn inside(particle: &'static Particle) -> Inside {
    match particle.content {
        Content::Simple(index) => Inside::Text { simple: &SIMPLE[usize::from(index)], fixed: particle.fixed },
        Content::Complex(index) => {
            let complex = &COMPLEX[usize::from(index)];
            match complex.text {
                Some(simple) => Inside::Text { simple: &SIMPLE[usize::from(simple)], fixed: None },
                None => Inside::Children(Children::new(complex)),
            }
        }
    }
}
