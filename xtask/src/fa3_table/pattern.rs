//! Patterns of XML Schema as small deterministic automata.
//!
//! Symbols are the 128 ASCII characters, "another decimal digit" (category Nd beyond ASCII) and "anything else
//! beyond ASCII": no pattern of the schema tells characters beyond ASCII apart in another way.

use std::collections::{BTreeMap, BTreeSet};

use super::Problem;

/// Number of symbols.
pub(crate) const SYMBOLS: usize = 130;
const OTHER_DIGIT: usize = 128;

/// A minimal automaton: state 0 is dead, state 1 is the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Automaton {
    /// Class of each symbol.
    pub classes: Vec<u8>,
    /// For each state, the next state by class.
    pub next: Vec<Vec<u8>>,
    /// Which states accept.
    pub accepting: Vec<bool>,
}

type Set = [bool; SYMBOLS];

enum Tree {
    Symbols(Box<Set>),
    Sequence(Vec<Tree>),
    Choice(Vec<Tree>),
    Repeat(Box<Tree>, usize, Option<usize>),
}

/// Compiles a pattern.
pub(crate) fn compile(pattern: &str) -> Result<Automaton, Problem> {
    let mut parser = Parser { rest: pattern.chars().peekable(), pattern };
    let tree = parser.choice()?;
    if parser.rest.peek().is_some() {
        return Err(parser.unsupported());
    }
    let mut nfa = Nfa::default();
    let start = nfa.state();
    let end = nfa.build(&tree, start);
    determinise(&nfa, start, end, pattern)
}

struct Parser<'p> {
    rest: std::iter::Peekable<std::str::Chars<'p>>,
    pattern: &'p str,
}

impl Parser<'_> {
    fn unsupported(&self) -> Problem {
        Problem::Unsupported(format!("pattern {}", self.pattern))
    }

    fn choice(&mut self) -> Result<Tree, Problem> {
        let mut branches = vec![self.sequence()?];
        while self.rest.next_if_eq(&'|').is_some() {
            branches.push(self.sequence()?);
        }
        Ok(Tree::Choice(branches))
    }

    fn sequence(&mut self) -> Result<Tree, Problem> {
        let mut pieces = Vec::new();
        while self.rest.peek().is_some_and(|next| !matches!(next, '|' | ')')) {
            let atom = self.atom()?;
            pieces.push(self.quantified(atom)?);
        }
        Ok(Tree::Sequence(pieces))
    }

    fn atom(&mut self) -> Result<Tree, Problem> {
        let set = match self.rest.next() {
            Some('(') => {
                let inner = self.choice()?;
                return match self.rest.next() {
                    Some(')') => Ok(inner),
                    _ => Err(self.unsupported()),
                };
            }
            Some('[') => self.class()?,
            Some('\\') => self.escape()?,
            Some('.') => inverse(&of("\n\r")),
            Some('?' | '*' | '+' | '{' | '}' | ')' | ']') | None => return Err(self.unsupported()),
            Some(literal) if literal.is_ascii() => single(literal),
            Some(_) => return Err(self.unsupported()),
        };
        Ok(Tree::Symbols(Box::new(set)))
    }

    fn quantified(&mut self, atom: Tree) -> Result<Tree, Problem> {
        let (least, most) = match self.rest.peek() {
            Some('?') => (0, Some(1)),
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('{') => {
                let text: String = self.rest.by_ref().skip(1).take_while(|&next| next != '}').collect();
                let (least, most) =
                    text.split_once(',').map_or((text.as_str(), Some(text.as_str())), |(least, most)| {
                        (least, Some(most).filter(|most| !most.is_empty()))
                    });
                let number = |digits: &str| digits.parse::<usize>().map_err(|_| self.unsupported());
                let most = most.map(number).transpose()?;
                return Ok(Tree::Repeat(Box::new(atom), number(least)?, most));
            }
            _ => return Ok(atom),
        };
        self.rest.next();
        Ok(Tree::Repeat(Box::new(atom), least, most))
    }

    fn escape(&mut self) -> Result<Set, Problem> {
        match self.rest.next() {
            Some('d') => {
                let mut digits = of("0123456789");
                digits[OTHER_DIGIT] = true;
                Ok(digits)
            }
            Some('s') => Ok(of(" \t\n\r")),
            Some('n') => Ok(of("\n")),
            Some('r') => Ok(of("\r")),
            Some('t') => Ok(of("\t")),
            Some(
                literal
                @ ('.' | '\\' | '?' | '*' | '+' | '(' | ')' | '{' | '}' | '-' | '[' | ']' | '|' | '^'),
            ) => Ok(single(literal)),
            _ => Err(self.unsupported()),
        }
    }

    fn class(&mut self) -> Result<Set, Problem> {
        let negated = self.rest.next_if_eq(&'^').is_some();
        let mut set = [false; SYMBOLS];
        loop {
            let first = match self.rest.next() {
                Some(']') => break,
                Some('\\') => {
                    let escaped = self.escape()?;
                    set.iter_mut().zip(escaped).for_each(|(symbol, more)| *symbol |= more);
                    continue;
                }
                Some(first) if first.is_ascii() && first != '[' => first,
                _ => return Err(self.unsupported()),
            };
            let mut ahead = self.rest.clone();
            let range = ahead.next() == Some('-') && ahead.next().is_some_and(|last| last != ']');
            let last = if range { self.rest.nth(1).unwrap_or(first) } else { first };
            if !last.is_ascii_graphic() {
                return Err(self.unsupported());
            }
            (first as usize..=last as usize).for_each(|symbol| set[symbol] = true);
        }
        Ok(if negated { inverse(&set) } else { set })
    }
}

fn of(characters: &str) -> Set {
    let mut set = [false; SYMBOLS];
    characters.bytes().for_each(|byte| set[usize::from(byte)] = true);
    set
}

fn single(literal: char) -> Set {
    of(literal.encode_utf8(&mut [0; 4]))
}

fn inverse(set: &Set) -> Set {
    set.map(|symbol| !symbol)
}

#[derive(Default)]
struct Nfa {
    silent: Vec<Vec<usize>>,
    moves: Vec<Vec<(Set, usize)>>,
}

impl Nfa {
    fn state(&mut self) -> usize {
        self.silent.push(Vec::new());
        self.moves.push(Vec::new());
        self.silent.len() - 1
    }

    /// Adds a tree after `from`; answers the state after it.
    fn build(&mut self, tree: &Tree, from: usize) -> usize {
        match tree {
            Tree::Symbols(set) => {
                let to = self.state();
                self.moves[from].push((**set, to));
                to
            }
            Tree::Sequence(pieces) => pieces.iter().fold(from, |from, piece| self.build(piece, from)),
            Tree::Choice(branches) => {
                let to = self.state();
                for branch in branches {
                    let start = self.state();
                    self.silent[from].push(start);
                    let end = self.build(branch, start);
                    self.silent[end].push(to);
                }
                to
            }
            Tree::Repeat(inner, least, most) => self.repeat(inner, *least, *most, from),
        }
    }

    fn repeat(&mut self, inner: &Tree, least: usize, most: Option<usize>, from: usize) -> usize {
        let mut at = (0..least).fold(from, |from, _| self.build(inner, from));
        let Some(most) = most else {
            let start = self.state();
            self.silent[at].push(start);
            let end = self.build(inner, start);
            self.silent[end].push(start);
            let to = self.state();
            self.silent[start].push(to);
            return to;
        };
        let to = self.state();
        for _ in least..most {
            self.silent[at].push(to);
            let start = self.state();
            self.silent[at].push(start);
            at = self.build(inner, start);
        }
        self.silent[at].push(to);
        to
    }

    fn closure(&self, states: BTreeSet<usize>) -> BTreeSet<usize> {
        let mut open: Vec<usize> = states.iter().copied().collect();
        let mut closed = states;
        while let Some(state) = open.pop() {
            for &next in &self.silent[state] {
                if closed.insert(next) {
                    open.push(next);
                }
            }
        }
        closed
    }
}

fn determinise(nfa: &Nfa, start: usize, end: usize, pattern: &str) -> Result<Automaton, Problem> {
    let first = nfa.closure(BTreeSet::from([start]));
    let mut numbers = BTreeMap::from([(BTreeSet::new(), 0_usize), (first.clone(), 1)]);
    let mut sets = vec![BTreeSet::new(), first];
    let mut rows: Vec<Vec<usize>> = vec![vec![0; SYMBOLS]];
    while rows.len() < sets.len() {
        let mut row = Vec::with_capacity(SYMBOLS);
        for symbol in 0..SYMBOLS {
            let reached = sets[rows.len()]
                .iter()
                .flat_map(|&state| &nfa.moves[state])
                .filter(|(set, _)| set[symbol])
                .map(|&(_, to)| to)
                .collect();
            let reached = nfa.closure(reached);
            let fresh = numbers.len();
            let number = *numbers.entry(reached.clone()).or_insert(fresh);
            if number == fresh {
                sets.push(reached);
            }
            row.push(number);
        }
        rows.push(row);
    }
    let accepting: Vec<bool> = sets.iter().map(|set| set.contains(&end)).collect();
    compact(&rows, &accepting)
        .ok_or_else(|| Problem::Unsupported(format!("pattern of over 255 states {pattern}")))
}

/// Merges equal states (Moore) and equal symbols.
fn compact(rows: &[Vec<usize>], accepting: &[bool]) -> Option<Automaton> {
    let mut group: Vec<usize> = accepting.iter().map(|&accepts| usize::from(accepts)).collect();
    loop {
        let mut keys: BTreeMap<(usize, Vec<usize>), usize> = BTreeMap::new();
        let mut refined = Vec::with_capacity(rows.len());
        for (state, row) in rows.iter().enumerate() {
            let key = (group[state], row.iter().map(|&next| group[next]).collect());
            let fresh = keys.len();
            refined.push(*keys.entry(key).or_insert(fresh));
        }
        let settled = refined.iter().max() == group.iter().max();
        group = refined;
        if settled {
            break;
        }
    }
    // Groups are numbered by first appearance: the dead state is 0 and the start 1 (no pattern accepts nothing).
    let count = group.iter().max()? + 1;
    let leader = |wanted: usize| group.iter().position(|&found| found == wanted);
    let leaders: Vec<usize> = (0..count).map(leader).collect::<Option<_>>()?;
    let mut columns: BTreeMap<Vec<usize>, u8> = BTreeMap::new();
    let mut classes = Vec::with_capacity(SYMBOLS);
    let mut order: Vec<Vec<usize>> = Vec::new();
    for symbol in 0..SYMBOLS {
        let column: Vec<usize> = leaders.iter().map(|&state| group[rows[state][symbol]]).collect();
        let fresh = u8::try_from(columns.len()).ok()?;
        let class = *columns.entry(column.clone()).or_insert(fresh);
        if class == fresh {
            order.push(column);
        }
        classes.push(class);
    }
    let next = (0..count)
        .map(|state| order.iter().map(|column| u8::try_from(column[state]).ok()).collect::<Option<Vec<u8>>>())
        .collect::<Option<Vec<_>>>()?;
    Some(Automaton { classes, next, accepting: leaders.iter().map(|&state| accepting[state]).collect() })
}
