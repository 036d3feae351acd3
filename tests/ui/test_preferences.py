"""What this computer remembers."""

import pytest

from crm_desktop import paths
from ui import preferences


def restarted():
    preferences._loaded = None


def test_what_was_set_is_there_after_a_restart():
    preferences.USER.set("王芳")
    preferences.SPLITTER.of("customers").set([300, 700])
    restarted()
    assert preferences.USER.get() == "王芳"
    assert preferences.SPLITTER.of("customers").get() == [300, 700]
    assert preferences.SPLITTER.of("complaints").get() == []


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe\x00", b'"text"'])
def test_a_broken_file_is_set_aside_and_defaults_are_used(content):
    paths.preferences().write_bytes(content)
    restarted()
    assert preferences.THEME.get() == "system"
    assert paths.preferences().with_suffix(".broken").read_bytes() == content
    preferences.THEME.set("dark")
    restarted()
    assert preferences.THEME.get() == "dark"


def test_a_value_of_another_kind_counts_as_unset():
    paths.preferences().write_text('{"theme": 7, "language": "zh_CN"}', encoding="utf-8")
    restarted()
    assert preferences.THEME.get() == "system"
    assert preferences.LANGUAGE.get() == "zh_CN"


def test_a_folder_that_cannot_be_written_stops_nobody(monkeypatch):
    def refuse(*_paths):
        raise PermissionError

    monkeypatch.setattr("os.replace", refuse)
    preferences.THEME.set("dark")
    assert preferences.THEME.get() == "dark"
