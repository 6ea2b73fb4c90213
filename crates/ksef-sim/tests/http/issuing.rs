//! Who may issue what: by the relation of the context to the seller, and by the permission of the one who opened the
//! session.

use ksef_crypto::{OsRandomness, SessionKey};
use ksef_sim::Permission;
use ksef_types::{ContextKind, Nip};
use serde_json::{Value, json};

use crate::actors::{Actor, test_environment};
use crate::batch::{opening, zipped};
use crate::entitled::given;
use crate::harness::{BUYER, SELLER, Session, Sim, invoice, open_body};
use crate::passed_on::firm_of_the_union;

const THIRD: &str = "7980332920";
const FARMER: &str = "9999999999";
const PESEL_OF_BAILIFF: &str = "30112206276";

/// The access token of a login in a firm with exactly these permissions.
fn with(sim: &Sim, nip: &str, permissions: &[Permission]) -> String {
    let nip: Nip = nip.parse().unwrap();
    sim.control().make_company(nip, "Firma").unwrap();
    sim.login_by(&sim.control().make_token(nip, permissions).unwrap()).0
}

fn form(system_code: &str) -> Value {
    let (version, value) = match system_code {
        "FA_RR (1)" => ("1-1E", "FA_RR"),
        "FA (2)" => ("1-0E", "FA"),
        _ => ("2-1", "PEF"),
    };
    json!({ "systemCode": system_code, "schemaVersion": version, "value": value })
}

fn open_for(sim: &Sim, access: &str, system_code: &str) -> Session {
    let key = SessionKey::generate(&OsRandomness);
    let (ministry, id) = sim.ministry_key("SymmetricKeyEncryption");
    let mut body = open_body(&key, &key.wrap(&ministry).unwrap(), Some(&id));
    body["formCode"] = form(system_code);
    let opened = sim.post("/sessions/online", Some(access), &body).expect(201).json();
    Session { reference: opened["referenceNumber"].as_str().unwrap().to_owned(), key }
}

/// Code and first detail of what became of a document.
fn outcome(sim: &Sim, access: &str, document: &[u8]) -> (u64, String) {
    told(&sim.outcome(access, document))
}

fn outcome_as(sim: &Sim, access: &str, system_code: &str, document: &[u8]) -> (u64, String) {
    let session = open_for(sim, access, system_code);
    let reference = sim.send_invoice(access, &session, document);
    told(&sim.invoice(access, &session, &reference))
}

fn told(invoice: &Value) -> (u64, String) {
    let status = &invoice["status"];
    (status["code"].as_u64().unwrap(), status["details"][0].as_str().unwrap_or_default().to_owned())
}

fn changed(document: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = std::str::from_utf8(document).unwrap();
    let changed = text.replacen(from, to, 1);
    assert_ne!(text, changed, "{from}");
    changed.into_bytes()
}

/// An invoice of SELLER on which somebody acts by a role.
fn acted_by(nip: &str, role: u8, number: &str) -> Vec<u8> {
    let party = format!(
        "<PodmiotUpowazniony><DaneIdentyfikacyjne><NIP>{nip}</NIP><Nazwa>Działający</Nazwa></DaneIdentyfikacyjne>\
         <Adres><KodKraju>PL</KodKraju><AdresL1>ul. Krótka 2</AdresL1></Adres><RolaPU>{role}</RolaPU>\
         </PodmiotUpowazniony><Fa>"
    );
    changed(&invoice(number), "<Fa>", &party)
}

fn right(scope: &str, to: &str) -> Value {
    json!({
        "subjectIdentifier": { "type": if to.starts_with('P') { "PeppolId" } else { "Nip" }, "value": to },
        "permission": scope,
        "description": "Uprawnienie podmiotowe",
        "subjectDetails": { "fullName": "Działający sp. z o.o." },
    })
}

const RIGHTS: &str = "/permissions/authorizations/grants";

#[test]
fn a_session_is_opened_with_one_of_three_permissions() {
    let sim = Sim::start();
    let reader = with(&sim, SELLER, &[Permission::InvoiceRead, Permission::Introspection]);
    let writer = with(&sim, SELLER, &[Permission::InvoiceWrite]);
    let session = sim.open(&writer);
    let nothing = json!({});
    for path in ["/sessions/online".to_owned(), format!("/sessions/online/{}/invoices", session.reference)] {
        let refused = sim.post(&path, Some(&reader), &nothing).expect(403).json();
        assert_eq!(refused["reasonCode"], "missing-permissions");
        assert_eq!(
            refused["security"]["requiredAnyOfPermissions"],
            json!(["InvoiceWrite", "PefInvoiceWrite", "EnforcementOperations"])
        );
    }
    sim.post_empty(&format!("/sessions/online/{}/close", session.reference), Some(&reader)).expect(403);
    for (permission, online, batch) in [
        (Permission::InvoiceWrite, 400, 400),
        (Permission::EnforcementOperations, 400, 400),
        (Permission::PefInvoiceWrite, 400, 403),
        (Permission::CredentialsManage, 403, 403),
        (Permission::CollectiveIdentifierManage, 403, 403),
    ] {
        let access = with(&sim, SELLER, &[permission]);
        sim.post("/sessions/online", Some(&access), &nothing).expect(online);
        sim.post("/sessions/batch", Some(&access), &nothing).expect(batch);
    }
}

#[test]
fn ones_own_invoices_need_the_permission_to_issue() {
    let sim = Sim::start();
    for permission in [Permission::EnforcementOperations, Permission::PefInvoiceWrite] {
        let access = with(&sim, SELLER, &[permission]);
        let (code, detail) = outcome(&sim, &access, &invoice("W 1"));
        assert_eq!((code, detail.contains("InvoiceWrite")), (410, true), "{detail}");
    }
    let access = with(&sim, SELLER, &[Permission::InvoiceWrite]);
    assert_eq!(outcome(&sim, &access, &invoice("W 1")).0, 200);
    let (code, detail) = outcome(&sim, &with(&sim, THIRD, &[Permission::InvoiceWrite]), &invoice("W 2"));
    assert_eq!((code, detail.contains(THIRD) && detail.contains(SELLER)), (410, true), "{detail}");
}

#[test]
fn the_opener_counts_and_not_who_sends() {
    let sim = Sim::start();
    let opener = with(&sim, SELLER, &[Permission::EnforcementOperations]);
    let sender = with(&sim, SELLER, &[Permission::InvoiceWrite]);
    let session = sim.open(&opener);
    let reference = sim.send_invoice(&sender, &session, &invoice("O 1"));
    assert_eq!(told(&sim.invoice(&sender, &session, &reference)).0, 410);
}

#[test]
fn a_batch_is_judged_like_single_documents() {
    let sim = Sim::start();
    let documents = [invoice("P 1"), invoice("P 2")];
    let package = zipped(&[("1.xml", &documents[0]), ("2.xml", &documents[1])]);
    for (permission, expected) in
        [(Permission::EnforcementOperations, (445, 410)), (Permission::InvoiceWrite, (200, 200))]
    {
        let access = with(&sim, SELLER, &[permission]);
        let key = SessionKey::generate(&OsRandomness);
        let (body, parts) = opening(&sim, &key, &package, 1);
        let batch = sim.open_batch(&access, &body, parts);
        sim.upload(&batch.requests[0], batch.parts[0].clone()).expect(201);
        sim.close_batch(&access, &batch.reference).expect(204);
        let status = sim.session_status(&access, &batch.reference);
        let path = format!("/sessions/{}/invoices", batch.reference);
        let list = sim.get(&path, Some(&access)).expect(200).json()["invoices"].clone();
        let codes = (status["status"]["code"].as_u64().unwrap(), list[1]["status"]["code"].as_u64().unwrap());
        assert_eq!(codes, expected);
    }
}

#[test]
fn bailiffs_and_authorities_need_their_role_and_the_permission() {
    let sim = Sim::start();
    let bailiff =
        json!({ "nip": THIRD, "pesel": PESEL_OF_BAILIFF, "isBailiff": true, "description": "Komornik" });
    sim.post("/testdata/person", None, &bailiff).expect(200);
    let authority = json!({
        "subjectNip": BUYER, "subjectType": "EnforcementAuthority", "description": "Organ egzekucyjny",
    });
    sim.post("/testdata/subject", None, &authority).expect(200);
    let (by_authority, by_bailiff) = (1, 2);
    let enforcing = with(&sim, THIRD, &[Permission::EnforcementOperations]);
    let writing = with(&sim, THIRD, &[Permission::InvoiceWrite]);
    let (code, detail) = outcome(&sim, &writing, &acted_by(THIRD, by_bailiff, "K 1"));
    assert_eq!((code, detail.contains("EnforcementOperations")), (410, true), "{detail}");
    assert_eq!(outcome(&sim, &enforcing, &acted_by(THIRD, by_authority, "K 1")).0, 410, "not an authority");
    assert_eq!(outcome(&sim, &enforcing, &acted_by(BUYER, by_bailiff, "K 1")).0, 410, "somebody else acts");
    assert_eq!(outcome(&sim, &enforcing, &acted_by(THIRD, by_bailiff, "K 1")).0, 200);
    let access = with(&sim, BUYER, &[Permission::EnforcementOperations]);
    assert_eq!(outcome(&sim, &access, &acted_by(BUYER, by_bailiff, "K 2")).0, 410, "not a bailiff");
    assert_eq!(outcome(&sim, &access, &acted_by(BUYER, by_authority, "K 2")).0, 200);
    // A firm without a role is nobody, whatever its token says.
    let nobody = with(&sim, "3755747347", &[Permission::EnforcementOperations]);
    assert_eq!(outcome(&sim, &nobody, &acted_by("3755747347", by_authority, "K 3")).0, 410);
}

#[test]
fn a_tax_representative_is_one_by_the_sellers_word() {
    let sim = test_environment();
    let seller = Actor::firm(SELLER).in_firm(&sim, SELLER);
    let access = with(&sim, THIRD, &[Permission::InvoiceWrite]);
    let document = acted_by(THIRD, 3, "R 1");
    assert_eq!(outcome(&sim, &access, &document).0, 410, "nobody said so");
    given(&sim, &seller, RIGHTS, &right("TaxRepresentative", THIRD));
    let enforcing = with(&sim, THIRD, &[Permission::EnforcementOperations]);
    assert_eq!(outcome(&sim, &enforcing, &document).0, 410, "without the permission");
    assert_eq!(outcome(&sim, &access, &invoice("R 2")).0, 410, "not named on the invoice");
    assert_eq!(outcome(&sim, &access, &document).0, 200);
}

#[test]
fn rights_of_firms_change_during_a_session() {
    let sim = test_environment();
    let seller = Actor::firm(SELLER).in_firm(&sim, SELLER);
    let access = with(&sim, BUYER, &[Permission::InvoiceWrite]);
    let session = sim.open(&access);
    let send = |number: &str| {
        let document = changed(&invoice(number), "<P_17>2</P_17>", "<P_17>1</P_17>");
        let reference = sim.send_invoice(&access, &session, &document);
        told(&sim.invoice(&access, &session, &reference)).0
    };
    assert_eq!(send("Z 1"), 410);
    given(&sim, &seller, RIGHTS, &right("SelfInvoicing", BUYER));
    assert_eq!(send("Z 2"), 200);
    let query = json!({ "queryType": "Granted" });
    let found =
        sim.post("/permissions/query/authorizations/grants", Some(&seller), &query).expect(200).json();
    let id = found["authorizationGrants"][0]["id"].as_str().unwrap();
    sim.delete(&format!("{RIGHTS}/{id}"), Some(&seller)).expect(202);
    assert_eq!(send("Z 3"), 410);
    let enforcing = with(&sim, BUYER, &[Permission::EnforcementOperations]);
    given(&sim, &seller, RIGHTS, &right("SelfInvoicing", BUYER));
    let document = changed(&invoice("Z 4"), "<P_17>2</P_17>", "<P_17>1</P_17>");
    assert_eq!(outcome(&sim, &enforcing, &document).0, 410, "without the permission");
}

fn of_a_farmer(number: &str) -> Vec<u8> {
    format!(
        "<Faktura xmlns=\"http://crd.gov.pl/wzor/2026/03/06/14189/\"><Naglowek><KodFormularza \
         kodSystemowy=\"FA_RR (1)\" wersjaSchemy=\"1-1E\">FA_RR</KodFormularza><WariantFormularza>1</WariantFormularza>\
         <DataWytworzeniaFa>2026-11-23T09:30:47Z</DataWytworzeniaFa></Naglowek><Podmiot1><DaneIdentyfikacyjne>\
         <NIP>{FARMER}</NIP><Nazwa>Jan Rolnik</Nazwa></DaneIdentyfikacyjne></Podmiot1><Podmiot2>\
         <DaneIdentyfikacyjne><NIP>{BUYER}</NIP><Nazwa>Mleczarnia</Nazwa></DaneIdentyfikacyjne></Podmiot2>\
         <FakturaRR><KodWaluty>PLN</KodWaluty><P_4A>2026-11-22</P_4A><P_4B>2026-11-23</P_4B><P_4C>{number}</P_4C>\
         <P_11_1>1000</P_11_1><P_11_2>70</P_11_2><P_12_1>1070</P_12_1><RodzajFaktury>VAT_RR</RodzajFaktury>\
         </FakturaRR></Faktura>"
    )
    .into_bytes()
}

#[test]
fn a_buyer_issues_for_a_farmer_who_lets_it() {
    let sim = test_environment();
    let farmer = Actor::firm(FARMER).in_firm(&sim, FARMER);
    let access = with(&sim, BUYER, &[Permission::InvoiceWrite]);
    let form = "FA_RR (1)";
    assert_eq!(outcome_as(&sim, &access, form, &of_a_farmer("RR 1")).0, 410);
    given(&sim, &farmer, RIGHTS, &right("SelfInvoicing", BUYER));
    assert_eq!(outcome_as(&sim, &access, form, &of_a_farmer("RR 1")).0, 410, "that is another right");
    given(&sim, &farmer, RIGHTS, &right("RRInvoicing", BUYER));
    assert_eq!(outcome_as(&sim, &access, form, &of_a_farmer("RR 1")).0, 200);
    assert_eq!(outcome_as(&sim, &access, form, &of_a_farmer("RR 1")).0, 440);
    assert_eq!(outcome_as(&sim, &access, form, &invoice("RR 2")).0, 450, "another form");
    assert_eq!(outcome_as(&sim, &access, "FA (2)", &of_a_farmer("RR 3")).0, 450, "another form");
    let other = with(&sim, THIRD, &[Permission::InvoiceWrite]);
    assert_eq!(outcome_as(&sim, &other, form, &of_a_farmer("RR 4")).0, 410);
}

#[test]
fn a_firm_of_the_union_issues_what_it_buys() {
    let sim = test_environment();
    let owner = Actor::firm(SELLER).in_firm(&sim, SELLER);
    let firm = firm_of_the_union(&sim, &owner);
    let bought = |number: &str, vat: &str| {
        let buyer = format!("<NIP>{BUYER}</NIP>");
        let union = format!("<KodUE>DE</KodUE><NrVatUE>{vat}</NrVatUE>");
        changed(&invoice(number), &buyer, &union)
    };
    let issued = |document: Vec<u8>| changed(&document, "<P_17>2</P_17>", "<P_17>1</P_17>");
    assert_eq!(outcome(&sim, &firm.token, &bought("U 1", "123456789")).0, 410, "not self-invoiced");
    assert_eq!(outcome(&sim, &firm.token, &issued(bought("U 1", "987654321"))).0, 410, "another buyer");
    assert_eq!(outcome(&sim, &firm.token, &issued(invoice("U 1"))).0, 410, "a buyer in Poland");
    let (code, detail) = outcome(&sim, &firm.token, &issued(bought("U 1", "123456789")));
    assert_eq!(code, 200, "{detail}");
    assert_eq!(
        outcome(&sim, &owner, &bought("U 2", "123456789")).0,
        200,
        "the seller itself needs none of it"
    );
}

fn peppol(root: &str, number: &str, seller: &str) -> Vec<u8> {
    let kind = if root == "Invoice" {
        "InvoiceTypeCode>380</cbc:InvoiceTypeCode"
    } else {
        "CreditNoteTypeCode>381</cbc:CreditNoteTypeCode"
    };
    let party = |role: &str, nip: &str, name: &str| {
        format!(
            "<cac:{role}><cac:Party><cac:PartyTaxScheme><cbc:CompanyID>PL{nip}</cbc:CompanyID><cac:TaxScheme>\
             <cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme><cac:PartyLegalEntity>\
             <cbc:RegistrationName>{name}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:{role}>"
        )
    };
    format!(
        "<{root} xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:{root}-2\" \
         xmlns:cac=\"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2\" \
         xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2\"><cbc:ID>{number}</cbc:ID>\
         <cbc:IssueDate>2026-11-23</cbc:IssueDate><cbc:{kind}><cbc:DocumentCurrencyCode>PLN</cbc:DocumentCurrencyCode>\
         {}{}<cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID=\"PLN\">100.00</cbc:TaxExclusiveAmount>\
         <cbc:TaxInclusiveAmount currencyID=\"PLN\">123.00</cbc:TaxInclusiveAmount></cac:LegalMonetaryTotal></{root}>",
        party("AccountingSupplierParty", seller, "Sprzedawca"),
        party("AccountingCustomerParty", BUYER, "Nabywca"),
    )
    .into_bytes()
}

#[test]
fn a_peppol_provider_issues_pef_for_whoever_lets_it() {
    let sim = test_environment();
    let owner = Actor::firm(SELLER).in_firm(&sim, SELLER);
    let provider = Actor::new(&[("O", "Dostawca S.A."), ("CN", "PPL123456"), ("C", "PL")]);
    let access = provider.enters(&sim, ContextKind::PeppolId, "PPL123456").unwrap();
    let form = "PEF (3)";
    let document = peppol("Invoice", "PEF 1", SELLER);
    assert_eq!(outcome_as(&sim, &access, form, &document).0, 410, "nobody lets it");
    given(&sim, &owner, RIGHTS, &right("PefInvoicing", "PPL123456"));
    let (code, detail) = outcome_as(&sim, &access, form, &document);
    assert_eq!(code, 200, "{detail}");
    assert_eq!(outcome_as(&sim, &access, form, &document).0, 440);
    assert_eq!(outcome_as(&sim, &access, "PEF_KOR (3)", &peppol("CreditNote", "PEF 2", SELLER)).0, 200);
    assert_eq!(
        outcome_as(&sim, &access, form, &peppol("CreditNote", "PEF 3", SELLER)).0,
        450,
        "another form"
    );
    assert_eq!(outcome_as(&sim, &access, form, &peppol("Invoice", "PEF 4", THIRD)).0, 410, "another seller");
    assert_eq!(outcome(&sim, &access, &invoice("PEF 5")).0, 410, "FA(3) is the firm's own matter");
    let incomplete = changed(&document, "<cbc:IssueDate>2026-11-23</cbc:IssueDate>", "");
    let (code, detail) = outcome_as(&sim, &access, form, &incomplete);
    assert_eq!((code, detail.contains("IssueDate")), (450, true), "{detail}");
    let held = sim.control().invoices().unwrap();
    assert_eq!(held.len(), 2);
    let query = json!({
        "subjectType": "Subject1",
        "dateRange": { "dateType": "Invoicing", "from": "2026-11-22T00:00:00Z", "to": "2026-11-24T00:00:00Z" },
        "formType": "PEF",
    });
    let found = sim.post("/invoices/query/metadata", Some(&owner), &query).expect(200).json();
    let kinds: Vec<&str> = found["invoices"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["invoiceType"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["VatPef", "KorPef"]);
    assert_eq!(found["invoices"][0]["vatAmount"], 23.0);
    for number in ["PEF &amp; 4", "PEF &#38; 5", "<![CDATA[PEF & 6]]>"] {
        let (code, detail) = outcome_as(&sim, &access, form, &peppol("Invoice", number, SELLER));
        assert_eq!(code, 200, "{number}: {detail}");
    }
    let again = outcome_as(&sim, &access, form, &peppol("Invoice", "PEF &#x26; 4", SELLER));
    assert_eq!(again.0, 440, "the same number, written in another way");
    let huge = "79228162514264337593543950335";
    let total = changed(&peppol("Invoice", "PEF 7", SELLER), "100.00", &format!("-{huge}"));
    let total = changed(&total, "123.00", huge);
    assert_eq!(outcome_as(&sim, &access, form, &total).0, 450, "a sum beyond all numbers");
}
