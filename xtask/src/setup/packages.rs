//! The system packages by their names in Debian and Ubuntu, each with something that shows elsewhere whether it is there.

/// A system package.
#[derive(Clone, Copy)]
pub(crate) struct Package {
    /// Its name in Debian and Ubuntu.
    pub(crate) name: &'static str,
    /// What shows on another Linux that it is installed.
    pub(crate) witness: Witness,
}

/// How the presence of a package is seen without a package manager.
#[derive(Clone, Copy)]
pub(crate) enum Witness {
    /// A program on the path.
    Program(&'static str),
    /// A library that pkg-config knows.
    Library(&'static str),
    /// A folder.
    Folder(&'static str),
}

const fn program(name: &'static str, program: &'static str) -> Package {
    Package { name, witness: Witness::Program(program) }
}

/// What every program of the project is built with.
pub(crate) const COMPILER: &[Package] = &[
    program("build-essential", "cc"),
    // OpenSSL is built from source: its configuration is written in Perl and uses the full set of modules.
    program("perl", "perl"),
    program("pkg-config", "pkg-config"),
];

/// What the window needs on top of [`COMPILER`].
pub(crate) const WINDOW: &[Package] = &[
    // Brings GTK, Soup and D-Bus along.
    Package { name: "libwebkit2gtk-4.1-dev", witness: Witness::Library("webkit2gtk-4.1") },
];

/// A real keychain in a private session.
pub(crate) const KEYCHAIN: &[Package] =
    &[program("gnome-keyring", "gnome-keyring-daemon"), program("dbus", "dbus-run-session")];

/// What the tests need on top of all of these.
pub(crate) const TEST: &[Package] = &[
    program("git", "git"),
    // The real window on a virtual display.
    program("xvfb", "xvfb-run"),
    program("xauth", "xauth"),
    program("webkit2gtk-driver", "WebKitWebDriver"),
    program("xdotool", "xdotool"),
    program("imagemagick", "convert"),
    // Has the Polish letters.
    Package { name: "fonts-dejavu-core", witness: Witness::Folder("/usr/share/fonts") },
    // Independent judges of XML, signatures, keys, QR codes and PDF.
    program("libxml2-utils", "xmllint"),
    Package { name: "libxml2-dev", witness: Witness::Library("libxml-2.0") },
    program("xmlsec1", "xmlsec1"),
    program("openssl", "openssl"),
    program("zbar-tools", "zbarimg"),
    program("poppler-utils", "pdftotext"),
    // Reads the archive beside the program.
    program("sqlite3", "sqlite3"),
    // The simulator's documentation is tried as written, and another client works against it.
    program("curl", "curl"),
    program("python3", "python3"),
    program("python3-venv", "python3"),
];
