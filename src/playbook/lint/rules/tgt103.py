"""TGT103: a diagram that is too large for those who draw Mermaid."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.rule import Context, Finding, Option, Rule
from playbook.workspace import CompiledPlaybook, Workspace


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """Playbooks whose diagrams Mermaid refuses to draw: one finding each."""
    if "mermaid" not in context.targets:
        return
    for playbook in workspace.playbooks:
        # What cannot be drawn has findings of its own.
        if playbook.process.flows:
            yield from _of(playbook, workspace, context)


def _of(playbook: CompiledPlaybook, workspace: Workspace, context: Context) -> Iterator[Finding]:
    from playbook.formats.registry import FORMATS
    from playbook.shapes.diagram import Diagram
    from playbook.views.registry import VIEWS
    from playbook.views.subject import Subject

    characters, edges = context.number(RULE, "characters"), context.number(RULE, "edges")
    for name in ("overview", "journey", "swimlanes"):
        diagram = VIEWS[name].build("diagram", Subject(playbook, workspace))
        assert isinstance(diagram, Diagram)
        length, arrows = len(FORMATS["mermaid"].write(diagram).decode()), len(diagram.edges)
        if length > characters or arrows > edges:
            yield Finding(
                f"the {name} of {playbook.title} has {arrows:,} arrows and {length:,} characters as Mermaid, "
                f"which draws at most {edges:,.0f} arrows and {characters:,.0f} characters",
                ("playbook",),
                expected="the picture of one stage (--stage), another format, or a playbook in parts (run:)",
                document=playbook.document,
            )
            return


RULE = Rule(
    code="TGT103",
    name="mermaid-too-large",
    severity=Severity.WARNING,
    profile="basic",
    what="A diagram has more arrows or text than Mermaid draws, and `playbook.toml` declares Mermaid as a target.",
    why="GitHub and wikis then show an error in the place of the picture.",
    bad="""\
# playbook.toml
[targets.mermaid]

[options.TGT103]
edges = 2
""",
    good="""\
# playbook.toml
[targets.mermaid]
""",
    options=(
        Option("characters", 50_000, "The longest text of a diagram (Mermaid's maxTextSize)."),
        Option("edges", 500, "The most arrows of a diagram (Mermaid's maxEdges)."),
    ),
    graph=True,
    workspace=check,
)
