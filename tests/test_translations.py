"""The Chinese catalogue is whole, fresh and usable."""

import json

import pytest

from build_spec import messages
from crm_desktop import i18n


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
