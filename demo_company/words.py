"""Word lists for the names of invented companies and people, and their places."""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


NAME_HEADS = _words(
    "Aldu Allu Banbe Banno Bantra Belbe Bellu Belno Borbe Borlu Bormi Brentra Calbe Calgi "
    "Callu Calmi Calno Cordu Corgi Corlu Cortra Dalgi Daltra Dorbe Dorlu Elbe Elmi Eltra "
    "Fangi Fantra Ferdu Fervo Galdu Galgi Garbe Garmi Garno Halbe Halmi Halno Halvo Hesbe "
    "Heslu Hesvo Ilgi Illu Ilno Jorbe Jordu Jorlu Jorno Keldu Kelgi Kellu Kelno Lanbe Landu "
    "Langi Lanlu Lanmi Lanno Lormi Lortra Malbe Malgi Merno Mertra Nalbe Nalgi Nallu Nalvo "
    "Oldu Ollu Palno Paltra Perdu Perlu Quengi Quenvo Ralbe Rosgi Rosmi Sallu Salmi Salno "
    "Saltra Serdu Taldu Talgi Talmi Tergi Terlu Terno Tertra Ulno Ultra Valgi Valmi Valtra "
    "Valvo Verlu Verno Yarbe Yargi Yarno Zelvo "
)
NAME_MIDDLES = _words(
    "bria dane dell dora fane feld gren hane kara kell lith lund mira mora nald nix nova phor "
    "quist rane rell sett sova tane thal tura vara vell vex wyn yra zane zora zell "
)
NAME_TAILS = {
    "Software": ("Systems", "Software", "Labs", "Data", "Cloud"),
    "Financial services": ("Capital", "Finance", "Trust", "Partners", "Advisory"),
    "Manufacturing": ("Works", "Industries", "Components", "Tooling", "Fabrication"),
    "Healthcare": ("Health", "Clinics", "Care", "Medical", "Therapeutics"),
    "Retail": ("Retail", "Goods", "Outfitters", "Market", "Trading"),
    "Logistics": ("Logistics", "Freight", "Transport", "Shipping", "Cargo"),
    "Media": ("Media", "Press", "Studios", "Publishing", "Pictures"),
    "Professional services": ("Consulting", "Group", "Associates", "Advisors", "Services"),
    "Energy": ("Energy", "Power", "Grid", "Renewables", "Utilities"),
    "Education": ("Learning", "Academy", "Education", "Institute", "Campus"),
}
TARGET_INDUSTRIES = frozenset({"Software", "Financial services", "Manufacturing", "Logistics"})

FIRST_NAMES = _words(
    "Ada Aiko Alba Amara Anders Anika Arlo Asha Bela Bram Carla Cato Chiara Dario Delia "
    "Dmitri Edda Elio Elsa Emre Esme Farid Fenna Flora Gita Gregor Hana Hugo Ibrahim Ines Ivo "
    "Jada Jonas Juno Kai Karim Kira Lars Leila Levi Lin Lotte Luca Maeve Malik Mara Mateo Mei "
    "Mila Milo Nadia Nils Nora Odin Olga Omar Orla Otto Pia Quentin Rafa Rania Remy Rosa "
    "Ruben Sana Selma Sven Tadeo Talia Theo Tilda Uma Vera Viggo Wanda Xenia Yara Yusuf Zara "
    "Zeno "
)
LAST_NAMES = _words(
    "Abbott Acker Adeyemi Ahlberg Alvarado Amsel Bakker Banerjee Barlow Beltran Bergman "
    "Boateng Brandt Calloway Carrasco Castell Chaudhry Dahl Delgado Demir Drake Duarte Eklund "
    "Escobar Faber Falk Ferrante Fontaine Gallo Garrick Haddad Halvorsen Hartley Ibarra Iyer "
    "Jansen Kallio Kaplan Keller Kimura Kowal Lachance Lindqvist Lombard Madsen Marchetti "
    "Mensah Moreau Nakata Navarro Norgaard Okafor Olsen Ortega Palmer Petrov Quist Rahman "
    "Renard Rossi Salazar Sato Schreiber Sharma Silva Sorensen Tanaka Thorne Ueda Ulrich "
    "Varga Vidal Voss Walsh Weaver Winter Yilmaz Zabala Ziegler "
)

PLACES = (  # region, country, currency, share of customers
    ("North America", "United States", "USD", 0.46),
    ("North America", "Canada", "USD", 0.07),
    ("EMEA", "United Kingdom", "GBP", 0.14),
    ("EMEA", "Germany", "EUR", 0.10),
    ("EMEA", "France", "EUR", 0.07),
    ("EMEA", "Netherlands", "EUR", 0.05),
    ("EMEA", "Spain", "EUR", 0.03),
    ("APAC", "Australia", "USD", 0.05),
    ("APAC", "Singapore", "USD", 0.03),
)
DEPARTMENTS = ("Operations", "Finance", "Sales", "Marketing", "Engineering", "Support", "IT")
