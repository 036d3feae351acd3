"""What the office knows and does, without a window."""

import sys

# peewee would load the library of servers at every start, and that takes longer than all of our own;
# who works with a server lets it in (store/driver.py)
sys.modules.setdefault("psycopg", None)  # type: ignore[arg-type]

__version__ = "0.1.0"
