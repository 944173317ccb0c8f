"""Pictures of an own bank: in Moodle's XML, on paper and on the page, or a sentence that says why not."""

from __future__ import annotations

import base64
import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from conftest import run_here
from twolenses import quiz
from twolenses.errors import QuizError
from twolenses.lms import moodle, paper, select
from twolenses.quiz import html as form
from twolenses.quiz import pictures

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>A line</title></svg>'
SHOWN = "![The line between the two](assets/the%20map.png)"
COMMON = {"objective": "o", "level": "apply", "difficulty": "easy", "source": "C21", "hint": "Think.", "because": "So."}


def single(**more: Any) -> dict[str, Any]:
    options = [{"text": "Left", "feedback": "Yes.", "key": True}, {"text": "Right", "feedback": "No."}]
    return {**COMMON, "id": "one", "type": "single", "stem": "Which side is it?", "options": options, **more}


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A folder with a picture of each kind, one that is too large, one that is no picture, and one beside it."""
    folder = tmp_path / "bank"
    (folder / "assets").mkdir(parents=True)
    (folder / "assets/the map.png").write_bytes(PNG)
    (folder / "assets/line.svg").write_bytes(SVG)
    (folder / "assets/large.png").write_bytes(PNG + bytes(pictures.LARGEST))
    (folder / "assets/page.png").write_bytes(b"<html>")
    (folder / "assets/notes.txt").write_text("x")
    (tmp_path / "beside.png").write_bytes(PNG)
    return folder


def put(bank: Path, *entries: dict[str, Any]) -> Path:
    (bank / "01-own.yml").write_text("# An own bank\n" + json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    return bank


def question(path: Path) -> ElementTree.Element:
    return next(one for one in ElementTree.parse(path).getroot() if one.get("type") != "category")


def test_moodle_gets_the_file_behind_each_text_that_shows_it(bank: Path, tmp_path: Path) -> None:
    options = [
        {"text": f"{SHOWN}", "feedback": f"See {SHOWN}.", "key": True},
        {"text": "No", "feedback": "![A line](assets/line.svg) and ![It again](./assets/line.svg)"},
    ]
    put(bank, single(stem=f"Which side is it?\n\n{SHOWN}", hint=SHOWN, because=SHOWN, options=options))
    moodle.write(select.questions(bank=bank), tmp_path / "x.xml")
    one = question(tmp_path / "x.xml")
    first, second = one.findall("answer")
    for holder in (
        one.find("questiontext"),
        one.find("generalfeedback"),
        one.find("hint"),
        first,
        first.find("feedback"),
    ):
        assert holder is not None
        (file,) = holder.findall("file")
        text = holder.findtext("text", "")
        assert f'<img src="@@PLUGINFILE@@/{file.get("name")}" alt="The line between the two"' in text
        assert "assets" not in text
        assert (file.get("encoding"), base64.b64decode(file.text or "")) == ("base64", PNG)
    files = second.findall("feedback/file")
    assert [base64.b64decode(file.text or "") for file in files] == [SVG], "one file, shown twice"
    assert second.findtext("feedback/text", "").count(f"@@PLUGINFILE@@/{files[0].get('name')}") == 2


def test_a_blank_holds_no_file_so_its_feedback_describes_the_picture(bank: Path, tmp_path: Path) -> None:
    blank = {"type": "text", "answers": ["line"], "feedback": f"Here: {SHOWN}"}
    put(
        bank,
        {
            **COMMON,
            "id": "gap",
            "type": "cloze",
            "stem": "Fill it in.",
            "text": f"{SHOWN} It is a [[1]].",
            "blanks": [blank],
        },
    )
    written = moodle.write(select.questions(bank=bank), tmp_path / "x.xml")
    text = question(tmp_path / "x.xml").find("questiontext")
    assert text is not None
    assert len(text.findall("file")) == 1
    assert "Here: [The line between the two]" in text.findtext("text", "")
    assert "gap: pictures in the feedback of blank 1 become their descriptions" in written.losses


def test_paper_and_page_hold_the_picture_itself(bank: Path, tmp_path: Path) -> None:
    put(bank, single(stem=f"Which side is it? {SHOWN}", hint="![A line](assets/line.svg)", because=SHOWN))
    quizzes = select.questions(bank=bank)
    png, svg = (
        f"data:{kind};base64,{base64.b64encode(content).decode()}"
        for kind, content in (("image/png", PNG), ("image/svg+xml", SVG))
    )
    for document in paper.documents(quizzes):
        assert html.fromstring(document).xpath("//img/@src") == [png]
    page = html.fromstring(form.form(quizzes[0]))
    assert page.xpath("//legend//img/@src") == [png]
    key = json.loads(page.xpath("//script[@class='tl-key']")[0].text)["one"]
    assert f'<img src="{svg}" alt="A line"' in key["hints"][0]
    assert "assets/" not in form.form(quizzes[0])


def test_variants_have_their_own_pictures(bank: Path, tmp_path: Path) -> None:
    (bank / "assets/line-2.svg").write_bytes(SVG.replace(b"A line", b"Another"))
    put(bank, single(stem="Which side is it? ![The line](assets/line{n}.svg)", vary={"n": ["", "-2"]}))
    moodle.write(select.questions(bank=bank), tmp_path / "x.xml", variants=2)
    files = {file.text for file in ElementTree.parse(tmp_path / "x.xml").iter("file")}
    assert len(files) == 2
    (bank / "assets/line-2.svg").unlink()
    assert "with n = '-2' has the picture 'assets/line-2.svg', which does not exist" in "\n".join(
        map(str, quiz.validate(quiz.files(bank)))
    )


BAD = [
    ("![A](assets/none.png)", "has the picture 'assets/none.png', which does not exist. Its path starts where the quiz file is."),
    ("![A](assets)", "has the picture 'assets', which is of no known kind."),
    ("![A](assets/notes.txt)", "which is of no known kind. Use one of .gif, .jpeg, .jpg, .png, .svg, .webp."),
    ("![A](assets/large.png)", "has the picture 'assets/large.png' of 5.0 MB; 5 MB are allowed. Make it smaller."),
    ("![A](assets/page.png)", "has the picture 'assets/page.png', which is no image/png file. Save it again, or rename it."),
    ("![A](../beside.png)", "has the picture '../beside.png', which lies outside the folder of the bank. Copy it there."),
    ("![A](/etc/x.png)", "has the picture '/etc/x.png', which lies outside the folder of the bank."),
    ("![A](https://example.org/x.png)", "has the picture 'https://example.org/x.png', which is no file. Save it beside the quiz file."),
    ("![A](//example.org/x.png)", "which is no file."),
    ("![A](data:image/png;base64,AAAA)", "which is no file."),
    ("![](assets/line.svg)", "has the picture 'assets/line.svg' without a description. Write it between the brackets."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "says"), BAD, ids=[text for text, _ in BAD])
@pytest.mark.parametrize("field", ["stem", "because"])
def test_a_picture_that_cannot_be_shown_is_a_sentence_with_file_and_line(
    text: str, says: str, field: str, bank: Path, tmp_path: Path
) -> None:
    put(bank, single(stem="Which came first?"), single(id="two", **{field: f"Which is it now? {text}"}))
    (problem,) = quiz.validate(quiz.files(bank))
    assert str(problem).startswith(f"{bank / '01-own.yml'}:2  question 'two' has the picture")
    assert says in str(problem)
    with pytest.raises(QuizError) as error:
        select.questions(bank=bank)
    assert says in str(error.value)


def test_a_menu_holds_no_picture(bank: Path) -> None:
    pairs = [{"left": f"L{right}", "right": right, "feedback": "F"} for right in ("a", "b", SHOWN)]
    put(bank, {**COMMON, "id": "match", "type": "matching", "stem": "What belongs together?", "pairs": pairs})
    (problem,) = quiz.validate(quiz.files(bank))
    assert "has the picture 'assets/the map.png' in a menu, which holds bare text. Put it into the stem." in str(
        problem
    )


@pytest.mark.parametrize(
    "command", [["validate", "quizzes"], ["export", "moodle", "-o", "x"], ["export", "paper", "-o", "x"]]
)
def test_the_commands_say_it_and_write_nothing(command: list[str], bank: Path, tmp_path: Path) -> None:
    put(bank, single(stem="Which is it? ![A](assets/none.png)"))
    done = run_here(*command, "--bank", bank, cwd=tmp_path)
    assert done.returncode == 2
    assert "01-own.yml:2  question 'one' has the picture 'assets/none.png', which does not exist." in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "x").exists()
