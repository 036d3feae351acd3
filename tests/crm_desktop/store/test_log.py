"""The one log, read: what happened to a record, what everybody did, and what is forgotten at last."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop import log_words
from crm_desktop.i18n import N_, set_language
from crm_desktop.models import Contact, Customer, Interaction
from crm_desktop.models import office as offices
from crm_desktop.store import file, history, log, thinning, traces
from crm_desktop.store.change import change
from crm_desktop.store.log import FieldChange, Operations


def save(user, target, values, note=""):
    with change(user, N_("Edit customer")) as c:
        c.note = note
        record = c.save(target, values)
    return record, c.id


def told(events):
    return [(event.op, {c.field: (c.before, c.after) for c in event.changes}) for event in events]


def test_a_change_is_told_with_who_when_where_and_what_was_before(li_ming, li_qiang):
    _, number = save(li_qiang, li_ming, {"tier": "silver"}, "wish of the boss")
    last = log.of_record("customer", li_ming.id)[0]
    assert (last.change, last.who, last.action, last.note) == (number, "李强", "Edit customer", "wish of the boss")
    assert last.pc
    assert last.changes == [FieldChange("tier", "gold", "silver")]


def test_what_a_record_was_created_with_follows_from_what_it_became(li_ming, wang_fang):
    save(wang_fang, li_ming, {"tier": "silver", "wechat": "changrong"})
    save(wang_fang, li_ming, {"tier": "regular"})
    op, first = told(log.of_record("customer", li_ming.id))[-1]
    assert op == "+"
    assert first["tier"] == (None, "gold")
    assert "wechat" not in first


def test_a_deleted_record_still_tells_its_whole_history(li_ming, wang_fang):
    save(wang_fang, li_ming, {"tier": "silver"})
    with change(wang_fang, N_("Delete")) as c:
        c.delete(li_ming)
    events = told(log.of_record("customer", li_ming.id))
    assert [op for op, _ in events] == ["-", "~", "+"]
    assert events[0][1]["tier"] == ("silver", None)
    assert events[2][1]["tier"] == (None, "gold")


def test_one_field_can_be_followed_alone(li_ming, wang_fang):
    save(wang_fang, li_ming, {"tier": "silver"})
    save(wang_fang, li_ming, {"wechat": "changrong"})
    values = [(c.before, c.after) for e in log.of_record("customer", li_ming.id, "tier") for c in e.changes]
    assert values == [("gold", "silver"), (None, "gold")]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.dictionaries(st.sampled_from(["tier", "wechat", "remarks"]), st.text("abc", max_size=3))))
def test_read_backwards_the_history_of_a_record_leads_from_now_to_nothing(li_ming, wang_fang, steps):
    """Each line begins where the one before it ended, whatever was typed in whichever order."""
    for values in steps:
        save(wang_fang, Customer.get_row(li_ming.id), values)
    now = file.rows("customer", [li_ming.id])[li_ming.id]
    for name in ("tier", "wechat", "remarks"):
        lines = [c for e in log.of_record("customer", li_ming.id, name) for c in e.changes]
        state = now[name]
        for line in lines:
            assert line.after == state
            state = line.before
        assert state in (None, "")


def test_the_log_of_the_office_is_found_by_person_kind_day_record_and_text(li_ming, ming, visit, wang_fang, li_qiang):
    _, number = save(li_qiang, li_ming, {"tier": "silver"}, "moved to another group")
    today = date.today().isoformat()
    yesterday = (date.today() - timedelta(1)).isoformat()
    assert list(Operations(who="李强").ids()) == [number]
    assert number in Operations(kind="changed").ids()
    assert number not in Operations(kind="created").ids()
    assert number in Operations(since=today, until=today).ids()
    assert not Operations(until=yesterday).ids()
    (created,) = Operations(record=("contact", ming.id)).ids()
    assert list(Operations(text="13800001234").ids()) == [number, created]
    assert list(Operations(text="another group").ids()) == [number]
    assert number in Operations(text="jidian").ids()
    assert not Operations(text="100%_\\").ids()


def test_a_text_finds_actions_as_they_are_called_in_the_language_of_the_reader(li_ming, wang_fang):
    _, number = save(wang_fang, li_ming, {"tier": "silver"})
    set_language("zh_CN")
    assert number in Operations(text="编辑客户").ids() or number in Operations(text="修改客户").ids()


def test_pages_of_the_log_follow_each_other_without_gap(li_ming, wang_fang):
    for tier in ("silver", "regular", "diamond", "gold", "silver"):
        save(wang_fang, Customer.get_row(li_ming.id), {"tier": tier})
    every = list(Operations().ids())
    pages, last = [], None
    while page := list(Operations().first(2, last)):
        pages += page
        last = page[-1]
    assert pages == every == sorted(every, reverse=True)


def test_an_operation_says_how_many_records_it_touched_and_who_took_it_back(li_ming, wang_fang, li_qiang):
    with change(wang_fang, N_("Delete")) as c:
        c.delete(li_ming)
    assert Operations().rows([c.id])[c.id].counts == {("customer", "-"): 1, ("position", "-"): 1}
    undone = history.undo(li_qiang, c.id)
    operation = Operations().rows([c.id])[c.id]
    assert operation.undone_by == undone.change
    assert operation.undone.split("\t")[0] == "李强"
    history.undo(li_qiang, undone.change)
    assert Operations().rows([c.id])[c.id].undone_by is None


def test_a_change_tells_its_records_a_few_at_a_time(li_ming, wang_fang):
    with change(wang_fang, N_("Import")) as c:
        ids = c.insert_many(Contact, [{"name": f"联系人{n}"} for n in range(7)])
        c.save(li_ming, {"tier": "silver"})
    numbers = log.entries(c.id)
    assert [log.events([n])[n].record for n in numbers] == [*ids, li_ming.id]
    assert log.events(numbers)[numbers[-1]].changes == [FieldChange("tier", "gold", "silver")]


def test_what_was_deleted_long_ago_is_forgotten_but_nothing_younger_than_90_days(li_ming, visit, wang_fang):
    with change(wang_fang, N_("Delete")) as c:
        c.delete(visit)
    soon = (date.today() + timedelta(80)).isoformat()
    later = (date.today() + timedelta(120)).isoformat()
    with file.transaction():
        assert thinning.thin(1, soon) == 0
        assert thinning.thin(200, later) == 0
        assert thinning.thin(1, later) == 1
    undone = history.undo(wang_fang, c.id)
    assert (undone.change, undone.restored) == (0, 0)
    assert Interaction.get_row(visit.id) is None


@pytest.mark.usefixtures("office")
def test_a_hundred_thousand_actions_are_searched_in_the_blink_of_an_eye():
    with file.transaction():
        connection = file.connection()
        connection.executemany(
            'INSERT INTO "change" (id, at, user_name, pc, action) VALUES (?,?,?,?,?)',
            (
                (n, f"2026-{n % 12 + 1:02}-05T10:00:00", f"colleague {n % 7}", "pc", "Edit customer")
                for n in range(1, 100_001)
            ),
        )
        connection.executemany(
            'INSERT INTO change_entry (change, "table", record, op, before, after) VALUES (?,?,?,?,?,?)',
            ((n, "customer", n, "~", f'{{"wechat":"w{n}"}}', '{"wechat":"x"}') for n in range(1, 100_001)),
        )
    start = time.perf_counter()
    assert len(Operations().rows(Operations().first(100))) == 100
    page = time.perf_counter() - start
    start = time.perf_counter()
    assert list(Operations(who="colleague 4", kind="changed", text="w99998").ids()) == []
    assert len(Operations(text="w9999").ids()) == 11
    found = time.perf_counter() - start
    assert page < 0.1
    assert found < 1.5


def test_lines_of_the_log_alone_and_special_changes_are_found_by_their_kind(li_ming, wang_fang):
    _, tier = save(wang_fang, li_ming, {"tier": "silver"})
    save(wang_fang, li_ming, {"wechat": "changrong"})
    untiered = save(wang_fang, li_ming, {"tier": ""})[1]
    opened, exported, printed, closed = (
        traces.leave(wang_fang, action, "x")
        for action in (traces.OPENED, traces.EXPORTED, traces.PRINTED, traces.CLOSED)
    )
    offices.save_settings(wang_fang, {"due_days": 9})
    office = file.one('SELECT max(id) FROM "change"')
    found = {kind: list(Operations(kind=kind).ids()) for kind in log.KINDS}
    assert (found["opened"], found["exported"], found["printed"]) == ([closed, opened], [exported], [printed])
    assert found["tier"] == [untiered, tier]
    assert office in found["office"]
    assert found["merged"] == found["kept safe"] == []
    assert history.undo(wang_fang, opened).change == 0


def test_a_line_of_the_log_alone_does_not_count_as_the_last_change(li_ming, wang_fang):
    last = traces.last_written(file.connection())
    traces.leave(wang_fang, traces.EXPORTED, "x")
    assert traces.last_written(file.connection()) == last


def test_an_undo_says_what_it_took_back_or_did_again(li_ming, wang_fang):
    _, edit = save(wang_fang, li_ming, {"wechat": "changrong"})
    undone = history.undo(wang_fang, edit).change
    again = history.undo(wang_fang, undone).change
    once_more = history.undo(wang_fang, again).change
    rows = Operations().rows([edit, undone, again, once_more])
    assert [(rows[i].undone_action, rows[i].again) for i in (edit, undone, again, once_more)] == [
        ("", False),
        ("Edit customer", False),
        ("Edit customer", True),
        ("Edit customer", False),
    ]
    assert [log_words.action(rows[i]) for i in (edit, undone, again)] == [
        "Edit customer",
        "Undo: Edit customer",
        "Done again: Edit customer",
    ]
