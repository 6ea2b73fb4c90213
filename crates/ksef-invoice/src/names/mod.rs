//! Fields and values as people know them, in our own words.

mod elements;
mod values;

use elements::ELEMENTS;
pub(crate) use values::value;

/// Polish and English name of an element or attribute of FA(3), if it has one that helps.
pub(crate) fn of(element: &str) -> Option<(&'static str, &'static str)> {
    ELEMENTS
        .binary_search_by(|(known, _, _)| (*known).cmp(element))
        .ok()
        .map(|index| (ELEMENTS[index].1, ELEMENTS[index].2))
}

/// The part of the invoice that an element opens: Polish and English, to stand after a field's name.
pub(crate) fn section(element: &str) -> Option<(&'static str, &'static str)> {
    Some(match element {
        "Naglowek" => ("w nagłówku", "in the header"),
        "Podmiot1" => ("u sprzedawcy", "of the seller"),
        "Podmiot2" => ("u nabywcy", "of the buyer"),
        "Podmiot3" => ("u podmiotu trzeciego", "of the third party"),
        "PodmiotUpowazniony" => ("u podmiotu upoważnionego", "of the authorised party"),
        "Podmiot1K" => ("u korygowanego sprzedawcy", "of the corrected seller"),
        "Podmiot2K" => ("u korygowanego nabywcy", "of the corrected buyer"),
        "Adnotacje" => ("w adnotacjach", "in the annotations"),
        "DaneFaKorygowanej" => ("w danych faktury korygowanej", "of the corrected invoice"),
        "FakturaZaliczkowa" => ("w danych faktury zaliczkowej", "of the advance invoice"),
        "ZaliczkaCzesciowa" => ("w zaliczce", "of the advance payment"),
        "DodatkowyOpis" => ("w dodatkowym opisie", "in the additional description"),
        "FaWiersz" => ("w pozycji", "in line"),
        "Rozliczenie" => ("w rozliczeniu", "in the settlement"),
        "Platnosc" => ("w płatności", "in the payment"),
        "RachunekBankowy" => ("w rachunku bankowym", "in the bank account"),
        "RachunekBankowyFaktora" => ("w rachunku faktora", "in the factor's account"),
        "WarunkiTransakcji" => ("w warunkach transakcji", "in the terms"),
        "Transport" => ("w transporcie", "in the transport"),
        "ZamowienieWiersz" => ("w pozycji zamówienia", "in order line"),
        "Stopka" => ("w stopce", "in the footer"),
        "Zalacznik" => ("w załączniku", "in the attachment"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_found() {
        let unsorted = ELEMENTS.windows(2).find(|pair| pair[0].0 >= pair[1].0);
        assert_eq!(unsorted, None);
        assert_eq!(of("P_12"), Some(("Stawka podatku", "Tax rate")));
        assert_eq!(of("Nieznane"), None);
    }
}
