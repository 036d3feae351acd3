"""Windows ask, the store thread answers, and nobody who is gone is told."""

import threading
import time
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from crm_desktop.errors import UserError
from ui import tasks
from ui.parts.message_bar import MessageBar


@pytest.fixture
def window(qtbot, store):
    widget = QWidget()
    widget.message_bar = MessageBar(widget)
    qtbot.addWidget(widget)
    return widget


class Gate:
    """Work that goes on until it is let go."""

    def __init__(self):
        self.began, self.open = threading.Event(), threading.Event()

    def __call__(self):
        self.began.set()
        assert self.open.wait(5)
        return "gate"


@pytest.fixture
def gate():
    gate = Gate()
    yield gate
    gate.open.set()


def done(qtbot):
    qtbot.waitUntil(tasks.idle, timeout=5000)


def test_work_is_done_in_the_store_thread_and_told_in_the_window_s(qtbot, window):
    told = []
    tasks.run(
        window, lambda: threading.current_thread().name, lambda name: told.append((name, threading.current_thread()))
    )
    done(qtbot)
    assert told == [("store", threading.main_thread())]


def test_jobs_are_done_in_the_order_they_were_asked(qtbot, window):
    order = []
    for number in range(20):
        tasks.run(window, lambda number=number: order.append(number))
    done(qtbot)
    assert order == list(range(20))


def test_what_is_looked_at_goes_before_the_background(qtbot, window, gate):
    order = []
    tasks.run(window, gate)
    tasks.run(window, lambda: order.append("background"), background=True)
    tasks.run(window, lambda: order.append("list"), reading=True)
    gate.open.set()
    done(qtbot)
    assert order == ["list", "background"]


def test_a_newer_question_for_the_same_place_makes_the_older_void(qtbot, window, gate):
    done_work, told = [], []
    tasks.run(window, gate, told.append, place="search", reading=True)
    assert gate.began.wait(5)
    tasks.run(window, lambda: done_work.append("z"), lambda _none: told.append("z"), place="search")
    tasks.run(window, lambda: done_work.append("zh"), lambda _none: told.append("zh"), place="search")
    gate.open.set()
    done(qtbot)
    assert done_work == ["zh"]
    assert told == ["zh"]


def test_the_same_place_in_another_window_is_another_place(qtbot, window):
    told = []
    other = QObject()
    tasks.run(window, lambda: 1, told.append, place="search")
    tasks.run(other, lambda: 2, told.append, place="search")
    done(qtbot)
    assert told == [1, 2]


def test_a_closed_window_is_told_nothing_but_its_saving_is_done(qtbot, window, gate):
    saved, told = [], []
    closing = QObject(window)
    tasks.run(closing, gate)
    tasks.run(closing, lambda: saved.append("yes"), told.append)
    closing.deleteLater()
    qtbot.waitUntil(lambda: not __import__("shiboken6").isValid(closing))
    gate.open.set()
    done(qtbot)
    assert saved == ["yes"]
    assert told == []


def test_trouble_of_the_user_goes_to_who_asked_for_it(qtbot, window):
    def refuse():
        raise UserError("The drive is gone.")

    failed, ended = [], []
    tasks.run(window, refuse, failed=failed.append, ended=lambda: ended.append(True))
    done(qtbot)
    assert [str(trouble) for trouble in failed] == ["The drive is gone."]
    assert ended == [True]


def test_trouble_nobody_asked_for_stands_in_the_nearest_message_bar(qtbot, window):
    def refuse():
        raise UserError("The drive is gone.")

    inner = QWidget(window)
    tasks.run(inner, refuse)
    done(qtbot)
    assert window.message_bar.label.text() == "The drive is gone."


def test_a_bug_flies_to_the_last_resort(qtbot, window):
    with qtbot.captureExceptions() as caught:
        tasks.run(window, lambda: 1 // 0)
        done(qtbot)
    assert [kind for kind, _trouble, _where in caught] == [ZeroDivisionError]


def test_reading_that_is_void_is_broken_off_and_writing_never(qtbot, window, gate):
    broken = []
    tasks.interrupt_with(lambda: broken.append(True))
    job = tasks.run(window, gate)
    assert gate.began.wait(5)
    job.cancel()
    assert broken == []
    gate.open.set()
    done(qtbot)
    second = Gate()
    tasks.run(window, second, place="search", reading=True)
    assert second.began.wait(5)
    tasks.run(window, lambda: None, place="search", reading=True)
    assert broken == [True]
    second.open.set()
    done(qtbot)


def test_a_void_question_that_waits_does_not_break_off_what_runs(qtbot, window, gate):
    broken = []
    tasks.interrupt_with(lambda: broken.append(True))
    tasks.run(window, gate, reading=True)
    assert gate.began.wait(5)
    tasks.run(window, lambda: None, reading=True).cancel()
    assert broken == []
    gate.open.set()
    done(qtbot)


@pytest.fixture
def looks(window):
    """What happens in the store thread: looks at the file that begin and end, and jobs."""
    happened = []

    @contextmanager
    def look():
        happened.append("begin")
        yield
        happened.append("end")

    tasks.look_with(look)
    return happened


def test_questions_that_wait_together_are_one_look_at_the_file(qtbot, window, gate, looks):
    tasks.run(window, gate)
    for number in range(3):
        tasks.run(window, lambda number=number: looks.append(number), reading=True)
    gate.open.set()
    done(qtbot)
    assert looks == ["begin", 0, 1, 2, "end"]


def test_nothing_is_written_while_the_file_is_looked_at(qtbot, window, gate, looks):
    tasks.run(window, gate)
    tasks.run(window, lambda: looks.append("asked"), reading=True)
    tasks.run(window, lambda: looks.append("saved"))
    tasks.run(window, lambda: looks.append("asked again"), reading=True)
    gate.open.set()
    done(qtbot)
    assert looks == ["begin", "asked", "end", "saved", "begin", "asked again", "end"]


def test_a_look_at_the_file_ends_with_a_trouble(qtbot, window, gate, looks):
    def refuse():
        raise UserError("The drive is gone.")

    tasks.run(window, gate)
    tasks.run(window, refuse, failed=lambda _trouble: None, reading=True)
    tasks.run(window, lambda: looks.append("asked"), reading=True)
    gate.open.set()
    done(qtbot)
    assert looks == ["begin", "end", "begin", "asked", "end"]


def test_a_look_ends_soon_so_that_colleagues_can_save(qtbot, window, gate, looks):
    tasks.run(window, gate)
    tasks.run(window, lambda: time.sleep(0.35), reading=True)
    tasks.run(window, lambda: looks.append("asked"), reading=True)
    gate.open.set()
    done(qtbot)
    assert looks == ["begin", "end", "begin", "asked", "end"]


def test_a_question_in_the_background_makes_way_for_a_click_and_is_answered_later(qtbot, window, gate):
    heard = []

    class Broken(Exception):
        pass

    def interrupt():
        interrupted.set()

    def patiently():
        asked.append("background")
        gate.began.set()
        if interrupted.wait(0.1 if len(asked) > 2 else 5):
            interrupted.clear()
            raise Broken
        return "at last"

    asked, interrupted = [], threading.Event()
    tasks.interrupt_with(interrupt)
    tasks.run(window, patiently, heard.append, reading=True, background=True)
    assert gate.began.wait(5)
    tasks.run(window, lambda: asked.append("click"), lambda _nothing: heard.append("clicked"), reading=True)
    done(qtbot)
    assert asked == ["background", "click", "background"]
    assert heard == ["clicked", "at last"]


def test_long_work_in_the_background_lets_others_through_between_its_steps(qtbot, window, gate):
    happened = []

    def long_work():
        gate()
        for step in range(2):
            tasks.make_way()
            happened.append(step)

    tasks.run(window, long_work, lambda _nothing: happened.append("long work told"), background=True)
    assert gate.began.wait(5)
    tasks.run(window, lambda: happened.append("asked"), reading=True)
    tasks.run(window, lambda: happened.append("saved"))
    tasks.run(window, lambda: happened.append("later"), background=True)
    gate.open.set()
    done(qtbot)
    assert happened[:4] == ["asked", "saved", 0, 1]
    assert set(happened[4:]) == {"later", "long work told"}


def test_a_long_job_tells_how_far_it_is_and_stops_when_cancelled(qtbot, window):
    progress = tasks.Progress(window)
    steps, seen, told = [], [], []

    def work():
        for step in range(1000):
            progress(step, 1000, "rows")
            steps.append(step)
            time.sleep(0.005)

    progress.moved.connect(lambda done, total, text: seen.append((total, text)))
    tasks.elsewhere(window, work, told.append, progress=progress)
    qtbot.waitUntil(lambda: len(seen) >= 2)
    with qtbot.waitSignal(progress.ended):
        progress.cancel()
    assert seen[0] == (1000, "rows")
    assert len(steps) < 1000
    assert told == []


def test_reading_an_excel_does_not_keep_the_store_waiting(qtbot, window, gate):
    told = []
    tasks.elsewhere(window, gate)
    assert gate.began.wait(5)
    tasks.run(window, lambda: "answer", told.append)
    qtbot.waitUntil(lambda: told == ["answer"])


def test_stopping_finishes_what_is_to_be_written_and_drops_questions(qtbot):
    tasks.start()
    gate, order = Gate(), []
    parent = QObject()
    tasks.run(parent, gate)
    assert gate.began.wait(5)
    tasks.run(parent, lambda: order.append("question"), reading=True)
    tasks.run(parent, lambda: order.append("saved"))
    threading.Timer(0.05, gate.open.set).start()
    assert tasks.stop(5)
    assert order == ["saved"]
    assert tasks.idle()
