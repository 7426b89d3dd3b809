from ketenraming.base.finding import Finding, Place, Severity, by_weight, most_weighty

PLACE = Place("doc", "tabel", "rij", "2026", "regel 3")


def finding(severity: Severity, euros: float, about: str = "", confidence: float = 1.0) -> Finding:
    return Finding("code", severity, PLACE, euros=euros, about=about, confidence=confidence)


def test_errors_come_before_warnings_whatever_is_at_stake():
    small_error, large_warning = finding(Severity.ERROR, 1), finding(Severity.WARNING, 1e9)

    assert sorted([large_warning, small_error], key=by_weight) == [small_error, large_warning]


def test_one_finding_a_line_is_among_the_weightiest():
    found = [
        finding(Severity.WARNING, 5e9, "37.4/zbo/coa"),
        finding(Severity.WARNING, 4e9, "37.4/zbo/coa"),
        finding(Severity.WARNING, 3e9, "37.7"),
        finding(Severity.WARNING, 2e9, "37.7/medeoverheden/oekraine"),
        finding(Severity.WARNING, 1e9, "37/ontvangsten"),
    ]

    assert [f.about for f in most_weighty(found, 3)] == ["37.4/zbo/coa", "37.7", "37/ontvangsten"]


def test_a_proven_contradiction_weighs_ten_times_a_doubt():
    error, warning = finding(Severity.ERROR, 2e8, "a"), finding(Severity.WARNING, 1e9, "b")

    assert most_weighty([warning, error], 1) == [error]


def test_notes_and_what_holds_are_never_among_the_weightiest():
    assert most_weighty([finding(Severity.NOTE, 1e12), finding(Severity.HOLDS, 1e12)], 3) == []


def test_a_difference_needs_both_numbers():
    assert Finding("code", Severity.NOTE, PLACE, printed=1.0).difference is None
    assert Finding("code", Severity.NOTE, PLACE, printed=3.0, expected=5.0).difference == -2.0


def test_a_place_reads_from_the_document_to_the_cell():
    assert str(PLACE) == "doc · tabel · rij · 2026 · regel 3"
