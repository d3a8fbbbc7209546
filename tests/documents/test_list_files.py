"""A list as a workbook."""

import io

from openpyxl import load_workbook

from scheduler.documents.list_files import workbook


def test_a_list_is_text_with_heads_that_stay() -> None:
    sheet = load_workbook(
        io.BytesIO(workbook("日程", ["编号", "名称"], [["T001", "=1+1"], ["T002", "长" * 80]]))
    ).active

    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows()][:2] == [["编号", "名称"], ["T001", "=1+1"]]
    assert sheet["B2"].data_type == "s"
    assert (sheet.freeze_panes, sheet.column_dimensions["B"].width) == ("A2", 50)
