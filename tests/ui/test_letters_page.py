"""The office's texts to complainants, as they are changed in the Office dialog."""

from ui.dialogs.letters import LettersPage


def look(program):
    page = LettersPage()
    page.setParent(program.window)
    page.show()
    program.idle()
    return page


def test_a_text_is_changed_seen_with_a_real_case_saved_and_returned_to(program):
    from crm_desktop.complaints import letter_texts

    page = look(program)
    assert "Dear " in page.preview.toPlainText()
    assert "{" not in page.preview.toPlainText()
    assert not page.save_button.isEnabled()
    page.text.setPlainText("Hello {who}, {nonsense}")
    page.show_preview()
    assert "{nonsense} is not known" in page.problem.text()
    page.save()
    program.idle()
    assert page.is_dirty()
    page.text.setPlainText("Hello ")
    page.text.moveCursor(page.text.textCursor().MoveOperation.End)
    page.put_in(page.holes.item(0))
    page.show_preview()
    assert page.preview.toPlainText().startswith("Hello ")
    assert not page.problem.text()
    page.save()
    program.idle()
    assert not page.is_dirty()
    assert program.ask(lambda: letter_texts.template("acknowledgement", "en")) == "Hello {who}"
    page.take_standard()
    page.save()
    program.idle()
    assert program.ask(lambda: letter_texts.template("acknowledgement", "en")).startswith("Dear {who}")


def test_what_was_typed_in_one_text_stays_while_another_is_looked_at(program):
    page = look(program)
    page.text.setPlainText("Hello {who}")
    page.kind.setCurrentIndex(1)
    assert page.text.toPlainText().startswith("Dear {who}")
    page.kind.setCurrentIndex(0)
    assert page.text.toPlainText() == "Hello {who}"
    assert page.is_dirty()
