"""A program that ends while another thread of it copies customers: `python ended_copiers.py PATH`."""

import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from crm_desktop.models import Customer
from crm_desktop.store import file, nearby
from crm_desktop.store.change import change

begun = threading.Event()


def work():
    """Copy, and begin again."""
    file.open_file(Path(sys.argv[1]))
    with change(None, "Import") as c:
        c.insert_many(Customer, [{"name": f"进口{n}"} for n in range(3000)])
    begun.set()
    while True:
        nearby.step()


file.is_far = lambda: file.is_open() and file.instead_of() is None
threading.Thread(target=work, daemon=True).start()
begun.wait()
time.sleep(0.15)
