"""A case at the keyboard, a complaint or a service request: its steps taken, its dialogs filled."""

from PySide6.QtWidgets import QApplication

from crm_desktop.store import file
from crm_desktop.store.change import change
from ui.parts.course_move import MoveDialog


def head(tab):
    return tab.panel.head


def save(target, **values):
    with change(None, "Edit") as c:
        return c.save(target, values)


def customer(program, tier="gold"):
    return program.ask(lambda: file.one("SELECT id FROM customer WHERE tier = ? LIMIT 1", (tier,)))


def opened(kind):
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert len(found) == 1, found
    return found[0]


def fill(form, **values):
    """Type into a form, as its own fields read it."""
    for name, written in values.items():
        form.editor(name).set_raw([written, ""] if isinstance(written, list) else written)


def take(program, tab, key="", why="", **values):
    """Press the next step (or another one), fill what it asks for, and confirm."""
    steps = head(tab)._moves
    chosen = steps[0] if not key else next(step for step in steps if step.key == key)
    head(tab)._take(chosen)
    program.idle()
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, MoveDialog) and w.isVisible()]
    if dialogs:
        [dialog] = dialogs
        if values:
            fill(dialog.form, **values)
        if why:
            fill(dialog.reason, why=why)
        dialog.button.click()
        program.idle()
        assert not dialog.isVisible(), dialog.message_bar.label.text()
    return chosen.key
