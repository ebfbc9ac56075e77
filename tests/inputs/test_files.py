"""Files are read whatever they are called and however they are written, or named if they cannot be.

What one file holds is compared with what was written; whether it is whole, at every place where it
may have been cut.
"""

import gzip
import io
import json
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from bad_extracts import Built, Company
from raw_folder import contract, csv_text, write_folder, write_parquet, write_text

from pipeline.csv_header import CsvHeader, header_of
from pipeline.extract_files import BACKSLASH, EMPTY, flaw_of, tables_in

TEXT = pa.string()
# As long as a cell of base64 may be; DuckDB's own limit is 2 MB.
LONG = "x" * 5_000_000
STAGING = [f"+stg_{name}" for name in ("crm__accounts", "crm__contacts", "crm__signals")]
STAGING += [
    "+stg_billing__subscriptions",
    "+stg_support__tickets",
    "+base_product__usage_rolled_up",
]
READ = ("--select", *STAGING, "--exclude-resource-type", "test", "unit_test")


# --- whole or cut off --------------------------------------------------------------------------


def gzipped() -> bytes:
    """Two members, as `cat a.gz b.gz` makes them, the first without a flaw of its own."""
    text = csv_text([{"id": str(number), "word": f"w{number * 7919}"} for number in range(200)])
    return gzip.compress(text.encode())


def parquet() -> bytes:
    """A small Parquet file."""
    written = io.BytesIO()
    pq.write_table(pa.table({"id": pa.array(range(200))}), written)
    return written.getvalue()


@pytest.mark.parametrize(("ending", "whole"), [(".csv.gz", gzipped()), (".parquet", parquet())])
def test_file_that_was_cut_off_anywhere_is_refused(ending: str, whole: bytes, tmp_path: Path):
    file = tmp_path / f"crm_accounts{ending}"
    file.write_bytes(whole)
    assert flaw_of(file) is None
    passed = []
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        if flaw_of(file) is None:
            passed.append(length)
    assert not passed


def test_gzip_of_several_members_is_whole_and_a_changed_byte_is_not(tmp_path: Path):
    file = tmp_path / "crm_accounts.csv.gz"
    whole = gzipped()
    file.write_bytes(whole + whole)
    assert flaw_of(file) is None
    file.write_bytes(whole + whole[:-1])
    assert "cut off" in str(flaw_of(file))
    middle = len(whole) // 2
    file.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    assert flaw_of(file) is not None


def test_file_that_duckdb_would_not_find_is_refused(tmp_path: Path):
    write_text(tmp_path / "crm_accounts" / "a\\b.csv", "account_id\n")
    found = tables_in(str(tmp_path), ["crm_accounts"])["tables"]["crm_accounts"]
    assert found["flaws"] == [f"{tmp_path}/crm_accounts/a\\b.csv {BACKSLASH}"]


# --- headers -----------------------------------------------------------------------------------

HEADERS = {
    "a,b,c\n1,2,3\n": (",", 0, ["a", "b", "c"]),
    '"Revenue, converted";id\n': (";", 0, ["Revenue, converted", "id"]),
    'id;"a,b,c,d"\r\n1;2\r\n': (";", 0, ["id", "a,b,c,d"]),
    'id|"a|b"|c': ("|", 0, ["id", "a|b", "c"]),
    'id\t"two\nlines, of ; words"\tc\n': ("\t", 0, ["id", "two\nlines, of ; words", "c"]),
    'id,"Size ""A""",ex"tra\n1,2,3\n': (",", 0, ["id", 'Size "A"', 'ex"tra']),
    '"a";"b;""c"\n': (";", 0, ["a", 'b;"c']),
    "sep=;\r\nid;a,b,c\r\n1;2\r\n": (";", 1, ["id", "a,b,c"]),
    "SEP=|\nid|b\n": ("|", 1, ["id", "b"]),
    "\n\nid,b\n1,2\n": (",", 2, ["id", "b"]),
    "id\n1\n": (",", 0, ["id"]),
    "id,b\r1,2\r": (",", 0, ["id", "b"]),
}


@pytest.mark.parametrize("text", HEADERS)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_header_is_found_as_duckdb_reads_it(text: str, mark: str, tmp_path: Path):
    delimiter, lines_before, names = HEADERS[text]
    found = header_of(text, is_whole=True)
    assert found is not None
    assert (found.delimiter, found.lines_before, found.width) == (
        delimiter,
        lines_before,
        len(names),
    )
    file = tmp_path / "file.csv"
    file.write_bytes((mark + text).encode())
    columns = {f"c{number}": "varchar" for number in range(found.width)}
    reader = (
        f"read_csv('{file}', auto_detect = false, delim = '{delimiter}', quote = '\"',"
        f" escape = '\"', header = false, skip = {lines_before}, columns = {columns})"
    )
    assert duckdb.sql(f"select * from {reader} limit 1").fetchone() == tuple(names)


def test_header_that_has_not_ended_asks_for_more_of_the_file():
    assert header_of('id,"a\nb', is_whole=False) is None
    assert header_of("id,b", is_whole=False) is None
    assert header_of("\n\n", is_whole=True) is None
    assert header_of("id,b", is_whole=True) == CsvHeader(",", 0, 2, "id,b")


def test_header_longer_than_the_first_look_is_read_whole(tmp_path: Path):
    names = [f"column {number}" for number in range(20_000)]
    (tmp_path / "crm_accounts.csv").write_text(",".join(names) + "\n")
    (file,) = tables_in(str(tmp_path), ["crm_accounts"])["tables"]["crm_accounts"]["files"]
    assert file["width"] == len(names)


# --- a folder of odd names ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """Its folder is called so that a pattern or a quoted text would end in it."""
    folder = tmp_path_factory.mktemp("company")
    (folder / "home").mkdir()
    return Company(folder / "home", folder / "it's [1] of *? {a,b} – ü")


def write_odd_names(raw: Path) -> None:
    """Every table in another form."""
    write_text(
        raw / "crm_accounts.CSV",
        '\ufeffsep=;\r\naccount_id;account_name;created_at;"a;b\n""c""|,";\r\n'
        'a1;"One; and\nonly";2024-01-01;x;\r\na2;Two;2024-01-01;"y,";\r\n',
    )
    subscriptions = [
        {"subscription_id": f"s{n}", "account_id": f"a{n}", "started_on": "2024-01-01"}
        | {"mrr_amount": str(n * 100)}
        for n in (1, 2)
    ]
    (raw / "billing_subscriptions.Csv.GZ").write_bytes(
        gzip.compress(csv_text(subscriptions[:1]).encode())
        + gzip.compress(csv_text(subscriptions[1:]).split("\n", 1)[1].encode())
    )
    write_text(
        raw / "support_tickets.tsv",
        "ticket_id\taccount_id\tcreated_at\tsubject\n"
        f"t1\ta1\t2024-02-01\t{LONG}\nt2\ta2\t2024-02-01\tshort, and sweet\n",
    )
    # The account is in the name of the folder alone, and begins with a zero in one of them.
    contacts = raw / "crm_contacts"
    write_text(
        contacts / "account_id=a1" / "part [1].csv", "contact_id,stakeholder_type\nc1,champion\n"
    )
    second = contacts / "account_id=007" / "it's 2?.CSV.gz"
    write_text(second, "stakeholder_type;note;contact_id\nchampion;x;c2\n")
    write_parquet(
        raw / "CRM_Signals.PARQUET",
        {
            "signal_id": (TEXT, ["1"]),
            "account_id": (TEXT, ["a1"]),
            "occurred_at": (TEXT, ["2024-02-01"]),
            "signal_type": (TEXT, ["cancel_request"]),
        },
    )
    for day, more in (("2024-03-01", {}), ("2024-03-02", {"quantity": (TEXT, ["2"])})):
        write_events(raw, day, more)
    write_text(raw / "product_events" / "_SUCCESS", "")
    write_text(raw / "product_events" / "_temporary" / "part-9.parquet", "unfinished")
    write_text(raw / "product_events" / "year=2024" / ".part-0.parquet.crc", "crc")
    # What cannot be read.
    write_text(raw / "billing_invoices.xlsx", "no table")
    write_text(raw / "billing_plans (1).csv", "plan_id\n")
    write_text(raw / "crm_opportunities" / "rows.json", "{}")
    write_text(raw / "crm_contacts" / "account_id=a1" / "part.json", "{}")
    write_text(raw / "accounts_of_someone_else.xlsx", "no table of the contract")


def write_events(raw: Path, day: str, more: dict) -> None:
    folder = raw / "product_events" / "year=2024" / f"day={day}"
    events = {
        "event_id": (TEXT, [f"e {day}"]),
        "account_id": (TEXT, ["a1"]),
        "event_name": (TEXT, ["login"]),
        "occurred_at": (TEXT, [f"{day} 10:00:00"]),
    }
    write_parquet(folder / "part-0.parquet", events | more)


@pytest.fixture(scope="module")
def odd_build(company: Company) -> Built:
    write_odd_names(company.raw)
    return company.build(*READ)


def test_files_of_odd_names_are_read_whole(odd_build: Built):
    assert odd_build.returncode == 0, odd_build.output[-4000:]
    assert "Raw contract: 6 of 29 tables found in" in odd_build.output
    for sql, expected in (
        (
            "select account_id, account_name from staging.stg_crm__accounts",
            [("a1", "One; and\nonly"), ("a2", "Two")],
        ),
        (
            "select subscription_id, mrr_amount from staging.stg_billing__subscriptions",
            [("s1", 100.0), ("s2", 200.0)],
        ),
        ("select ticket_id from staging.stg_support__tickets", [("t1",), ("t2",)]),
        (
            "select contact_id, account_id, stakeholder_type, row_status"
            " from staging.base_crm__contacts",
            [("c1", "a1", "champion", "accepted"), ("c2", "007", "champion", "rejected")],
        ),
        ("select signal_id, account_id from staging.stg_crm__signals", [("1", "a1")]),
        (
            "select usage_on, raw_rows, accepted_rows from staging.base_product__usage_rolled_up"
            " where rollup = 'rows'",
            [(date(2024, 3, 1), 1, 1), (date(2024, 3, 2), 1, 1)],
        ),
    ):
        assert sorted(odd_build.query(sql)) == expected


def test_row_of_a_file_holds_every_column_of_it(odd_build: Built):
    (row,) = odd_build.query(
        "select row_data from staging.base_crm__contacts where contact_id = 'c2'"
    )
    assert json.loads(row[0]) == {
        "contact_id": "c2",
        "stakeholder_type": "champion",
        "note": "x",
        "account_id": "007",
    }


def test_what_is_not_read_is_named(odd_build: Built):
    (line,) = [line for line in odd_build.output.splitlines() if "nothing is read from" in line]
    raw = str(odd_build.file.parent.parent / "it's [1] of *? {a,b} – ü")
    named = line.split("nothing is read from ")[1].split(". A table is a file")[0]
    assert sorted(named.replace(f"{raw}/", "").split(", ")) == [
        "billing_invoices.xlsx",
        "billing_plans (1).csv",
        "crm_contacts/account_id=a1/part.json",
        "crm_opportunities/",
    ]
    ignored = "columns that the contract does not know are ignored: "
    assert f'crm_accounts: {ignored}a;b?"c"|,, column5' in odd_build.output
    assert f"crm_contacts: {ignored}note" in odd_build.output
    assert f"product_events: {ignored}" not in odd_build.output


# --- what is refused ---------------------------------------------------------------------------


def test_one_message_names_every_file_that_cannot_be_read(company: Company):
    raw = company.raw
    write_folder(raw, {"crm_accounts": [contract()["crm_accounts"].row(1)]})
    subscriptions = csv_text([contract()["billing_subscriptions"].row(1)]).encode()
    (raw / "billing_subscriptions.csv.gz").write_bytes(gzip.compress(subscriptions)[:-9])
    (raw / "billing_plans.csv").write_bytes(gzip.compress(subscriptions))
    write_text(raw / "billing_invoices.csv", "")
    write_text(raw / "crm_signals.csv", "\n\n")
    write_events(raw, "2024-03-01", {})
    part = raw / "product_events" / "year=2024" / "day=2024-03-01" / "part-0.parquet"
    part.write_bytes(part.read_bytes()[:-1])
    write_text(raw / "crm_contacts" / "1.csv", "contact_id\n")
    write_parquet(raw / "crm_contacts" / "2.parquet", {"contact_id": (TEXT, ["c"])})
    write_parquet(raw / "crm_activities" / "1.parquet", {"activity_id": (TEXT, ["c"])})
    write_text(raw / "crm_activities" / "_delta_log" / "0.json", "{}")
    built = company.build(*READ)
    assert built.returncode != 0
    assert f"Raw contract: 7 unreadable or missing in the folder {raw}:" in built.output
    named = [line.strip() for line in built.output.splitlines() if line.strip().startswith("- ")]
    assert [line.replace(f"- {raw}/", "") for line in named] == [
        f"billing_invoices.csv {EMPTY}",
        "billing_plans.csv is compressed by gzip: let its name end in .gz",
        "billing_subscriptions.csv.gz is cut off before its end: load it again",
        "crm_activities is a table of Delta: export its rows as Parquet",
        "crm_contacts holds CSV and Parquet files: keep those of one kind",
        "crm_signals.csv has no line with column names: load it again",
        "product_events/year=2024/day=2024-03-01/part-0.parquet is cut off before its end:"
        " load it again",
    ]
    assert "START sql" not in built.output


def test_two_columns_of_one_name_are_one_too_many(company: Company):
    write_text(company.raw / "crm_accounts.csv", "account_id,Plan,created_at,plan\na,b,c,d\n")
    built = company.build(*READ)
    assert built.returncode != 0
    assert f"{company.raw}/crm_accounts.csv has two columns plan. Keep one" in built.output
    assert "START sql" not in built.output


def test_file_and_folder_of_one_table_are_one_too_many(tmp_path: Path):
    write_text(tmp_path / "crm_accounts.csv", "account_id\n")
    write_text(tmp_path / "crm_accounts" / "1.csv", "account_id\n")
    found = tables_in(str(tmp_path), ["crm_accounts"])["tables"]["crm_accounts"]
    assert found["sources"] == [f"{tmp_path}/crm_accounts", f"{tmp_path}/crm_accounts.csv"]
    shutil.rmtree(tmp_path / "crm_accounts")
    found = tables_in(str(tmp_path), ["crm_accounts"])["tables"]["crm_accounts"]
    assert found["sources"] == [f"{tmp_path}/crm_accounts.csv"]


def test_what_lies_beside_the_contract_is_no_concern_of_it(tmp_path: Path):
    for name in ("crm_accountsable.xlsx", "notes.txt", "my_crm_accounts.json"):
        write_text(tmp_path / name, "")
    assert tables_in(str(tmp_path), ["crm_accounts"]) == {"tables": {}, "unread": []}
    assert tables_in(str(tmp_path / "absent"), ["crm_accounts"]) == {"tables": {}, "unread": []}
