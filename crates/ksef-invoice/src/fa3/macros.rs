//! The model as plain lists: one declaration of a type gives its Rust form, reading, writing and JSON.
//!
//! The words before a field say how its element stands in the schema:
//! - `one`: exactly once; `maybe`: at most once; `some`: once or more; `many`: any number of times;
//! - `mark`: at most once with a value that is always the same, so that only its presence says something;
//! - `group`: elements of another type in place, once; `flat`: the same, at most once.

/// The Rust type of a field.
macro_rules! field_type {
    (one $type:ty) => { $type };
    (maybe $type:ty) => { Option<$type> };
    (some $type:ty) => { Vec<$type> };
    (many $type:ty) => { Vec<$type> };
    (mark $type:ty) => { bool };
    (group $type:ty) => { $type };
    (flat $type:ty) => { Option<$type> };
}

/// Whether the next element begins this field: `Some` when that settles it for the type.
macro_rules! starts {
    (one $source:ident, $type:ty, $element:literal) => {
        Some($source.at($element))
    };
    (some $source:ident, $type:ty, $element:literal) => {
        Some($source.at($element))
    };
    (group $source:ident, $type:ty) => {
        Some(<$type as Group>::starts($source))
    };
    (flat $source:ident, $type:ty) => {
        <$type as Group>::starts($source).then_some(true)
    };
    ($other:ident $source:ident, $type:ty, $element:literal) => {
        $source.at($element).then_some(true)
    };
}

/// Reads a field.
macro_rules! read {
    (one $source:ident, $type:ty, $element:literal) => {{
        $source.enter($element, 0)?;
        <$type as Content>::read($source)?
    }};
    (maybe $source:ident, $type:ty, $element:literal) => {
        if $source.at($element) { Some(read!(one $source, $type, $element)) } else { None }
    };
    (mark $source:ident, $type:ty, $element:literal) => {
        $source.at($element) && {
            let _: $type = read!(one $source, $type, $element);
            true
        }
    };
    (many $source:ident, $type:ty, $element:literal) => {{
        let mut list = Vec::new();
        while $source.at($element) {
            $source.enter($element, list.len() + 1)?;
            list.push(<$type as Content>::read($source)?);
        }
        list
    }};
    (some $source:ident, $type:ty, $element:literal) => {{
        if !$source.at($element) {
            return Err($source.missing(&[$element]));
        }
        read!(many $source, $type, $element)
    }};
    (group $source:ident, $type:ty) => { <$type as Group>::read_group($source)? };
    (flat $source:ident, $type:ty) => {
        if <$type as Group>::starts($source) { Some(<$type as Group>::read_group($source)?) } else { None }
    };
}

/// Writes a field.
macro_rules! put {
    (one $sink:ident, $value:expr, $type:ty, $element:literal) => {{
        $sink.open($element, false);
        <$type as Content>::write($value, $sink);
        $sink.close($element);
    }};
    (maybe $sink:ident, $value:expr, $type:ty, $element:literal) => {
        if let Some(value) = $value {
            put!(one $sink, value, $type, $element);
        }
    };
    (mark $sink:ident, $value:expr, $type:ty, $element:literal) => {
        if *$value {
            put!(one $sink, &<$type>::default(), $type, $element);
        }
    };
    (group $sink:ident, $value:expr, $type:ty) => { <$type as Group>::write_group($value, $sink) };
    (flat $sink:ident, $value:expr, $type:ty) => {
        if let Some(value) = $value {
            <$type as Group>::write_group(value, $sink);
        }
    };
    ($list:ident $sink:ident, $value:expr, $type:ty, $element:literal) => {
        for value in $value {
            $sink.open($element, true);
            <$type as Content>::write(value, $sink);
            $sink.close($element);
        }
    };
}

/// Names the paths of a field, for the test that compares the model with the schema's table.
#[cfg(test)]
macro_rules! paths {
    ($kind:ident $path:ident, $out:ident, $type:ty) => {
        <$type as Group>::group_paths($path, $out)
    };
    ($kind:ident $path:ident, $out:ident, $type:ty, $element:literal) => {{
        let path = format!("{}/{}", $path, $element);
        <$type as Content>::paths(&path, $out);
        $out.insert(path);
    }};
}

/// The second of two.
macro_rules! second {
    ($first:tt $second:ident) => {
        $second
    };
}

/// JSON of a type and its use as the content of an element.
macro_rules! whole {
    ($name:ident) => {
        impl Content for $name {
            fn read<S: Source>(source: &mut S) -> Result<Self, S::Error> {
                source.children()?;
                let value = <Self as Group>::read_group(source)?;
                source.leave()?;
                Ok(value)
            }

            fn write<K: Sink>(&self, sink: &mut K) {
                self.write_group(sink);
            }

            #[cfg(test)]
            fn paths(path: &str, out: &mut std::collections::BTreeSet<String>) {
                <Self as Group>::group_paths(path, out);
            }
        }

        json!($name);
    };
}

/// JSON of a type with content.
macro_rules! json {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::fa3::tree::serialize(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::fa3::tree::deserialize(deserializer)
            }
        }
    };
}

/// A type of elements one after another.
macro_rules! element {
    ($(#[$meta:meta])* pub struct $name:ident {
        $($(#[$note:meta])* $kind:ident $field:ident: $type:ty $(=> $element:literal)?),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $($(#[$note])* pub $field: field_type!($kind $type),)*
        }

        impl Group for $name {
            fn starts<S: Source>(source: &S) -> bool {
                None::<bool>
                    $(.or_else(|| starts!($kind source, $type $(, $element)?)))*
                    .unwrap_or(false)
            }

            fn read_group<S: Source>(source: &mut S) -> Result<Self, S::Error> {
                Ok(Self { $($field: read!($kind source, $type $(, $element)?),)* })
            }

            fn write_group<K: Sink>(&self, sink: &mut K) {
                $(put!($kind sink, &self.$field, $type $(, $element)?);)*
            }

            #[cfg(test)]
            fn group_paths(path: &str, out: &mut std::collections::BTreeSet<String>) {
                $(paths!($kind path, out, $type $(, $element)?);)*
            }
        }

        whole!($name);
    };
}

/// A choice. After `=` stands a mark that always comes first in the variant.
macro_rules! choice {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$note:meta])* $variant:ident $(= $mark:literal)?
            $(($tuple:ident $content:ty $(=> $inner:literal)?))?
            $({$($(#[$remark:meta])* $kind:ident $field:ident: $type:ty $(=> $element:literal)?),* $(,)?})?
        ),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub enum $name {
            $($(#[$note])* $variant
                $((field_type!($tuple $content)))?
                $({$($(#[$remark])* $field: field_type!($kind $type),)*})?
            ,)*
        }

        impl Group for $name {
            fn starts<S: Source>(source: &S) -> bool {
                $((None::<bool>
                    $(.or_else(|| Some(source.at($mark))))?
                    $(.or_else(|| starts!($tuple source, $content $(, $inner)?)))?
                    $($(.or_else(|| starts!($kind source, $type $(, $element)?)))*)?
                    .unwrap_or(false)) ||)*
                false
            }

            fn read_group<S: Source>(source: &mut S) -> Result<Self, S::Error> {
                $(if None::<bool>
                    $(.or_else(|| Some(source.at($mark))))?
                    $(.or_else(|| starts!($tuple source, $content $(, $inner)?)))?
                    $($(.or_else(|| starts!($kind source, $type $(, $element)?)))*)?
                    .unwrap_or(false)
                {
                    $(let _: Wybor1 = read!(one source, Wybor1, $mark);)?
                    return Ok(Self::$variant
                        $((read!($tuple source, $content $(, $inner)?)))?
                        $({$($field: read!($kind source, $type $(, $element)?),)*})?
                    );
                })*
                Err(source.missing(&[$($($mark,)? $($($inner,)?)? $($($($element,)?)*)?)*]))
            }

            fn write_group<K: Sink>(&self, sink: &mut K) {
                match self {
                    $(Self::$variant $((second!($tuple value)))? $({$($field,)*})? => {
                        $(put!(one sink, &Wybor1, Wybor1, $mark);)?
                        $(put!($tuple sink, value, $content $(, $inner)?);)?
                        $($(put!($kind sink, $field, $type $(, $element)?);)*)?
                    })*
                }
            }

            #[cfg(test)]
            fn group_paths(path: &str, out: &mut std::collections::BTreeSet<String>) {
                $(
                    $(paths!(one path, out, Wybor1, $mark);)?
                    $(paths!($tuple path, out, $content $(, $inner)?);)?
                    $($(paths!($kind path, out, $type $(, $element)?);)*)?
                )*
            }
        }

        whole!($name);
    };
}

/// A type of text without elements inside.
macro_rules! leaf_content {
    ($name:ty) => {
        impl Content for $name {
            fn read<S: Source>(source: &mut S) -> Result<Self, S::Error> {
                source.leaf()
            }

            fn write<K: Sink>(&self, sink: &mut K) {
                Leaf::write(self, sink);
            }

            #[cfg(test)]
            fn paths(_path: &str, _out: &mut std::collections::BTreeSet<String>) {}
        }
    };
}

/// A closed list of values. `text` or `number` says which values XML holds to be the same.
macro_rules! codes {
    ($(#[$meta:meta])* pub enum $name:ident: $kind:ident {
        $($(#[$note:meta])* $variant:ident = $code:literal),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$note])* $variant,)*
        }

        impl $name {
            /// All values in the order of the schema.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// As the document has it.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)*
                }
            }

            /// The value with this code, which must be written as [`Self::code`] answers it.
            #[must_use]
            pub fn of(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl Leaf for $name {
            fn parse(value: &str) -> Option<Self> {
                Self::of(value).or_else(|| $crate::fa3::leaf::$kind(value).and_then(|value| Self::of(&value)))
            }

            fn write<K: Sink>(&self, sink: &mut K) {
                sink.plain(&self.code());
            }
        }

        leaf_content!($name);
    };
}
