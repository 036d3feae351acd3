"""A complaint that was closed says so, whichever way it was written down."""

import pytest

from crm_desktop.models import Complaint
from crm_desktop.store.change import change

DAY = "2026-10-03T00:00:00"


@pytest.fixture
def complaint(li_ming, wang_fang):
    """Writes a complaint of 李明's company down."""

    def write(**values):
        with change(wang_fang, "New complaint") as c:
            return c.save(
                Complaint, {"customer": li_ming.id, "description": "漏油", "received_at": "2026-10-01", **values}
            )

    return write


@pytest.fixture
def edit(wang_fang):
    def write(record, **values):
        with change(wang_fang, "Edit complaint") as c:
            return c.save(record, values)

    return write


def test_a_complaint_with_a_closing_date_is_closed(complaint):
    found = complaint(closed_at=DAY)
    assert (found.state, found.closed_at) == ("closed", DAY)


def test_a_closing_date_written_later_closes_the_complaint(complaint, edit):
    found = edit(complaint(), closed_at=DAY)
    assert (found.state, found.closed_at) == ("closed", DAY)


def test_a_complaint_that_was_withdrawn_keeps_its_state_when_the_date_is_written(complaint, edit):
    found = edit(complaint(state="withdrawn"), closed_at=DAY)
    assert (found.state, found.closed_at) == ("withdrawn", DAY)


def test_a_complaint_that_is_opened_again_has_no_closing_date(complaint, edit):
    found = edit(complaint(closed_at=DAY), state="handling")
    assert (found.state, found.closed_at) == ("handling", None)


def test_last_years_complaints_are_numbered_by_their_year(complaint):
    made = [complaint(received_at=f"{day}T09:00:00") for day in ("2024-12-31", "2025-01-02", "2025-03-01")]
    assert [one.code for one in made] == ["TS-2024-0001", "TS-2025-0001", "TS-2025-0002"]
