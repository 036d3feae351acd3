"""One text of SQL means the same to a file and to a server."""

import json
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.store import pinyin, search_words
from crm_desktop.store.dialect import for_server, functions
from crm_desktop.store.postgres import Connection
from crm_desktop.store.typed import Typed

ROWS = [
    (1, "Anna", '["a","b"]', None, '{"code":"C-1","n":5}'),
    (2, "anna%", "[]", "2026-03-05T14:30:00", '{"code":null}'),
    (3, "李明\\_", '["李","b"]', "2026-03-05", '{"a":{"b":"x"}}'),
    (4, "", "[7,8]", "", "{}"),
]
SAID = [
    ("SELECT id FROM t WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", [[1, 3, 99]]),
    ("SELECT id FROM t WHERE id NOT IN (SELECT value FROM json_each(?)) ORDER BY id", [[1, 3]]),
    ("SELECT id FROM t WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", [[]]),
    ("SELECT id FROM t WHERE name IN (SELECT value FROM json_each(?)) ORDER BY id", [["Anna", "李明\\_", "it's ?"]]),
    ("SELECT t.id FROM json_each(?) f CROSS JOIN t ON t.id = f.value WHERE +t.id > 1 ORDER BY t.id", [[1, 2, 3]]),
    ("SELECT t.id, j.value FROM t, json_each(t.list) j WHERE t.id < 4 ORDER BY t.id, j.value", []),
    ("SELECT id FROM t WHERE EXISTS (SELECT 1 FROM json_each(t.list) j WHERE j.value = ?)", ["李"]),
    ("SELECT id FROM t WHERE EXISTS (SELECT 1 FROM json_each(t.list) j WHERE j.value = ?)", [8]),
    (
        "SELECT id FROM t WHERE EXISTS (SELECT 1 FROM json_each(t.list) j"
        " WHERE j.value IN (SELECT value FROM json_each(?))) ORDER BY id",
        [["a", "李"]],
    ),
    ("SELECT id FROM t WHERE name LIKE 'ANNA%' ORDER BY id", []),
    ("SELECT id FROM t WHERE name LIKE ? ESCAPE '\\'", ["%\\%%"]),
    ("SELECT id FROM t WHERE name = ? COLLATE NOCASE", ["ANNA"]),
    ("SELECT id FROM t WHERE at IS ? ORDER BY id", [None]),
    ("SELECT id FROM t WHERE at IS NOT ? ORDER BY id", ["2026-03-05"]),
    ("SELECT '?' || ' 100%' || 'it''s' || name FROM t ORDER BY id", []),
    ("SELECT name || char(10) FROM t ORDER BY id", []),
    ("SELECT instr(name, ?) FROM t ORDER BY id", ["明"]),
    ("SELECT id FROM t WHERE instr(name, ?) > 0", ["%"]),
    ("SELECT substr(at, 1, ?), count(*) FROM t WHERE at <> '' GROUP BY 1 ORDER BY 1", [7]),
    ("SELECT round(CAST(julianday(at) - julianday('2026-03-01') AS NUMERIC), 6) FROM t WHERE at > '' ORDER BY id", []),
    ("SELECT date(?, ?)", ["2026-03-31", "-90 days"]),
    ("SELECT json_extract(whole, '$.code') FROM t ORDER BY id", []),
    ("SELECT json_extract(whole, '$.a.b') FROM t WHERE id = 3", []),
    ("SELECT id FROM t ORDER BY at NULLS FIRST, id", []),
    ("SELECT id FROM t ORDER BY at DESC NULLS LAST, id DESC", []),
    ("SELECT name FROM t ORDER BY name", []),
    ("SELECT sum(id), count(*) FILTER (WHERE id > 2), max(name) FROM t", []),
    ("SELECT id FROM t WHERE (name, id) > (?, ?) ORDER BY id", ["Anna", 1]),
    ("SELECT lower(name) FROM t ORDER BY id", []),
]


@pytest.fixture(scope="module")
def both(postgres):
    """A file's connection and a server's, with the same rows."""
    postgres.sql("CREATE DATABASE dialects")
    server, file = Connection(postgres.conninfo("dialects")), sqlite3.connect(":memory:")
    for statement in functions():
        server.execute(statement)
    for raw in (server, file):
        raw.execute('CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, "list" TEXT, at TEXT, whole TEXT)')
        raw.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?)", ROWS)
    file.create_function("pinyin_found", 2, search_words.pinyin_found)
    yield file, server
    file.close()
    server.close()
    postgres.sql("DROP DATABASE dialects")


@pytest.mark.parametrize(("sql", "params"), SAID, ids=range(len(SAID)))
def test_a_question_has_the_same_answer_in_a_file_and_on_a_server(both, sql, params):
    given = [json.dumps(each) if isinstance(each, list) else each for each in params]
    file, server = (raw.execute(sql, given).fetchall() for raw in both)
    assert file == server


TEXTS = st.text(st.sampled_from("'\"?%\\ab李\n"), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, TEXTS)
def test_texts_come_back_as_they_went_whether_given_or_written_into_the_statement(both, given_text, written):
    quoted = "'" + written.replace("'", "''") + "'"
    for raw in both:
        found = raw.execute(f"SELECT CAST(? AS TEXT), {quoted}", (given_text,)).fetchone()
        assert tuple(found) == (given_text, written)
    assert for_server(f"SELECT {quoted}, ?").sql.replace("%%", "").count("%s") >= 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("abcdeghijnosuzx'", min_size=1, max_size=8), st.text("杭州长荣重行单曾厦门ab\x1f", max_size=10))
def test_a_word_read_as_pinyin_finds_the_same_on_a_server(both, word, name):
    typed = Typed(word)
    text = "\x1f".join([name, *(run for part in name.split("\x1f") for run in pinyin.runs(part)), "", ""])
    file, server = both
    sql = "SELECT CASE WHEN pinyin_found(h, ?) THEN 1 ELSE 0 END FROM (SELECT CAST(? AS TEXT) AS h) x"
    answers = {raw.execute(sql, (word, text)).fetchone()[0] for raw in (file, server)}
    assert answers == {int(typed.found(text))}
