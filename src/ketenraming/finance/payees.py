"""
The lines of article 37 that follow people, payee by payee. What is not here is taken as printed, and says so.

A line is how many times what each, and amounts that no people move. Which prices are known and which are solved for
from the line itself is not said here.
"""

from ketenraming.finance.line import Line

COA = Line(
    "37.4/zbo/coa",
    (
        ("coa_regular_stock_avg", "coa_regular_price"),
        ("coa_emergency_stock_avg", "coa_emergency_price"),
        ("doorstroom_days", "doorstroom_price"),
    ),
)

NIDOS = Line(
    "37.4/zbo/nidos",
    (
        ("nidos_guidance_stock_avg", "nidos_guidance_price"),
        ("nidos_care_stock_avg", "nidos_care_price"),
        ("amv_inflow", "nidos_intake_price"),
    ),
)

IND = Line(
    "37.4/agentschap/ind",
    (
        ("ind_asiel_decisions", "ind_asiel_price"),
        ("ind_regulier_decisions", "ind_regulier_price"),
        ("ind_naturalisatie_decisions", "ind_naturalisatie_price"),
        ("dwangsom_days", "dwangsom_price"),
    ),
    fixed=(
        "ind-bekostiging/ketenondersteuning",
        "ind-bekostiging/lumpsum",
        "ind-bekostiging/specifiek",
        "ind-bekostiging/oekraine",
        "ind-bekostiging/taakstelling",
        "ind-bekostiging/p-direkt",
        "ind-bekostiging/leges",
        "ind_unexplained",
    ),
)

DJI = Line("37.4/agentschap/dji", (("bewaring_stock_avg", "bewaring_price"),))
DVENO = Line("37.5/agentschap/dveno", (("gedwongen_outflow", "dveno_price"),))
REAN = Line("37.5/subsidies/rean", (("zelfstandig_outflow", "rean_price"),))
VERTREK = Line("37.5/opdrachten/vertrek", (("aantoonbaar_outflow", "vertrek_price"),))

GEMEENTEN = Line(
    "37.7/medeoverheden/oekraine",
    (
        ("oekraine_place_days", "oekraine_norm_price"),
        ("oekraine_particulier_months", "oekraine_particulier_price"),
        ("oekraine_capacity", "oekraine_rest_price"),
    ),
)
NGO = Line("37.7/subsidies/oekraine", (("oekraine_capacity", "oekraine_subsidies_price"),))
MEDISCH = Line("37.7/opdrachten/oekraine", (("oekraine_stock_avg", "rmo_price"),), fixed=("oekraine_kcio",))

OEKRAINE = (GEMEENTEN, NGO, MEDISCH)
LINES = (IND, DJI, COA, NIDOS, DVENO, REAN, VERTREK, *OEKRAINE)
