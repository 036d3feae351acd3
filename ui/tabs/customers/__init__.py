"""Customers: the list on the left, one customer's file on the right."""

from ui.tabs.customers.tab import CustomersTab

TAB = CustomersTab
