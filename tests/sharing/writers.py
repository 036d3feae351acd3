"""One computer that works in a shared customer file until a moment: `python writers.py PATH NAME SEED UNTIL`.

Says, one JSON line each, before a save what it is about to write, and afterwards that it was "saved", "refused" (with
the sentence) or that its fate is "unknown". Works through the program's own functions, as a window does: a change is
tried until it is through, and a thread gives signs of life, only oftener than in an office.
"""

import json
import random
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).parents[2]))

from crm_desktop.errors import UserError
from crm_desktop.models import Customer, Interaction
from crm_desktop.store import attempt, file, ids, presence, sharing
from crm_desktop.store.troubles import Passing, Unsettled

presence.Watch.SETTLED, presence.Watch.AGAIN, presence.Watch.SOONER = 2.0, 1.0, 0.5
sharing.BEAT = 0.5
PATIENCE = 12
COUNTERS = "customer.code LIKE 'COUNT%'"


class Colleague:
    """What one process does."""

    def __init__(self, path, name, seed, until):
        self.path, self.until, self.rng = Path(path), until, random.Random(seed)
        self.user = SimpleNamespace(id=None, name=name)
        self.number = 0
        ids._source = ids.Source()
        threading.Thread(target=self.beat, daemon=True).start()

    def beat(self):
        """Give signs of life and look after the colleagues; say when the verdict on the drive changes."""
        verdict = ""
        while True:
            time.sleep(sharing.BEAT)
            if (current := sharing.current()) is not None:
                with suppress(OSError):
                    current.beat()
                if current.verdict != verdict:
                    verdict = current.verdict
                    seen = current._watch.colleagues.values()
                    self.say(verdict=verdict, at=time.time(), seen=[_told(one) for one in seen], own=current.own.token)

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
        with suppress(UserError):
            file.close()

    def open(self):
        if not file.is_open():
            file.open_file(self.path)
            self.say(opened=True)

    def save(self, work, **what):
        """Say what is about to be saved, save it as the window does, and say what became of it."""
        self.number += 1
        change, tries = attempt.Attempt(self.user, "Work", work), 0

        def again(seconds):
            nonlocal tries
            tries += 1
            time.sleep(seconds)

        self.say(about=change.number, **what)
        try:
            saved = attempt.patiently(change, PATIENCE, again)
        except Unsettled:
            self.say(unknown=change.number)
            raise
        except UserError as refused:
            self.say(refused=change.number, passing=isinstance(refused, Passing), text=str(refused))
            raise
        self.say(saved=saved.number, again=tries)

    @property
    def token(self):
        return f"{self.user.name}-{self.number}"

    def count(self):
        """Add one to what stands in a record that everybody counts in."""
        [(record, before)] = file.ask(f"SELECT id, remarks FROM customer WHERE {COUNTERS} ORDER BY random() LIMIT 1")
        seen = {"remarks": before}
        time.sleep(self.rng.uniform(0, 0.01))
        # with the name, since two who want the same thing do not clash
        after = f"{int(before.split()[0]) + 1} {self.token}"
        customer = Customer.get_row(record)
        self.save(lambda c: c.save(customer, {"remarks": after}, seen=seen), counted=record)

    def new(self):
        values = {"name": f"新客户{self.token}", "phones": [{"number": "13800001234"}]}
        self.save(lambda c: c.save(Customer, values), made=1, token=self.token)

    def several(self):
        """A small import."""
        values = [{"name": f"新客户{self.token}", "short_name": f"第{n}"} for n in range(20)]
        self.save(lambda c: c.insert_many(Customer, values), made=20, token=self.token)

    def talk(self):
        [(record,)] = file.ask("SELECT id FROM customer ORDER BY random() LIMIT 1")
        values = {"customer": record, "at": "2026-03-05T14:30:00", "channel": "phone", "content": f"谈了{self.token}"}
        self.save(lambda c: c.save(Interaction, values), talked=record, token=self.token)

    def read(self):
        file.ask("SELECT count(*), max(updated_at) FROM customer")


def _told(one):
    return {
        "who": f"{one.sign.person or one.sign.pc} {one.sign.token}",
        **{name: getattr(one, name) for name in ("held", "alive", "free_alive")},
        "lying": one.sign.lying,
    }


if __name__ == "__main__":
    Colleague(*sys.argv[1:3], int(sys.argv[3]), float(sys.argv[4])).work()
