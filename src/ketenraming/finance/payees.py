"""
The lines of article 37 that follow people, payee by payee. What is not here is taken as printed, and says so.

The IND is paid per decision; the article prints applications, which stand in for decisions here.
"""

from ketenraming.finance.line import Line

COA = Line("37.4/zbo/coa", (("opvang_stock_avg", "coa_price"),))

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
        ("asiel_inflow", "ind_asiel_price"),
        ("regulier_inflow", "ind_regulier_price"),
        ("toelating_verblijf_inflow", "ind_regulier_price"),
        ("nareis_mvv_inflow", "ind_regulier_price"),
        ("visum_inflow", "ind_regulier_price"),
        ("naturalisatie_inflow", "ind_naturalisatie_price"),
    ),
    fixed=(
        "ind-bekostiging/ketenondersteuning",
        "ind-bekostiging/lumpsum",
        "ind-bekostiging/specifiek",
        "ind-bekostiging/oekraine",
        "ind-bekostiging/dwangsommen",
        "ind-bekostiging/taakstelling",
        "ind-bekostiging/p-direkt",
        "ind-bekostiging/leges",
        "ind_unexplained",
    ),
)

OEKRAINE = tuple(
    Line(f"37.7/{instrument}/oekraine", (("oekraine_capacity", f"oekraine_{instrument}_price"),))
    for instrument in ("medeoverheden", "subsidies", "opdrachten")
)

LINES = (IND, COA, NIDOS, *OEKRAINE)
