"""The commands do on a server what they do with a file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from crm_desktop.__main__ import main

PROJECT = Path(__file__).parents[3]


@pytest.fixture
def run(capsys):
    """Runs a command; its JSON, and what it complained about."""

    def done(*words, status=0):
        assert main([*map(str, words), "--json"]) == status
        told = capsys.readouterr()
        return json.loads(told.out) if told.out else told.err

    return done


@pytest.fixture
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "made.crm"
    assert main(["demo", str(path), "--customers", "40", "--seed", "3"]) == 0
    return path


def test_an_office_moves_and_everything_works_there(made, empty, run, tmp_path):
    address, excel, paper = empty(), tmp_path / "all.xlsx", tmp_path / "month.pdf"
    assert run("move", made, address)["customer"] == 40
    here, there = ("--file", made), ("--file", address)
    assert run("check", *there)["ok"]
    for words in (("search", "杭"), ("search", "zhou"), ("duplicates",), ("log", "--limit", "5")):
        assert run(*words, *there) == run(*words, *here)
    assert run("export", "customers", excel, *there)["rows"] == 40
    assert openpyxl.load_workbook(excel).active.max_row > 40
    assert run("report", "monthly", paper, "--month", "2026-10", *there)
    assert paper.read_bytes().startswith(b"%PDF")
    assert not any(run("import", excel, *there)["files"][0]["created"].values())
    assert run("clean", *there) == run("clean", *here)


def test_a_backup_of_a_server_is_a_file_and_comes_back_into_a_new_database(made, empty, run, tmp_path):
    address = empty()
    run("move", made, address)
    [backup] = run("backup", "--to", tmp_path / "safe", "--file", address)["backups"]
    refused = run("restore", backup["path"], "--file", address, status=1)
    assert "new, empty database" in refused["error"]
    again = empty("again")
    assert run("move", backup["path"], again)["customer"] == 40
    assert run("check", "--file", again)["ok"]


def test_an_invented_office_can_be_made_on_a_server(empty, run):
    address = empty()
    assert run("demo", address, "--customers", "5")["customers"] == 5
    assert "already" in run("demo", address, "--customers", "5", status=1)["error"]


def test_an_office_that_is_not_there_is_said(postgres, empty, run):
    assert "no office" in run("check", "--file", empty(), status=1)["error"]
    postgres.sql("CREATE TABLE IF NOT EXISTS public.strangers (id int)")
    assert "another program" in run("check", "--file", postgres.conninfo("postgres"), status=1)["error"]
    assert "no database" in run("check", "--file", postgres.conninfo("nowhere"), status=1)["error"]
    unreached = run("check", "--file", "postgresql://somebody:secret@127.0.0.1:1/office", status=1)["error"]
    assert "cannot be reached" in unreached
    assert "secret" not in unreached
    with pytest.raises(SystemExit):
        main(["check", "--file", "postgresql://server"])


def test_who_works_with_a_file_does_not_wait_for_the_libraries_of_a_server(made):
    code = (
        "import sys; from crm_desktop.__main__ import main; from ui import app; from ui.dialogs import server;"
        f"assert main(['search', '杭', '--file', {str(made)!r}]) == 0;"
        "print(*{name for name in ('psycopg', 'keyring') if sys.modules.get(name)})"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (done.stderr, done.stdout.splitlines()[-1]) == ("", "")


def test_without_those_libraries_the_program_says_what_to_install(tmp_path):
    hidden = tmp_path / "psycopg.py"
    hidden.write_text("raise ImportError('not installed')")
    done = subprocess.run(
        [sys.executable, "-m", "crm_desktop", "check", "--file", "postgresql://anna@127.0.0.1:1/office"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert (done.returncode, "pip install" in done.stderr) == (1, True), done.stderr
