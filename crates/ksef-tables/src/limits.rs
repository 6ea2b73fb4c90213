//! How much a file may ask for. Everything is refused beyond these, before it takes memory.

/// Size of a file in bytes.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;

/// Rows with something in them, without the header.
pub const MOST_ROWS: usize = 50_000;

/// Columns that are looked at; a sheet of Excel has 16 384.
pub(crate) const MOST_COLUMNS: usize = 256;

/// Bytes of a cell's text; Excel's own limit is 32 767 characters.
pub(crate) const LONGEST_CELL: usize = 64 * 1024;

/// Bytes of all texts together: a shared text of a workbook may be named by every cell.
pub(crate) const MOST_TEXT: usize = 64 * 1024 * 1024;

/// What a workbook's parts may unpack to, each and together, in bytes.
pub(crate) const MOST_UNPACKED: u64 = 256 * 1024 * 1024;

/// How often a workbook may be larger unpacked than packed, once it is larger than [`SMALL`]. Sheets of equal rows come to 40.
pub(crate) const MOST_RATIO: u64 = 200;

/// Up to here no ratio is looked at, in bytes.
pub(crate) const SMALL: u64 = 4 * 1024 * 1024;

/// Parts of a workbook.
pub(crate) const MOST_PARTS: usize = 2_000;

/// Among so many first rows the header is looked for.
pub(crate) const HEADER_WITHIN: usize = 20;
