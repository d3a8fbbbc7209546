from scheduler.core.ground.ids import GroupId
from scheduler.core.organisation.facts import ImportReport, RowError
from scheduler.shapes.imports import ImportedModel
from scheduler.wording.readers import Reader


def test_an_import_tells_what_there_is_and_what_is_wrong() -> None:
    error = RowError("roster.csv", 3, "rank", "not_a_number", {"value": "x"})
    report = ImportReport(people=100, branches={GroupId("B1"): 34}, created=2, errors=(error,))

    shown = ImportedModel.of(report, Reader("zh")).document()

    assert (shown["people"], shown["branches"], shown["created"], shown["updated"]) == (100, {"B1": 34}, 2, 0)
    assert shown["errors"] == [{"file": "roster.csv", "row": 3, "field": "rank", "text": "rank：“x”不是数字"}]
