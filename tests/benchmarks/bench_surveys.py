"""A survey of 20,000 customers with 160,000 answers: whom to ask, figures, drivers, papers, a sheet that comes back.

`python tests/benchmarks/bench_surveys.py [--customers 20000]`; the figures of 20,000 answers (2,500 customers) are to
stay within 150 ms.
"""

import argparse
import random
import sqlite3
import sys
import tempfile
from datetime import date
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from openpyxl import load_workbook

from crm_desktop.exchange import survey_answers, survey_sheet
from crm_desktop.models import Customer, SurveyAnswer, SurveyAsked, User, office
from crm_desktop.reports import survey_form, survey_report
from crm_desktop.satisfaction import asking, due, sampling, templates
from crm_desktop.satisfaction.sampling import Choice
from crm_desktop.statistics import drivers, survey_groups, surveys
from crm_desktop.statistics.surveys import Scope
from crm_desktop.store import file
from crm_desktop.store.change import change
from tests.benchmarks.bench_complaints import side_by_side

DAY = date(2026, 11, 22)


def make(path: Path, customers: int) -> tuple[int, int, int]:
    """An office with two surveys that were answered: one of everybody, one of an eighth; a third one runs."""
    file.create(path)
    office.found_office("x")
    rng = random.Random(1)
    with change(None, "Many") as c:
        who = c.save(User, {"name": "王芳"}).id
        rows = [{"name": f"客户{n}", "tier": rng.choice(("gold", "regular")), "stage": "steady", "owner": who}
                for n in range(customers)]  # fmt: skip
        ids = c.insert_many(Customer, rows)
        template = templates.make_ready(c, "general")
    keys = [item["key"] for item in template.items[:8]]
    runs = []
    for some in (ids, ids[::8]):
        with change(None, "Many") as c:
            run = asking.start(c, template.id, {"due": "2026-01-31"}, some, Choice()).id
            asked = [i for (i,) in file.ask("SELECT id FROM survey_asked WHERE run = ?", (run,))]
            answers = [{"asked": i, "item": key, "score": rng.randint(1, 5)} for i in asked for key in keys]
            c.insert_many(SurveyAnswer, answers)
            for i in asked:
                values = {"state": "answered", "answered_at": f"2026-0{rng.randint(1, 9)}-15T10:00:00"}
                c.write(SurveyAsked, file.rows("survey_asked", [i])[i], values)
        runs.append(run)
    with change(None, "Many") as c:
        runs.append(asking.start(c, template.id, {"due": "2026-11-30"}, ids, Choice()).id)
    return runs[0], runs[1], runs[2]


def figures(scope: Scope, run: int) -> None:
    """All a page of results shows."""
    surveys._answered.cache_clear()
    surveys._scores.cache_clear()
    items = templates.of_run(run).items
    surveys.figures(scope), drivers.items(scope, items), drivers.drivers(scope, items)
    for side, (title, kind) in survey_groups.SIDES.items():
        survey_groups.breakdown(scope, side, kind, title)


def measure(folder: Path, customers: int) -> None:
    path = folder / "surveys.crm"
    large, small, running = make(path, customers)
    bare = sqlite3.connect(path)
    read = "SELECT a.item, a.asked, a.score FROM survey_asked s JOIN survey_answer a ON a.asked = s.id WHERE s.run = ?"
    for run in (small, large):
        n = file.one(
            "SELECT count(*) FROM survey_answer a JOIN survey_asked s ON s.id = a.asked WHERE s.run = ?", (run,)
        )
        side_by_side(f"a page of results, {n:,} answers", lambda run=run: figures(Scope(run=run), run),
                     lambda run=run: bare.execute(read, (run,)).fetchall())  # fmt: skip
    side_by_side("Today: whom to ask", lambda: due.section(date(2026, 11, 30), DAY))
    side_by_side("who is next on the telephone", lambda: asking.queue(running))
    side_by_side("a sample of those whose time it is", lambda: sampling.draw(Choice(how="due"), DAY))
    paper = survey_report.collect(large)
    side_by_side("the report, read", lambda: survey_report.collect(large))
    side_by_side("the report, drawn", lambda: survey_report.draw(BytesIO(), paper))
    some = asking.queue(running)[:200]
    forms = survey_form.collect(running, some)
    side_by_side("200 forms, drawn", lambda: survey_form.draw(BytesIO(), forms))
    sheet = survey_sheet.write(folder / "a.xlsx", survey_sheet.collect(running, asking.queue(running)[:1000]))
    book = load_workbook(sheet)
    for line in range(2, 1002):
        for column in range(4, 12):
            book.worksheets[0].cell(line, column).value = line % 5 + 1
    book.save(sheet)
    side_by_side("1,000 lines of a sheet judged", lambda: survey_answers.read(sheet))
    bare.close()
    file.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=20_000)
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), parser.parse_args().customers)


if __name__ == "__main__":
    main()
