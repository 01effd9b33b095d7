"""What the demo holds: two French enterprises, their sites and their administrators.

Towns and postal codes are real, people are not. The numbers are from the ranges that the French
regulator keeps for fiction, the addresses of mail under a name that cannot exist. There are no
mobile numbers: the check of phone numbers refuses those that are kept for fiction.
"""

import re
from dataclasses import dataclass

from permissions.features import FeatureCode

PASSWORD = "Demo-Portail-2026"  # noqa: S105 — public, and refused outside the demo
OPERATOR = "operateur"
ALL_SITES = ("*",)
EVERY_FEATURE = " ".join(FeatureCode.values)

# name, street, town, local contact, phone; at least two spaces between columns
BOULANGERIES_SITES = """
Siège social                18 quai de la Fosse          44000 Nantes          Claire Martin      0261910001
Atelier Nantes Océan        4 rue des Piliers            44800 Saint-Herblain  Yann Le Goff       0261910002
Boutique Nantes Graslin     6 rue Crébillon              44000 Nantes          Aurélie Bossard    0261910003
Boutique Saint-Nazaire      31 avenue de la République   44600 Saint-Nazaire   Mickaël Hervé      0261910004
Boutique Rennes Lices       9 place des Lices            35000 Rennes          Gwenaëlle Morvan   0261910005
Atelier Rennes              22 rue de Lorient            35000 Rennes          Erwan Tanguy       0261910006
Boutique Saint-Malo         15 rue Saint-Vincent         35400 Saint-Malo      Solenn Kerdoncuff  0261910007
Boutique Vannes             3 rue du Mené                56000 Vannes          Loïc Jaffré        0261910008
Boutique Brest Siam         40 rue de Siam               29200 Brest           Maëlle Quéré       0261910009
Boutique Angers Ralliement  5 place du Ralliement        49100 Angers          Sylvie Moreau      0261910010
Boutique Tours Nationale    27 rue Nationale             37000 Tours           Benoît Chauvin     0261910011
Boutique Caen Saint-Pierre  48 rue Saint-Pierre          14000 Caen            Delphine Lecoq     0261910012
Boutique Paris Bastille     14 rue de la Roquette        75011 Paris           Karine Lopez       0199000013
Boutique Paris Batignolles  33 rue des Batignolles       75017 Paris           Hugo Lambert       0199000014
Boutique Versailles         10 rue de la Paroisse        78000 Versailles      Anne de Villiers   0199000015
Atelier Île-de-France       7 avenue Aristide-Briand     94110 Arcueil         Moussa Diallo      0199000016
Boutique Lille Monnaie      21 rue de la Monnaie         59800 Lille           Céline Vasseur     0353010017
Boutique Strasbourg         8 quai des Bateliers         67000 Strasbourg      Matthieu Schmitt   0353010018
Boutique Dijon Liberté      17 rue de la Liberté         21000 Dijon           Florence Gauthier  0353010019
Boutique Lyon Croix-Rousse  11 rue de Cuire              69004 Lyon            Sébastien Perrin   0465710020
Boutique Marseille Paradis  36 rue Paradis               13001 Marseille       Inès Benaïssa      0465710021
Boutique Montpellier        7 rue de la Loge             34000 Montpellier     Julien Roux        0465710022
Boutique Bordeaux           19 rue Fondaudège            33000 Bordeaux        Camille Dupouy     0536490023
Boutique Toulouse           25 rue des Filatiers         31000 Toulouse        Marion Fabre       0536490024
"""  # noqa: E501 — a table is read across
TRANSPORTS_SITES = """
Siège Le Havre              112 boulevard de Strasbourg  76600 Le Havre        Paul Lefèvre       0261910101
Entrepôt Rouen              6 quai de Boisguilbert       76000 Rouen           Nadia Cherif       0261910102
Plateforme Gennevilliers    20 route du Bassin           92230 Gennevilliers   Bruno Marchal      0199000103
Agence Dunkerque            14 rue des Fusiliers-Marins  59140 Dunkerque       Odile Vanhecke     0353010104
Agence Lyon                 58 rue de Gerland            69007 Lyon            Rachid Hamdi       0465710105
"""  # noqa: E501 — a table is read across

BRITTANY = (
    "Boutique Rennes Lices",
    "Atelier Rennes",
    "Boutique Saint-Malo",
    "Boutique Vannes",
    "Boutique Brest Siam",
)
WEST = (
    "Atelier Nantes Océan",
    "Boutique Nantes Graslin",
    "Boutique Saint-Nazaire",
    "Boutique Angers Ralliement",
    *BRITTANY,
)
PARIS_REGION = (
    "Boutique Paris Bastille",
    "Boutique Paris Batignolles",
    "Boutique Versailles",
    "Atelier Île-de-France",
)


@dataclass(frozen=True)
class Place:
    """A site of the demo."""

    name: str
    street: str
    postal_code: str
    city: str
    contact: str
    phone: str


@dataclass(frozen=True)
class Person:
    """An administrator of the demo; `see` says in French what there is to look at."""

    username: str
    first_name: str
    last_name: str
    phone: str
    see: str
    parent: str = ""
    sites: tuple[str, ...] = ALL_SITES
    features: str = EVERY_FEATURE
    disabled: bool = False
    owes_password: bool = False


@dataclass(frozen=True)
class Customer:
    """An enterprise of the demo; parents stand before their children."""

    name: str
    domain: str
    street: str
    postal_code: str
    city: str
    sites: str
    people: tuple[Person, ...]


def places(table: str) -> list[Place]:
    """The sites that a table above lists."""
    rows = [re.split(r" {2,}", line) for line in table.strip().splitlines()]
    return [
        Place(name, street, *town.split(" ", 1), contact, phone)
        for name, street, town, contact, phone in rows
    ]


BOULANGERIES = Customer(
    name="Boulangeries Martin",
    domain="boulangeries-martin.example",
    street="18 quai de la Fosse",
    postal_code="44000",
    city="Nantes",
    sites=BOULANGERIES_SITES,
    people=(
        Person(
            username="cmartin",
            first_name="Claire",
            last_name="Martin",
            phone="0261910201",
            see="administratrice principale : les 24 sites, les 11 fonctionnalités",
        ),
        Person(
            username="jfennell",
            first_name="Jim",
            last_name="Fennell",
            phone="0261910202",
            see="le Grand Ouest : 9 sites, gère ses propres administrateurs",
            parent="cmartin",
            sites=WEST,
            features="analytics dashboard manage_administrators notes reports user_assignments",
        ),
        Person(
            username="jwagner",
            first_name="Justin",
            last_name="Wagner",
            phone="0261910203",
            see="la téléphonie : tous les sites, présents et à venir",
            parent="cmartin",
            features="call_recording dashboard orders services sip_trunking user_assignments",
        ),
        Person(
            username="mkievit",
            first_name="Melissa",
            last_name="Kiviet",
            phone="0261910204",
            see="l’Île-de-France : 4 sites, ne gère personne",
            parent="cmartin",
            sites=PARIS_REGION,
            features="analytics dashboard profile reports",
        ),
        Person(
            username="erousseau",
            first_name="Élodie",
            last_name="Rousseau",
            phone="0261910205",
            see="la Bretagne : 5 sites, placée sous Jim Fennell",
            parent="jfennell",
            sites=BRITTANY,
            features="dashboard manage_administrators notes reports",
        ),
        Person(
            username="tgirard",
            first_name="Thomas",
            last_name="Girard",
            phone="0261910206",
            see="deux sites de Rennes, placé sous Élodie Rousseau",
            parent="erousseau",
            sites=("Boutique Rennes Lices", "Atelier Rennes"),
            features="dashboard notes",
        ),
        Person(
            username="kbenali",
            first_name="Karim",
            last_name="Benali",
            phone="0261910207",
            see="mot de passe temporaire : sert une fois, pendant 24 h, puis doit être changé",
            parent="jfennell",
            sites=("Boutique Angers Ralliement",),
            features="dashboard reports",
            owes_password=True,
        ),
        Person(
            username="nfontaine",
            first_name="Nathalie",
            last_name="Fontaine",
            phone="0261910208",
            see="désactivée : ne peut pas se connecter",
            parent="jfennell",
            sites=("Boutique Saint-Nazaire",),
            features="dashboard notes",
            disabled=True,
        ),
    ),
)
TRANSPORTS = Customer(
    name="Transports Lefèvre",
    domain="transports-lefevre.example",
    street="112 boulevard de Strasbourg",
    postal_code="76600",
    city="Le Havre",
    sites=TRANSPORTS_SITES,
    people=(
        Person(
            username="plefevre",
            first_name="Paul",
            last_name="Lefèvre",
            phone="0261910301",
            see="une autre entreprise, invisible pour la première",
        ),
        Person(
            username="sdubois",
            first_name="Sophie",
            last_name="Dubois",
            phone="0261910302",
            see="deux sites de Normandie, gère des administrateurs",
            parent="plefevre",
            sites=("Siège Le Havre", "Entrepôt Rouen"),
            features="dashboard manage_administrators notes",
        ),
        Person(
            username="mgarnier",
            first_name="Marc",
            last_name="Garnier",
            phone="0261910303",
            see="tous les sites, ne gère personne",
            parent="plefevre",
            features="analytics dashboard reports",
        ),
    ),
)
CUSTOMERS = (BOULANGERIES, TRANSPORTS)
