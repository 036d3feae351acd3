"""The manual is in the program, in both languages, and opens at the chapter that is asked for."""

import pytest

from crm_desktop import i18n, paths
from ui import dialogs


@pytest.fixture
def manual(program):
    def opened(chapter=1):
        dialog = dialogs.manual.Manual(program.window, chapter)
        dialog.open()
        program.idle()
        return dialog

    return opened


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_each_language_has_the_same_chapters(language):
    text = paths.manual(language).read_text(encoding="utf-8")
    numbers = [chapter.number for chapter in dialogs.manual.chapters(text)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert "nobrl" in dialogs.manual.chapters(text)[dialogs.manual.SHARING - 1].text


def test_the_manual_opens_with_its_first_chapter(manual):
    dialog = manual()
    assert dialog.list.currentRow() == 0
    assert "The first start" in dialog.text.toPlainText()


def test_help_tells_how_several_computers_work_in_one_file(program):
    program.command("show_sharing")
    dialog = next(one for one in program.window.findChildren(dialogs.manual.Manual) if one.isVisible())
    assert "What you may rely on" in dialog.text.toPlainText()
    assert "](" not in dialog.text.toPlainText()
