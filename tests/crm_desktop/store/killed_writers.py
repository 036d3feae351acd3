"""Write into a customer file again and again, each time killed at another moment, and look at what is left.

`python killed_writers.py FOLDER COUNT SEED` wants office.crm in the folder; prints one JSON value. Each round is a
process of its own that edits, deletes, imports, undoes and merges, and says before each commit what the file will
then hold ("about") and after it that it was done ("done"). A quarter dies at any moment, a quarter near a commit, a
quarter in a large import whose half is already on the disk (some of these files are then opened by a process that is
killed, too), and a quarter while a colleague writes who goes on.
"""

import hashlib
import json
import os
import random
import select
import shutil
import signal
import statistics
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from crm_desktop import merging
from crm_desktop.errors import UserError
from crm_desktop.exchange import importing
from crm_desktop.models import Contact, Customer, Interaction, Position
from crm_desktop.store import checking, file, history, ids
from crm_desktop.store.change import change

SAMPLE = Path(__file__).parents[2] / "samples" / "客户名单2025.xlsx"
HOT = bytes.fromhex("d9d505f920a163d7")
KINDS = ("large", "about", "done")
LARGE = 250
FRESH_AFTER = 25
"""Rounds until the file begins anew: its log would become too long to be read in each round."""


def digest(raw):
    """Everything in the file: records, log, search texts, counters."""
    found = hashlib.sha256()
    for (table,) in raw.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        " AND name NOT LIKE '%\\_fts\\_%' ESCAPE '\\' ORDER BY name"
    ).fetchall():
        for row in raw.execute(f'SELECT * FROM "{table}" ORDER BY 1'):
            found.update(repr((table, row)).encode())
    return found.hexdigest()


class Writer:
    """What one process does until it dies."""

    def __init__(self, path, seed, out):
        self.rng, self.out, self.path = random.Random(seed), out, path
        self.text = f"{seed}号"
        self.mine = []

    def say(self, **what):
        os.write(self.out, (json.dumps(what) + "\n").encode())

    def open(self):
        file.open_file(self.path)
        self.say(open=True)

    def run(self, large):
        ids._source = ids.Source()  # as a process of its own has it
        committing = file.transaction

        @contextmanager
        def watched(*given):
            with committing(*given):
                yield
                self.say(about=digest(file.connection()))

        file.transaction = watched
        self.open()
        if large:
            self.large()
        for number in range(200):
            self.text = f"{self.text.split('-')[0]}-{number}"
            what = self.rng.choice(
                (self.new, self.edit, self.edit, self.person, self.delete, self.merge, self.join, self.undo)
            )
            what = self.bring_in if number == 7 else what
            with suppress(UserError):  # a colleague deleted it, or saves for long
                what()

    def done(self, number, **wrote):
        """Acknowledge a change, as the window does."""
        self.mine.append(number)
        self.say(done=number, **wrote)

    def some(self, count=1):
        known = [i for (i,) in file.ask("SELECT id FROM customer ORDER BY id")]
        found = [Customer.get_row(i) for i in self.rng.sample(known, count)]
        return self.some(count) if None in found else found

    def new(self):
        with change(None, "New customer") as c:
            made = c.save(Customer, {"name": f"新客户{self.text}", "phones": [{"number": "13800001234"}]})
        self.done(c.id, made=made.id)

    def edit(self):
        [customer] = self.some()
        with change(None, "Edit customer") as c:
            c.save(customer, {"remarks": f"备注{self.text}", "next_contact_what": self.text})
        self.done(c.id, edited=customer.id, text=f"备注{self.text}")

    def person(self):
        [customer] = self.some()
        with change(None, "New contact person") as c:
            contact = c.save(Contact, {"name": f"联系人{self.text}"})
            c.save(Position, {"contact": contact.id, "customer": customer.id})
            c.save(
                Interaction, {"customer": customer.id, "contact": contact.id, "content": self.text, "channel": "phone"}
            )
        self.done(c.id, made=contact.id)

    def delete(self):
        [customer] = self.some()
        with change(None, "Delete customer") as c:
            c.delete(customer)
        if history.is_written(c.id):  # no colleague was quicker
            self.done(c.id, deleted=customer.id)

    def merge(self):
        keep, other = self.some(2)
        with change(None, merging.ACTION) as c:
            merging.merge(c, keep.id, other.id)
        self.done(c.id, deleted=other.id)

    def join(self):
        """Two contact persons become one."""
        known = [i for (i,) in file.ask("SELECT id FROM contact ORDER BY id")]
        keep, other = self.rng.sample(known, 2)
        with change(None, merging.ACTIONS[Contact]) as c:
            merging.merge(c, keep, other, model=Contact)
        self.done(c.id, deleted=other)

    def undo(self):
        for number in self.mine[::-1]:
            if history.undone_by(number) is None:
                if undone := history.undo(None, number).change:
                    self.done(undone)
                return

    def bring_in(self):
        if number := importing.read(SAMPLE).save(None).change:
            self.done(number)

    def large(self):
        """An import of which a part reaches the disk before the commit."""
        source = self.path.with_name("large.csv")
        lines = [f"{self.text}第{n}贸易有限公司,0571-{n:08},{'说明' * 300}" for n in range(LARGE)]
        source.write_text("\n".join(["公司名称,电话,备注", *lines]), encoding="utf-8")
        plan = importing.read(source)
        file.connection().execute("PRAGMA cache_size=5")
        self.say(large=True)
        self.done(plan.save(None).change)
        file.connection().execute("PRAGMA cache_size=-16000")


class Round:
    """One process from its start to its death, and what it said."""

    def __init__(self, work):
        self.said, self.times, self.rest = [], [], b""
        self.pipe, out = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            try:
                work(out)
            except BaseException as error:
                os.write(out, (json.dumps({"broke": repr(error)}) + "\n").encode())
            finally:
                os._exit(0)
        os.close(out)

    def listen(self, until, enough=lambda said: False):
        """Hear what it says until a moment (time.monotonic()), or until it is enough, or it ended: then False."""
        while not (self.said and enough(self.said)) and (left := until - time.monotonic()) > 0:
            if select.select([self.pipe], [], [], left)[0] and not self._hear():
                return False
        return True

    def _hear(self):
        some = os.read(self.pipe, 65536)
        *lines, self.rest = (self.rest + some).split(b"\n")
        self.said += [json.loads(line) for line in lines]
        self.times += [time.monotonic()] * len(lines)
        return bool(some)

    def kill(self):
        """Kill it and hear what it still said; whether it was alive."""
        os.kill(self.pid, signal.SIGKILL)
        _pid, status = os.waitpid(self.pid, 0)
        while self._hear():
            pass
        os.close(self.pipe)
        return os.WIFSIGNALED(status)


class Rounds:
    """All rounds, and what was found."""

    def __init__(self, folder, seed):
        self.rng, self.seed, self.folder = random.Random(seed), seed, folder
        self.path = folder / "work" / "office.crm"
        self.found = dict.fromkeys(
            (
                "kills",
                "acknowledged",
                "lost",
                "doubled",
                "unsaid_whole",
                "unsaid_absent",
                "hot",
                "killed_again",
                "went_on",
            ),
            0,
        )
        self.found["wrong"] = []
        self.commit_takes, self.large_takes = 0.01, 0.5

    def begin(self):
        """The file anew."""
        shutil.rmtree(self.path.parent, ignore_errors=True)
        self.path.parent.mkdir()
        shutil.copy(self.folder / "office.crm", self.path)
        file.open_file(self.path)
        self.holds = digest(file.connection())
        self.known = {i for (i,) in file.ask('SELECT id FROM "change"')}
        file.close()

    def measure(self):
        """A round that lives for a while: how long a commit takes, and a large import."""
        self.begin()
        one = self.writing(0, large=True)
        one.listen(time.monotonic() + 30, lambda said: len(said) > 30)
        one.kill()
        at = {what: [when for said, when in zip(one.said, one.times, strict=True) if what in said] for what in KINDS}
        self.large_takes = at["done"][0] - at["large"][0]
        gaps = [done - about for about, done in zip(at["about"][1:], at["done"][1:], strict=False)]
        self.commit_takes = statistics.median(gaps)

    def writing(self, number, large):
        """A process that writes until it is killed."""
        return Round(lambda out: Writer(self.path, self.seed * 1000 + number, out).run(large))

    def run(self, count):
        self.measure()
        for number in range(count):
            if number % FRESH_AFTER == 0:
                self.begin()
            one = self.writing(number + 1, large=number % 4 == 2)
            if number % 4 == 3:
                self.in_company(number, one)
                continue
            (self.anywhere, self.near_a_commit, self.in_a_large_import)[number % 4](one)
            self.found["kills"] += one.kill()
            self.look_at_the_journal()
            self.judge(number, one.said)

    def in_company(self, number, one):
        """Two write at once; one is killed, and the other goes on for a while."""
        two = self.writing(-number, large=False)
        one.listen(time.monotonic() + self.rng.random() * 0.3)
        self.found["kills"] += one.kill()
        two.listen(time.monotonic())
        before = len(two.said)
        two.listen(time.monotonic() + 5, lambda said: sum("done" in each for each in said[before:]) > 1)
        went_on = two.said[before:]
        two.kill()
        self.found["went_on"] += any("done" in each for each in went_on)
        self.judge(number, one.said + two.said, alone=False)

    def anywhere(self, one):
        one.listen(time.monotonic() + self.rng.random() * 0.4)

    def near_a_commit(self, one):
        wanted = self.rng.randrange(1, 8)
        one.listen(time.monotonic() + 5, lambda said: sum("about" in each for each in said) >= wanted)
        time.sleep(self.rng.random() * 2 * self.commit_takes)

    def in_a_large_import(self, one):
        """Once half of it is on the disk: how long it is worked out before anything is written is another matter."""
        one.listen(time.monotonic() + 10, lambda said: "large" in said[-1])
        until = time.monotonic() + 2 * self.large_takes
        while not self.is_hot() and time.monotonic() < until:
            time.sleep(0.001)
        time.sleep(self.rng.random() * 0.6 * self.large_takes)

    def is_hot(self):
        """Whether half a change is on the disk, and the journal would take it back."""
        journal = Path(f"{self.path}-journal")
        if not journal.exists():
            return False
        with journal.open("rb") as stream:
            return stream.read(8) == HOT

    def look_at_the_journal(self):
        """Where the journal is hot, open the file half of the time in a process that is killed as well."""
        if not self.is_hot():
            return
        self.found["hot"] += 1
        if self.rng.random() < 0.5:
            again = Round(lambda out: Writer(self.path, 0, out).open())
            time.sleep(self.rng.random() * 0.01)
            self.found["killed_again"] += again.kill()

    def judge(self, number, said, alone=True):
        """Open the file as after every start, and compare it with what was said; of two, only what the log says."""
        wrong = [each for each in said if "broke" in each]
        certain, possible = self.holds, []
        for each in said:
            if "about" in each:
                possible.append(each["about"])
            elif "done" in each:
                certain, possible = possible[-1], []
        file.open_file(self.path)
        try:
            wrong += checking.problems()
            self.holds = digest(file.connection())
            if alone and self.holds not in (certain, *possible):
                wrong.append("the file holds neither what was acknowledged nor that and the next change")
            if alone and possible:
                self.found["unsaid_whole" if self.holds in possible else "unsaid_absent"] += 1
            wrong += self.count([each for each in said if "done" in each], len(possible) if alone else 2)
        finally:
            file.close()
        if wrong:
            self.found["wrong"].append([number, wrong])

    def count(self, dones, unsaid):
        """Each acknowledged change is in the log once, with what it wrote."""
        self.found["acknowledged"] += len(dones)
        there = {i for (i,) in file.ask('SELECT id FROM "change"')}
        self.found["lost"] += len(self.known - there)
        for each in dones:
            times = self.written(each) if each["done"] in there else 0
            self.found["lost"] += times == 0
            self.found["doubled"] += times > 1
        others = there - self.known - {each["done"] for each in dones}
        self.known = there
        return [f"{len(others)} changes nobody spoke of"] if len(others) > unsaid else []

    def written(self, done):
        """How often the log has what an acknowledged change wrote."""
        sql = "SELECT count(*) FROM change_entry WHERE change = ?"
        if record := done.get("made") or done.get("deleted"):
            return file.one(f"{sql} AND record = ? AND op = ?", (done["done"], record, "+" if "made" in done else "-"))
        if record := done.get("edited"):
            after = "json_extract(after, '$.remarks') = ?"
            return file.one(f"{sql} AND record = ? AND {after}", (done["done"], record, done["text"]))
        return bool(file.one(sql, (done["done"],)))


if __name__ == "__main__":
    rounds = Rounds(Path(sys.argv[1]), int(sys.argv[3]))
    rounds.run(int(sys.argv[2]))
    print(json.dumps(rounds.found))
