"""The jobs without a window: what scripts and the task scheduler rely on."""

import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pypdfium2
import pytest

import ui
from crm_desktop import i18n
from crm_desktop.__main__ import main
from crm_desktop.store import file

PROJECT = Path(__file__).parents[2]
SAMPLES = PROJECT / "tests" / "samples"
ALL = sorted(path for path in SAMPLES.iterdir() if path.suffix != ".json")
CUSTOMERS, CONTACTS = SAMPLES / "客户名单2025.xlsx", SAMPLES / "联系人.csv"
HISTORY, OLD = SAMPLES / "跟进记录.xlsx", SAMPLES / "老系统导出.xls"
PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An invented office, made once."""
    path = tmp_path_factory.mktemp("made") / "made.crm"
    assert main(["demo", str(path), "--customers", "40", "--seed", "3"]) == 0
    return path


@pytest.fixture
def demo(made, tmp_path):
    """A copy of the invented office."""
    return shutil.copy(made, tmp_path / "demo.crm")


@pytest.fixture
def empty(tmp_path):
    """An empty office."""
    path = tmp_path / "empty.crm"
    assert main(["demo", str(path), "--customers", "0"]) == 0
    return path


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "photo.jpg"
    path.write_bytes(PHOTO)
    return path


@pytest.fixture
def run(capsys):
    """One command in this process: its status, what it printed and what it complained about."""

    def run(*arguments):
        capsys.readouterr()
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as end:
            status = end.code
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        assert not file.is_open(), "the customer file was left open"
        return SimpleNamespace(status=status, out=printed.out, err=printed.err)

    return run


@pytest.fixture
def answer(run):
    """A command with --json that succeeds: the one value it prints."""

    def answer(*arguments):
        told = run(*arguments, "--json")
        assert (told.status, told.err) == (0, "")
        return json.loads(told.out)

    return answer


def process(*arguments, cwd=None, code=None):
    """One command as a process of its own, in an environment that knows nothing but ASCII."""
    given = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    start = ["-c", code] if code else ["-m", "crm_desktop"]
    return subprocess.run(
        [sys.executable, *start, *map(str, arguments)],
        env={**given, "LC_ALL": "C", "PYTHONPATH": str(PROJECT), "PYTHONWARNINGS": "error"},
        cwd=cwd,
        capture_output=True,
        check=False,
        timeout=120,
        encoding="utf-8",
    )


def content(path):
    """Every record of a customer file and its search texts; not the log, which only grows."""
    connection = sqlite3.connect(path)
    try:
        names = [n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = [n for n in names if n not in ("change", "change_entry", "counter") and "_fts" not in n]
        kept = [n for n in kept if not n.endswith("_vocab")]
        assert {"customer", "contact", "position", "user", "customer_hay"} <= set(kept)
        return {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in kept}
    finally:
        connection.close()


def cells(path):
    return list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))


def records(entry, what):
    return {kind: number for kind, number in entry[what].items() if number}


def is_one_sentence(text):
    return bool(re.fullmatch(r"[^\n]+[.。?]\n", text))


# in processes of their own


def test_from_an_invented_office_to_an_imported_copy_in_real_processes(tmp_path):
    steps = [
        ("demo", "office.crm", "--customers", "20"),
        ("export", "customers", "名单.xlsx", "--file", "office.crm"),
        ("demo", "copy.crm", "--customers", "0"),
        ("import", "名单.xlsx", "--file", "copy.crm"),
    ]
    for step in steps:
        done = process(*step, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, ""), step
        assert done.stdout.count("\n") >= 1
    found = process("--json", "search", "", "--file", "copy.crm", cwd=tmp_path)
    assert found.stderr == ""
    assert len(json.loads(found.stdout)) == 20
    assert (tmp_path / "名单.xlsx").exists()


def test_trouble_in_a_real_process_is_one_sentence_on_standard_error(tmp_path):
    done = process("check", "--file", tmp_path / "不在.crm", "--lang", "en")
    assert (done.returncode, done.stdout) == (1, "")
    assert is_one_sentence(done.stderr)
    assert "不在.crm" in done.stderr


def test_an_unwritable_sheet_in_a_real_process_leaves_no_complaint_of_the_libraries(demo, tmp_path):
    done = process("export", "customers", tmp_path / "nowhere" / "a.xlsx", "--file", demo)
    assert (done.returncode, done.stdout) == (1, "")
    assert is_one_sentence(done.stderr)


def test_help_and_wrong_use_load_neither_the_window_nor_a_heavy_library():
    code = (
        "import sys; from crm_desktop.__main__ import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit as end: status = end.code\n"
        "heavy = {'PySide6', 'ui', 'peewee', 'sqlite3', 'openpyxl', 'python_calamine', 'reportlab', 'lunar_python',"
        " 'vobject', 'pypdfium2'}\n"
        "print('status', status, 'loaded', sorted(heavy & set(sys.modules)))"
    )
    for arguments, status in ((["--help"], 0), (["import", "--help"], 0), (["nonsense"], 2)):
        done = process(*arguments, code=code)
        assert done.stdout.endswith(f"status {status} loaded []\n"), done.stdout + done.stderr


def test_a_search_loads_no_library_for_excel_or_paper(demo):
    code = (
        "import sys; from crm_desktop.__main__ import main; main(sys.argv[1:])\n"
        "heavy = {'PySide6', 'ui', 'openpyxl', 'python_calamine', 'reportlab', 'lunar_python', 'vobject'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = process("search", "zzz-nobody", "--file", demo, "--lang", "en", code=code)
    assert (done.stdout, done.stderr) == ("Nobody was found.\n[]\n", "")


def test_a_reader_that_has_seen_enough_ends_the_output_quietly(demo):
    code = (
        "import os, sys; from crm_desktop.__main__ import main\n"
        "read, write = os.pipe(); os.close(read); os.dup2(write, 1); sys.exit(main(sys.argv[1:]))"
    )
    done = process("search", "", "--file", demo, code=code)
    assert (done.returncode, done.stderr) == (0, "")


# which command, which options


@pytest.fixture
def opened(monkeypatch):
    """What the window would have been opened with."""
    wishes = []
    monkeypatch.setitem(sys.modules, "ui.app", SimpleNamespace(run=lambda *wish: wishes.append(wish) or 0))
    monkeypatch.setattr(ui, "app", sys.modules["ui.app"], raising=False)
    return wishes


@pytest.mark.parametrize(
    ("arguments", "wish"),
    [
        ([], (None, None, None)),
        (["--file", "X"], (Path("X"), None, None)),
        (["--file=X.crm", "--lang", "zh_CN"], (Path("X.crm"), "zh_CN", None)),
        (["--lang", "en"], (None, "en", None)),
        (["office.crm"], (Path("office.crm"), None, None)),
        (["--lang", "en", "search.crm"], (Path("search.crm"), "en", None)),
        (["--user", "李强", "office.crm"], (Path("office.crm"), None, "李强")),
    ],
)
def test_without_a_command_the_window_opens(arguments, wish, opened):
    assert main(arguments) == 0
    assert opened == [wish]


def test_a_file_without_our_suffix_that_is_there_opens_in_the_window_too(photo, opened):
    assert main([str(photo)]) == 0
    assert opened == [(photo, None, None)]


def test_options_stand_before_or_after_the_command(demo, answer, run):
    before = run("--file", demo, "--json", "--lang", "en", "search", "", "--limit", "3")
    after = answer("search", "", "--limit", "3", "--file", demo, "--lang", "en")
    assert json.loads(before.out) == after
    assert len(after) == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["search"],
        ["search", "a", "b"],
        ["search", "a", "--limit", "-1"],
        ["search", "a", "--colour", "red"],
        ["search", "a", "--fil", "x.crm"],
        ["check", "--lang", "fr"],
        ["check", "--file"],
        ["demo"],
        ["demo", "a.crm", "--customers", "many"],
        ["import"],
        ["import", "a.xlsx", "--kind", "birds"],
        ["export", "customers"],
        ["export", "birds", "a.xlsx"],
        ["report", "yearly", "a.pdf"],
        ["report", "monthly", "a.pdf"],
        ["report", "monthly", "a.pdf", "--month", "2026-13"],
        ["report", "monthly", "a.pdf", "--month", "26-1"],
        ["report", "monthly", "a.pdf", "--month", "２０２６-１０"],
        ["report", "customer-card", "a.pdf"],
        ["undo"],
        ["undo", "last"],
        ["undo", "-3"],
        ["undo", str(2**63)],
    ],
)
def test_wrong_use_is_told_on_standard_error_with_status_2(arguments, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = run(*arguments)
    assert (told.status, told.out) == (2, "")
    assert ": error: " in told.err.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


def test_help_names_every_command(run):
    told = run("--help")
    assert (told.status, told.err) == (0, "")
    for name in ("demo", "import", "export", "search", "report", "undo", "check"):
        assert re.search(rf"^    {name} ", told.out, re.MULTILINE)
        assert run(name, "--help").status == 0


def test_without_a_file_the_usual_customer_file_is_used(demo, own_home, answer, run):
    told = run("check")
    assert told.status == 1
    assert str(own_home / "office.crm") in told.err
    shutil.copy(demo, own_home / "office.crm")
    assert answer("check")["ok"] is True


# every command, told to people and to scripts


def test_every_command_prints_sentences_or_one_json_value(demo, tmp_path, run):
    code = json.loads(run("search", "", "--file", demo, "--json").out)[0]["code"]
    commands = [
        ["demo", tmp_path / "{}.crm", "--customers", "5"],
        ["import", CUSTOMERS, "--dry-run"],
        ["export", "contacts", tmp_path / "a.xlsx"],
        ["search", "有限"],
        ["report", "monthly", tmp_path / "a.pdf", "--month", "2026-10"],
        ["report", "customer-card", tmp_path / "b.pdf", "--customer", code],
        ["check"],
    ]
    for number, command in enumerate(commands):
        for options in ([], ["--json"]):
            filled = [str(part).format(f"{number}{len(options)}") for part in command]
            told = run(*filled, "--file", demo, *options)
            assert (told.status, told.err) == (0, ""), command
            assert told.out.strip()
            if options:
                json.loads(told.out)
                assert told.out.count("\n") == 1


@pytest.mark.parametrize(
    "command",
    [
        ["check"],
        ["search", "a"],
        ["undo", "1"],
        ["export", "customers", "out.xlsx"],
        ["import", CUSTOMERS],
        ["report", "monthly", "out.pdf", "--month", "2026-10"],
        ["report", "customer-card", "out.pdf", "--customer", "C-1"],
    ],
)
def test_a_wrong_customer_file_is_refused_with_a_sentence_and_left_as_it_is(command, photo, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for wrong in (photo, tmp_path / "missing.crm", tmp_path / "no folder" / "a.crm", tmp_path, CUSTOMERS):
        told = run(*command, "--file", wrong)
        assert (told.status, told.out) == (1, "")
        assert is_one_sentence(told.err), told.err
    assert photo.read_bytes() == PHOTO
    assert [path.name for path in tmp_path.iterdir()] == ["photo.jpg"]


def test_trouble_with_json_is_a_json_value_too(run, tmp_path):
    told = run("check", "--json", "--file", tmp_path / "missing.crm")
    assert told.status == 1
    assert json.loads(told.out) == {"error": told.err.strip()}


def test_ctrl_c_ends_a_job_without_a_traceback_and_without_half_an_import(empty, run, monkeypatch):
    from crm_desktop.exchange import saving

    def stop(*_arguments):
        raise KeyboardInterrupt

    before = content(empty)
    with monkeypatch.context() as patch:
        patch.setattr(saving, "_insert", stop)
        told = run("import", CUSTOMERS, "--user", "陈小雨", "--file", empty)
    assert (told.status, told.out, told.err) == (130, "", "")
    after = content(empty)
    assert [row for row in after.pop("user") if "陈小雨" not in row] == before.pop("user")
    assert after == before


# demo


def test_the_same_seed_makes_the_same_exported_lists(tmp_path, run, answer):
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        told = answer("demo", tmp_path / f"{name}.crm", "--customers", "25", "--interactions", "60", "--seed", seed)
        assert (told["customers"], told["interactions"]) == (25, 60)
        for kind in ("customers", "contacts", "interactions", "complaints"):
            run("export", kind, tmp_path / f"{name}-{kind}.xlsx", "--file", tmp_path / f"{name}.crm")
    for kind in ("customers", "contacts", "interactions", "complaints"):
        lists = [cells(tmp_path / f"{name}-{kind}.xlsx") for name in "abc"]
        assert len(lists[0]) > 1
        assert lists[0] == lists[1]
        assert lists[0] != lists[2]


def test_an_invented_office_of_nobody_is_empty_but_has_its_lists(empty, answer):
    assert answer("search", "", "--file", empty) == []
    assert answer("check", "--file", empty)["ok"] is True
    tables = content(empty)
    assert [len(tables[name]) for name in ("customer", "contact", "interaction", "complaint")] == [0, 0, 0, 0]
    assert len(tables["choice"]) > 100


def test_an_invented_office_never_takes_the_place_of_a_file(demo, photo, run):
    for path in (demo, photo):
        before = path.read_bytes()
        told = run("demo", path, "--customers", "0")
        assert told.status == 1
        assert is_one_sentence(told.err)
        assert path.read_bytes() == before


def test_an_invented_office_that_is_too_large_is_refused_before_a_file_is_made(tmp_path, run):
    told = run("demo", tmp_path / "a.crm", "--customers", "999999999")
    assert told.status == 1
    assert is_one_sentence(told.err)
    assert list(tmp_path.iterdir()) == []


# import


def test_all_lists_of_the_office_come_in_with_one_call_or_one_by_one(tmp_path, empty, answer):
    together = answer("import", *ALL, "--file", empty)["files"]
    assert {Path(entry["file"]) for entry in together} == set(ALL)
    assert {entry["change"] for entry in together} == {together[0]["change"]}
    singly = tmp_path / "singly.crm"
    answer("demo", singly, "--customers", "0")
    for path in (CUSTOMERS, OLD, CONTACTS, SAMPLES / "名片.vcf", SAMPLES / "投诉台账2025.xlsx", HISTORY):
        (entry,) = answer("import", path, "--file", singly)["files"]
        assert isinstance(entry["change"], int)
    for kind in ("customer", "contact", "interaction", "complaint", "position"):
        assert len(content(empty)[kind]) == len(content(singly)[kind]) > 0, kind
    assert answer("check", "--file", empty)["ok"] is True


def test_an_import_tells_scripts_what_became_of_every_row(empty, answer):
    (entry,) = answer("import", CUSTOMERS, "--file", empty)["files"]
    assert entry["file"] == str(CUSTOMERS)
    assert entry["kind"] == "customers"
    assert {kind: n for kind, n in entry["created"].items() if n} == {"customers": 60, "contacts": 61}
    assert records(entry, "updated") == records(entry, "unchanged") == {}
    assert entry["refused"] == [{"row": 68, "reason": "The customer name is missing."}]
    assert [row["what"] for row in entry["skipped"]] == ["blank", "subtotal", "total"]
    assert all(isinstance(row["row"], int) for row in entry["skipped"])
    assert "error" not in entry


def test_an_import_tells_people_the_same_and_how_to_take_it_back(empty, run):
    told = run("import", CUSTOMERS, "--file", empty)
    first, second, *_rest, last = told.out.splitlines()
    assert first == "客户名单2025.xlsx: 121 new, 0 updated, 0 unchanged, 1 refused."
    assert second == "  row 68: The customer name is missing."
    change = re.search(r"undo (\d+)", last)[1]
    assert run("undo", change, "--file", empty).status == 0
    assert content(empty)["customer"] == []


def test_a_dry_run_says_the_same_and_writes_nothing(empty, answer, run):
    before = empty.read_bytes()
    (dry,) = answer("import", CUSTOMERS, "--file", empty, "--dry-run", "--user", "王芳")["files"]
    assert run("import", CUSTOMERS, "--file", empty, "--dry-run").out.endswith("Nothing was written.\n")
    assert empty.read_bytes() == before
    (real,) = answer("import", CUSTOMERS, "--file", empty)["files"]
    assert dry["change"] is None
    assert {**dry, "change": real["change"]} == real


def test_importing_twice_changes_nothing_the_second_time(empty, answer):
    answer("import", *ALL, "--file", empty)
    before = content(empty)
    again = answer("import", *ALL, "--file", empty)["files"]
    assert content(empty) == before
    for entry in again:
        assert records(entry, "created") == records(entry, "updated") == {}, entry["file"]
        assert records(entry, "unchanged")
        assert entry["change"] is None


def test_taking_an_import_back_brings_the_exact_content_back(empty, answer):
    answer("import", CUSTOMERS, "--file", empty)
    before = content(empty)
    change = answer("import", CONTACTS, HISTORY, OLD, "--file", empty)["files"][0]["change"]
    assert content(empty) != before
    undone = answer("undo", change, "--file", empty)
    assert undone["kept"] == []
    assert undone["restored"] > 200
    assert content(empty) == before
    assert answer("check", "--file", empty)["ok"] is True


def test_a_photo_among_the_lists_is_reported_and_the_lists_come_in(empty, photo, run):
    told = run("import", photo, CUSTOMERS, photo.with_name("missing.xlsx"), "--file", empty, "--json")
    assert told.status == 1
    first, second, third = json.loads(told.out)["files"]
    assert (first["file"], second["file"]) == (str(photo), str(CUSTOMERS))
    assert "photo.jpg" in first["error"]
    assert "missing.xlsx" in third["error"]
    assert told.err.splitlines() == [first["error"], third["error"]]
    assert second["created"]["customers"] == 60
    assert len(content(empty)["customer"]) == 60


def test_a_photo_alone_is_refused_with_one_sentence(empty, photo, run):
    before = content(empty)
    told = run("import", photo, "--file", empty)
    assert (told.status, told.out) == (1, "")
    assert is_one_sentence(told.err)
    (entry,) = json.loads(run("import", photo, "--file", empty, "--json").out)["files"]
    assert (entry["error"], entry["change"]) == (told.err.strip(), None)
    assert content(empty) == before


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="Windows has no such files")
def test_a_device_or_a_folder_is_no_list(empty, tmp_path, run):
    for path in ("/dev/null", "/dev/zero", tmp_path):
        told = run("import", path, "--file", empty)
        assert (told.status, told.out) == (1, "")
        assert is_one_sentence(told.err)


def test_what_a_list_is_about_can_be_said(empty, tmp_path, answer):
    plain = tmp_path / "list.csv"
    plain.write_text("姓名,手机\n李明朗,13800001234\n", encoding="utf-8")
    (entry,) = answer("import", plain, "--kind", "contacts", "--dry-run", "--file", empty)["files"]
    assert (entry["kind"], entry["created"]["contacts"]) == ("contacts", 1)
    (entry,) = answer("import", CUSTOMERS, "--kind", "auto", "--dry-run", "--file", empty)["files"]
    assert entry["kind"] == "customers"


def test_a_list_about_nothing_we_know_is_not_taken_for_done(empty, tmp_path, run):
    strange = tmp_path / "weather.csv"
    strange.write_text("气温,湿度,风向\n21,60,东\n22,61,南\n", encoding="utf-8")
    told = run("import", strange, "--file", empty)
    assert told.status == 1
    assert is_one_sentence(told.err)
    assert content(empty)["customer"] == []


def test_the_same_file_named_twice_comes_in_once(empty, answer):
    (entry,) = answer("import", CUSTOMERS, CUSTOMERS, "--file", empty)["files"]
    assert entry["created"]["customers"] == 60


def test_the_colleague_who_does_it_is_in_the_log(demo, answer):
    answer("import", OLD, "--user", "陈小雨", "--file", demo)
    connection = sqlite3.connect(demo)
    try:
        asked = 'SELECT action, user_name FROM "change" ORDER BY id DESC LIMIT 2'
        assert connection.execute(asked).fetchall() == [("Import", "陈小雨"), ("Add colleague", "")]
    finally:
        connection.close()


def test_reading_writes_no_colleague_down(demo, answer):
    before = content(demo)
    answer("search", "a", "--user", "陈小雨", "--file", demo)
    answer("check", "--user", "陈小雨", "--file", demo)
    assert content(demo) == before


# export


@pytest.mark.parametrize("kind", ["customers", "contacts", "interactions", "complaints"])
def test_every_list_is_written_to_excel_and_csv_alike(kind, demo, tmp_path, answer):
    sheet, text = tmp_path / "a.xlsx", tmp_path / "a.csv"
    told = answer("export", kind, sheet, "--file", demo)
    assert told == answer("export", kind, text, "--file", demo) | {"file": str(sheet)}
    rows = cells(sheet)
    with text.open(encoding="utf-8-sig", newline="") as stream:
        plain = list(csv.reader(stream))
    assert list(rows[0]) == plain[0]
    assert len(rows) == len(plain) >= told["rows"] + 1 > 1


def test_an_exported_list_can_be_narrowed_by_a_search(demo, tmp_path, answer):
    everyone = answer("search", "", "--file", demo, "--limit", "1000")
    wanted = everyone[0]["name"][2:6]
    found = [row["name"] for row in answer("search", wanted, "--file", demo)]
    assert 0 < len(found) < len(everyone)
    told = answer("export", "customers", tmp_path / "a.xlsx", "--search", wanted, "--file", demo)
    heading, *rows = cells(tmp_path / "a.xlsx")
    assert {row[heading.index("Customer name")] for row in rows} == set(found)
    assert told["rows"] == len(found)


def test_headings_and_sentences_follow_the_chosen_language(demo, tmp_path, run):
    headings = {}
    for lang in ("en", "zh_CN"):
        told = run("export", "customers", tmp_path / f"{lang}.csv", "--file", demo, "--lang", lang)
        assert told.status == 0
        headings[lang] = (tmp_path / f"{lang}.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    assert "Customer name" in headings["en"]
    assert [heading for heading in headings["zh_CN"] if not re.search("[一-鿿]", heading)] == []
    assert re.search("[一-鿿]", run("search", "zzz-nobody", "--file", demo, "--lang", "zh_CN").out)


@pytest.mark.parametrize(
    "name", ["nowhere/a.xlsx", "nowhere/a.csv", "folder.xlsx", "folder.csv", "a.doc", "a", "a.crm"]
)
def test_a_list_that_cannot_be_written_there_is_told_in_one_sentence(name, demo, tmp_path, run):
    for folder in ("folder.xlsx", "folder.csv"):
        (tmp_path / folder).mkdir()
    before = sorted(tmp_path.rglob("*"))
    told = run("export", "customers", tmp_path / name, "--file", demo)
    assert (told.status, told.out) == (1, "")
    assert is_one_sentence(told.err)
    assert [path for path in sorted(tmp_path.rglob("*")) if path not in before and path.suffix != ".crm-journal"] == []


# search


def test_a_search_gives_scripts_a_list_of_customers(empty, answer, run):
    answer("import", CUSTOMERS, "--file", empty)
    (found,) = answer("search", "cqbyylqx", "--file", empty)
    assert found["name"] == "重庆博远医疗器械有限公司"
    assert (found["main_contact"], found["tier"]) == ("张磊", "Silver")
    assert isinstance(found["id"], int)
    assert answer("search", "18600009002", "--file", empty) == answer("search", "9002", "--file", empty) == [found]
    assert answer("search", "zzz-nobody", "--file", empty) == []
    assert run("search", "\udcff\udcfe", "--file", empty).status == 0
    line = run("search", "博远", "--file", empty).out
    assert line.split("\t")[:3] == [found["code"], found["name"], "张磊"]


# report


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_the_monthly_report_is_a_pdf_with_pages(lang, demo, tmp_path, answer):
    paper = tmp_path / "a.pdf"
    told = answer("report", "monthly", paper, "--month", "2026-10", "--file", demo, "--lang", lang)
    assert paper.read_bytes().startswith(b"%PDF")
    with pypdfium2.PdfDocument(paper) as document:
        assert len(document) == told["pages"] >= 1
        assert "2026-10" in document[0].get_textpage().get_text_range() or lang == "zh_CN"


def test_a_customer_card_is_a_pdf_about_that_customer(demo, tmp_path, answer):
    customer = answer("search", "", "--file", demo)[0]
    paper = tmp_path / "a.pdf"
    told = answer("report", "customer-card", paper, "--customer", customer["code"], "--file", demo)
    assert paper.read_bytes().startswith(b"%PDF")
    with pypdfium2.PdfDocument(paper) as document:
        assert len(document) == told["pages"] >= 1
        assert customer["name"] in document[0].get_textpage().get_text_range()


def test_the_card_of_an_unknown_customer_is_refused(demo, tmp_path, run):
    told = run("report", "customer-card", tmp_path / "a.pdf", "--customer", "C-0", "--file", demo)
    assert (told.status, told.out) == (1, "")
    assert is_one_sentence(told.err)
    assert "C-0" in told.err
    assert not (tmp_path / "a.pdf").exists()


def test_the_form_and_the_ledger_of_complaints_are_pdfs(demo, tmp_path, answer, run):
    form, ledger = tmp_path / "form.pdf", tmp_path / "ledger.pdf"
    connection = sqlite3.connect(demo)
    code, at = connection.execute("SELECT code, received_at FROM complaint ORDER BY id LIMIT 1").fetchone()
    connection.close()
    told = answer("report", "complaint-form", form, "--complaint", code, "--file", demo)
    with pypdfium2.PdfDocument(form) as document:
        assert len(document) == told["pages"]
        assert code in document[0].get_textpage().get_text_range()
    answer("report", "complaint-ledger", ledger, "--month", at[:7], "--file", demo)
    with pypdfium2.PdfDocument(ledger) as document:
        assert code in document[0].get_textpage().get_text_range()
    missing = run("report", "complaint-form", form, "--complaint", "TS-0", "--file", demo)
    assert (missing.status, missing.out) == (1, "")
    assert is_one_sentence(missing.err)


def test_a_report_never_takes_the_place_of_the_customer_file(demo, run):
    before = demo.read_bytes()
    told = run("report", "monthly", demo, "--month", "2026-10", "--file", demo)
    assert told.status == 1
    assert is_one_sentence(told.err)
    assert demo.read_bytes() == before


@pytest.mark.parametrize("name", ["nowhere/a.pdf", "folder.pdf"])
def test_a_report_that_cannot_be_written_there_is_told_in_one_sentence(name, demo, tmp_path, run):
    (tmp_path / "folder.pdf").mkdir()
    told = run("report", "monthly", tmp_path / name, "--month", "2026-10", "--file", demo)
    assert (told.status, told.out) == (1, "")
    assert is_one_sentence(told.err)


# undo


def test_an_unknown_change_is_refused_and_writes_no_colleague_down(demo, run):
    before = content(demo)
    told = run("undo", "12345", "--user", "陈小雨", "--file", demo)
    assert (told.status, told.out) == (1, "")
    assert is_one_sentence(told.err)
    assert "12345" in told.err
    assert content(demo) == before


def test_a_change_is_undone_once_and_the_undo_can_be_undone(empty, answer, run):
    change = answer("import", CUSTOMERS, "--file", empty)["files"][0]["change"]
    imported = content(empty)["customer"]
    undone = answer("undo", change, "--file", empty)
    assert set(undone) == {"change", "restored", "kept"}
    told = run("undo", change, "--file", empty)
    assert told.status == 1
    assert is_one_sentence(told.err)
    answer("undo", undone["change"], "--file", empty)
    assert [row[0] for row in content(empty)["customer"]] == [row[0] for row in imported]


def test_what_was_worked_on_since_is_kept_and_named(empty, tmp_path, answer, run):
    change = answer("import", CUSTOMERS, "--file", empty)["files"][0]["change"]
    later = tmp_path / "later.csv"
    later.write_text("客户名称,备注\n重庆博远医疗器械有限公司,夏天再联系\n", encoding="utf-8")
    (entry,) = answer("import", later, "--kind", "customers", "--user", "王芳", "--file", empty)["files"]
    assert records(entry, "updated") == {"customers": 1}
    told = run("undo", change, "--file", empty)
    assert (told.status, told.err) == (0, "")
    assert "1 kept, because it was changed since (王芳 " in told.out
    assert [row["name"] for row in answer("search", "", "--file", empty)] == ["重庆博远医疗器械有限公司"]


# check


def damaged(path, sql):
    connection = sqlite3.connect(path)
    connection.execute(sql)
    connection.commit()
    connection.close()


def test_a_sound_file_is_ok_and_checking_changes_nothing(demo, run):
    before = demo.read_bytes()
    told = run("check", "--file", demo)
    assert (told.status, told.out, told.err) == (0, "ok\n", "")
    assert demo.read_bytes() == before


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("DELETE FROM customer_hay WHERE id = (SELECT max(id) FROM customer_hay)", "search index of “Customer”"),
        (
            "DELETE FROM change_entry WHERE id = (SELECT max(id) FROM change_entry WHERE \"table\" = 'contact')",
            "“Contact person” has records that the log does not know (1)",
        ),
        ("DELETE FROM \"change\" WHERE action = 'Invented office'", "belong to no action"),
        ("DELETE FROM interaction WHERE id = (SELECT max(id) FROM interaction)", "vanished without a trace"),
        ("UPDATE position SET customer = 1 WHERE id = (SELECT max(id) FROM position)", "not there"),
    ],
)
def test_a_record_lost_behind_our_back_is_found(sql, said, demo, run):
    damaged(demo, sql)
    told = run("check", "--file", demo)
    assert told.status == 1
    assert said in told.out
    assert is_one_sentence(told.err)
    answer = json.loads(run("check", "--file", demo, "--json").out)
    assert answer["ok"] is False
    assert answer["problems"] == told.out.splitlines()


def test_overwritten_pages_are_found(demo, run):
    size = demo.stat().st_size
    with demo.open("r+b") as stream:
        for place in range(3, size // 16384, 7):
            stream.seek(place * 16384)
            stream.write(b"\xa5" * 600)
    told = run("check", "--file", demo)
    assert told.status == 1
    assert "damaged" in told.out + told.err
    assert is_one_sentence(told.err)


# lists in and out in other ways


def listed(path, rows):
    """A workbook of rows."""
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_an_import_may_only_fill_in_or_only_add(empty, tmp_path, answer):
    first = listed(tmp_path / "a.xlsx", [["客户名称", "客户等级"], ["苏州华信", "银"]])
    answer("import", first, "--file", empty)
    more = listed(tmp_path / "b.xlsx", [["客户名称", "客户等级", "邮箱"], ["苏州华信", "金", "a@b.com"]])
    told = answer("import", more, "--file", empty, "--existing", "add")["files"][0]
    assert told["unchanged"]["customers"] == 1
    told = answer("import", more, "--file", empty, "--existing", "fill")["files"][0]
    assert told["updated"]["customers"] == 1
    out = tmp_path / "out.csv"
    answer("export", "customers", out, "--file", empty, "--lang", "zh_CN")
    text = out.read_text("utf-8-sig")
    assert "a@b.com" in text
    assert "银" in text


def test_unknown_columns_become_fields_and_histories_bring_their_customers(empty, tmp_path, answer, run):
    path = listed(tmp_path / "a.xlsx", [["客户名称", "种植作物"], ["苏州华信", "水稻"]])
    answer("import", path, "--file", empty, "--new-fields")
    out = tmp_path / "out.csv"
    answer("export", "customers", out, "--file", empty)
    assert "种植作物" in out.read_text("utf-8-sig")
    told = listed(tmp_path / "b.xlsx", [["客户", "跟进时间", "跟进内容"], ["无锡恒达", "2024-03-05", "问价"]])
    said = run("import", told, "--file", empty).out
    assert "1 row is about a customer who is not there; --add-customers brings such customers in." in said
    done = answer("import", told, "--file", empty, "--add-customers")["files"][0]
    assert (done["created"]["customers"], done["created"]["interactions"]) == (1, 1)


def test_refused_rows_are_written_with_their_reasons(empty, tmp_path, answer):
    from openpyxl import load_workbook

    path = listed(tmp_path / "a.xlsx", [["客户名称", "客户等级"], ["苏州华信", "银"], [None, "金"]])
    out = tmp_path / "refused.xlsx"
    answer("import", path, "--file", empty, "--refused", out)
    rows = list(load_workbook(out).active.values)
    assert rows[1][0] == "Row 3: The customer name is missing."
    assert rows[1][2] == "金"


@pytest.mark.parametrize("name", ["office.xlsx", "office.zip"])
def test_the_whole_office_goes_into_one_workbook_and_comes_back(demo, empty, tmp_path, answer, name):
    out = tmp_path / name
    written = answer("export", "all", out, "--file", demo)
    answer("import", out, "--file", empty)
    again = answer("export", "all", tmp_path / "again.xlsx", "--file", empty)
    for kind in ("customers", "contacts", "interactions", "complaints"):
        assert again[kind] == written[kind] > 0
    assert answer("check", "--file", empty)["ok"]
    done = answer("import", out, "--file", empty)["files"][0]
    assert sum(sum(done[what].values()) for what in ("created", "updated")) == 0


def test_contact_persons_are_written_as_address_cards_and_a_template_as_a_workbook(demo, tmp_path, answer, run):
    cards = tmp_path / "a.vcf"
    rows = answer("export", "contacts", cards, "--file", demo)["rows"]
    assert cards.read_text("utf-8").count("END:VCARD") == rows
    for language, sheet in (("en", "Customers"), ("zh_CN", "客户")):
        out = tmp_path / f"{language}.xlsx"
        answer("template", "customers", out, "--file", demo, "--lang", language)
        from openpyxl import load_workbook

        assert load_workbook(out).sheetnames[0] == sheet
    told = run("export", "all", tmp_path / "all.csv", "--file", demo)
    assert told.status == 1
    assert is_one_sentence(told.err)


# the manual


def test_both_manuals_name_every_command_option_and_shortcut():
    from crm_desktop import cli, cli_staff, cli_surveys
    from ui import menus

    keys = {k for _title, commands in menus.MENUS for c in commands if c.keys for k in c.keys.split("; ")}
    assert {"Ctrl+L", "Ctrl+Z", "F5"} <= keys
    source = "\n".join(Path(each.__file__).read_text(encoding="utf-8") for each in (cli, cli_staff, cli_surveys))
    words = set(re.findall(r'add\("([a-z]+)"', source)) | set(re.findall(r'"(--[a-z-]+)"', source)) - {"--help"}
    assert {"import", "undo", "--dry-run", "--json"} <= words
    for name in ("manual.md", "manual.zh_CN.md"):
        text = (PROJECT / "docs" / name).read_text(encoding="utf-8")
        missing = [key for key in keys if f"**{key}**" not in text]
        missing += [word for word in words if not re.search(rf"`[^`\n]*(?<![\w-]){re.escape(word)}\b", text)]
        assert missing == [], name


def test_both_manuals_have_the_same_chapters_and_both_readmes_lead_there():
    def chapters(name):
        return [line.split(" ")[0] for line in (PROJECT / name).read_text(encoding="utf-8").splitlines()
                if line.startswith("#")]  # fmt: skip

    assert chapters("docs/manual.md") == chapters("docs/manual.zh_CN.md") != []
    assert "](docs/manual.md)" in (PROJECT / "README.md").read_text(encoding="utf-8")
    assert "](docs/manual.zh_CN.md)" in (PROJECT / "README.zh_CN.md").read_text(encoding="utf-8")


def plain(text):
    """A text of the window without mnemonic, ellipsis, star and thin spaces."""
    return re.sub(r"\(&.\)|[&…*]", "", text.replace("\u2009", " ")).strip()


def labels(name):
    """What a manual says the window says, chapter by chapter."""
    chapters = re.split(r"^## ", (PROJECT / "docs" / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    bold = [dict.fromkeys(re.findall(r"\*\*([^*\n]+)\*\*", chapter)) for chapter in chapters]
    return [[text for text in found if not re.match(r"Ctrl|Alt|F\d|Esc", text)] for found in bold]


def test_the_manuals_call_things_as_the_window_does():
    """In bold stands what the window says: a text of the program in English, its translation in Chinese."""
    sources = [path.read_text(encoding="utf-8") for folder in ("ui", "crm_desktop")
               for path in (PROJECT / folder).rglob("*.py")]  # fmt: skip
    texts = {}
    for text in re.findall(r'_\(\s*"((?:[^"\\]|\\.)+)"', "\n".join(sources)):
        texts.setdefault(plain(text), []).append(text)
    i18n.set_language("zh_CN")
    for english, chinese in zip(labels("manual.md"), labels("manual.zh_CN.md"), strict=True):
        assert [label for label in english if label not in texts] == []
        for label, theirs in zip(english, chinese, strict=True):
            translated = {plain(i18n._(text)) for text in texts[label]}
            assert theirs in translated or label in translated, f"{label} is called {translated}, not {theirs}"


# backup, restore, repair


def test_a_backup_goes_into_every_folder_and_says_where(demo, answer, own_home, tmp_path):
    told = answer("backup", "--to", tmp_path / "a", tmp_path / "b", "--reason", "年底", "--file", demo)
    assert [Path(one["path"]).parent for one in told["backups"]] == [tmp_path / "a", tmp_path / "b"]
    for one in told["backups"]:
        assert content(one["path"])["customer"] == content(demo)["customer"]
        assert (one["reason"], one["note"], one["verified"]) == ("manual", "年底", True)
    (usual,) = answer("backup", "--reason", "daily", "--file", demo)["backups"]
    assert usual["reason"] == "daily"
    assert own_home in Path(usual["path"]).parents


def test_a_folder_that_cannot_be_reached_does_not_keep_the_others_from_their_backup(demo, photo, run, tmp_path):
    told = run("backup", "--to", photo, tmp_path / "b", "--file", demo, "--json")
    assert told.status == 1
    assert is_one_sentence(told.err.replace(". Check", ", check"))
    assert len(json.loads(told.out)["backups"]) == len(list((tmp_path / "b").iterdir())) == 1


def test_old_backups_are_deleted_only_when_asked(demo, answer, tmp_path, monkeypatch):
    from crm_desktop.store import backup

    class Clock:
        @staticmethod
        def now():
            return backup_time

    with monkeypatch.context() as patch:
        patch.setattr(backup, "datetime", Clock)
        for hour in (8, 9):
            backup_time = datetime(2026, 1, 5, hour)
            answer("backup", "--to", tmp_path / "b", "--file", demo)
    assert answer("backup", "--to", tmp_path / "b", "--file", demo)["deleted"] == []
    (gone,) = answer("backup", "--to", tmp_path / "b", "--thin", "--file", demo)["deleted"]
    assert "2026-01-05 080000" in gone


def test_a_backup_is_compared_and_restored(empty, answer, run, tmp_path):
    (made,) = answer("backup", "--to", tmp_path / "b", "--file", empty)["backups"]
    answer("import", CUSTOMERS, "--file", empty)
    imported = content(empty)
    shown = answer("restore", made["path"], "--dry-run", "--file", empty)
    assert shown["theirs"]["counts"]["customer"] == 0 < shown["ours"]["counts"]["customer"]
    assert shown["same_file"] is True
    assert content(empty) == imported
    told = answer("restore", made["path"], "--user", "王芳", "--file", empty)
    assert answer("search", "", "--file", empty) == []
    assert answer("check", "--file", empty)["ok"] is True
    words = run("restore", told["safety"], "--file", empty)
    assert (words.status, words.err) == (0, "")
    assert told["safety"] not in words.out
    assert content(empty) == imported


def test_the_backup_of_another_office_is_restored_only_when_that_is_said(demo, empty, answer, run, tmp_path):
    (made,) = answer("backup", "--to", tmp_path / "b", "--file", demo)["backups"]
    answer("import", CUSTOMERS, "--file", empty)
    before = content(empty)
    told = run("restore", made["path"], "--file", empty)
    assert (told.status, told.out) == (1, "")
    assert made["office"] in told.err
    assert "--other-office" in told.err
    assert content(empty) == before
    answer("restore", made["path"], "--other-office", "--file", empty)
    assert content(empty)["customer"] == content(demo)["customer"]


def test_what_is_no_backup_is_not_restored(demo, photo, run, tmp_path):
    before = demo.read_bytes()
    for wrong in (photo, tmp_path / "missing.crm", demo):
        told = run("restore", wrong, "--file", demo)
        assert (told.status, told.out) == (1, "")
    assert demo.read_bytes() == before


def test_a_damaged_file_is_repaired_into_a_new_one(demo, run, answer, tmp_path):
    before = content(demo)
    with demo.open("r+b") as stream:
        stream.seek(5 * 16384)
        stream.write(b"\0" * 16384)
    damaged_bytes = demo.read_bytes()
    told = answer("repair", demo, tmp_path / "new.crm")
    assert demo.read_bytes() == damaged_bytes
    assert set(told) == {"file", "sound", "tables", "sentences"}
    assert told["tables"]["customer"]["read"] + told["tables"]["customer"]["lost"] == len(before["customer"])
    assert answer("check", "--file", tmp_path / "new.crm")["ok"] is True
    words = run("repair", demo, tmp_path / "again.crm")
    assert (words.status, words.err) == (0, "")
    assert "again.crm is ready." in words.out
    assert run("repair", demo, tmp_path / "again.crm").status == 1


@pytest.mark.parametrize("arguments", [["restore"], ["repair", "a.crm"], ["backup", "--to"], ["backup", "here"]])
def test_half_a_command_about_backups_is_wrong_use(arguments, run):
    told = run(*arguments)
    assert (told.status, told.out) == (2, "")


# cleaning


def muddle(path):
    """Write into a customer file what no form would let through."""
    with sqlite3.connect(path) as connection:
        connection.execute(
            "UPDATE customer SET name = '长荣(杭州)（有限）公司 ' WHERE id = (SELECT min(id) FROM customer)"
        )
        connection.execute("UPDATE contact SET wechat = 'ｗｘ１' WHERE id = (SELECT min(id) FROM contact)")
    connection.close()


def test_cleaning_tells_what_it_would_change_and_changes_it_only_when_asked(demo, answer, run):
    answer("clean", "--apply", "--file", demo)
    assert run("clean", "--file", demo).out == "Everything is tidy.\n"
    tidy = content(demo)
    muddle(demo)
    muddled = content(demo)
    shown = answer("clean", "--file", demo)
    assert (shown["rules"], shown["change"]) == ({"width": 1, "companies": 1}, None)
    assert {p["after"] for p in shown["proposals"]} == {"wx1", "长荣（杭州）有限公司"}
    words = run("clean", "--rule", "width", "--file", demo).out
    assert "ｗｘ１ → wx1" in words
    assert words.endswith("Nothing was written.\n")
    assert content(demo)["customer"] == muddled["customer"]
    told = answer("clean", "--apply", "--rule", "companies", "--file", demo)
    assert (told["changed"], told["left"]) == (1, 0)
    assert answer("search", "长荣（杭州）有限公司", "--file", demo)
    assert answer("undo", told["change"], "--file", demo)["restored"] == 1
    assert len(content(demo)["customer"]) == len(tidy["customer"])
    assert answer("clean", "--file", demo)["rules"] == shown["rules"]


def test_a_rule_of_cleaning_nobody_knows_is_wrong_use(run):
    from crm_desktop import cleaning_rules, cli

    assert tuple(cleaning_rules.RULES) == cli.TIDY
    told = run("clean", "--rule", "everything")
    assert (told.status, told.out) == (2, "")
