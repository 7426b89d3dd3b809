"""
The Dutch chain, declared: who waits for whom, who lives where, and by which routes people pass on.

Everything that has a number is the name of an input; what the numbers are, since when, and who says so stands in the
library. Stages have Dutch names, because law and budget define them. A place is where people live: `coa`, `gemeente`
(municipal reception of displaced persons), `particulier`, `nidos` (families and homes of Nidos), `doorstroomlocatie`,
`detentie`, `elders`, `buitenland`.

Inflows are people or cases a month. Shares of one whole stand together; their rest leaves the chain.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ketenraming.chain.stage import Chain, Dwell, Exit, Inflow, OutOfOrder, Queue, Route, Server, Stage, Tally

AGES = 60
YEAR = 12  # months
CASE = "application"
Start = Mapping[str, tuple[float, ...]]
Terms = Mapping[str, int | tuple[tuple[int, int], ...]]


@dataclass(frozen=True, slots=True)
class Timing:
    """
    Months that are built into the chain: a run takes them from the library, which has the same ones, as assumptions.

    Decisions out of turn are of those who wait from `quick_from` to `quick_to` months; family applications follow in
    the `family` months after a grant, as many in each.
    """

    quick_from: int = 1
    quick_to: int = 6
    family: int = 12


def dutch(
    start: Start | None = None,
    terms: Terms | None = None,
    penalty_days: tuple[float, ...] = (),
    timing: Timing = Timing(),
) -> Chain:
    """
    The chain, from these people by stage and age, under these terms by queue (`Queue.term`); without them none is late.

    `penalty_days` are the days of a month for which an overdue asylum case runs up a penalty, by months late.
    """
    here, due = start or {}, terms or {}
    parts = (_asylum(here, due, penalty_days, timing), _family(here, due, timing.family), _minors(here),
             _return(here), _ukraine(here), _regular(here, due))  # fmt: skip
    stages = tuple(stage for stages, _ in parts for stage in stages)
    routes = tuple(route for _, routes in parts for route in routes)
    return Chain("dutch", stages, routes, SERVERS, AGES)


SERVERS = (
    Server("disa", "disa_capacity"),
    Server("ind_kort", "ind_kort_capacity"),
    Server("ind_asiel", "ind_asiel_capacity"),
    Server("ind_nareis", "ind_nareis_capacity", unit=f"{CASE}/month"),
    Server("ind_regulier", "ind_regulier_capacity", unit=f"{CASE}/month"),
    Server("ind_visum", "ind_visum_capacity", unit=f"{CASE}/month"),
    Server("ind_naturalisatie", "ind_naturalisatie_capacity", unit=f"{CASE}/month"),
    Server("gemeenten", "huisvesting_capacity"),
)

Part = tuple[tuple[Stage, ...], tuple[Route, ...]]


def _asylum(start: Start, terms: Terms, penalty_days: tuple[float, ...], timing: Timing) -> Part:
    """Registration, tracks, decision, appeal, and waiting for a home."""
    penalties = (Tally("penalty_days", penalty_days, by="late", of="waiting"),) if penalty_days else ()
    by_turn = OutOfOrder("asielbesluit_out_of_order_share", timing.quick_from, timing.quick_to)
    stages = (
        Inflow("asiel", "asiel_applications_inflow"),
        Inflow("overige_instroom", "overig_inflow"),
        Queue("aanmelding", "disa", lives="coa", cap=YEAR, start=start.get("aanmelding", ())),
        Dwell(
            "dublin",
            exits=(
                Exit("vertrek", (1.0,), times="dublin_vertrek_rate"),
                Exit("nationaal", (1.0,), times="dublin_nationaal_rate"),
            ),
            lives="coa",
            cap=YEAR,
            start=start.get("dublin", ()),
        ),
        Queue("kort", "ind_kort", lives="coa", cap=YEAR, start=start.get("kort", ())),
        Queue(
            "asielbesluit",
            "ind_asiel",
            min_age=1,
            out_of_order=by_turn,
            share="asielbesluit_coa_share",
            term=terms.get("asielbesluit"),
            tallies=penalties,
            lives="coa",
            cap=YEAR,
            start=start.get("asielbesluit", ()),
        ),
        Queue(
            "asielbesluit_elders",
            "ind_asiel",
            min_age=1,
            out_of_order=by_turn,
            term=terms.get("asielbesluit_elders"),
            tallies=penalties,
            lives="elders",
            start=start.get("asielbesluit_elders", ()),
        ),
        Dwell(
            "beroep",
            exits=(
                Exit("gegrond", (1.0,), times="beroep_gegrond_rate"),
                Exit("ongegrond", (1.0,), times="beroep_ongegrond_rate"),
            ),
            lives="coa",
            start=start.get("beroep", ()),
        ),
        Dwell(
            "overig",
            exits=(
                Exit("vertrek", (1.0,), times="overig_vertrek_rate"),
                Exit("vergunning", (1.0,), times="overig_vergunning_rate"),
            ),
            lives="coa",
            cap=YEAR,
            start=start.get("overig", ()),
        ),
        Queue(
            "huisvesting",
            "gemeenten",
            term=terms.get("huisvesting"),
            lives="coa",
            cap=YEAR,
            start=start.get("huisvesting", ()),
        ),
        Dwell(
            "doorstroom",
            exits=(Exit("woning", (1.0,), times="doorstroom_woning_rate"),),
            lives="doorstroomlocatie",
            cap=YEAR,
            start=start.get("doorstroom", ()),
        ),
    )
    routes = (
        Route("asiel", to="aanmelding"),
        Route("overige_instroom", to="overig"),
        Route("aanmelding", to="dublin", share="dublin_share"),
        Route("aanmelding", to="kort", share="kort_share"),
        Route("aanmelding", to="asielbesluit", share="spoor4_coa_share"),
        Route("aanmelding", to="asielbesluit_elders", share="spoor4_elders_share"),
        Route("dublin", to="asielbesluit", exit="nationaal"),
        Route("overig", to="huisvesting", exit="vergunning"),
        Route("kort", to="huisvesting", share="kort_granted_share"),
        Route("kort", to="terugkeer", share="kort_refused_share"),
        Route("asielbesluit", to="huisvesting", share="asielbesluit_granted_share"),
        Route("asielbesluit_elders", to="huisvesting", share="asielbesluit_granted_share"),
        Route("asielbesluit", to="beroep", share="asielbesluit_beroep_share"),
        Route("asielbesluit", to="terugkeer", share="asielbesluit_terugkeer_share"),
        Route("beroep", to="huisvesting", exit="gegrond"),
        Route("beroep", to="terugkeer", exit="ongegrond"),
        Route("huisvesting", to="doorstroom", share="doorstroom_share"),
    )
    return stages, routes


def _family(start: Start, terms: Terms, months: int) -> Part:
    """Family reunification: grants bring applications, and those who are let in arrive, most of them in reception."""
    stages = (
        Queue("nareis", "ind_nareis", term=terms.get("nareis"), unit=CASE, start=start.get("nareis", ())),
        Dwell(
            "inreis",
            exits=(Exit("aankomst", (1.0,), times="inreis_rate"),),
            lives="buitenland",
            start=start.get("inreis", ()),
        ),
        Inflow("nareis_eerder", "nareis_eerder_inflow", unit=CASE),  # from grants before the first month
        Inflow("nareis_bekend", "nareis_known_inflow"),  # arrivals that are known, in place of those who are let in
    )
    delay = (0.0, *([1 / months] * months))
    routes = (
        Route("asielbesluit", to="nareis", share="nareis_per_decision", spawning=True, delay=delay),
        Route("asielbesluit_elders", to="nareis", share="nareis_per_decision", spawning=True, delay=delay),
        Route("nareis_eerder", to="nareis"),
        Route("nareis", to="inreis", share="nareis_granted_share", spawning=True),
        Route("inreis", to="huisvesting", exit="aankomst", share="nareis_coa_share"),
        Route("nareis_bekend", to="huisvesting", share="nareis_coa_share"),
    )
    return stages, routes


def _minors(start: Start) -> Part:
    """
    Guardianship of unaccompanied minors, by age on arrival and by status; beside their place in reception.

    Those who came under fifteen live with a family of Nidos. Those who were older live at COA during the procedure and
    after a refusal, and are counted there by the stages of asylum; with a permit they are housed by Nidos, some until
    they are twenty-one. A minor is in a stage of asylum and in one of these at once, so only Nidos is a place here.
    """
    end = Exit("einde", (1.0,), times="voogdij_rate")
    decided = Exit("besluit", (1.0,), times="amv_besluit_rate")
    stages = (
        _in_care("voogdij_gezin", start, Exit("einde", (1.0,), times="voogdij_gezin_rate")),
        Dwell("voogdij_procedure", (decided, end), unit="pupil", start=start.get("voogdij_procedure", ())),
        Dwell("voogdij_afgewezen", (end,), unit="pupil", start=start.get("voogdij_afgewezen", ())),
        _in_care("voogdij_vergunning", start, end),
    )
    routes = (
        Route("asiel", to="voogdij_gezin", share="amv_nidos_share", spawning=True),
        Route("asiel", to="voogdij_procedure", share="amv_coa_share", spawning=True),
        Route("voogdij_procedure", to="voogdij_vergunning", exit="besluit", share="amv_granted_share"),
        Route("voogdij_procedure", to="voogdij_afgewezen", exit="besluit", share="amv_refused_share"),
    )
    return stages, routes


def _in_care(name: str, start: Start, end: Exit) -> Dwell:
    """Minors who live with Nidos."""
    return Dwell(name, (end,), start=start.get(name, ()), lives="nidos", unit="pupil")


def _return(start: Start) -> Part:
    """Return in three ways, some of it by way of detention; of asylum seekers, and of those found by supervision."""
    ways = (
        Exit("zelfstandig", (1.0,), times="terugkeer_zelfstandig_rate"),
        Exit("gedwongen", (1.0,), times="terugkeer_gedwongen_rate"),
        Exit("zonder_toezicht", (1.0,), times="terugkeer_zonder_toezicht_rate"),
        Exit("bewaring", (1.0,), times="terugkeer_bewaring_rate"),
    )
    stages = (
        Inflow("toezicht", "toezicht_inflow"),
        Dwell("terugkeer", exits=ways, lives="coa", start=start.get("terugkeer", ())),
        Dwell("terugkeer_elders", exits=ways, lives="elders", start=start.get("terugkeer_elders", ())),
        Dwell(
            "bewaring",
            exits=(
                Exit("uitzetting", (1.0,), times="bewaring_uitzetting_rate"),
                Exit("opheffing", (1.0,), times="bewaring_opheffing_rate"),
            ),
            lives="detentie",
            start=start.get("bewaring", ()),
        ),
    )
    routes = (
        Route("toezicht", to="terugkeer_elders"),
        Route("asielbesluit_elders", to="terugkeer_elders", share="asielbesluit_refused_share"),
        Route("terugkeer", to="bewaring", exit="bewaring"),
        Route("terugkeer_elders", to="bewaring", exit="bewaring"),
    )
    return stages, routes


def _ukraine(start: Start) -> Part:
    """Displaced persons from Ukraine in municipal or private reception, until they leave or protection ends."""
    leave = (
        Exit("vertrek", (1.0,), times="ontheemde_vertrek_rate"),
        Exit("einde", (1.0,), times="ontheemde_einde_rate"),
    )
    stages = (
        Inflow("ontheemden", "ontheemde_inflow"),
        Dwell("opvang_gemeente", exits=leave, lives="gemeente", start=start.get("opvang_gemeente", ())),
        Dwell("opvang_particulier", exits=leave, lives="particulier", start=start.get("opvang_particulier", ())),
    )
    routes = (
        Route("ontheemden", to="opvang_gemeente", share="ontheemde_gemeente_share"),
        Route("ontheemden", to="opvang_particulier", share="ontheemde_particulier_share"),
        Route("opvang_gemeente", to="aanmelding", exit="einde", share="ontheemde_asiel_share"),
        Route("opvang_particulier", to="aanmelding", exit="einde", share="ontheemde_asiel_share"),
    )
    return stages, routes


def _regular(start: Start, terms: Terms) -> Part:
    """Regular permits, entry and residence, visas, naturalisation, and the withdrawal of nationality."""
    served = (
        ("toelating", "ind_regulier"),
        ("regulier", "ind_regulier"),
        ("visum", "ind_visum"),
        ("intrekking", "ind_naturalisatie"),  # few, and served before the others
        ("naturalisatie", "ind_naturalisatie"),
    )
    inflows = tuple(Inflow(f"{name}_aanvragen", f"{name}_inflow", unit=CASE) for name, _ in served)
    queues = tuple(
        Queue(name, server, term=terms.get(name), unit=CASE, start=start.get(name, ())) for name, server in served
    )
    return inflows + queues, tuple(Route(f"{name}_aanvragen", to=name) for name, _ in served)
