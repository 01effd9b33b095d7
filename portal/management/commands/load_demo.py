"""Fills an empty portal with the demo, through the same acts as the screens."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from administrators import services
from administrators.emails import LIFETIME
from administrators.models import Administrator
from permissions import delegation
from portal import demo_activity, demo_examples, demo_inventory
from portal.demo import (
    ALL_SITES,
    BOULANGERIES,
    CUSTOMERS,
    OPERATOR,
    PASSWORD,
    Customer,
    Person,
    Place,
    places,
)
from portal.demo_tables import PROFILES
from sites.models import Enterprise, Site
from sites.text import fold

MODES = ("demo", "test")
OPERATOR_NAME = ("Camille", "Besson")
OPERATOR_SEES = "le personnel de l’opérateur : entreprises et sites, sous /admin/"


class Command(BaseCommand):
    help = "Fill the portal with the demo, unless it was done before, and print the accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MODE not in MODES:
            raise CommandError("The demo is loaded in the demo only: set PORTAL_MODE=demo.")
        if not is_loaded():
            load()
        self.stdout.write(accounts())


def is_loaded() -> bool:
    """Nothing is added to a demo that people may have changed, whatever they renamed in it."""
    usernames = [OPERATOR, *(person.username for one in CUSTOMERS for person in one.people)]
    names = [one.name for one in CUSTOMERS]
    return (
        Administrator.objects.filter(username__in=usernames).exists()
        or Enterprise.objects.filter(name__in=names).exists()
    )


def load() -> None:
    """All of it or nothing: half a demo would never be completed."""
    with transaction.atomic():
        operator = create_operator()
        for customer in CUSTOMERS:
            load_customer(customer, by=operator)
        furnish_sites(timezone.localdate(), by=operator)


def create_operator() -> Administrator:
    """Carrier staff, with a name like everybody."""
    email = f"{OPERATOR}@portail.example"
    operator = Administrator.objects.create_superuser(OPERATOR, email, PASSWORD)
    operator.first_name, operator.last_name = OPERATOR_NAME
    operator.save(update_fields=["first_name", "last_name", "search_key"])
    return operator


def load_customer(customer: Customer, *, by: Administrator) -> None:
    enterprise = Enterprise.objects.create(
        name=customer.name,
        street=customer.street,
        postal_code=customer.postal_code,
        city=customer.city,
        **profile_of(customer),
    )
    for place in places(customer.sites):
        delegation.add_site(site_of(place, customer, enterprise), by=by)
    load_people(customer, enterprise, by=by)


def profile_of(customer: Customer) -> dict[str, str]:
    """The accounts and the contacts of an enterprise."""
    profile, texts = PROFILES[customer.name], {}
    for role in ("main", "technical"):
        name, phone = getattr(profile, f"{role}_contact")
        texts[f"{role}_contact_name"] = name
        texts[f"{role}_contact_email"] = mail_address(name, customer)
        texts[f"{role}_contact_phone"] = phone
    carrier = ("account_id", "billing_account", "sales_owner")
    return texts | {field: getattr(profile, field) for field in carrier}


def furnish_sites(today: date, *, by: Administrator) -> None:
    """What stands at the sites, the example files first, and the year before today."""
    owner = Enterprise.objects.get(name=BOULANGERIES.name)
    demo_examples.load(owner, today, by=by)
    for rank, customer in enumerate(CUSTOMERS):
        in_order = {place.name: place for place in places(customer.sites)}
        sites = Site.objects.filter(enterprise__name=customer.name, name__in=in_order)
        by_name = {site.name: site for site in sites}
        stands = demo_inventory.furnish([by_name[name] for name in in_order], rank, today)
        demo_activity.happen(stands, today)
        demo_activity.tell(stands, today)


def load_people(customer: Customer, enterprise: Enterprise, *, by: Administrator) -> None:
    """Each is created by their parent, who must be able to act: so each is settled at once."""
    people: dict[str, Administrator] = {}
    for person in customer.people:
        if person.parent:
            created = create_child(person, customer, by=people[person.parent])
        else:
            created = create_root(person, customer, enterprise, by=by)
        settle(created, by.password, owes_password=person.owes_password)
        people[person.username] = created
        if person.disabled:
            services.disable(created, by=people[person.parent])


def site_of(place: Place, customer: Customer, enterprise: Enterprise) -> Site:
    return Site(
        enterprise=enterprise,
        name=place.name,
        street=place.street,
        postal_code=place.postal_code,
        city=place.city,
        contact_name=place.contact,
        contact_email=mail_address(place.contact, customer),
        phone=place.phone,
    )


def create_root(
    person: Person, customer: Customer, enterprise: Enterprise, *, by: Administrator
) -> Administrator:
    details = details_of(person, customer)
    return services.create_root(
        enterprise, by=by, details=details, features=person.features.split()
    )


def create_child(person: Person, customer: Customer, *, by: Administrator) -> Administrator:
    all_sites = person.sites == ALL_SITES
    named = Site.objects.filter(enterprise=by.enterprise_id, name__in=person.sites)
    return services.create_administrator(
        by=by,
        details=details_of(person, customer),
        sites=list(named.values_list("pk", flat=True)),
        all_sites=all_sites,
        features=person.features.split(),
    )


def details_of(person: Person, customer: Customer) -> dict[str, str]:
    return {
        "username": person.username,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": mail_address(f"{person.first_name} {person.last_name}", customer),
        "work_phone": person.phone,
        "street": customer.street,
        "postal_code": customer.postal_code,
        "city": customer.city,
    }


def mail_address(name: str, customer: Customer) -> str:
    return f"{fold(name).replace(' ', '.')}@{customer.domain}"


def settle(person: Administrator, password: str, *, owes_password: bool) -> None:
    """Stands for the mail that was sent and, unless still owed, for the person's own change.

    Otherwise nobody could sign in before reading a mail of their own. Whoever owes the change has
    the common password as temporary one, so that a visitor can try it. `password` is the hash that
    the operator has already: making one takes a noticeable part of a second.
    """
    person.mails.all().delete()
    Administrator.objects.filter(pk=person.pk).update(
        password=password,
        must_change_password=owes_password,
        password_expires_at=timezone.now() + LIFETIME if owes_password else None,
    )


def accounts() -> str:
    """The table of accounts, in French like the portal."""
    lines = ["", "Comptes de démonstration"]
    for customer in CUSTOMERS:
        lines += ["", customer.name, *(line_of(person) for person in customer.people)]
    lines += ["", "Opérateur", f"  {OPERATOR:<12}{' '.join(OPERATOR_NAME):<20}{OPERATOR_SEES}"]
    lines += ["", f"Mot de passe de tous, temporaire ou non : {PASSWORD}", ""]
    return "\n".join(lines)


def line_of(person: Person) -> str:
    name = f"{person.first_name} {person.last_name}"
    return f"  {person.username:<12}{name:<20}{person.see}"
