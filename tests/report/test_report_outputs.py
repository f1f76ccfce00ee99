"""``--output``: the format by the end of the name, or by its name."""

from __future__ import annotations

import pytest

from playbook.report.output import OutputError, outputs


@pytest.mark.parametrize(
    ("value", "form", "file"),
    [
        ("findings.sarif", "sarif", "findings.sarif"),
        ("build/findings.sarif.json", "sarif", "build/findings.sarif.json"),
        ("findings.json", "json", "findings.json"),
        ("gl-code-quality-report.json", "gitlab", "gl-code-quality-report.json"),
        ("out/gl-code-quality-report.json", "gitlab", "out/gl-code-quality-report.json"),
        ("Report.XML", "junit", "Report.XML"),
        ("comment.md", "markdown", "comment.md"),
        ("findings.txt", "text", "findings.txt"),
        ("junit=findings.txt", "junit", "findings.txt"),
        ("github-sarif=a.sarif", "github-sarif", "a.sarif"),
        ("sarif=C:\\out\\a=b.json", "sarif", "C:\\out\\a=b.json"),
        ("C:\\out\\findings.xml", "junit", "C:\\out\\findings.xml"),
        ("./a=b.json", "json", "./a=b.json"),
        ("json=no_ending", "json", "no_ending"),
    ],
)
def test_a_file_has_a_format(value: str, form: str, file: str) -> None:
    (output,) = outputs([value])
    assert (output.form.name, output.file) == (form, file)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["findings.csv"], "the end of 'findings.csv' means no format; such ends are .txt (text), .json (json)"),
        (["findings"], "such as 'sarif=findings'"),
        (["sarfi=x.json"], "there is no format 'sarfi'; did you mean 'sarif'?"),
        (["csv=x.csv"], "Formats are text, concise, json,"),
        (["a=b.json"], "For a file of that name, write './a=b.json'"),
        (["sarif="], "'sarif=' names no file"),
        ([""], "'' names no file"),
        (["-"], "said by --format"),
        (["json=-"], "said by --format"),
        (["a.json", "sarif=a.json"], "names 'a.json' twice"),
        (["a.json", "./a.json"], "names './a.json' twice"),
    ],
)
def test_what_is_wrong_is_said(values: list[str], said: str) -> None:
    with pytest.raises(OutputError) as caught:
        outputs(values)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_several_files() -> None:
    found = outputs(["findings.sarif", "junit=a.xml", "comment.md"])
    assert [output.form.name for output in found] == ["sarif", "junit", "markdown"]
    assert outputs([]) == ()
