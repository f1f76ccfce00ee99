"""One set of results with everything that a report can be asked to write, and hostile ones."""

from __future__ import annotations

from playbook.diagnostics import Diagnostic, Edit, Fix, Place, Related, Severity
from playbook.results import Results, RuleSummary, Suppressed
from playbook.text.spans import SourceText

ONBOARDING = """\
playbook: enterprise
stages:
  - id: set_up
    label: "🚀 Set up | go"
    exit: {all: [🙂 ready, activaton.reached]}
    steps:
      - {id: kickoff, do: Kickoff call, raci: {A: [ae, csm], R: ae}}
      - id: train
        do: The training
        due: 5 days
"""
TRACKING = """\
tracking: main
api_key: hunter2-secret
fields:
  account.use_case: {type: text, owner: hunter2-secret}
"""
SPACED = "organization: acme\r\nroles:\r\n  ae: {titel: Account Executive}\r\n"
TEXTS = {
    "playbooks/onboarding.yaml": ONBOARDING,
    "tracking.yaml": TRACKING,
    "teams/sales & co/org #1.yaml": SPACED,
}
SOURCES = {name: SourceText(name, text) for name, text in TEXTS.items()}

RULES = {
    rule.code: rule
    for rule in (
        RuleSummary(
            "NAM001", "no-verb", Severity.INFO, "A label does not say what is done.", "A list of verbs is a plan."
        ),
        RuleSummary(
            "RCI002", "several-accountable", Severity.ERROR, "A step has several Accountables.", "Each waits."
        ),
        RuleSummary(
            "REF002", "unknown-name", Severity.ERROR, "A name is declared nowhere.", "It is a slip, mostly."
        ),
        RuleSummary(
            "SCH002", "unknown-key", Severity.ERROR, "A key is not part of the language.", "It does nothing."
        ),
        RuleSummary(
            "SCH007", "unclear-unit", Severity.WARNING, "A duration has no {unit}.", "5m has two readings."
        ),
        RuleSummary("SEC001", "secret", Severity.ERROR, "A value looks like a secret.", "Files are copied."),
    )
}


def place(file: str, words: str, nth: int = 0) -> Place:
    """Where some words stand in a file."""
    at = -1
    for _ in range(nth + 1):
        at = TEXTS[file].index(words, at + 1)
    return Place(file, SOURCES[file].span(at, at + len(words)))


def edit(file: str, words: str, text: str) -> Edit:
    """Other words in the place of some."""
    span = place(file, words).span
    return Edit(file, span.start.offset, span.end.offset, text)


_BOOK, _TRACKING, _ORG = TEXTS

UNKNOWN = Diagnostic(
    "REF002",
    Severity.ERROR,
    'unknown field, event or state "activaton.reached"',
    place(_BOOK, "activaton.reached"),
    expected="one of account.use_case, activation.reached",
    suggestion="activation.reached",
    fixes=(
        Fix("write activation.reached", (edit(_BOOK, "activaton.reached", "activation.reached"),), safe=True),
        Fix("take it out", (edit(_BOOK, ", activaton.reached", ""),), safe=False),
    ),
)
SEVERAL = Diagnostic(
    "RCI002",
    Severity.ERROR,
    '2 are accountable for the step "Kickoff call" (kickoff): ae and csm (in variant "emea")',
    place(_BOOK, "[ae, csm]"),
    related=(Related("ae is declared here", place(_ORG, "ae")),),
    expected="exactly one role under A",
    suggestion="A: ae, and csm under R or C",
    variants=("emea",),
    fixes=(Fix("keep ae, consult csm", (edit(_BOOK, "[ae, csm]", "ae, C: csm"),), safe=False),),
)
UNIT = Diagnostic(
    "SCH007", Severity.WARNING, "'days' in '5 days' is not a unit", place(_BOOK, "5 days"), suggestion="5d"
)
NO_VERB = Diagnostic("NAM001", Severity.INFO, 'the label "The training" has no verb', place(_BOOK, "The training"))
KEY = Diagnostic(
    "SCH002",
    Severity.ERROR,
    "unknown key 'titel' in a role",
    place(_ORG, "titel"),
    expected="one of title, team",
    suggestion="title",
    fixes=(Fix("write title", (edit(_ORG, "titel", "title"),), safe=True),),
)
WHOLE = Diagnostic("SCH003", Severity.ERROR, "the file is empty", Place("empty.yaml"), expected="a first key")
SECRET = Diagnostic(
    "SEC001",
    Severity.ERROR,
    "the value of 'api_key' looks like a secret",
    place(_TRACKING, "hunter2-secret"),
    related=(Related("the same value stands here", place(_TRACKING, "hunter2-secret", 1)),),
    sensitive=True,
    fixes=(Fix("move hunter2-secret away", (edit(_TRACKING, "hunter2-secret", "${hunter2-secret}"),), safe=True),),
)
SAME_LINE = Diagnostic("SCH002", Severity.WARNING, "unknown key 'api_key'", place(_TRACKING, "api_key"))
BLOCK = Diagnostic(
    "NAM001", Severity.INFO, "the step train says little", place(_BOOK, "id: train\n        do: The training")
)

SAMPLE = Results(
    findings=tuple(
        sorted(
            (UNKNOWN, SEVERAL, UNIT, NO_VERB, KEY, WHOLE, SECRET, SAME_LINE, BLOCK), key=lambda item: item.sort_key
        )
    ),
    documents=4,
    held_to="profile team",
    passed_over=("ci.yaml", "docker-compose.yaml"),
    suppressed=(
        Suppressed(
            Diagnostic(
                "NAM001", Severity.INFO, 'the label "Kickoff call" has no verb', place(_BOOK, "Kickoff call")
            ),
            "comment",
            "a term of the house",
            "2027-03-31",
            place(_BOOK, "- {id: kickoff"),
        ),
        Suppressed(Diagnostic("SCH007", Severity.WARNING, "'5 days' is old", place(_BOOK, "5 days")), "baseline"),
        Suppressed(
            Diagnostic("RCI002", Severity.ERROR, "too many answer", place(_BOOK, "csm")),
            "waiver",
            "the merger | see #12, @anna",
            "2027-06-30",
            place(_TRACKING, "fields"),
        ),
    ),
    mended=1,
    sources=SOURCES,
    rules=RULES,
    files=("calm.yaml", "empty.yaml", *TEXTS),
)
CLEAN = Results((), 3, "profile basic", rules=RULES, files=("a.yaml", "b.yml"))


def hostile(text: str) -> Results:
    """Results in which every text is ``text``, the name of a file too."""
    file = text or "x.yaml"
    source = SourceText(file, f"a: {text}\nb: {text}\n")
    where = Place(file, source.span(3, 3 + len(text)))
    fix = Fix(text or "x", (Edit(file, 3, 3 + len(text), text),), safe=True)
    findings = tuple(
        Diagnostic(
            "SCH002",
            severity,
            text or "x",
            where,
            (Related(text, where),),
            text,
            text,
            variants=(text,),
            fixes=(fix,),
        )
        for severity in Severity
    )
    return Results(
        findings,
        1,
        text,
        (file,),
        (Suppressed(findings[0], "comment", text, text, where), Suppressed(findings[1], "configuration")),
        1,
        {file: source},
        {"SCH002": RuleSummary("SCH002", text, Severity.ERROR, text, text)},
        files=(file, f"{text}2"),
        left_out=findings[:1],
    )


def many(count: int) -> Results:
    """So many findings of three severities, in a file for each hundred."""
    findings = []
    sources = {}
    for number in range(count):
        file = f"playbooks/{number // 100:06}.yaml"
        if file not in sources:
            sources[file] = SourceText(
                file, "".join(f"key_{line}: [some, value of {line}]\n" for line in range(100))
            )
        line = number % 100
        start = sources[file].text.index(f"key_{line}:")
        severity = list(Severity)[number % 3]
        fix = Fix("write keys", (Edit(file, start, start + 3, "keys"),), safe=number % 2 == 0)
        findings.append(
            Diagnostic(
                "RCI002",
                severity,
                f'2 are accountable for the step "Step {number}" (step_{number}): ae and csm',
                Place(file, sources[file].span(start, start + 4)),
                expected="exactly one role under A",
                suggestion="A: ae, and csm under R or C",
                fixes=(fix,) if number % 5 == 0 else (),
            )
        )
    return Results(tuple(findings), count, "profile team", sources=sources, rules=RULES, files=tuple(sources))
