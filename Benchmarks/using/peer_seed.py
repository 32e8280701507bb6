"""Fills pretix: as many events as the hub has settings, as many customers as it has people, under the same names.

Run by pretix's own Python with PRETIX_CONFIG_FILE set: peer_seed.py NAMES.json SESSIONS. Every event has a product, a
quota and ten orders of one position, each by another customer. SESSIONS people of one team may do everything in it.
"""
import datetime
import decimal
import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pretix.settings")
django.setup()

from django.db import transaction  # noqa: E402
from django.utils.timezone import now  # noqa: E402
from django_scopes import scopes_disabled  # noqa: E402
from pretix.base.models import (  # noqa: E402
    Customer, Event, Item, Order, OrderPosition, Organizer, Quota, Team, User,
)
from pretix.base.models.orders import OrderPayment  # noqa: E402

ORGANIZER = "bench"
PASSWORD = "correct horse battery staple"


@scopes_disabled()
@transaction.atomic
def fill(names, sessions):
    organizer = Organizer.objects.create(name="Barnet Early Years Hub", slug=ORGANIZER)
    organizer.settings.customer_accounts = True
    channel = organizer.sales_channels.get(identifier="web")
    team = Team.objects.create(
        organizer=organizer, name="Team", all_events=True, all_event_permissions=True, all_organizer_permissions=True)
    for number in range(sessions):
        team.members.add(User.objects.create_user(
            f"staff{number}@example.org", PASSWORD, fullname=f"Staff {number}", locale="en", timezone="Europe/London"))
    customers = Customer.objects.bulk_create([
        Customer(
            organizer=organizer, identifier=f"C{number:05}", email=email, name_parts={"_scheme": "full", "full_name": name},
            name_cached=name, is_active=True, is_verified=True, locale="en", password="!")
        for number, (name, email) in enumerate(names["people"])])
    each = len(customers) // len(names["settings"])
    for number, name in enumerate(names["settings"]):
        starts = now() + datetime.timedelta(days=number % 90 + 1)
        event = Event.objects.create(
            organizer=organizer, name=name, slug=f"e{number}", date_from=starts, date_to=starts + datetime.timedelta(hours=2),
            currency="GBP", live=True, location="Barnet", plugins="pretix.plugins.statistics,pretix.plugins.checkinlists")
        event.settings.timezone = "Europe/London"
        item = Item.objects.create(event=event, name="A place", default_price=decimal.Decimal("5.00"), active=True)
        quota = Quota.objects.create(event=event, name="Places", size=40)
        quota.items.add(item)
        orders = Order.objects.bulk_create([
            Order(
                organizer=organizer, event=event, code=f"A{number:03}{place}", status=Order.STATUS_PAID, customer=customer,
                email=customer.email, locale="en", datetime=now(), expires=starts, total=item.default_price,
                sales_channel=channel)
            for place, customer in enumerate(customers[number * each:(number + 1) * each])])
        OrderPosition.objects.bulk_create([
            OrderPosition(
                organizer=organizer, order=order, item=item, price=item.default_price, attendee_name_cached=order.customer.name_cached,
                attendee_name_parts=order.customer.name_parts, attendee_email=order.email, secret=f"s{order.code}x{order.pk}",
                pseudonymization_id=order.code, tax_rate=0, tax_value=0)
            for order in orders])
        OrderPayment.objects.bulk_create([
            OrderPayment(
                local_id=1, order=order, provider="manual", amount=order.total, state=OrderPayment.PAYMENT_STATE_CONFIRMED)
            for order in orders])


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        fill(json.load(file), int(sys.argv[2]))
