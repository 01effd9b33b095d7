"""What generated people and places are called: French, plausible, and nobody's."""

from random import Random
from typing import NamedTuple

from sites.text import fold

_FIRST = (
    "Adèle Adrien Agnès Alain Alexandre Alice Amélie Anaïs André Anne Antoine Arnaud Aurélie "
    "Baptiste Béatrice Benoît Bernard Brigitte Bruno Camille Carole Caroline Catherine Cédric "
    "Céline Chantal Charlotte Christian Christophe Claire Claude Clément Corinne Damien Daniel "
    "David Delphine Denis Didier Dominique Édouard Élise Élodie Emma Éric Étienne Eva Fabien "
    "Fatima Florence Franck François Frédéric Gaël Gérard Gilles Guillaume Hélène Henri Hugo "
    "Inès Isabelle Jacques Jean Jérôme Joëlle Julie Julien Karim Karine Laurent Léa Léo Loïc "
    "Louis Lucas Lucie Madeleine Manon Marc Marie Martine Mathieu Maxime Michel Mohamed Monique "
    "Nadia Nathalie Nicolas Noémie Océane Olivier Pascal Patrick Paul Pauline Philippe Pierre "
    "Quentin Rachid René Romain Sabrina Samuel Sandrine Sébastien Simon Sophie Stéphane Sylvie "
    "Théo Thérèse Thierry Thomas Valérie Véronique Victor Vincent Virginie Xavier Yann Yves Zoé"
)
FIRST_NAMES = _FIRST.split()
# In the order of the alphabet: a branch whose names are its own has a stretch of them.
_LAST = (
    "Adam Albert Andre Antoine Arnaud Aubert Bailly Barbier Baron Benoit Berger Bernard "
    "Bertrand Besson Blanc Blanchard Bonnet Boucher Bourgeois Boyer Breton Brun Brunet Camus "
    "Caron Carpentier Charles Charpentier Chevalier Clement Colin Collet Cordier Daniel David "
    "Delattre Deschamps Diallo Dubois Dufour Dumas Dumont Dupont Dupuis Durand Etienne Fabre "
    "Faure Fernandez Fontaine Fournier François Gaillard Garcia Garnier Gauthier Gautier Gerard "
    "Germain Gilbert Girard Giraud Gonzalez Guérin Guillaume Guillot Hamon Hébert Henry Hubert "
    "Huet Humbert Jacob Jacquet Jean Joly Julien Klein Lacroix Lambert Langlois Laurent Lebrun "
    "Leclerc Leclercq Lecomte Lefebvre Lefèvre Legrand Lemaire Lemoine Leroux Leroy Lévêque "
    "Lopez Louis Lucas Maillard Mallet Marchal Marchand Marie Martin Martinez Marty Masson "
    "Mathieu Mercier Meunier Meyer Michel Millet Monnier Moreau Morel Morin Moulin Muller "
    "Nguyen Nicolas Noël Olivier Paris Payet Pelletier Pereira Perez Perrin Perrot Petit "
    "Philippe Picard Pierre Poirier Pons Poulain Prévost Rémy Renard Renaud Rey Reynaud Richard "
    "Rivière Robert Robin Roche Rodriguez Roger Rolland Rousseau Roussel Roux Roy Royer Sanchez "
    "Schmitt Schneider Simon Thomas Tessier Traoré Vasseur Vidal Vincent Weber Yilmaz "
    "Zimmermann"
)
LAST_NAMES = _LAST.split()
KINDS = ("Agence", "Boutique", "Bureau", "Dépôt", "Magasin", "Atelier", "Centre", "Entrepôt")
TOWNS = (
    ("Paris", "75011"), ("Marseille", "13006"), ("Lyon", "69003"), ("Toulouse", "31000"),
    ("Nice", "06000"), ("Nantes", "44000"), ("Montpellier", "34000"), ("Strasbourg", "67000"),
    ("Bordeaux", "33000"), ("Lille", "59000"), ("Rennes", "35000"), ("Reims", "51100"),
    ("Saint-Étienne", "42000"), ("Toulon", "83000"), ("Le Havre", "76600"), ("Grenoble", "38000"),
    ("Dijon", "21000"), ("Angers", "49000"), ("Nîmes", "30000"), ("Clermont-Ferrand", "63000"),
    ("Le Mans", "72000"), ("Aix-en-Provence", "13100"), ("Brest", "29200"), ("Tours", "37000"),
    ("Amiens", "80000"), ("Limoges", "87000"), ("Annecy", "74000"), ("Perpignan", "66000"),
    ("Besançon", "25000"), ("Metz", "57000"), ("Orléans", "45000"), ("Rouen", "76000"),
    ("Mulhouse", "68100"), ("Caen", "14000"), ("Nancy", "54000"), ("Avignon", "84000"),
    ("Poitiers", "86000"), ("La Rochelle", "17000"), ("Pau", "64000"), ("Bayonne", "64100"),
    ("Chambéry", "73000"), ("Quimper", "29000"), ("Valence", "26000"), ("Troyes", "10000"),
    ("Lorient", "56100"), ("Belfort", "90000"), ("Colmar", "68000"), ("Saint-Malo", "35400"),
)  # fmt: skip
STREETS = (
    "rue de la République", "avenue de la Gare", "rue Victor-Hugo", "place du Marché",
    "boulevard Pasteur", "rue des Écoles", "quai de la Loire", "rue du Moulin",
    "avenue Jean-Jaurès", "rue des Lilas",
)  # fmt: skip
TWO_NAMES = 0.2  # of all people have a double family name


class Named(NamedTuple):
    """What somebody is called, and signs in with."""

    first: str
    last: str
    username: str


class Address(NamedTuple):
    """Where a generated site is."""

    name: str
    street: str
    postal_code: str
    city: str


def person(number: int, chance: Random, stretch: tuple[float, float]) -> Named:
    """A name; the family name comes from that part of the alphabet."""
    first = chance.choice(FIRST_NAMES)
    low, high = (int(end * len(LAST_NAMES)) for end in stretch)
    last = LAST_NAMES[chance.randrange(low, max(high, low + 1))]
    if chance.random() < TWO_NAMES:
        last = f"{last}-{chance.choice(LAST_NAMES)}"
    return Named(first, last, f"{fold(first)}.{fold(last)}.{number}"[:64])


def place(number: int, chance: Random) -> Address:
    """A site's name and address; no two numbers have the same name."""
    city, code = TOWNS[number % len(TOWNS)]
    name = f"{chance.choice(KINDS)} {city} {number:06d}"
    return Address(name, f"{chance.randint(1, 180)} {chance.choice(STREETS)}", code, city)
