"""The list of protections stays true to the code: what protects is there, so is its test, and the page is made from it."""

import pytest

from scripts.protections import ROOT, TABLE, Protection, as_table, read_list

# The rows of goals that the first version makes true; see docs/protections.md.
ROWS = {
    *("G2", "G3", "G7", "G9", "G10", "G12", "G13", "G14", "G15"),
    *("S1", "S2", "S3", "S4", "S6", "S7", "S8", "S9", "S10", "S12", "S13", "S16"),
    *("R2", "R3", "R4", "R5", "R6", "R7", "R8", "R12"),
}


@pytest.mark.parametrize("protection", read_list(), ids=lambda protection: protection.what)
def test_what_protects_is_there_and_so_is_its_test(protection: Protection):
    assert protection.is_in(ROOT)
    assert protection.put != protection.take
    function = protection.test.partition("::")[2].partition("[")[0]
    assert function in (ROOT / protection.test_file).read_text(encoding="utf-8")


def test_every_row_of_goals_has_a_protection():
    assert {protection.row for protection in read_list()} >= ROWS


def test_the_page_about_protections_is_made_from_the_list():
    assert TABLE.read_text(encoding="utf-8") == as_table(read_list())
