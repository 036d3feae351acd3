"""Every field says what people need to know about it, and the forms, lists and headings agree with it."""

import csv
from collections import defaultdict
from datetime import date, datetime

import pytest

from crm_desktop.models import Complaint, Contact, Customer, Interaction, ListEntry, Position, Record, Setting, User
from crm_desktop.models import office as offices
from crm_desktop.models.fields import Choice, Link, Person
from crm_desktop.models.manifold import Choices, People, Rows
from crm_desktop.paths import resource
from crm_desktop.store.record import tables

MODELS = (Customer, Contact, Position, Interaction, Complaint)
INNER = {"sort_key", "core", "birthday_key"}
INNER |= {"due_what", "sla", "acknowledge_minutes", "reply_minutes", "solve_minutes"}
"""Columns nobody ever sees."""


def titled(models):
    return pytest.mark.parametrize("model", models, ids=lambda model: model.__name__)


@titled((*MODELS, ListEntry, Setting, User))
def test_every_record_and_every_field_has_a_name_people_read(model):
    assert model.title
    nameless = {name for name, field in model.described().items() if not field.label}
    assert nameless <= INNER


@titled(MODELS)
def test_every_field_people_fill_in_has_its_place_in_the_form_once(model):
    placed = [name for _title, names in model.sections for name in names]
    by_hand = {"contact"} if model is Position else set()  # a position is written in its contact person's form
    assert set(model.typed()) - set(placed) == by_hand, "these have no place in the form"
    seen = {name for name in placed if model.described()[name].computed and model.described()[name].label}
    assert set(placed) <= set(model.typed()) | seen, "these can be neither filled in nor looked at"
    assert len(placed) == len(set(placed))


@titled(MODELS)
def test_two_fields_are_never_called_the_same(model):
    """Headings are compared without case; what a heading means must not depend on the order of the fields."""
    called = defaultdict(set)
    for name, field in model.typed().items():
        for heading in (field.label, *field.headings):
            called[heading.casefold().replace(" ", "_")].add(name)
    assert {heading: names for heading, names in called.items() if len(names) > 1} == {}


@titled(MODELS)
def test_a_field_is_searched_in_a_way_the_search_knows(model):
    assert {field.search for field in model.described().values()} <= {"", "text", "name", "digits"}


def all_fields():
    for model in tables().values():
        if issubclass(model, Record):
            for name, field in model.described().items():
                yield f"{model.__name__}.{name}", field
                for inner, column in field.columns.items() if isinstance(field, Rows) else ():
                    yield f"{model.__name__}.{name}.{inner}", column


def list_file(name):
    with resource("lists", name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_list_a_field_chooses_from_exists():
    known = {row["list"] for row in list_file("choices.tsv")} | {"industry"}
    wanted = {where: field.list_name for where, field in all_fields() if isinstance(field, Choice | Choices)}
    assert {where: name for where, name in wanted.items() if name not in known} == {}


def test_every_list_is_chosen_from_somewhere():
    used = {field.list_name for _where, field in all_fields() if isinstance(field, Choice | Choices)}
    assert {row["list"] for row in list_file("choices.tsv")} - used == set()


def test_codes_are_given_once_in_a_list_and_every_entry_has_both_names():
    entries = offices.starting_lists()
    codes = [(entry["list"], entry["code"]) for entry in entries]
    assert {code for code in codes if codes.count(code) > 1} == set()
    assert [entry for entry in entries if not (entry["code"] and entry["zh"] and entry["en"])] == []


def test_an_entry_that_belongs_to_another_belongs_to_one_that_exists():
    codes = {(entry["list"], entry["code"]) for entry in offices.starting_lists()}
    orphans = [e for e in offices.starting_lists() if e.get("parent") and (e["list"], e["parent"]) not in codes]
    assert orphans == []


def test_every_default_of_a_choice_is_an_entry_of_its_list():
    codes = {(entry["list"], entry["code"]) for entry in offices.starting_lists()}
    for where, field in all_fields():
        start = field.default() if callable(field.default) else field.default
        if isinstance(field, Choice | Choices) and start:
            for code in start if isinstance(start, list) else [start]:
                assert (field.list_name, code) in codes, where


@titled(MODELS)
def test_every_link_points_to_a_kind_of_record_that_exists(model):
    for name, (target, end) in model.links.items():
        assert target in tables()
        assert end in ("clear", "cascade")
        assert end == "cascade" or not model.described()[name].required, "a needed link cannot be emptied"


def example(field):
    """A value as Python holds it."""
    if isinstance(field, Rows):
        return [{name: example(column) for name, column in field.columns.items()}]
    for kind, value in (
        ((People,), [3, 4]),
        ((Choices,), ["a", "b"]),
        ((Choice,), "a"),
        ((Person, Link), 3),
    ):
        if isinstance(field, kind):
            return value
    return {
        "Texts": ["甲", "乙"], "Phones": [{"number": "13800001234"}], "PhoneNumber": "13800001234", "Integer": 3,
        "Money": 125_000, "Number": 2.5, "Date": "2026-03-05", "DateTime": "2026-03-05T14:30:00", "YesNo": True,
        "Birthday": "lunar:--03-08", "Email": "li@example.com", "Url": "https://example.com",
    }.get(type(field).__name__, "文字")  # fmt: skip


@pytest.mark.parametrize(("where", "field"), list(all_fields()), ids=lambda it: it if isinstance(it, str) else "")
def test_what_is_stored_comes_back_and_is_stored_the_same_again(where, field):
    value = example(field)
    stored = field.db_value(value)
    assert field.python_value(stored) == value
    assert field.db_value(field.python_value(stored)) == stored
    assert not field.is_empty(value)
    nothing = field.python_value(field.db_value(None))
    assert field.is_empty(nothing)
    assert field.show(nothing) == ""


def test_a_row_without_a_word_is_no_row():
    assert Customer.phones.db_value([{"number": "", "note": " "}, {"number": "13800001234"}]) == (
        '[{"number":"13800001234"}]'
    )


@pytest.mark.parametrize(
    "written", ["2026-03-05T14:30:00", "2026-03-05 14:30", datetime(2026, 3, 5, 14, 30), "2026-03-05T14:30:00.250"]
)
def test_a_moment_is_stored_in_one_way_so_that_moments_compare_as_texts(written):
    assert Interaction.at.db_value(written) == "2026-03-05T14:30:00"


@pytest.mark.parametrize("written", ["2026-03-05", "20260305", date(2026, 3, 5), "2026-03-05T14:30:00"])
def test_a_day_is_stored_in_one_way(written):
    assert Customer.since.db_value(written) == "2026-03-05"


def test_a_day_alone_is_a_moment_at_midnight():
    assert Interaction.at.db_value("2026-03-05") == "2026-03-05T00:00:00"
