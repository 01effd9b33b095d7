"""What the sites of the demo hold, as tables: sizes, hours, names, models, kinds of service.

Makers and models are real, everything else is invented.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sites.models import Service, Subscriber

# maker and model; the rest of them stands in the example file
MODELS = (
    ("Yealink", "T31P"),
    ("Yealink", "T54W"),
    ("Yealink", "W73P"),
    ("Poly", "VVX 250"),
    ("Grandstream", "HT801"),
    ("Cisco", "SPA504G"),
)
DESK, MANAGER, CORDLESS, SHOP, ADAPTER, OLD = range(6)
FIRST_NAMES = (
    "Alice", "Amélie", "Antoine", "Baptiste", "Bérénice", "Cédric", "Chloé", "Clément", "Damien",
    "Elsa", "Émilie", "Fanny", "Farid", "Gaëlle", "Guillaume", "Hélène", "Jeanne", "Jérôme",
    "Kévin", "Laëtitia", "Léo", "Lucie", "Manon", "Mehdi", "Nicolas", "Noémie", "Océane",
    "Pauline", "Quentin", "Romain", "Samia", "Simon", "Théo", "Valérie", "Xavier", "Zoé",
)  # fmt: skip
LAST_NAMES = (
    "Arnaud", "Aubert", "Barbier", "Bertin", "Blanchard", "Bouvier", "Carpentier", "Charrier",
    "Collet", "Da-Silva", "Delaunay", "Dumas", "Étienne", "Ferrand", "Garcia", "Guérin", "Haddad",
    "Hubert", "Joly", "Lacroix", "Legrand", "Leroux", "Mallet", "Marchand", "Masson", "Menard",
    "Nguyen", "Noël", "Olivier", "Pasquier", "Picard", "Prévost", "Renaud", "Rivière", "Sauvage",
    "Tessier", "Traoré", "Vidal", "Weber", "Yilmaz",
)  # fmt: skip
# Of the bakers, then of the carriers.
ROOMS = (
    ("Caisse", "Fournil", "Laboratoire", "Bureau", "Réserve", "Livraison", "Salle de pause",
     "Vestiaire", "Atelier", "Salle de réunion", "Hall"),
    ("Accueil", "Exploitation", "Quai", "Bureau", "Garage", "Salle des chauffeurs", "Douane",
     "Vestiaire", "Pont-bascule", "Salle de réunion", "Hall"),
)  # fmt: skip
SERVICE_NAMES = {
    Service.Kind.HUNT_GROUP: "Accueil",
    Service.Kind.CALL_CENTER: "Service clients",
    Service.Kind.CALL_QUEUE: "Commandes",
    Service.Kind.AUTO_ATTENDANT: "Standard",
    Service.Kind.SCHEDULES: "Heures d’ouverture",
    Service.Kind.OUTGOING_CALLS: "Appels vers l’étranger",
    Service.Kind.MUSIC_ON_HOLD: "Musique d’attente",
    Service.Kind.RECEPTIONIST: "Réception",
    Service.Kind.GROUP_PAGING: "Annonce à l’équipe",
    Service.Kind.CONFERENCE: "Salle de conférence",
    Service.Kind.PICKUP: "Interception",
    Service.Kind.COLLABORATION: "Pont collaboratif",
}
ANSWERED_BY_PEOPLE = (
    Service.Kind.HUNT_GROUP, Service.Kind.CALL_CENTER, Service.Kind.CALL_QUEUE,
    Service.Kind.RECEPTIONIST, Service.Kind.PICKUP,
)  # fmt: skip
RECORDED = (
    Subscriber.RecordingPolicy.NEVER,
    Subscriber.RecordingPolicy.ON_DEMAND,
    Subscriber.RecordingPolicy.NEVER,
    Subscriber.RecordingPolicy.ALWAYS,
)


@dataclass(frozen=True)
class Size:
    """How much stands at a site, and when it is open; the hours of a day by its number."""

    numbers: int
    devices: int
    people: int
    trunk: int
    hours: Mapping[range, tuple[str, ...]]


OFFICE_HOURS = {range(5): ("08:30 12:30", "13:30 18:00")}
SHOP_HOURS = {range(1, 6): ("07:00 13:30", "15:00 19:30"), range(6, 7): ("07:00 13:00",)}
BAKERY_HOURS = {range(6): ("04:00 13:00",)}
DEPOT_HOURS = {range(5): ("06:00 20:00",), range(5, 6): ("06:00 12:00",)}
# The first word of a site's name says what it is.
SIZES = {
    "Siège": Size(14, 20, 9, 30, OFFICE_HOURS),
    "Atelier": Size(8, 11, 4, 15, BAKERY_HOURS),
    "Entrepôt": Size(8, 11, 4, 20, DEPOT_HOURS),
    "Plateforme": Size(8, 11, 4, 20, DEPOT_HOURS),
    "Agence": Size(5, 7, 3, 0, OFFICE_HOURS),
}
SHOPS = (Size(5, 8, 3, 0, SHOP_HOURS), Size(5, 8, 2, 0, SHOP_HOURS))
FIXED = (
    (1, 1, "Jour de l’an"),
    (5, 1, "Fête du Travail"),
    (5, 8, "Victoire de 1945"),
    (7, 14, "Fête nationale"),
    (8, 15, "Assomption"),
    (11, 1, "Toussaint"),
    (11, 11, "Armistice de 1918"),
    (12, 25, "Noël"),
)
AFTER_EASTER = ((1, "Lundi de Pâques"), (39, "Ascension"), (50, "Lundi de Pentecôte"))


@dataclass(frozen=True)
class Profile:
    """What the carrier knows of an enterprise."""

    account_id: str
    billing_account: str
    sales_owner: str
    main_contact: tuple[str, str]
    technical_contact: tuple[str, str]


PROFILES = {
    "Boulangeries Martin": Profile(
        "C-104417", "F-2204417-01", "Isabelle Renard",
        ("Claire Martin", "0261910201"), ("Justin Wagner", "0261910203"),
    ),
    "Transports Lefèvre": Profile(
        "C-104982", "F-2204982-01", "Isabelle Renard",
        ("Paul Lefèvre", "0261910301"), ("Marc Garnier", "0261910303"),
    ),
}  # fmt: skip


def size_of(name: str, place: int) -> Size:
    """Shops are of two sizes in turn."""
    return SIZES.get(name.split()[0], SHOPS[place % len(SHOPS)])


def holidays(year: int) -> dict[date, str]:
    """The days on which the French do not work."""
    easter = _easter(year)
    fixed = {date(year, month, day): name for month, day, name in FIXED}
    return fixed | {easter + timedelta(days=days): name for days, name in AFTER_EASTER}


def _easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Jones, Butcher)."""
    century = year // 100
    moon = (19 * (year % 19) + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    moon -= moon // 28 * (1 - 29 // (moon + 1) * ((21 - year % 19) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    after = moon - weekday
    month = 3 + (after + 40) // 44
    return date(year, month, after + 28 - 31 * (month // 4))
