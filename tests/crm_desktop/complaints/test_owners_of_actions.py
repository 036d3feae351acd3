"""Owners of improvement actions are colleagues; a name that is nobody's stays as it was written."""

import sqlite3

from crm_desktop.i18n import N_
from crm_desktop.models import Complaint
from crm_desktop.models.improvements import given_over, is_of, owner_name
from crm_desktop.store.change import change
from crm_desktop.store.steps_staff import _give_actions_to_colleagues


def test_an_older_files_names_become_colleagues_where_they_are_some():
    older = sqlite3.connect(":memory:")
    older.execute('CREATE TABLE "user" (id INTEGER PRIMARY KEY, name TEXT)')
    older.execute("CREATE TABLE complaint (id INTEGER PRIMARY KEY, improvements TEXT)")
    older.execute("INSERT INTO \"user\" VALUES (7, '王芳')")
    for id, stored in ((1, '[{"owner":"王芳","what":"a"},{"owner":"外聘顾问"}]'), (2, "[]"), (3, '[{"what":"b"}]')):
        older.execute("INSERT INTO complaint VALUES (?, ?)", (id, stored))
    _give_actions_to_colleagues(older)
    assert [row for (row,) in older.execute("SELECT improvements FROM complaint ORDER BY id")] == [
        '[{"owner":7,"what":"a"},{"owner":"外聘顾问"}]',
        "[]",
        '[{"what":"b"}]',
    ]


def test_a_name_that_is_typed_becomes_the_colleague_and_any_other_stays(li_ming, wang_fang):
    with change(wang_fang, N_("New complaint")) as c:
        typed = [{"what": "a", "owner": "王芳", "due": "2026-12-01"}, {"what": "b", "owner": "外聘顾问"}]
        made = c.save(Complaint, {"customer": li_ming.id, "description": "异响", "improvements": typed})
    first, second = Complaint.get_row(made.id).improvements
    assert (first["owner"], owner_name(first)) == (wang_fang.id, "王芳")
    assert (second["owner"], owner_name(second)) == ("外聘顾问", "外聘顾问")
    assert is_of(first, wang_fang.id)
    assert not is_of(second, wang_fang.id)
    described = Complaint.described()["improvements"].columns["owner"]
    assert described.read("王芳").value == wang_fang.id
    assert described.read("外聘顾问").value == "外聘顾问"


def test_only_open_actions_of_the_giver_change_hands():
    stored = '[{"owner":1,"what":"a"},{"owner":2,"what":"b"},{"owner":1,"verified":"2026-11-01","what":"c"}]'
    assert given_over(stored, 1, 3) == (
        '[{"owner":3,"what":"a"},{"owner":2,"what":"b"},{"owner":1,"verified":"2026-11-01","what":"c"}]'
    )
    assert given_over(stored, 5, 3) is None
