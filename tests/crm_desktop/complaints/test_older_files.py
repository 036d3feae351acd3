"""Complaints of an earlier release: they get their deadlines when the file is opened, and their course goes on."""

import gzip
from pathlib import Path

import pytest

from crm_desktop.complaints import moves, reading
from crm_desktop.i18n import N_
from crm_desktop.store import checking, file
from crm_desktop.store.change import change

FIRST = Path(__file__).parents[2] / "files" / "office-1.crm.gz"


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "old.crm"
    path.write_bytes(gzip.decompress(FIRST.read_bytes()))
    file.open_file(path)
    yield path
    file.close()


def test_open_complaints_have_deadlines_and_an_obvious_next_step(old):
    found = file.ask("SELECT id, due_what, solve_by, tier FROM complaint WHERE closed_at IS NULL")
    assert found
    assert all(what and by for _id, what, by, _tier in found)
    for i, *_rest in found:
        case = reading.case(i)
        assert [stamp.title for stamp in case.course] == ["Registered"]
        assert moves.allowed(case.record.state)


def test_a_deadline_somebody_typed_is_never_passed(old):
    late = "SELECT count(*) FROM complaint WHERE closed_at IS NULL AND agreed_by IS NOT NULL AND solve_by > agreed_by"
    assert file.one(late) == 0
    assert file.one("SELECT count(*) FROM complaint WHERE agreed_by IS NOT NULL") > 0


def test_opening_it_again_writes_nothing(old):
    file.close()
    before = old.read_bytes()
    file.open_file(old)
    file.close()
    assert old.read_bytes() == before
    file.open_file(old)


def test_the_course_goes_on_from_the_state_it_was_in(old):
    i, state = file.ask("SELECT id, state FROM complaint WHERE closed_at IS NULL LIMIT 1")[0]
    first = next(move for move in moves.allowed(state) if move.why)
    with change(None, N_("Step of a complaint")) as c:
        moves.make(c, i, first.key, dict.fromkeys(first.needs, 1), "因为")
    assert [stamp.state for stamp in reading.case(i).course][1:] == [first.after]
    assert checking.problems() == []
