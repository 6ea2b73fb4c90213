use std::collections::BTreeMap;

use super::package::{Package, Piece, attribute, name};
use crate::finding::RowProblem;

/// Where the parts of a workbook are.
pub(super) struct Workbook {
    /// The first sheet that is shown.
    pub(super) sheet: String,
    pub(super) strings: Option<String>,
    pub(super) styles: Option<String>,
    /// Days are counted from 1904, as old programs for the Macintosh did.
    pub(super) from_1904: bool,
}

/// Finds the parts by what refers to them: their names are each program's own matter.
pub(super) fn workbook(package: &mut Package<'_>) -> Result<Workbook, RowProblem> {
    let root = relations(package, "")?;
    let main = root
        .values()
        .find(|relation| relation.kind == "officeDocument")
        .map(|relation| relation.target.clone())
        .ok_or_else(|| not_excel(package))?;
    if main.ends_with(".bin") {
        return Err(RowProblem::OtherFile("binarny plik Excela (.xlsb)"));
    }
    let relations = relations(package, &main)?;
    let of_kind = |kind: &str| {
        let found = relations.values().find(|relation| relation.kind == kind);
        found.map(|relation| relation.target.clone())
    };
    let (strings, styles) = (of_kind("sharedStrings"), of_kind("styles"));
    let (sheets, from_1904) = sheets(package, &main)?;
    let worksheet = |sheet: &SheetName| {
        let relation = relations.get(&sheet.relation).filter(|relation| relation.kind == "worksheet")?;
        Some((sheet.hidden, relation.target.clone()))
    };
    let sheet = sheets.iter().filter_map(worksheet).min_by_key(|(hidden, _)| *hidden);
    let (_, sheet) = sheet.ok_or(RowProblem::Damaged("brak arkusza"))?;
    Ok(Workbook { sheet, strings, styles, from_1904 })
}

fn not_excel(package: &Package<'_>) -> RowProblem {
    if package.has("content.xml") {
        RowProblem::OtherFile("arkusz OpenDocument (.ods)")
    } else if package.has("xl/workbook.bin") {
        RowProblem::OtherFile("binarny plik Excela (.xlsb)")
    } else {
        RowProblem::OtherFile("archiwum ZIP")
    }
}

struct Relation {
    /// Last part of its type's address.
    kind: String,
    /// Name of the part.
    target: String,
}

/// What a part refers to; the whole package for an empty name.
fn relations(package: &mut Package<'_>, part: &str) -> Result<BTreeMap<String, Relation>, RowProblem> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let place =
        if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    if !package.has(&place) {
        return Ok(BTreeMap::new());
    }
    let mut found = BTreeMap::new();
    let mut xml = package.part(&place)?;
    loop {
        match xml.next()? {
            Piece::Start { element, .. } if name(&element) == "Relationship" => {
                let get = |name| attribute(&element, name).unwrap_or_default();
                let (id, kind, target) = (get("Id"), get("Type"), get("Target"));
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                found.insert(id, Relation { kind, target: resolve(folder, &target) });
            }
            Piece::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// A target beside the part that names it. It is a name within the ZIP and never a path.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

struct SheetName {
    relation: String,
    hidden: bool,
}

fn sheets(package: &mut Package<'_>, part: &str) -> Result<(Vec<SheetName>, bool), RowProblem> {
    let (mut sheets, mut from_1904) = (Vec::new(), false);
    let mut xml = package.part(part)?;
    loop {
        match xml.next()? {
            Piece::Start { element, .. } => match name(&element).as_str() {
                "sheet" => sheets.push(SheetName {
                    relation: relation_id(&element),
                    hidden: attribute(&element, "state").is_some_and(|state| state != "visible"),
                }),
                "workbookPr" => {
                    from_1904 =
                        matches!(attribute(&element, "date1904").as_deref(), Some("1" | "true" | "on"));
                }
                _ => {}
            },
            Piece::Eof => return Ok((sheets, from_1904)),
            _ => {}
        }
    }
}

/// `r:id`, which has a prefix, and not `sheetId`.
fn relation_id(element: &quick_xml::events::BytesStart<'_>) -> String {
    attribute(element, "id").unwrap_or_default()
}
