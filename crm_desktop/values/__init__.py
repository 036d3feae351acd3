"""Between what people write and what is stored: pure functions, one Reading a value, UserError with the reason."""

from crm_desktop.values.birthdays import age, birthday_key, next_birthday, read_birthday, show_birthday
from crm_desktop.values.codes import check_credit_code, read_credit_code, read_email, read_url, read_yes_no
from crm_desktop.values.dates import read_date, read_datetime, read_time
from crm_desktop.values.names import name_core, name_key
from crm_desktop.values.numbers import read_integer, read_money, read_number
from crm_desktop.values.phones import phone_digits, read_phone, read_phones, show_phone
from crm_desktop.values.regions import read_region
from crm_desktop.values.showing import (
    show_date,
    show_datetime,
    show_money,
    show_number,
    show_when,
    weekday,
)
from crm_desktop.values.text import Reading, as_text, clean, is_blank, plain, read_list

__all__ = [
    "Reading",
    "age",
    "as_text",
    "birthday_key",
    "check_credit_code",
    "clean",
    "is_blank",
    "name_core",
    "name_key",
    "next_birthday",
    "phone_digits",
    "plain",
    "read_birthday",
    "read_credit_code",
    "read_date",
    "read_datetime",
    "read_email",
    "read_integer",
    "read_list",
    "read_money",
    "read_number",
    "read_phone",
    "read_phones",
    "read_region",
    "read_time",
    "read_url",
    "read_yes_no",
    "show_birthday",
    "show_date",
    "show_datetime",
    "show_money",
    "show_number",
    "show_phone",
    "show_when",
    "weekday",
]
