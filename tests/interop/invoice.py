"""Invoices FA(3), built by the foreign package itself."""

from datetime import date

from ksef_client.documents.fa3 import BasicInvoiceBuilder, InvoiceParty

BUYER = InvoiceParty.polish_company(
    nip="7740001454", name="Nabywca S.A.", address="ul. Kupiecka 7, 09-411 Płock"
)


def invoice(seller_nip: str, number: str, issued_on: date, lines: int = 1) -> bytes:
    """An invoice with this many lines; every text in it has Polish letters."""
    seller = InvoiceParty.polish_company(
        nip=seller_nip, name="Żółta Łódź sp. z o.o.", address="ul. Źródlana 1, 00-001 Warszawa"
    )
    builder = BasicInvoiceBuilder(invoice_number=number).issued_on(issued_on).issue_place("Łódź")
    builder.seller(seller).buyer(BUYER)
    for index in range(lines):
        builder.add_service_line(f"Usługa księgowa, część {index + 1}", quantity="1", unit_net_price="123.45")
    return builder.build().to_xml()


def invoice_of_size(seller_nip: str, number: str, issued_on: date, size: int) -> bytes:
    """The shortest invoice of at least `size` bytes."""
    lines = 1
    while len(document := invoice(seller_nip, number, issued_on, lines)) < size:
        lines += 1
    return document
