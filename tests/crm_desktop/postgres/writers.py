"""Writes contact records into an office on a server and prints the number of each change that was acknowledged."""

import sys

from crm_desktop.models import Customer, Interaction
from crm_desktop.store import file
from crm_desktop.store.address import Address
from crm_desktop.store.change import change

if __name__ == "__main__":
    address, customer, count = sys.argv[1:]
    file.open_file(Address(address))
    for number in range(int(count)):
        with change(None, "New contact record") as c:
            c.save(Interaction, {"customer": int(customer), "channel": "phone", "content": f"第{number}次"})
            kept = Customer.get_row(int(customer))
            c.save(kept, {"remarks": str(int(kept.remarks or 0) + 1)})
        print(c.id, flush=True)
    file.close()
