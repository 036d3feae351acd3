"""Thousands of damaged files against the readers: nothing but rows or a UserError may come out, in time and memory.

Run it: `python tests/fuzz_readers.py [--count N] [--seed N] [--processes N] [--only .xls,.ods]`. A small part runs
with the tests (tests/crm_desktop/exchange/test_fuzz.py).
"""

import argparse
import gc
import io
import os
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections import Counter
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from crm_desktop.errors import UserError
from crm_desktop.exchange import pasted, reading, table_plan
from tests.crm_desktop.exchange.corpus import handsets, logs, packages, phones, recipes  # noqa: F401 (they fill RECIPES)
from tests.crm_desktop.exchange.corpus.foreign import LISTS

SECONDS = 10.0
"""The longest a damaged file of a few kB may take."""
MEGABYTES = 350
"""The most memory it may take beyond what the program has already."""


def seeds(folder):
    """Sound files of every format."""
    for name, make in recipes.RECIPES.items():
        make(folder / name)
    found = [*folder.iterdir(), *(path for path in LISTS.iterdir() if path.suffix != ".md")]
    return [(path.suffix, path.read_bytes()) for path in sorted(found) if path.stat().st_size < 60_000]


def damaged(rnd, data, others):
    """A copy with something broken: bits, bytes, pieces cut, doubled, mixed in; for packed files also inside."""
    if data.startswith(b"PK") and rnd.random() < 0.7:
        with suppress(Exception):
            return _repacked(rnd, data, others)
    return _broken(rnd, data, others)


def _broken(rnd, data, others):
    data = bytearray(data)
    for _again in range(rnd.choice([1, 1, 2, 5, 20])):
        size = len(data)
        if not size:
            break
        at, length = rnd.randrange(size), rnd.choice([1, 2, 4, 16, 100, 1000])
        what = rnd.randrange(9)
        if what == 0:
            data[at] ^= 1 << rnd.randrange(8)
        elif what == 1:
            data[at : at + length] = rnd.randbytes(length)
        elif what == 2:
            del data[at : at + length]
        elif what == 3:
            data = data[:at]
        elif what == 4:
            data[at:at] = data[at : at + length] * rnd.choice([1, 2, 50])
        elif what == 5:
            other = rnd.choice(others)[1]
            data[at : at + length] = other[at : at + length]
        elif what == 6:
            data[at : at + 4] = rnd.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\1\0\0\0"])
        elif what == 7:
            data[at : at + 1] = rnd.choice([b'"', b"\n", b"\r", b"\0", b"<", b"&", b"=", b";", b"\t", b"9", b"-"])
        else:
            number = str(rnd.choice([0, -1, 99999, 2**31, 2**63, 10**30])).encode()
            digits = next((i for i in range(at, size) if 48 <= data[i] <= 57), at)
            data[digits : digits + 1] = number
    return bytes(data)


def _repacked(rnd, data, others):
    """Break what is inside a packed file and pack it again, so that the break is not found by the sum alone."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in rnd.sample(sorted(parts), rnd.choice([1, 1, 1, 2])):
        if rnd.random() < 0.1:
            del parts[name]
        else:
            parts[name] = _broken(rnd, parts[name], others)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def read(path):
    """Read a file as the import does, up to the mapping; what came out."""
    try:
        reading.preview(path)
        found = table_plan.tables_of(path)
    except UserError as error:
        return "refused" if str(error) else "refused without a sentence"
    return "read" if found else "no list"


def paste(data):
    try:
        pasted.read(data[:20_000].decode("utf-8", "replace"))
    except UserError:
        return "refused"
    return "read"


def run(count, seed, report=print, only=None):
    """So many damaged files (of some formats `only`): what came out, what should not have, and the worst figures."""
    rnd = random.Random(seed)
    outcomes, bad = Counter(), []
    slowest, most = (0.0, ""), 0.0
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "sound"
        sound.mkdir()
        files = [(suffix, data) for suffix, data in seeds(sound) if only is None or suffix in only]
        base = _memory()
        for number in range(count):
            suffix, data = rnd.choice(files)
            broken = damaged(rnd, data, files)
            path = Path(folder) / f"damaged{rnd.choice([suffix, suffix, suffix, '.xls', '.csv', '.xlsx'])}"
            path.write_bytes(broken)
            start = time.perf_counter()
            try:
                outcome = read(path)
                if suffix in (".csv", ".txt", ".vcf"):
                    outcomes["pasted: " + paste(broken)] += 1
            except BaseException as trouble:  # whatever it is, it must not happen
                if isinstance(trouble, KeyboardInterrupt):
                    raise
                outcome = f"{type(trouble).__name__}: {trouble}"[:100]
            spent, grown = time.perf_counter() - start, _memory() - base
            slowest, most = max(slowest, (spent, f"{seed}:{number}{suffix}")), max(most, grown)
            outcomes[f"{suffix}: {outcome if outcome in ('read', 'refused', 'no list') else 'WRONG'}"] += 1
            if outcome not in ("read", "refused", "no list") or spent > SECONDS or grown > MEGABYTES:
                kept = Path(tempfile.gettempdir()) / f"fuzz-{seed}-{number}{path.suffix}"
                kept.write_bytes(broken)
                bad.append((str(kept), outcome, round(spent, 2), round(grown)))
                report(f"WRONG {bad[-1]}")
                base = max(base, _memory() - 50)
            if number % 200 == 0:
                gc.collect()
    return outcomes, bad, slowest, most


def _memory():
    """The most memory this process ever took, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _one(asked):
    os.nice(5)
    return run(*asked)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--only", help="formats, such as .xls,.ods")
    asked = parser.parse_args()
    only = asked.only.split(",") if asked.only else None
    shares = [(asked.count // asked.processes, asked.seed + at, print, only) for at in range(asked.processes)]
    outcomes, bad, slowest, most = Counter(), [], (0.0, ""), 0.0
    with get_context("spawn").Pool(asked.processes) as pool:
        for found in pool.imap_unordered(_one, shares):
            outcomes += found[0]
            bad += found[1]
            slowest, most = max(slowest, found[2]), max(most, found[3])
    for what, times in sorted(outcomes.items()):
        print(f"{times:6} {what}")
    print(
        f"{sum(outcomes.values()):6} in all; {len(bad)} wrong; slowest {slowest[0]:.2f} s ({slowest[1]}); "
        f"{most:.0f} MB more"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
