/// What a file is that people pick by mistake, for the sentence; nothing where it may be CSV.
pub(crate) fn other_program(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: [(&[u8], &str); 7] = [
        (b"\xD0\xCF\x11\xE0", "stary plik Excela (.xls) albo plik zaszyfrowany hasłem"),
        (b"%PDF", "PDF"),
        (b"<", "XML albo strona HTML"),
        (b"\xEF\xBB\xBF<", "XML albo strona HTML"),
        (b"{", "JSON"),
        (b"\x89PNG", "obraz"),
        (b"\xFF\xD8\xFF", "obraz"),
    ];
    let start = bytes.trim_ascii_start();
    KNOWN.iter().find(|(signature, _)| start.starts_with(signature)).map(|(_, what)| *what)
}
