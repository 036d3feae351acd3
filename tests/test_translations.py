"""The Chinese catalogue is whole, fresh and usable."""

import ast
import json
import re
from collections import defaultdict

import pytest
from babel.messages.extract import extract_from_dir

from build_spec import messages
from crm_desktop import i18n
from crm_desktop.exchange import words
from crm_desktop.models.base import Record
from crm_desktop.models.complaint import Complaint
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.interaction import Interaction
from crm_desktop.models.manifold import Rows
from crm_desktop.models.office import User

MODELS = (Customer, Contact, Position, Interaction, Complaint, User)


def test_every_text_has_a_chinese_translation():
    missing = messages.missing()
    assert not missing, "no Chinese yet for:\n" + "\n".join(missing)


def test_the_catalogue_holds_no_text_that_the_sources_no_longer_have():
    obsolete = messages.obsolete()
    assert not obsolete, "run: python build_spec/messages.py update, it removes:\n" + "\n".join(obsolete)


def test_named_holes_agree_between_english_and_chinese():
    assert messages.different_holes() == []


def test_the_compiled_catalogue_is_made_from_the_readable_one():
    assert not messages.mo_is_stale(), "run: python build_spec/messages.py compile"


def test_no_text_is_used_both_alone_and_with_a_number():
    # gettext files both under the same key: alone, it would be shown with an unfilled {n}
    alone, counted = set(), set()
    for package in ("crm_desktop", "ui"):
        folder = messages.HERE / package
        for _file, _line, text, *_rest in extract_from_dir(folder, [("**.py", "python")], keywords=messages.KEYWORDS):
            (alone.add(text) if isinstance(text, str) else counted.add(text[0]))
    assert alone & counted == set()


def test_every_text_is_found_by_the_collector():
    # it does not look inside f-strings: what is marked there would never be translated
    known = set(messages.texts(messages.sources()))
    overlooked = []
    for package in ("crm_desktop", "ui"):
        for path in sorted((messages.HERE / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                match node:
                    case ast.Call(func=ast.Name(id="_" | "N_" | "ngettext"), args=[ast.Constant(value=text), *_]):
                        if text and text not in known:
                            overlooked.append(f"{path.name}:{node.lineno}: {text}")
    assert overlooked == []


def chinese():
    return {text: messages.target(message) for text, message in messages.texts(messages.translated()).items()}


def test_chinese_sentences_have_chinese_punctuation():
    ascii_marks = re.compile(r'[\u4e00-\u9fff”][,;:?!]|[\u4e00-\u9fff”]\.(?!\w)|"')
    wrong = {text: words for text, words in chinese().items() if ascii_marks.search(words)}
    assert wrong == {}


def test_what_ends_like_a_sentence_in_english_ends_like_one_in_chinese():
    # labels such as "Customer no." and "Founded?" are no sentences
    labels = re.compile(r"(?i)no\.$|^\w+\?$")
    said = {text: words for text, words in chinese().items() if words and not labels.search(text)}
    wrong = {text: words for text, words in said.items() if text.endswith((".", "?")) != words.endswith(("。", "？"))}
    assert wrong == {}


@pytest.mark.parametrize("model", MODELS)
def test_the_fields_of_a_record_have_different_names_in_chinese(model):
    known = chinese()
    described = model.described()
    lists_of_fields = [described, *(f.columns for f in described.values() if isinstance(f, Rows))]
    for fields in lists_of_fields:
        named = defaultdict(list)
        for name, field in fields.items():
            if field.label:
                named[known.get(field.label, field.label)].append(name)
        assert {label: names for label, names in named.items() if len(names) > 1} == {}


@pytest.mark.parametrize("model", MODELS)
def test_chinese_headings_for_excel_are_free_of_thin_spaces(model: type[Record]):
    known = chinese()
    labels = [field.label for field in model.described().values()]
    labels += [label for (of, _name), label in words.CALLED.items() if of is model]
    assert [known[label] for label in labels if "\u2009" in known.get(label, "")] == []


@pytest.fixture
def chinese_shown():
    before = i18n.language()
    i18n.set_language("zh_CN")
    yield
    i18n.set_language(before)


@pytest.mark.parametrize("kind", list(words.KINDS))
def test_headings_people_write_are_not_lost_to_columns_the_program_computes(kind, chinese_shown):
    lost = []
    for model in words.MODELS[kind]:
        for name, field in model.described().items():
            for heading in field.headings.split() if isinstance(field.headings, str) else field.headings:
                found = words.find(kind, heading)
                typed = [t for t in found if not t.described.computed or t.field == "code"]
                if typed and found[0] not in typed:
                    lost.append((name, heading, found[0]))
    assert lost == []


@pytest.fixture
def small_catalogue(tmp_path, monkeypatch):
    """A catalogue of its own for a program of three texts."""
    (tmp_path / "ui").mkdir()
    (tmp_path / "crm_desktop").mkdir()
    source = '_("Hello, {name}")\nN_("Customer")\nngettext("{n} row", "{n} rows", n)\n'
    (tmp_path / "ui" / "window.py").write_text(source, encoding="utf-8")
    po = tmp_path / "resources" / "locale" / "zh_CN" / "LC_MESSAGES" / "crm.po"
    monkeypatch.setattr(messages, "HERE", tmp_path)
    monkeypatch.setattr(messages, "PO", po)
    monkeypatch.setattr(i18n, "resource", lambda *parts: tmp_path.joinpath("resources", *parts))
    monkeypatch.setattr(i18n, "_loaded", {"en": i18n._loaded["en"]})
    messages.save(messages.merged())
    return tmp_path


def filled(folder, translations):
    path = folder / "translations.json"
    path.write_text(json.dumps(translations), encoding="utf-8")
    return messages.fill(path)


def test_untranslated_texts_are_named(small_catalogue):
    assert messages.missing() == ["Customer", "Hello, {name}", "{n} row"]
    assert "not translated: 'Customer'" in messages.problems()


def test_filled_in_translations_are_shown_after_switching_the_language(small_catalogue):
    chinese = {"Customer": "客户", "Hello, {name}": "您好，{name}", "{n} row": ["{n} 行", "{n} 行"]}
    assert filled(small_catalogue, chinese) == []
    assert messages.problems() == []
    i18n.set_language("zh_CN")
    assert [i18n._("Customer"), i18n.ngettext("{n} row", "{n} rows", 1)] == ["客户", "{n} 行"]
    i18n.set_language("en")
    assert [i18n._("Customer"), i18n.ngettext("{n} row", "{n} rows", 1)] == ["Customer", "{n} row"]


def test_a_translation_of_an_unknown_text_is_refused_by_name(small_catalogue):
    assert filled(small_catalogue, {"Nobody says this": "没人说"}) == ["Nobody says this"]


def test_a_lost_or_misspelt_hole_is_found(small_catalogue):
    filled(small_catalogue, {"Hello, {name}": "您好，{nmae}", "{n} row": "{n 行", "Customer": "客户"})
    assert messages.different_holes() == ["Hello, {name}", "{n} row"]


def test_a_text_that_left_the_sources_is_called_obsolete_until_the_next_update(small_catalogue):
    filled(small_catalogue, {"Customer": "客户"})
    (small_catalogue / "ui" / "window.py").write_text('_("Hello, {name}")\n', encoding="utf-8")
    assert messages.obsolete() == ["Customer", "{n} row"]
    messages.save(messages.merged())
    assert messages.obsolete() == []


def test_updating_twice_changes_nothing(small_catalogue):
    filled(small_catalogue, {"Customer": "客户"})
    before = messages.PO.read_bytes(), messages.PO.with_suffix(".mo").read_bytes()
    messages.save(messages.merged())
    assert (messages.PO.read_bytes(), messages.PO.with_suffix(".mo").read_bytes()) == before


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh_CN.UTF-8", "zh_CN"),
        ("zh-Hans", "zh_CN"),
        ("Chinese (Simplified)_China", "zh_CN"),
        ("de_DE", "en"),
        ("C", "en"),
    ],
)
def test_any_chinese_system_gets_chinese_and_any_other_english(tag, language):
    assert i18n.language_of(tag) == language


def test_a_language_we_do_not_have_is_an_error():
    with pytest.raises(ValueError, match="no such language"):
        i18n.set_language("tlh")
