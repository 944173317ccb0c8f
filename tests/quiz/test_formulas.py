r"""Formulas: what is sound becomes MathML, what is not is refused with what to write instead, in quizzes and chapters."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from sphinx.testing.util import SphinxTestApp

from twolenses import course, formulas, quiz
from twolenses.errors import FormulaError

SOUND = [
    "x", "a < b", r"\frac{a}{b}", r"\frac12", r"x_{1}^2", r"\sqrt[3]{x}", r"\sum_{i=1}^n x_i", r"\text{50}\,\%", r"50\%", r"\&",
    r"\text{cost of war}", r"\begin{split}a&=b\\c&=d\end{split}", r"\begin{align*}a&=b\\c&=d\end{align*}",
    r"\begin{cases}1 & a\\0 & b\end{cases}", r"\begin{pmatrix}3&0\\5&1\end{pmatrix}", r"\begin{array}{cc}a&b\end{array}",
    r"\left\{ x \right.", r"\{a\}", r"\mathbb{R}", r"\overline{x}", r"\backslash", "x'", r"{}_a^b X",
]  # fmt: skip

REFUSED = [
    (r"\begin{aligned}a&=b\end{aligned}", r"the environment aligned is not known). Write \begin{split} … \end{split} between $$ and $$."),
    (r"\begin{alignedat}{2}a&=b\end{alignedat}", "the environment alignedat is not known"),
    (r"\begin{gather}a\\b\end{gather}", "the environment gather is not known"),
    (r"\text{50\%}", r"the backslash in a text is printed). Close the text before it, as in \text{50}\,\%."),
    (r"\textbf{a\_b}", "the backslash in a text is printed"),
    (r"\foo", r"\foo is not known). Check the spelling"),
    (r"\label{a} x", r"\label is not known"),
    ("a & b", r"& stands outside columns). Write \&, or \begin{split}"),
    (r"\text{a < b}", "a <, > or control character stands in a text). Take it out of the braces."),
    (r"a\\b", r"\\ breaks no line here). Write \begin{split}"),
    (r"\boxed{x}", "it becomes <menclose>, which not every browser sets"),
    (r"\href{https://example.org}{x}", "it holds a link). Put the link into the text."),
    (r"\limits", "<munderover> lacks a part"),
    (r"\frac{a}{b", "braces do not pair). Open and close each."),
    ("x}", "braces do not pair"),
    (r"\left( x", "extra left or missing right). Mend it."),
    ("x_", "missing super script or subscript"),
    (" ", "it is empty). Write it, or take the dollar signs out."),
]  # fmt: skip


@pytest.mark.parametrize("latex", SOUND)
@pytest.mark.parametrize("display", [False, True])
def test_a_sound_formula_is_mathml(latex: str, display: bool) -> None:
    root = ElementTree.fromstring(formulas.mathml(latex, display=display))
    assert root.tag == "{http://www.w3.org/1998/Math/MathML}math"
    assert root.get("display") == ("block" if display else "inline")
    assert "".join(root.itertext()).strip()


@pytest.mark.parametrize(("latex", "says"), REFUSED, ids=[latex for latex, _ in REFUSED])
def test_garbage_is_refused_with_what_to_write(latex: str, says: str) -> None:
    with pytest.raises(FormulaError) as error:
        formulas.mathml(latex)
    assert f"math that cannot be read: ${latex.strip()}$ (" in str(error.value)
    assert says in str(error.value)


@pytest.mark.parametrize("latex", [latex for latex, _ in REFUSED if " " not in latex.strip()[:1] and latex.strip()])
def test_a_quiz_says_file_line_and_question(latex: str, tmp_path: Path) -> None:
    (tmp_path / "q.yml").write_text(
        "# A bank\n- {id: one, type: short, objective: o, level: apply, difficulty: easy, source: C21, hint: H, because: B,\n"
        f"   stem: 'Which is it? ${latex}$', answers: [x]}}\n"
    )
    (problem,) = quiz.validate([tmp_path / "q.yml"])
    assert str(problem).startswith(f"{tmp_path / 'q.yml'}:2  question 'one' has math that cannot be read: ${latex}$ (")


MATH = re.compile(r"\$\$(.+?)\$\$|(?<![\\$\w])\$(?!\s)([^$\n]+?)(?<!\s)\$|```\{math\}(.*?)```|\{math\}`([^`]*)`", re.S)


def test_every_formula_of_the_course_is_sound() -> None:
    pages = [path for folder in ("chapters", "exercises") for path in (course.root() / folder).rglob("*.md")]
    found = [
        next(filter(None, one.groups())) for path in pages for one in MATH.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found
    for latex in found:
        formulas.mathml(latex)


def test_a_page_warns_with_file_and_line_and_shows_the_source(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(
        "extensions = ['myst_parser', 'twolenses.book.site.page']\nmyst_enable_extensions = ['dollarmath']\nhtml_theme = 'sphinx_book_theme'\n"
    )
    (tmp_path / "index.md").write_text(
        "# Page\n\nA sound one, $a < b$.\n\nOf \\$50: $\\text{50\\%}$ here.\n\n$$\n\\begin{aligned}a&=b\\end{aligned}\n$$\n"
    )
    app = SphinxTestApp("html", srcdir=tmp_path)
    try:
        app.build()
        warned, page = app.warning.getvalue(), (app.outdir / "index.html").read_text(encoding="utf-8")
    finally:
        app.cleanup()
    assert re.search(
        r"index\.md:5: WARNING: The page has math that cannot be read: \$\\text\{50\\%\}\$ \(the backslash", warned
    )
    assert re.search(r"index\.md:7: WARNING: .*the environment aligned is not known", warned)
    assert page.count("<math") == 1
    assert r"<code>\text{50\%}</code>" in page
