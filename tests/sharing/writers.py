"""One computer that works in a shared customer file until a moment: `python writers.py PATH NAME SEED UNTIL`.

Says, one JSON line each, before a commit what it is about to write, afterwards that it was saved ("saved") or that the
program refused ("refused", with its sentence). Works through the program's own functions, each as a window would.
"""

import json
import random
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).parents[2]))

from crm_desktop.errors import UserError
from crm_desktop.models import Customer, Interaction
from crm_desktop.store import file, ids
from crm_desktop.store.change import Conflict, Gone, change

COUNTERS = "customer.code LIKE 'COUNT%'"


class Colleague:
    """What one process does."""

    def __init__(self, path, name, seed, until):
        self.path, self.until, self.rng = Path(path), until, random.Random(seed)
        self.user = SimpleNamespace(id=None, name=name)
        self.number = 0
        ids._source = ids.Source()

    def say(self, **what):
        print(json.dumps(what, ensure_ascii=False), flush=True)

    def work(self):
        """Open, save again and again, and open anew when the drive was gone."""
        while time.time() < self.until:
            try:
                self.open()
                what = self.rng.choice((self.count, self.count, self.new, self.talk, self.several, self.read))
                what()
            except UserError as trouble:
                self.say(trouble=type(trouble).__name__, text=str(trouble))
                time.sleep(self.rng.uniform(0.02, 0.2))
                if not isinstance(trouble, (Conflict, Gone)):
                    with suppress(UserError):
                        file.close()
        with suppress(UserError):
            file.close()

    def open(self):
        if not file.is_open():
            file.open_file(self.path)
            self.say(opened=True)

    @contextmanager
    def saving(self, **what):
        """Say what is about to be saved, then what became of it."""
        self.number += 1
        entered = None
        try:
            with change(self.user, "Work") as c:
                yield c
                entered = c.id
                self.say(about=c.id, **what)
        except UserError as refused:
            if entered:
                self.say(refused=entered, text=str(refused), kind=type(refused).__name__)
            raise
        self.say(saved=entered)

    def count(self):
        """Add one to what stands in a record that everybody counts in."""
        [(record, before)] = file.ask(f"SELECT id, remarks FROM customer WHERE {COUNTERS} ORDER BY random() LIMIT 1")
        seen = {"remarks": before}
        time.sleep(self.rng.uniform(0, 0.01))
        # with the name, since two who want the same thing do not clash
        after = f"{int(before.split()[0]) + 1} {self.user.name}-{self.number}"
        customer = Customer.get_row(record)
        with self.saving(counted=record, after=after) as c:
            c.save(customer, {"remarks": after}, seen=seen)

    def new(self):
        token = f"{self.user.name}-{self.number}"
        with self.saving(made=1, token=token) as c:
            c.save(Customer, {"name": f"新客户{token}", "phones": [{"number": "13800001234"}]})

    def several(self):
        """A small import."""
        token = f"{self.user.name}-{self.number}"
        with self.saving(made=20, token=token) as c:
            c.insert_many(Customer, [{"name": f"新客户{token}", "short_name": f"第{n}"} for n in range(20)])

    def talk(self):
        [(record,)] = file.ask("SELECT id FROM customer ORDER BY random() LIMIT 1")
        token = f"{self.user.name}-{self.number}"
        with self.saving(talked=record, token=token) as c:
            c.save(
                Interaction,
                {"customer": record, "at": "2026-03-05T14:30:00", "channel": "phone", "content": f"谈了{token}"},
            )

    def read(self):
        file.ask("SELECT count(*), max(updated_at) FROM customer")


if __name__ == "__main__":
    Colleague(*sys.argv[1:3], int(sys.argv[3]), float(sys.argv[4])).work()
