//! What a table's columns are: one list for reading, for the template, and for the description.

use crate::fold::fold;

/// A kind of table: its columns.
pub trait Columns: Copy + Ord + std::fmt::Debug + Send + Sync + 'static {
    /// All of them, in the order of the template.
    fn all() -> &'static [ColumnInfo<Self>];

    /// What there is to know of this one.
    fn info(self) -> &'static ColumnInfo<Self>
    where
        Self: Sized,
    {
        // Every value stands in the list; a test of each list looks.
        Self::all().iter().find(|info| info.column == self).unwrap_or(&Self::all()[0])
    }

    /// The column with that header, in any case, with or without Polish signs, in Polish or English.
    fn of_header(header: &str) -> Option<Self>
    where
        Self: Sized,
    {
        let wanted = fold(header);
        let fits = |info: &&ColumnInfo<Self>| {
            std::iter::once(&info.header)
                .chain(std::iter::once(&info.english))
                .chain(info.aliases)
                .any(|name| fold(name) == wanted)
        };
        (!wanted.is_empty()).then(|| Self::all().iter().find(fits).map(|info| info.column)).flatten()
    }
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub struct ColumnInfo<C: 'static> {
    /// Which.
    pub column: C,
    /// Its header in Polish, as the template has it.
    pub header: &'static str,
    /// Its header in English.
    pub english: &'static str,
    /// Other headers that are understood.
    pub aliases: &'static [&'static str],
    /// What a cell of it speaks of.
    pub level: Level,
    /// Where its value goes in the draft, names with dots; a line's own name without `lines.N.`.
    pub field: &'static str,
    /// What belongs in it, in Polish.
    pub pl: &'static str,
    /// What belongs in it, in English.
    pub en: &'static str,
}

/// What a cell speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The whole invoice: said once, or the same in each of its rows.
    Invoice,
    /// The line of this row.
    Line,
    /// An advance invoice that this row settles.
    Advance,
    /// A row of a book.
    Row,
}
