"""A sound file passes; each kind of damage is named in words."""

import pytest

from crm_desktop import demo
from crm_desktop.i18n import set_language
from crm_desktop.store import checking, file
from crm_desktop.store.change import change


def damage(*statements):
    """Do what no part of the program does."""
    raw = file.connection()
    raw.execute("PRAGMA foreign_keys=OFF")
    for statement in statements:
        raw.execute(statement)
    raw.execute("PRAGMA foreign_keys=ON")


def test_a_sound_file_has_no_problems(li_ming, visit):
    assert checking.problems() == []


def test_an_invented_office_has_no_problems(tmp_path):
    demo.make(tmp_path / "office.crm", customers=20, interactions=60, complaints=5)
    try:
        assert checking.problems() == []
    finally:
        file.close()


def test_progress_says_what_is_being_checked(li_ming):
    told = []
    checking.problems(lambda done, total, what: told.append((done, total, what)))
    assert [done for done, _total, _what in told] == [0, 1, 2, 3]
    assert {total for _done, total, _what in told} == {4}
    assert len({what for _done, _total, what in told}) == 4


def test_a_link_to_nothing_is_counted(visit, li_ming):
    damage(f"UPDATE interaction SET customer = 1 WHERE id = {visit.id}")
    assert any(p == "1 record points to a record that is not there." for p in checking.problems())


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM customer_hay",
        "UPDATE customer_hay SET hay = 'something else'",
        "INSERT INTO customer_hay (id, hay) VALUES (77, 'nobody')",
    ],
)
def test_a_search_index_that_disagrees_is_named(li_ming, statement):
    damage(statement)
    (problem,) = checking.problems()
    assert "“Customer”" in problem
    assert "may not be found" in problem


def test_a_record_the_log_does_not_know_is_found(li_ming):
    damage(f"DELETE FROM change_entry WHERE record = {li_ming.id}")
    assert any("that the log does not know (1)" in p and "“Customer”" in p for p in checking.problems())


def test_a_record_that_vanished_without_a_trace_is_found(visit):
    damage(f"DELETE FROM interaction WHERE id = {visit.id}", f"DELETE FROM interaction_hay WHERE id = {visit.id}")
    assert any("vanished without a trace" in p and "“Contact record”" in p for p in checking.problems())


def test_entries_without_their_action_are_found(li_ming):
    damage('DELETE FROM "change" WHERE id = (SELECT max(id) FROM "change")')
    assert any("belong to no action" in p for p in checking.problems())


def test_a_damaged_page_is_said_first_and_alone(tmp_path):
    path = tmp_path / "office.crm"
    demo.make(path, customers=30, interactions=100, complaints=5)
    root = file.one("SELECT rootpage FROM sqlite_master WHERE type = 'index' AND name LIKE '%customer%' LIMIT 1")
    size = file.one("PRAGMA page_size")
    file.close()
    with path.open("r+b") as stream:
        stream.seek((root - 1) * size + 12)
        stream.write(b"\xff" * 40)
    file.open_file(path)
    try:
        found = checking.problems()
        assert found
        assert all("damaged" in p for p in found)
    finally:
        file.close()


def test_a_file_written_in_one_language_is_sound_in_the_other(office, li_ming, wang_fang):
    set_language("en")
    with change(wang_fang, "Edit") as c:
        c.save(li_ming, {"addresses": [{"street": "文三路1号", "type": "office"}], "tags": ["电机", "老客户"]})
    set_language("zh_CN")
    try:
        assert checking.problems() == []
    finally:
        set_language("en")


def test_compacting_says_how_far_it_is_while_the_file_is_written_anew(office, monkeypatch):
    raw = file.connection()
    raw.execute(
        "CREATE TABLE waste AS WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n WHERE x < 40)"
        " SELECT randomblob(1000000) AS x FROM n"
    )
    raw.execute("DELETE FROM waste WHERE rowid % 2 = 0")
    monkeypatch.setattr(checking, "_LOOK", 0.001)
    told = []
    won = checking.compact(lambda *far: told.append(far))
    assert won > 15_000_000
    written = [(done, total) for done, total, text in told if text == "Writing the smaller file"]
    assert written
    assert all(0 < done <= total for done, total in written)
    assert written == sorted(written)
