"""What can be applied for: which norms give the term of each, and which extend it."""

from dataclasses import dataclass
from enum import StrEnum

from ketenraming.base.errors import CaseInvalid, did_you_mean


class Extension(StrEnum):
    """An extension of one term by the authority; `SECOND` is the further one that some laws know."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Product:
    """
    One kind of application.

    `bases` are norms of which one is in force on every day of application; `first` and `second` extend the term.
    `open` is the base that may be extended without a fixed limit. `asylum` says whether the penalties of asylum hold,
    `blanket` whether the extensions of all applications and a moratorium do. `deprives` is a term of custody, which
    no day of rest moves.
    """

    name: str
    bases: tuple[str, ...]
    first: str = ""
    second: str = ""
    open: str = ""
    asylum: bool = False
    blanket: bool = False
    deprives: bool = False


PRODUCTS = {
    product.name: product
    for product in (
        Product("asiel", ("termijn_asiel_basis",), "termijn_asiel_verlenging", "termijn_asiel_extra",
                asylum=True, blanket=True),
        Product("asiel-versneld", ("termijn_asiel_versneld",), asylum=True),
        Product("asiel-ontvankelijk", ("termijn_asiel_ontvankelijk",), "termijn_asiel_ontvankelijk_verlenging",
                asylum=True),
        Product("asiel-ontvankelijk-e", ("termijn_asiel_ontvankelijk_e",), asylum=True),
        Product("asiel-grens", ("termijn_asiel_grens",), asylum=True, deprives=True),
        Product("nareis", ("termijn_nareis_dagen", "termijn_nareis_maanden"), "termijn_nareis_verlenging",
                open="termijn_nareis_maanden"),
        Product("mvv", ("termijn_mvv",), "termijn_mvv_verlenging"),
        Product("mvv-blauwe-kaart", ("termijn_mvv_blauwe_kaart",)),
        Product("mvv-studie", ("termijn_mvv_studie",)),
        Product("regulier", ("termijn_regulier",), "termijn_regulier_verlenging"),
        Product("regulier-ingezetene", ("termijn_regulier_ingezetene",), "termijn_regulier_ingezetene_verlenging"),
        Product("regulier-blauwe-kaart", ("termijn_regulier_blauwe_kaart",)),
        Product("regulier-studie", ("termijn_regulier_studie",)),
        Product("terugkeervisum", ("termijn_terugkeervisum",), "termijn_terugkeervisum_verlenging"),
        Product("naturalisatie", ("termijn_naturalisatie",), "termijn_naturalisatie_aanhouding",
                "termijn_naturalisatie_aanhouding"),
    )
}  # fmt: skip


def product_of(name: str) -> Product:
    """A product by name; raises CaseInvalid with the names there are."""
    if name not in PRODUCTS:
        told = {"name": name, "near": did_you_mean(name, PRODUCTS), "known": ", ".join(PRODUCTS)}
        raise CaseInvalid("There is no product {name!r}.{near} Choose one of {known}.", **told)
    return PRODUCTS[name]
