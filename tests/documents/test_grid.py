from ketenraming.documents.blocks import Cell, Table
from ketenraming.documents.grid import split, take_apart


def table(*rows: str, aligned: bool = False) -> Table:
    cells = tuple(
        tuple(Cell(text.strip(), f"regel {i}, cel {j}") for j, text in enumerate(row.split("|"), 1))
        for i, row in enumerate(rows, 1)
    )
    return Table(cells, "regel 1", aligned, title="")


def numbers(grid):
    return {line.label: {e.column.name: e.number.digits for e in line.entries} for line in grid.lines}


def test_cells_that_shifted_are_placed_by_their_order():
    grid = take_apart(table("2025 | 2026 | |", "Art. | Verplichtingen | 1 | 2 |", "Uitgaven | 3 | 4 |"))

    assert numbers(grid) == {"Verplichtingen": {"2025": 1, "2026": 2}, "Uitgaven": {"2025": 3, "2026": 4}}


def test_in_an_aligned_table_a_cell_stands_in_its_own_column():
    grid = take_apart(table(" | | 2025 | 2026", "37.4 | Opvang | | 5", aligned=True))

    assert numbers(grid) == {"Opvang": {"2026": 5}}
    assert grid.lines[0].code == "37.4"


def test_a_row_with_a_number_too_many_is_not_guessed():
    grid = take_apart(table("2025 | 2026", "COA | 1 | 2 | 3"))

    assert grid.lines[0].entries == []
    assert [number.digits for _, number in grid.lines[0].loose] == [1, 2, 3]
    assert grid.lines[0].trouble == "3 ≠ 2"


def test_a_cell_that_is_neither_number_nor_nothing_is_trouble():
    grid = take_apart(table("2025 | 2026", "COA | 1 | 2O26"))

    assert grid.lines[0].trouble == "'2O26' (regel 2, cel 3)"


def test_a_header_of_two_rows_tells_what_is_realised():
    shifted = take_apart(table("Keten | Realisatie | Prognose | |", "2024 | 2025 | 2026", "Instroom | 1 | 2 | 3"))
    merged = take_apart(
        table("Keten | Realisatie | Prognose | ", " | 2024 | 2025 | 2026", "Instroom | 1 | 2 | 3", aligned=True)
    )

    assert [column.realised for column in shifted.columns] == [True, False, False]
    assert [column.realised for column in merged.columns] == [True, False, False]


def test_tables_printed_against_each_other_are_parted_at_the_years():
    both = table("bedrag | %", "Asiel | 10 | 5%", "2024 | 2025", "Asiel | 90% | 95%")

    parted = [take_apart(part) for part in split(both)]

    assert [[column.name for column in grid.columns] for grid in parted] == [["bedrag", "%"], ["2024", "2025"]]
    assert numbers(parted[1]) == {"Asiel": {"2024": 90, "2025": 95}}


def test_a_list_may_leave_its_last_column_blank():
    grid = take_apart(table("Productgroep | bedrag | %", "Asiel | 399.853 | 39,0%", "Leges | ‒ 60.000 | |"))

    assert numbers(grid) == {"Asiel": {"bedrag": 399_853, "%": 390}, "Leges": {"bedrag": -60_000}}
