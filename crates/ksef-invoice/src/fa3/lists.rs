//! Codes of countries and currencies: those that the schema lists.

use std::fmt;
use std::sync::LazyLock;

use super::content::{Content, Leaf, Sink, Source};
use crate::structure::{NamespaceId, listed};

/// A code from a list of the schema.
macro_rules! code {
    ($(#[$meta:meta])* pub struct $name:ident, $namespace:ident, $list:literal, $default:literal) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(&'static str);

        impl $name {
            /// The code of this text; `None` if the schema does not list it.
            #[must_use]
            pub fn of(code: &str) -> Option<Self> {
                let all = Self::all();
                all.binary_search(&code).ok().map(|index| Self(all[index]))
            }

            /// All codes, sorted.
            #[must_use]
            pub fn all() -> &'static [&'static str] {
                static ALL: LazyLock<&[&str]> = LazyLock::new(|| listed(NamespaceId::$namespace, $list));
                &ALL
            }

            /// The code.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                self.0
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self($default)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.0)
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl Leaf for $name {
            fn parse(value: &str) -> Option<Self> {
                Self::of(value)
            }

            fn write<K: Sink>(&self, sink: &mut K) {
                sink.plain(&self.0);
            }
        }

        leaf_content!($name);
    };
}

code! {
    /// A country, two letters; `PL` by default.
    pub struct KodKraju, Etd, "TKodKraju", "PL"
}

code! {
    /// A country of the Union (or Northern Ireland, `XI`) as VAT numbers begin, two letters; `PL` by default.
    pub struct KodUe, Fa3, "TKodyKrajowUE", "PL"
}

code! {
    /// A currency, three letters; `PLN` by default.
    pub struct KodWaluty, Fa3, "TKodWaluty", "PLN"
}
