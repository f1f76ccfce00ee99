"""The example of Sourcegraph's implementation against the pages that it restates."""

from __future__ import annotations

import re

import pytest
from shipped_content import REPOSITORY, compiled, findings, playbook_of, source_text

from playbook.language.organization import Role, Team
from playbook.language.playbook import Handoff, Playbook
from playbook.language.raci import names
from playbook.language.stage import Stage
from playbook.language.step import Step
from playbook.language.tracking import TrackedField

FOLDER = "examples/sourcegraph_implementation"
CASE = "pb-sourcegraph-implementation"
OWNERS = {"Cloud": "cloud", "CE": "ce", "TAM": "ta", "IE": "ie", "TPM": "tpm"}


def page(name: str) -> str:
    """One page of the source."""
    return source_text("cases", CASE, f"{name}.md")


def section(text: str, heading: str) -> str:
    """What stands below a heading, up to the next one."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no heading {heading!r}"
    return found[1]


def bullets(text: str) -> list[tuple[int, str]]:
    """Depth and words of the points of a list."""
    return [(len(dash) // 2, words) for dash, words in re.findall(r"^( *)- (.+)$", text, re.MULTILINE)]


def top(text: str) -> list[str]:
    """The points of a list that stand below no other."""
    return [words for depth, words in bullets(text) if depth == 0]


def expected(number: int) -> str:
    """What `expected.md` says of a stage."""
    line = re.search(r"^Stages .*?: (1 .*)$", page("expected"), re.MULTILINE)
    assert line
    return line[1].split(" | ")[number - 1].removeprefix(f"{number} ").rstrip(".")


def model_of(id_: str) -> Playbook:
    """One playbook of the example."""
    return playbook_of(FOLDER, id_).model


def stage(number: int) -> Stage:
    """A stage of the implementation, counted from 1."""
    return model_of("implementation").stages[number - 1]


def step(id_: str, playbook: str = "implementation") -> Step:
    """A step of a playbook of the example."""
    return playbook_of(FOLDER, playbook).steps[id_]


def doers(item: Step, by_default: Stage | None = None) -> tuple[str, ...]:
    """Who is responsible for a step: by its own letters, or by those of its stage."""
    for raci in (item.raci, by_default.raci if by_default else None):
        if raci is not None and raci.R:
            return names(raci.R)
    return ()


# -- the whole -----------------------------------------------------------------------------------


def test_the_source_and_its_licence_are_named() -> None:
    text = (REPOSITORY / FOLDER / "README.md").read_text(encoding="utf-8")
    assert "**Source.**" in text
    assert "Apache License 2.0" in text
    revision = re.search(r"@(\w{8})", page("PROVENANCE"))
    assert revision
    assert revision[1] in text
    assert "Apache License" in source_text("cases", CASE, "LICENSE")


def test_all_of_it_can_be_read_and_resolved() -> None:
    assert compiled(FOLDER).workspace.complete
    codes = {item.code for item in findings(FOLDER)}
    assert codes >= {"CRT001", "HND002", "RCI001", "RCI003", "RCI004"}
    assert not [code for code in codes if code.startswith(("SCH", "REF", "SEG"))]


def test_nine_stages_in_order() -> None:
    titles = [re.sub(r" \([^)]*\)", "", expected(number)).replace("->", "to") for number in range(1, 10)]
    assert [each.label for each in model_of("implementation").stages] == titles


def test_nobody_is_made_accountable_but_the_team_that_the_source_names() -> None:
    assert re.search(
        r"Implementation team will be accountable for a smooth transition", page("implementation-ta-handoff")
    )
    for playbook in compiled(FOLDER).workspace.playbooks:
        for task in playbook.process.tasks.values():
            assert task.owners.accountable is None, task.id
    raci = model_of("implementation").handoffs["account_to_ta"].raci
    assert raci is not None
    assert names(raci.A) == ("implementation",)


def test_only_the_sources_times() -> None:
    model = model_of("implementation")
    timed = {each.id: str(each.due) for each in playbook_of(FOLDER, "implementation").steps.values() if each.due}
    weeks = re.search(r"Approximately (\d) weeks", page("implementation-cross-team-collaboration"))
    assert weeks
    overlap = f"~{weeks[1]}w before completion"
    assert timed == {
        "hold_internal_meeting": "0d before deal_closed",
        "collect_requirements": "0d before contract_signed",
        "plan_project": "0d before kickoff",
        "pull_in_ta": overlap,
    }
    starts = {each.id: str(each.starts) for each in model.stages if each.starts}
    assert starts == {"handoff_to_ta": overlap}
    assert [(over.stage, str(over.starts)) for over in stage(8).overlaps] == [("production", overlap)]
    assert model.anchors["completion"].moves
    assert all(other.due is None for other in model.stages)
    for playbook in compiled(FOLDER).workspace.playbooks:
        for each in playbook.steps.values():
            assert (each.takes, each.sla, each.approval) == (None, None, None), each.id
            assert each.due is None or each.id in timed, each.id


# -- stages --------------------------------------------------------------------------------------


def test_1_request_has_the_sources_fields() -> None:
    asked = section(page("implementation-cross-team-collaboration"), "Initiating an Implementation Request")
    fields = [words.rstrip(":").removesuffix(" (if needed)") for words in top(asked)]
    assert len(fields) == 7
    assert str(len(fields)) + " request fields" in expected(1)
    tracked = compiled(FOLDER).workspace.symbols["field"]
    ours = [getattr(tracked[name].value, "title", "") for name in step("submit_request").captures]
    assert [title.casefold() for title in ours] == [field.casefold() for field in fields]
    assert doers(step("submit_request"), stage(1)) == ("ce",)


def test_2_triage_has_the_sources_criteria_and_two_ways_out() -> None:
    asked = section(page("implementation-cross-team-collaboration"), "Initiating an Implementation Request")
    criteria = re.findall(r"^\d\. ", asked, re.MULTILINE)
    assert f"{len(criteria)} criteria" in expected(2)
    assert len(step("review_request").checklist) == len(criteria)
    assert doers(step("review_request"), stage(2)) == ("implementation",)
    assert doers(step("review_with_leadership"), stage(2)) == ("sales_leader", "ts_leader")
    assert [(branch.to, branch.when, branch.otherwise) for branch in stage(2).next] == [
        ("handoff_to_implementation", "account.selected_for_implementation", False),
        ("not_selected", None, True),
    ]
    trial = section(page("ie-process"), "Production Ready Trial Deployments")
    assert len(step("review_trial").checklist) == len(top(trial)) == 3


def test_2_backlog_is_ranked_as_in_the_source() -> None:
    ranked = section(page("ie-process"), "Implementation Engineering Prioritization")
    kinds = re.findall(r"^\d\. (\w+)", ranked, re.MULTILINE)
    rules = model_of("implementation").decisions["backlog_priority"].rules
    assert [rule.gives for rule in rules] == [*range(1, len(kinds) + 1)]
    stems = ["prod", "multi", "precise", "trial", "self", "cloud"]
    assert [kind.casefold() for kind in kinds] == [*stems[:-1], "self"]
    assert "to cloud instance" in ranked.splitlines()[-2] + ranked.splitlines()[-1]
    for rule, stem in zip(rules, stems, strict=True):
        assert f'"{stem}' in str(rule.when)


def test_3_handoff_to_implementation() -> None:
    assert [each.id for each in stage(3).steps] == [
        "document_design",
        "complete_questionnaire",
        "hold_internal_meeting",
        "hold_kickoff",
    ]
    assert {doers(each, stage(3)) for each in stage(3).steps} == {("ce",)}
    handoff = model_of("implementation").handoffs["account_to_implementation"]
    assert (handoff.giver, handoff.receiver, handoff.at) == ("ce", "implementation", "handoff_to_implementation")
    assert handoff.payload == ("technical_design", "discovery_questionnaire")
    assert step("hold_kickoff").after == ("hold_internal_meeting", "deal.closed_won")
    (together,) = step("hold_kickoff").checklist
    assert together.need == "recommended"


def test_4_requirements_begin_before_the_signature() -> None:
    wanted = top(
        section(page("implementation-cross-team-collaboration"), "Requirements Collection and Project Planning")
    )
    assert f"{len(wanted)} items" in expected(4)
    assert len(step("collect_requirements").checklist) == len(wanted)
    assert "starts BEFORE signature" in expected(4)
    assert [over.stage for over in stage(4).overlaps] == [stage(3).id]


def test_4_project_managers_tasks() -> None:
    text = page("ie-process")
    listed = re.search(r"\[Implementation Project Managers\].*?\n\n(.*?)\n\n", text, re.DOTALL)
    assert listed
    ours = [each.id for each in stage(4).steps if doers(each, stage(4)) == ("tpm",)]
    routines = model_of("implementation").routines
    ours += [id_ for id_, routine in routines.items() if routine.raci and names(routine.raci.R) == ("tpm",)]
    assert len(ours) == len(top(listed[1])) == 8


def test_5_internal_prerequisites_and_who_does_them() -> None:
    listed = top(section(page("implementation-prerequisites"), "Internal Prerequisites List"))
    actors = [re.match(r"(TPM|CE|IE)(?: and (TPM|CE|IE))? ", words) for words in listed]
    people = [tuple(name.casefold() for name in actor.groups() if name) for actor in actors if actor]
    assert len(people) == len(listed) == 6
    (only,) = model_of("internal_prerequisites").stages
    assert [doers(each, only) for each in only.steps] == people
    told = re.search(r"\(6: ([^)]+)\)", expected(5))
    assert told
    assert [tuple(each.casefold().split("+")) for each in told[1].split(", ")] == people
    assert step("prepare_internally").run is not None


def test_5_replica_only_in_certain_cases() -> None:
    assert "In certain cases with unique considerations" in page("ie-process")
    replica = step("build_replica", "internal_prerequisites")
    assert (replica.when, replica.need) == ("account.unique_considerations", "optional")
    assert step("validate_resources").when == replica.when


def test_5_customer_prerequisites_with_what_is_below_them() -> None:
    listed = section(page("implementation-prerequisites"), "Customer Prerequisites List")
    below: list[int] = []
    for depth, _ in bullets(listed):
        if depth:
            below[-1] += 1
        else:
            below.append(0)
    first, considerations = model_of("customer_prerequisites").stages
    assert [len(each.checklist) for each in first.steps] == below
    assert f"({len(below)} top level, nested {sum(below)})" in expected(5)
    assert {each.party for each in first.steps} == {"customer"}
    further = top(section(page("implementation-prerequisites"), "Additional Considerations"))
    assert len(considerations.steps) == len(further) == 3
    floor = re.search(r"roughly (\d+)Gi \+ (\d)x", page("implementation-prerequisites"))
    claims = re.search(r"minimum of (\d+) PVCs", page("implementation-prerequisites"))
    assert floor
    assert claims
    risks = model_of("customer_prerequisites").risks
    assert f"{floor[1]} + {floor[2]} *" in str(risks["too_little_storage"].when)
    assert str(risks["too_few_volumes"].when).endswith(f"< {claims[1]}")
    version = re.search(r"at least v([\d.]+)", listed)
    assert version
    assert version[1] in str(step("provision_cluster", "customer_prerequisites").description)


def test_6_and_7_implementation_engineers_tasks() -> None:
    text = page("ie-process")
    listed = re.search(r"\[Implementation Engineers\].*?\n\n(.*?)\n\n", text, re.DOTALL)
    assert listed
    steps = [*stage(6).steps, *stage(7).steps]
    assert len(steps) == len(top(listed[1])) == 5
    assert f"IE {len(stage(6).steps)}" in expected(6)
    assert {doers(each, at) for at in (stage(6), stage(7)) for each in at.steps} == {("ie",)}
    where = step("deploy_nonproduction").for_each
    assert where is not None
    assert (where.of, where.at_least) == ("environments", 1)


def _payload(handoff: Handoff, prefix: str) -> list[str]:
    return [name for name in handoff.payload if name.startswith(prefix)]


def test_8_handoff_to_the_technical_advisor() -> None:
    inputs = page("implementation-ta-handoff").split("# Supporting")[0]
    blocks = [top(block) for block in re.split(r"(?<=\n)\n(?=\w)", inputs) if top(block)]
    deployment, code_hosts = (block for block in blocks if block)
    assert f"{len(deployment)} deployment + {len(code_hosts)} code-host fields" in expected(8)
    handoff = model_of("implementation").handoffs["account_to_ta"]
    assert (handoff.giver, handoff.receiver) == ("ie", "ta")
    assert len(_payload(handoff, "deployment.")) == len(deployment) == 10
    assert len(_payload(handoff, "code_hosts.")) == len(code_hosts) == 4
    assert step("record_deployment").captures == tuple(_payload(handoff, "deployment."))
    assert step("record_code_hosts").captures == tuple(_payload(handoff, "code_hosts."))
    support = section(page("implementation-ta-handoff"), "Supporting Documentation for Ongoing Support")
    kept = re.findall(r"^- (Issues Log|Risk Log|Expansion Opportunities)", support, re.MULTILINE)
    artifacts = model_of("implementation").artifacts
    handed = [artifacts[name].title for name in handoff.payload if "." not in name]
    assert handed == ["Log of notes", *kept, "Internal document on the implementation"]
    assert len(step("keep_notes").checklist) == len(top(support)) - len(kept) == 3


RESTATED = {
    "deployment.design_link": "Link to any [Technical Design Documents]",
    "deployment.started_on": "Start date of implementation of production infrastructure",
    "deployment.completed_on": "Completion date of implementation of production infrastructure",
    "deployment.instance_url": "Sourcegraph instance URL",
}


def test_8_fields_in_order_with_their_units() -> None:
    listed = top(page("implementation-ta-handoff").split("# Supporting")[0])
    fields = compiled(FOLDER).workspace.symbols["field"]
    names_ = [name for name in model_of("implementation").handoffs["account_to_ta"].payload if "." in name]
    for name, words in zip(names_, listed, strict=True):
        tracked = fields[name].value
        assert isinstance(tracked, TrackedField)
        assert tracked.system == "vitally"
        if name in RESTATED:
            assert words.startswith(RESTATED[name])
            assert (tracked.type == "date") == ("date of" in words)
        else:
            title = f"{tracked.title} ({tracked.unit})" if tracked.unit else tracked.title
            assert title == words.split(" (ex:")[0]


def test_8_internal_document() -> None:
    listed = section(page("ie-process"), "Implementation Documentation")
    assert len(step("write_document").checklist) == len(top(listed)) == 4


def test_9_exit_criteria_one_with_an_alternative() -> None:
    criteria = top(section(page("ie-process"), "Exit Criteria for the Implementation to be Considered Complete"))
    ours = stage(9).exit
    assert f"{len(criteria)} exit criteria" in expected(9)
    assert len(ours) == len(criteria) == 9
    for theirs, criterion in zip(criteria, ours, strict=True):
        assert (" or " in criterion.check) == ("(or a plan" in theirs), theirs
    (alternative,) = [criterion.check for criterion in ours if " or " in criterion.check]
    assert alternative == "implementation.right_sized or implementation.right_sizing_planned"


def titles_of(owner: str) -> list[str]:
    """All the names of a role or a team."""
    symbols = compiled(FOLDER).workspace.symbols
    known = (symbols["role"].get(owner) or symbols["team"][owner]).value
    assert isinstance(known, Role | Team)
    return [str(known.title), *(known.also if isinstance(known, Role) else ())]


def test_stakeholders() -> None:
    text = page("ie-process")
    internal = top(section(text, "Internal Stakeholders"))
    external = top(section(text, "External Stakeholders"))
    raci = model_of("implementation").routines["report_progress"].raci
    assert raci is not None
    told = names(raci.I)
    assert len(told) == len(internal) + len(external) == 12
    titles = {title.casefold() for id_ in told for title in titles_of(id_)}
    for words in [*internal, *external]:
        name = re.split(r" - | \(", words)[0].replace("/ ", " or ")
        assert name.casefold() in titles, name


def test_one_role_for_ta_and_tam() -> None:
    assert {"TA", "TAM", "Technical Account Manager"} <= set(titles_of("ta"))
    strategies = page("impl-strategies")
    assert re.search(r"^TAM$", strategies, re.MULTILINE)
    assert "transition the customer to the TA " in strategies


# -- strategies ----------------------------------------------------------------------------------


def strategies() -> dict[str, set[str]]:
    """The source's table: each strategy with its owners."""
    rows = re.findall(r"<td><em>(.+?)</em>.*?</td>.*?</td>\s*<td>(.*?)</td>", page("impl-strategies"), re.DOTALL)
    return {
        name: {OWNERS[owner] for owner in re.findall(r"\b(?:Cloud|CE|TAM|IE|TPM)\b", cell)} for name, cell in rows
    }


def members(owner: str) -> set[str]:
    """The roles of the Implementation Team stand for it; everything else for itself."""
    return {"ie", "tpm"} if owner == "implementation" else {owner}


def owners_of_variant(id_: str | None) -> set[str]:
    """Who is responsible for a step of a variant, among the kinds of owners of the source's table."""
    model = model_of("implementation")
    variant = model.variants[id_] if id_ else None
    gone = set(variant.remove) if variant else set()
    pairs = [(each, at) for at in model.stages if at.id not in gone for each in at.steps if each.id not in gone]
    for addition in variant.add if variant else ():
        if addition.step:
            pairs.append((addition.step, Stage(id="added")))
        if addition.stage:
            pairs += [(each, addition.stage) for each in addition.stage.steps]
    found = {member for each, at in pairs for owner in doers(each, at) for member in members(owner)}
    return found & set(OWNERS.values())


def test_five_strategies_with_their_owners() -> None:
    theirs = strategies()
    assert len(theirs) == 5
    assert sorted(len(owners) for owners in theirs.values()) == [1, 2, 3, 3, 4]
    model = model_of("implementation")
    assert [segment.title for segment in model.segments.values()] == list(theirs)
    for id_, segment in model.segments.items():
        variant = None if id_ == "jointly_deployed" else id_
        assert owners_of_variant(variant) == theirs[str(segment.title)], id_
    assert {tuple(variant.segments) for variant in model.variants.values()} == {
        (id_,) for id_ in model.segments if id_ != "jointly_deployed"
    }


def test_strategies_are_the_values_of_the_field() -> None:
    values = getattr(compiled(FOLDER).workspace.symbols["field"]["account.deployment_strategy"].value, "values", ())
    assert list(values) == list(model_of("implementation").segments)
    given = {rule.gives for rule in model_of("deployment_strategy").decisions["strategy"].rules}
    assert given == set(values)


@pytest.mark.parametrize("id_", ["cloud", "ce_owned", "self_hosted_into_cloud"])
def test_a_variant_without_implementation_leaves_it_out(id_: str) -> None:
    model = model_of("implementation")
    left = [each.id for each in model.stages if each.id not in model.variants[id_].remove]
    assert left == ["evaluation"]
    assert set(model.variants[id_].remove) >= {*model.handoffs, *model.routines, *model.decisions, "not_selected"}


# -- the decision tree ---------------------------------------------------------------------------


QUESTIONS = [
    "qualify_for_cloud",
    "ask_about_waiting",
    "ask_hosted_code",
    "ask_code_hosts",
    "ask_options",
    "ask_size",
    "ask_cluster",
    "ask_machine_image",
    "qualify_for_joint",
    "ask_own_image",
]


def test_ten_questions_with_their_parts() -> None:
    text = section(page("impl-strategies"), "Description of Decision Tree Questions")
    parts = re.split(r"^\*\*.+\?\*\*", text, flags=re.MULTILINE)[1:]
    below = [len(re.findall(r"^- <em>(?!NOTE)", part, re.MULTILINE)) for part in parts]
    assert below == [4, 0, 0, 0, 0, 0, 0, 3, 3, 0]
    tree = playbook_of(FOLDER, "deployment_strategy")
    asked = [id_ for id_, each in tree.steps.items() if each.need != "forbidden"]
    assert sorted(asked) == sorted(QUESTIONS)
    assert [len(tree.steps[id_].checklist) for id_ in QUESTIONS] == below
    counted = re.search(r"Decision tree: (\d+) questions", page("expected"))
    assert counted
    assert len(asked) == int(counted[1])
    for id_, parts_below in zip(QUESTIONS, below, strict=True):
        assert not parts_below or len(tree.steps[id_].captures) == parts_below


def test_the_trees_figures() -> None:
    text = page("impl-strategies")
    size = re.search(r"more than (\d+)GB of hosted code", text)
    users = re.search(r"more than (\d+)k users or (\d+)k repos", text)
    assert size
    assert users
    decisions = model_of("deployment_strategy").decisions
    assert f"account.hosted_code_gb > {size[1]}" in [rule.when for rule in decisions["pricing"].rules]
    limits = f"account.users > {users[1]}_000 or account.repositories > {users[2]}_000"
    assert limits in [rule.when for rule in decisions["method"].rules]


def test_the_trees_ways() -> None:
    tree = model_of("deployment_strategy")
    ways = {(each.id, branch.to) for each in tree.stages for branch in each.next}
    assert ways == {
        ("cloud", "cloud_pricing"),
        ("cloud", "single_node"),
        ("cloud_pricing", "managed_cloud"),
        ("single_node", "machine_image"),
        ("single_node", "shell_script"),
        ("single_node", "kubernetes"),
        ("kubernetes", "kubernetes_joint"),
        ("kubernetes", "kubernetes_by_ce"),
    }
    assert "should not be advised to pursue a Docker Compose" in page("impl-strategies")
    assert step("advise_docker_compose", "deployment_strategy").need == "forbidden"


# -- from self-hosted to Cloud -------------------------------------------------------------------


def test_cloud_migration() -> None:
    text = page("Cloud-Migration-for-Onprem-Customers")
    owners = re.findall(r"^\d\. \((.+?) owned\)", text, re.MULTILINE)
    migration, switch = model_of("cloud_migration").stages
    ours = ["/".join(doers(each, migration)).upper() for each in migration.steps]
    assert ours == owners
    qualify = re.search(r"To qualify, they must:\n\n(.*?)\n\n", text, re.DOTALL)
    assert qualify
    engage = step("engage_implementation", "cloud_migration")
    assert len(engage.checklist) == len(re.findall(r"^   - ", qualify[1], re.MULTILINE)) == 6
    assert engage.when == "migration.data_required"
    listed = top(section(text, "Different strategies for cloud migration"))
    (choice,) = switch.choose or ()
    assert len(choice.one_of) == len(listed) == 3
    # Which of them it is depends on what step 2 asks, though the switch overlaps the steps.
    assert re.search(r"^2\. .+Ask the customer if data migration is required", text, re.MULTILINE)
    assert [each.after for each in switch.steps] == [("ask_for_migration",)] * 3
