"""What most records of a long list are put away as, and taken out of again."""

import sys
from concurrent.futures import ThreadPoolExecutor

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
