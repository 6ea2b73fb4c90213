//! Values that probe every kind of facet.

/// Values to put in the place of a leaf's own, as written in XML.
pub(crate) fn probes(own: &str) -> Vec<String> {
    let mut probes: Vec<String> = [
        "", " ", "\n\t ", "x", "23%", "0", "-0", "+0", "1", "+1", "-1", "01", "001", "1.", ".5", "-.5", "+.5", "1.0", "1.00", "1.000",
        "0.01", "00.01", "1,5", "1e3", "NaN", "INF", "1 000", "-", "+", ".", "--1", "1.1.1", "0x10", "100", "100.0", "100.000001",
        "99.9999999", "101", "127", "128", "-128", "-129", "999999999999999.99", "9999999999999999.99", "99999999999999999.99",
        "99999999999999", "99999999999999.99999999", "999999999999999.99999999", "0.123456", "0.1234567", "0.12345678", "0.123456789",
        "1234567890123456.123456", "12345678901234567.123456", "100000000000000", "99999999999999999999999", "999999999999999999999999",
        "000000000000000000000000000000000000007", "2026-02-28", "2026-02-29", "2024-02-29", "2026-02-30", "2026-13-01", "2026-00-10",
        "2026-01-00", "2026-1-1", "26-01-01", "2026-01-01Z", "2026-01-01+01:00", "02026-01-01", "12026-01-01", "-2026-01-01", "2026/01/01",
        "1899-12-31", "1900-01-01", "1989-12-31", "1990-01-01", "2005-12-31", "2006-01-01", "2016-06-30", "2016-07-01", "2050-01-01",
        "2050-01-02", "2050-12-31", "2051-01-01", "0000-01-01", "2026-01-01T10:00:00", "2026-01-01T10:00:00Z", "2026-01-01T10:00:00.5Z",
        "2026-01-01T10:00:00.Z", "2026-01-01T10:00Z", "2026-01-01T24:00:00Z", "2026-01-01T24:00:01Z", "2026-01-01T23:59:60Z",
        "2026-01-01T10:00:00+14:00", "2026-01-01T10:00:00+14:01", "2026-01-01T10:00:00-14:00", "2026-01-01T10:00:00+24:00",
        "2026-01-01T10:00:00+1:00", "2026-01-01T10:00:00z", "2026-01-01t10:00:00Z", "2026-01-01 10:00:00Z", "2025-08-31T23:59:59Z",
        "2025-09-01T00:00:00Z", "2025-09-01T00:00:00", "2025-09-01T05:00:00", "2025-09-01T01:00:00+02:00", "2025-08-31T23:00:00-02:00",
        "2025-08-31T23:59:59", "2026-01-01T10:00:00Z\n", "2026-01-01T10:00:00 ", " 2026-01-01T10:00:00Z", "2026-01-01T10:00:00+01:00 ", "2050-01-01T23:59:59Z", "2050-01-01T23:59:59", "2050-01-01T23:59:59.1Z", "2050-01-02T00:00:00Z",
        "2050-01-02T01:00:00+02:00", "2021-10-01T00:00:00Z", "2021-09-30T23:59:59Z", "12026-01-01T10:00:00Z", "-0001-01-01T10:00:00Z",
        "2026-02-30T10:00:00Z", "PL", "pl", "PL ", " PL", "EL", "GR", "XX", "ZZ", "GB", "XI", "PLN", "pln", "EUR", "CNH", "XXX", "23",
        " 23 ", "\t23", "2 3", "np I", "np  I", "np\nI", "np II", "NP I", "0 KR", "0KR", "zw", "ZW", "GTU_01", "GTU_1", "GTU_14",
        "VAT", "KOR_ROZ", "KOR ROZ", "WSTO_EE", "I_42", "FA", " FA", "FA ", "fa", "date", "txt", "text", "5265877635", "526587763",
        "52658776355", "0265877635", "5005877635", "5065877635", "526-587-76-35", " 5265877635", "5265877635 ", "٣٢٦٥٨٧٧٦٣٥",
        "5265٨٧٧٦٣٥", "5２65877635", "5𝟚65877635", "5𞥐65877635", "5②65877635", "5265877635-12345", "5265877635-1234", "5265877635-1234٥",
        "U12345678", "u12345678", "1234567890123", "AB+*12", "AB-12", "a@b", "@b", "a@", "a b@c d", "a@b\nc", "ą@ę", "ABCDPLPW", "ABCDPLPWXXX",
        "ABCDPLPWXX", "abcdplpw", "ABCDPLPW ", "123456789", "12345678", "12345678901234", "1234567890", "12345678901", "１２３４５６７８９",
        "0000099999", "5265877635-20260101-0200A0D6723E-C2", "5265877635-20260101-0200A0-D6723E-C2", "5265877635-20261301-0200A0D6723E-C2",
        "5265877635-20260101-0200a0D6723E-C2", "M123456789-20260101-0200A0D6723E-C2", "ABC1234567-20260101-0200A0D6723E-C2",
        "5265877635-20160101-0200A0D6723E-C2", "https://a.pl?IPKSeF=123abcdefghij", "https://a.pl/x?a=1&amp;IPKSeF=123ABCdefghij&amp;b=2#c",
        "http://a.b-c.pl:8080/?IPKSeF=123abcdefghij", "https://a?IPKSeF=123abcdefghij", "ftp://a.pl?IPKSeF=123abcdefghij",
        "https://a.pl?IPKSeF=123abcdefghi", "https://a.pl?IPKSeF=1234bcdefghij", "https://a.pl/ą?IPKSeF=123abcdefghij",
        "https://a.pl?xIPKSeF=123abcdefghij", "https://a.pl?x&amp;IPKSeF=123abcdefghij", "https://a.pl?IPKSeF=123abcdefghij ",
        "https://a.pl:123456?IPKSeF=123abcdefghij", "https://a.p?IPKSeF=123abcdefghij", "https://-a.pl?IPKSeF=123abcdefghij",
        "123abcdefghij", "123abcdefghi", "12aabcdefghij", "123abcdefghią", "PL61109010140000071219812874", "123456789",
        "12345678901234567890123456789012345", "&amp;", "&lt;&gt;&quot;&apos;", "&#49;", "&#x31;", "&#x1;", "&#xFFFE;", "&#x110000;", "&#;", "&#x;",
        "&nbsp;", "&", "&amp", "]]>", "]]&gt;", "a\r\nb", "a&#13;b", "a&#9;b", "\u{a0}1", "1\u{a0}", "\u{2003}1", "1\u{85}", "\u{200b}", "\u{7f}", "\u{fdd0}",
        "\u{1fffe}", "<![CDATA[]]>", "<![CDATA[1]]>", "<![CDATA[<&]]>", "<!-- x -->", "<!-- - -- -->", "<!----->", "<?x y?>", "<?xml x?>", "<x/>", "<x>1</x>",
        "<Fa/>", "<", ">", "1<!-- x -->", "<!-- x -->1", "1<!-- x -->2", "<![CDATA[1]]>2", "1<?x y?>",
    ]
    .map(str::to_owned)
    .to_vec();
    for (character, length) in [
        ("a", 9), ("a", 10), ("ą", 10), ("ą", 13), ("ą", 14), ("ą", 16), ("ą", 17), ("ą", 20), ("ą", 21), ("ą", 32), ("ą", 33), ("a", 34),
        ("ą", 34), ("a", 35), ("ą", 50), ("ą", 51), ("😀", 50), ("😀", 51), ("ą", 255), ("ą", 256), ("ą", 257), ("😀", 256), ("😀", 257), ("ą", 512),
        ("ą", 513), ("😀", 512), ("ą", 3500), ("ą", 3501), ("a ", 128), ("a  ", 128), (" a", 129), ("\na", 256), ("&amp;", 256), ("&amp;", 257), ("e\u{301}", 128),
        ("e\u{301}", 129), ("\r\n", 3500), ("\r\n", 3501),
    ] {
        probes.push(character.repeat(length));
    }
    for around in [
        format!(" {own} "),
        format!("\n\t{own}\n"),
        format!("{own}x"),
        format!("{own}0"),
        format!("0{own}"),
        format!("{own}{own}"),
        format!("<![CDATA[{own}]]>"),
        format!("<!-- x -->{own}"),
        format!("{own}<!-- x -->"),
        format!("{own}<?x y?>"),
        format!("{own}&#32;"),
        format!("&#10;{own}"),
        format!("{own}\u{a0}"),
        own.to_lowercase(),
        own.to_uppercase(),
    ] {
        probes.push(around);
    }
    if let Some(first) = own.chars().next().filter(char::is_ascii_alphanumeric) {
        probes.push(format!("&#{};{}", first as u32, &own[1..]));
        probes.push(format!("&#x{:X};{}", first as u32, &own[1..]));
    }
    if own.len() > 1 && own.is_char_boundary(own.len() / 2) && !own.contains('&') {
        let (left, right) = own.split_at(own.len() / 2);
        probes.extend([format!("{left}<!-- x -->{right}"), format!("{left}<![CDATA[{right}]]>"), format!("{left} {right}"), left.to_owned()]);
    }
    probes
}

/// Attributes to add to any element.
pub(crate) const ATTRIBUTES: &[&str] = &[
    " x=\"1\"",
    " xml:lang=\"pl\"",
    " xml:space=\"preserve\"",
    " xmlns:q=\"urn:q\"",
    " xmlns:q=\"urn:q\" q:x=\"1\"",
    " q:x=\"1\"",
    " x=\"1\" x=\"2\"",
    " x=1",
    " x",
    " x=\"<\"",
    " x=\"&nbsp;\"",
    " xsi:nil=\"true\"",
    " xsi:nil=\"false\"",
    " xsi:nil=\"x\"",
    " xsi:foo=\"1\"",
    " xsi:schemaLocation=\"urn:x x.xsd\"",
    " xsi:noNamespaceSchemaLocation=\"x.xsd\"",
    " xsi:type=\"TAdres\"",
    " xsi:type=\"TPodmiot1\"",
    " xsi:type=\"TPodmiot2\"",
    " xsi:type=\"TZnakowy\"",
    " xsi:type=\" TZnakowy512 \"",
    " xsi:type=\"TNumerTelefonu\"",
    " xsi:type=\"TStawkaPodatku\"",
    " xsi:type=\"TGTU\"",
    " xsi:type=\"TKwotowy\"",
    " xsi:type=\"TDataT\"",
    " xsi:type=\"Nieznany\"",
    " xsi:type=\"q:TAdres\"",
    " xsi:type=\"\"",
    " xmlns:s=\"http://www.w3.org/2001/XMLSchema\" xsi:type=\"s:string\"",
    " xmlns:s=\"http://www.w3.org/2001/XMLSchema\" xsi:type=\"s:integer\"",
    " xmlns:s=\"http://www.w3.org/2001/XMLSchema\" xsi:type=\"s:byte\"",
    " xmlns:s=\"http://www.w3.org/2001/XMLSchema\" xsi:type=\"s:positiveInteger\"",
    " xmlns:s=\"http://www.w3.org/2001/XMLSchema\" xsi:type=\"s:anyType\"",
    " xmlns:etd=\"http://crd.gov.pl/xml/schematy/dziedzinowe/mf/2022/01/05/eD/DefinicjeTypy/\" xsi:type=\"etd:TNrNIP\"",
    " xmlns:etd=\"http://crd.gov.pl/xml/schematy/dziedzinowe/mf/2022/01/05/eD/DefinicjeTypy/\" xsi:type=\"etd:TWybor1\"",
    " xmlns:etd=\"http://crd.gov.pl/xml/schematy/dziedzinowe/mf/2022/01/05/eD/DefinicjeTypy/\" xsi:type=\"etd:TKodKrajuWydania\"",
    " xmlns:etd=\"http://crd.gov.pl/xml/schematy/dziedzinowe/mf/2022/01/05/eD/DefinicjeTypy/\" xsi:type=\"etd:TKwotaCNieujemna\"",
    " xmlns=\"\"",
    " xmlns=\"urn:x\"",
    " xmlns=\"http://crd.gov.pl/wzor/2025/06/25/13775/\"",
    " kodSystemowy=\"FA (3)\"",
    " Typ=\"txt\"",
    "\n\t",
];

/// Things to put between elements.
pub(crate) const BETWEEN: &[&str] = &[
    "text", " \n\t ", "<!-- komentarz -->", "<![CDATA[ ]]>", "<![CDATA[]]>", "<![CDATA[x]]>", "&#32;", "&#10;", "&#x41;", "&amp;", "\u{a0}", "<?x y?>",
    "<x/>", "<x xmlns=\"\"/>", "<Nieznany>1</Nieznany>", "<q:NIP xmlns:q=\"urn:q\">1</q:NIP>", "]]>",
];
