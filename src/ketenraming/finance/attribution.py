"""
What is said of the lines as a whole: which part counts as development assistance, and what the asylum reserve covers.

Official development assistance is for the first year of asylum seekers.

COA: residents in their first year, times what a resident costs on average, times the share of them that counts (from
countries on the list of the DAC). That share is solved for from the printed table, which has no year; it is read as of
the budget year. Nidos: a share of its line, solved for alike. Interpreters, legal aid and VWN are as printed.

The asylum reserve (begrotingsreserve asiel) is money set apart for setbacks: what stands at the start of a year, less
what is drawn, stands at its end. A draw that is printed is taken as it is, for it is in the budget already. In any
other year the rule is to cover what is missing, as far as there is anything to draw.
"""

from collections.abc import Mapping
from dataclasses import replace

from ketenraming.finance.payees import COA, NIDOS
from ketenraming.finance.term import Flag, Term, covered, difference, product, quotient, total

FIXED = ("oda/ind-tolken", "oda/rechtsbijstand", "oda/vwn")


def solve_shares(printed: Mapping[str, Term], terms: Mapping[str, Term], lines: Mapping[str, Term]) -> dict[str, Term]:
    """The shares of COA and of Nidos that count, at the people and the lines of the year of the printed table."""
    first_year = _first_year_euros(terms, lines)
    return {
        "oda_coa_share": quotient("oda_coa_share", printed["oda/coa"], first_year).flagged(Flag.SOLVED),
        "oda_nidos_share": quotient("oda_nidos_share", printed["oda/nidos"], lines[NIDOS.address]).flagged(Flag.SOLVED),
    }


def oda(terms: Mapping[str, Term], lines: Mapping[str, Term]) -> dict[str, Term]:
    """What is attributed in a year, part by part and in all; `terms` hold the shares and the printed fixed parts."""
    coa = product("oda_coa_euros", _first_year_euros(terms, lines), terms["oda_coa_share"])
    nidos = product("oda_nidos_euros", lines[NIDOS.address], terms["oda_nidos_share"])
    fixed = {name: terms[name] for name in FIXED}
    return {"oda/coa": coa, "oda/nidos": nidos, **fixed, "oda": total("oda_euros", [coa, nidos, *fixed.values()])}


def _first_year_euros(terms: Mapping[str, Term], lines: Mapping[str, Term]) -> Term:
    """What residents in their first year cost, at the mean cost of a resident."""
    mean = quotient("coa_mean_price", lines[COA.address], terms["opvang_stock_avg"])
    return product("opvang_first_year_euros", terms["opvang_first_year_stock_avg"], mean)


def reserve(stand: Term, printed: Mapping[str, Term], gaps: Mapping[str, Term]) -> dict[str, dict[str, Term]]:
    """
    The reserve by year and part: its `start`, what is `drawn`, its `end`.

    `stand` is what is there at first, `printed` the draws that are known, by year; `gaps` is what is missing in each
    year, in their order. Nothing is added to it: the article prints no addition.
    """
    made = {}
    for year, gap in gaps.items():
        start = replace(stand, name="reserve_start", year=year)
        drawn = printed[year] if year in printed else covered("reserve_drawn", gap, start)
        stand = difference("reserve_end", start, drawn)
        made[year] = {"start": start, "drawn": drawn, "end": stand}
    return made
