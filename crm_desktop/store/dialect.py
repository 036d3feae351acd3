"""What SQLite and PostgreSQL say differently: one text of SQL for both, turned into PostgreSQL's where it must be.

The program's SQL is written for SQLite in the words both know; the few others are listed here and nowhere else. The
functions that PostgreSQL lacks (instr, json_each of a text …) are made in the database: see FUNCTIONS.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from crm_desktop.store.search_words import pinyin_regex

Turn = Callable[[Any], Any]
"""What a parameter becomes."""


class Statement(NamedTuple):
    """SQL for PostgreSQL, and what becomes of its parameters (by place)."""

    sql: str
    turns: tuple[tuple[int, Turn], ...]


_PARTS: Final = re.compile(r"""('(?:[^']|'')*')|("(?:[^"]|"")*")|(\?)""")
_IN_LIST: Final = r"IN \(SELECT value FROM json_each\(\?\)\)"
_SHAPES: Final[Sequence[tuple[re.Pattern[str], str]]] = [
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        # values inside a JSON column are texts over there
        (rf"(\w+\.value) {_IN_LIST}", r"\1 = ANY(?{texts}::text[])"),
        (r"(\w+\.value) = \?", r"\1 = ?{text}::text"),
        (rf"NOT {_IN_LIST}", "<> ALL(?{list})"),
        (_IN_LIST, "= ANY(?{list})"),
        (r"json_each\(\?\) (?:AS )?(\w+)", r"unnest(?{list}::bigint[]) \1(value)"),
        # "CROSS" tells SQLite in which order to join
        (r"CROSS JOIN ((?:\"\w+\"|[\w.]+(?:\([^()]*\))?)(?: (?:AS )?(?!ON\b)\w+)?) ON\b", r"JOIN \1 ON"),
        # a plus tells SQLite which index not to use
        (r"(?<=[\s(,])\+(?=[A-Za-z_\"])", ""),
        (r"pinyin_found\(([\w.]+), \?\)", r"(\1 ~ ?{pinyin})"),
        (r"\bIS NOT \?", "IS DISTINCT FROM ?"),
        (r"\bIS \?", "IS NOT DISTINCT FROM ?"),
        (r"\bLIKE\b", "ILIKE"),
        # over there, an unquoted "user" is whoever is connected
        (r"\b(FROM|JOIN|UPDATE|INTO) user\b", r'\1 "user"'),
        (r"\bBEGIN IMMEDIATE\b", "BEGIN ISOLATION LEVEL READ COMMITTED"),
        (r"\bchar\((\d+)\)", r"chr(\1)"),
        (r"([\w.\"]+) = \? COLLATE NOCASE", r"lower(\1) = lower(?)"),
    )
]
_DECLARING: Final = re.compile(r"\s*(?:CREATE (?:UNLOGGED )?TABLE|ALTER TABLE)\b", re.IGNORECASE)
_TYPES: Final[Sequence[tuple[re.Pattern[str], str]]] = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\bTEXT\b(?! COLLATE)", 'TEXT COLLATE "C"'),
        (r"\b(?:INTEGER|BOOL)\b", "BIGINT"),
        (r"\b(?:REAL|DOUBLE)\b(?! PRECISION)", "DOUBLE PRECISION"),
        (r"\bBLOB\b", "BYTEA"),
    )
]
"""How the file's kinds of columns are called over there, in what makes or widens a table."""
_TURNS: Final[dict[str, Turn]] = {
    "list": json.loads,
    "texts": lambda given: [_as_text(each) for each in json.loads(given)],
    "text": lambda given: None if given is None else _as_text(given),
    "pinyin": pinyin_regex,
}
_MARK: Final = re.compile(r"\?(?:\{(\w+)\})?")


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@lru_cache(2000)
def for_server(sql: str) -> Statement:
    """A statement written for SQLite as PostgreSQL understands it, with the driver's marks for parameters."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        if found[3]:
            return "?"
        if found[2]:
            return found[2]  # a name: the shapes look at names
        kept.append(found[1])
        return f"\x00{len(kept) - 1}\x00"

    bare = _PARTS.sub(keep, sql)
    for pattern, replacement in (*_SHAPES, *(_TYPES if _DECLARING.match(bare) else ())):
        bare = pattern.sub(replacement, bare)
    turns: list[tuple[int, Turn]] = []
    count = 0

    def mark(found: re.Match[str]) -> str:
        nonlocal count
        if found[1]:
            turns.append((count, _TURNS[found[1]]))
        count += 1
        return "%s"

    marked = _MARK.sub(mark, bare.replace("%", "%%"))
    whole = re.sub("\x00(\\d+)\x00", lambda m: kept[int(m[1])].replace("%", "%%"), marked)
    return Statement(whole, tuple(turns))


def turned(turns: Sequence[tuple[int, Turn]], params: Sequence[Any]) -> Sequence[Any]:
    """The parameters of a statement as PostgreSQL wants them."""
    if not turns:
        return params
    given = list(params)
    for place, turn in turns:
        given[place] = turn(given[place])
    return given


FUNCTIONS: Final = r"""
CREATE OR REPLACE FUNCTION instr(whole text, part text) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN strpos(whole, part);
CREATE OR REPLACE FUNCTION julianday(moment text) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT extract(epoch FROM replace(nullif(moment, ''), 'T', ' ')::timestamp)::double precision / 86400 + 2440587.5
    $$;
CREATE OR REPLACE FUNCTION date(day text, step text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT to_char(left(day, 10)::timestamp + step::interval, 'YYYY-MM-DD')
    $$;
CREATE OR REPLACE FUNCTION json_extract(whole text, path text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT whole::jsonb #>> string_to_array(substr(path, 3), '.')
    $$;
CREATE OR REPLACE FUNCTION json_array_length(whole text) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT jsonb_array_length(whole::jsonb) $$;
CREATE OR REPLACE FUNCTION json_each(whole text) RETURNS TABLE (key text, value text)
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE ROWS 3 AS $$
    BEGIN
        IF whole = '[]' OR whole = '' THEN
            RETURN;
        ELSIF left(whole, 1) = '[' THEN
            RETURN QUERY SELECT (n - 1)::text, v FROM jsonb_array_elements_text(whole::jsonb) WITH ORDINALITY j(v, n);
        ELSE
            RETURN QUERY SELECT k, v FROM jsonb_each_text(whole::jsonb) j(k, v);
        END IF;
    END $$
"""
"""What SQLite knows and PostgreSQL does not, made in a new database (each begins a line with CREATE)."""


def functions() -> list[str]:
    """The statements that make FUNCTIONS, one by one."""
    return [part.strip().rstrip(";") for part in re.split(r"(?m)^(?=CREATE )", FUNCTIONS) if part.strip()]
