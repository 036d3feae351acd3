"""What most records of a long list are put away as, and taken out of again."""

import sys
from concurrent.futures import ThreadPoolExecutor

from crm_desktop.exchange import drafts
from crm_desktop.exchange.drafts import Packed


def test_rows_of_different_columns_packed_at_the_same_time_keep_their_names():
    def pack(place):
        rows = [{f"field{place}_{i}": i, "name": f"客户{i}"} for i in range(2000)]
        packed = [Packed(row) for row in rows]
        return [each.as_row() for each in packed] == rows

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(pack, range(16)))
    finally:
        sys.setswitchinterval(before)


def test_however_differently_rows_are_filled_what_is_remembered_of_them_stays_small():
    rows = [{f"field{bit}": i for bit in range(12) if i >> bit & 1} for i in range(4096)]
    assert [Packed(row).as_row() for row in rows] == rows
    assert len(drafts._columns) <= drafts._MOST
