"""The checks: each one small function from an article to findings, in the order in which they are read."""

from collections.abc import Callable

from ketenraming.base.finding import Finding, by_weight
from ketenraming.documents.article import Article
from ketenraming.documents.checks.commitments import check_commitments
from ketenraming.documents.checks.edition import check_addresses, check_columns, check_edition
from ketenraming.documents.checks.money import check_funding_horizon, check_line_breaks, check_money_per_head
from ketenraming.documents.checks.prose import (
    check_claims,
    check_claims_together,
    check_days,
    check_law,
    check_permanent,
    check_wording,
)
from ketenraming.documents.checks.repeats import (
    check_forecast_is_outcome,
    check_frozen,
    check_odd_one_out,
    check_spikes,
)
from ketenraming.documents.checks.shares import check_percentages
from ketenraming.documents.checks.stocks import check_sources_of_inflow, check_stay, check_stock_and_flow
from ketenraming.documents.checks.sums import check_budget_sums, check_hundred, check_list_sums
from ketenraming.documents.checks.tables import check_agency, check_norms, check_pairs, check_place_norm
from ketenraming.documents.checks.targets import check_targets, check_timeliness
from ketenraming.documents.suspects import with_suspects

Check = Callable[[Article], list[Finding]]

CHECKS: tuple[Check, ...] = (
    check_budget_sums,
    check_list_sums,
    check_hundred,
    check_percentages,
    check_commitments,
    check_pairs,
    check_agency,
    check_norms,
    check_place_norm,
    check_claims,
    check_claims_together,
    check_permanent,
    check_law,
    check_days,
    check_wording,
    check_stock_and_flow,
    check_stay,
    check_sources_of_inflow,
    check_money_per_head,
    check_line_breaks,
    check_funding_horizon,
    check_targets,
    check_timeliness,
    check_odd_one_out,
    check_frozen,
    check_forecast_is_outcome,
    check_spikes,
    check_columns,
    check_addresses,
)


def run_checks(article: Article, checks: tuple[Check, ...] = (*CHECKS, check_edition)) -> list[Finding]:
    """All findings of an article, those that hold included, the weightiest first."""
    found = [*article.findings, *(finding for check in checks for finding in check(article))]
    return sorted(with_suspects(found, article), key=by_weight)
