"""What templates may hold."""

import re
from pathlib import Path

from config import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
CHINESE = re.compile(r"[、。，；：（）\u4e00-\u9fff]")


def test_no_template_says_chinese_outside_a_text() -> None:
    for path in TEMPLATES:
        plain = re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        plain = re.sub(r"""(?:_\(|pgettext\("\w+", |ngettext\("[^"]*", )(?:"[^"]*"|'[^']*')""", "", plain)
        assert not CHINESE.search(plain), (path, CHINESE.search(plain))


def test_no_template_carries_style_or_script_of_its_own() -> None:
    for path in TEMPLATES:
        text = path.read_text("utf-8")
        assert not re.search(r'\sstyle="|<style|\son\w+="|<script(?![^>]*\ssrc=)|javascript:', text), path


def test_every_form_that_is_posted_carries_its_token() -> None:
    for path in TEMPLATES:
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", path.read_text("utf-8"), flags=re.DOTALL):
            its_own = ("page.form_token", "page.take_over_token", "form_token")  # of a page without an account
            of_its_own = any(f'name="form" value="{{{{ {name} }}}}"' in form for name in its_own)
            by_macro = "{{ hidden(" in form  # which prints either
            assert "csrf()" in form or of_its_own or by_macro, (path, form[:80])


def test_files_of_others_carry_their_licence() -> None:
    for path in (ROOT / "static" / "vendor").glob("*.min.*"):
        if not path.name.endswith(".LICENSE"):
            assert Path(f"{path}.LICENSE").exists()
