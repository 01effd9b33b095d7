"""What was ordered, remarked and asked in the demo: the few things that are told one by one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

PATH = ("received", "in_progress", "shipped", "done")
CANCELLED = ("received", "in_progress", "cancelled")


@dataclass(frozen=True)
class Ordered:
    """An order; one number of days for each status that it has reached."""

    reference: str
    items: tuple[tuple[int, str], ...]
    days_ago: tuple[int, ...]
    statuses: tuple[str, ...] = PATH
    comments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Noted:
    """A remark by an administrator of the demo; `before` is what it said at first."""

    author: str
    days_ago: int
    hour: int
    text: str
    before: str = ""


@dataclass(frozen=True)
class Asked:
    """A restart that an administrator asked of a device, by its place at the site."""

    author: str
    device: int
    days_ago: int
    hour: int
    state: str
    answer: str = ""


T31P, T54W = "Téléphone Yealink T31P", "Téléphone Yealink T54W"
ORDERS = (
    ("Siège social", Ordered("C-20817", ((4, T54W), (4, "Poste Premium")), (298, 296, 291, 287))),
    ("Boutique Rennes Lices", Ordered("C-20931", ((2, T31P),), (241, 240, 236, 233))),
    ("Boutique Lyon Croix-Rousse", Ordered(
        "C-21044", ((1, "Portage de numéro"),), (196, 195, 176), CANCELLED,
        {"cancelled": "Annulée par le client : l’ancien opérateur conserve le numéro."},
    )),
    ("Boutique Brest Siam", Ordered("C-21190", ((1, "Base DECT Yealink W73P"),), (97, 96, 92, 88))),
    ("Siège Le Havre", Ordered("C-21215", ((6, T31P), (6, "Poste Standard")), (84, 83, 78, 75))),
    ("Boutique Toulouse", Ordered("C-21266", ((3, T31P), (1, T54W)), (52, 50, 46, 43))),
    ("Entrepôt Rouen", Ordered("C-21309", ((4, "Base DECT Yealink W73P"),), (21, 19, 13))),
    ("Atelier Rennes", Ordered(
        "C-21327", ((1, "Portage de numéro"), (2, "Poste Standard")), (11, 9), PATH,
        {"in_progress": "En attente de l’accord de l’ancien opérateur."},
    )),
    ("Siège social", Ordered("C-21340", ((1, "Centre d’appels, 5 agents"),), (8, 6))),
    ("Boutique Saint-Malo", Ordered("C-21347", ((1, "Adaptateur Grandstream HT801"),), (5, 3))),
    ("Plateforme Gennevilliers", Ordered("C-21352", ((5, T31P), (5, "Poste Standard")), (3,))),
    ("Boutique Marseille Paradis", Ordered("C-21358", ((2, "Poste Premium"),), (1,))),
)  # fmt: skip
NOTES = (
    ("Siège social", Noted("cmartin", 210, 10, "La baie de brassage est au 2e étage, porte 204.")),
    ("Siège social", Noted(
        "cmartin", 30, 14, "Coupure d’électricité prévue dimanche de 6 h à 9 h.",
        "Coupure d’électricité prévue dimanche de 6 h à 8 h.",
    )),
    ("Atelier Nantes Océan", Noted("jfennell", 121, 9, "Livraisons par la cour, sonner au quai.")),
    ("Boutique Saint-Nazaire", Noted("jfennell", 75, 16, "Téléphone de la caisse remplacé.")),
    ("Boutique Angers Ralliement", Noted("jfennell", 40, 11, "Travaux dans la rue cet hiver.")),
    ("Boutique Rennes Lices", Noted(
        "erousseau", 33, 15, "Jour de marché le samedi : renfort à l’accueil dès 7 h.",
        "Jour de marché le samedi.",
    )),
    ("Boutique Rennes Lices", Noted("tgirard", 9, 8, "Le poste du bureau grésille, à suivre.")),
    ("Atelier Rennes", Noted("tgirard", 18, 17, "Le télécopieur a été déplacé à l’étage.")),
    ("Boutique Vannes", Noted("erousseau", 61, 12, "Fermé la première semaine d’août.")),
    ("Boutique Paris Bastille", Noted("cmartin", 14, 10, "Deux nouveaux téléphones attendus.")),
    ("Boutique Toulouse", Noted("cmartin", 43, 9, "Installation terminée, tout fonctionne.")),
    ("Siège Le Havre", Noted("plefevre", 70, 10, "Nouveaux postes installés au 3e étage.")),
    ("Entrepôt Rouen", Noted("sdubois", 26, 14, "Le réseau sans fil ne porte pas au quai 4.")),
    ("Siège Le Havre", Noted("sdubois", 6, 11, "Formation des équipes jeudi à 14 h.")),
)  # fmt: skip
REQUESTS = (
    ("Boutique Nantes Graslin", Asked("jfennell", 4, 35, 9, "done", "Appareil redémarré.")),
    ("Boutique Rennes Lices", Asked("jfennell", 5, 8, 8, "done", "Appareil redémarré.")),
    ("Atelier Rennes", Asked("jwagner", 7, 7, 15, "failed", "L’appareil ne répond pas.")),
    ("Boutique Paris Batignolles", Asked("jwagner", 3, 1, 10, "sent")),
    ("Siège social", Asked("cmartin", 12, 1, 16, "waiting")),
    ("Entrepôt Rouen", Asked("plefevre", 6, 2, 9, "sent")),
)
