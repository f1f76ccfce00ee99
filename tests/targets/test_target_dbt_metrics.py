from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from dbt_semantic_interfaces.parsing.dir_to_model import parse_yaml_files_to_validation_ready_semantic_manifest
from dbt_semantic_interfaces.parsing.objects import YamlConfigFile
from dbt_semantic_interfaces.validations.semantic_manifest_validator import SemanticManifestValidator
from jsonschema import Draft7Validator
from tests.targets.standard_plans import check_golden, settings
from tests.targets.tracked_workspaces import contract, workspaces, written

from playbook.targets.instrumentation.dbt_metrics import workspace_losses
from playbook.targets.instrumentation.kpis import METRIC_KINDS, libraries

SPINE = {
    "project_configuration": {
        "time_spines": [
            {
                "node_relation": {"alias": "time_spine", "schema_name": "analytics"},
                "primary_column": {"name": "day", "time_granularity": "day"},
            }
        ]
    }
}


def manifest_documents(files: dict[str, bytes]) -> list[Any]:
    """The files of a dbt project as dbt gives them to MetricFlow: each thing a document, references resolved."""
    documents: list[Any] = []
    for data in files.values():
        content = yaml.safe_load(data)
        for model in content.get("semantic_models", ()):
            table = model.pop("model").removeprefix("ref('").removesuffix("')")
            assert table in {each["name"] for each in content["models"]}
            documents.append(
                {"semantic_model": model | {"node_relation": {"alias": table, "schema_name": "analytics"}}}
            )
        documents += [{"metric": metric} for metric in content.get("metrics", ())]
    return documents


def issues(documents: list[Any]) -> list[str]:
    text = yaml.safe_dump_all([SPINE, *documents])
    parsed = parse_yaml_files_to_validation_ready_semantic_manifest(
        [YamlConfigFile(filepath="kpis.yml", contents=text)], apply_transformations=True
    )
    if parsed.issues.has_blocking_issues:
        return [issue.as_readable_str() for issue in parsed.issues.errors]
    found: Any = SemanticManifestValidator[Any]().validate_semantic_manifest(parsed.semantic_manifest)
    return [issue.as_readable_str() for issue in (*found.errors, *found.warnings, *found.future_errors)]


def test_every_library_is_valid() -> None:
    count = 0
    for name, workspace in workspaces().items():
        documents = manifest_documents(written("dbt-metrics", workspace))
        if documents:
            assert issues(documents) == [], name
            count += 1
        kinds = {kpi.kind for library in libraries(workspace) for kpi in library.kpis.values()}
        assert bool(documents) == bool(kinds & set(METRIC_KINDS))
    assert count == 3


def test_the_validator_finds_what_is_broken() -> None:
    documents = manifest_documents(written("dbt-metrics", workspaces()["hard"]))
    metric = next(each["metric"] for each in documents if each.get("metric", {}).get("type") == "simple")
    metric["type_params"]["measure"] = "unknown"
    assert issues(documents)


def test_the_documents_are_as_the_schema_of_the_interfaces_says() -> None:
    path = contract("dbt", "dbt_semantic_interfaces.default_explicit_schema.json")
    if not path.is_file():
        pytest.skip("needs the schema of dbt-semantic-interfaces in ../shared/contracts")
    # Its nested ids are no addresses.
    schema = without_ids(json.loads(path.read_text(encoding="utf-8")))
    validator = Draft7Validator(schema)
    for name, workspace in workspaces().items():
        for document in manifest_documents(written("dbt-metrics", workspace)):
            assert [error.message for error in validator.iter_errors(document)] == [], name


def without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_ids(each) for key, each in value.items() if key != "$id" or not isinstance(each, str)}
    return [without_ids(each) for each in value] if isinstance(value, list) else value


def test_each_kpi_is_a_metric_or_told() -> None:
    for workspace in workspaces().values():
        told = {
            id_: loss
            for loss in workspace_losses(workspace, settings("dbt-metrics"))
            for id_ in loss.where
            if not loss.part
        }
        filters = {
            metric["metric"].get("filter", "").rpartition("= ")[2].strip("'")
            for metric in manifest_documents(written("dbt-metrics", workspace))
            if "metric" in metric
        }
        for library in libraries(workspace):
            for id_, kpi in library.kpis.items():
                assert (id_ in filters) == (kpi.kind in METRIC_KINDS)
                assert (id_ in told) != (id_ in filters)


def test_a_workspace_without_kpis_is_refused() -> None:
    for workspace in workspaces().values():
        refused = [loss for loss in workspace_losses(workspace, settings("dbt-metrics")) if loss.refused]
        assert bool(refused) == (not written("dbt-metrics", workspace))


def test_statistics_become_aggregations() -> None:
    documents = manifest_documents(written("dbt-metrics", workspaces()["hard"]))
    metrics = {each["metric"]["name"]: each["metric"] for each in documents if "metric" in each}
    measures = {each["name"]: each for each in documents[0]["semantic_model"]["measures"]}
    used = {
        name: measures[metric["type_params"]["measure"]]
        for name, metric in metrics.items()
        if metric["type"] == "simple"
    }
    assert used["time_to_value"]["agg_params"]["percentile"] == 0.75
    assert used["time_to_live_p90"]["agg_params"]["percentile"] == 0.9
    assert used["time_to_live"]["agg"] == "average"
    assert used["seats"]["agg"] == "sum"
    assert used["calls"]["agg"] == "count_distinct"
    assert metrics["kpi_month"]["type"] == "ratio"
    assert [each["name"] for each in documents[0]["semantic_model"]["dimensions"]] == [
        "cohort_day",
        "kpi",
        "segment_name",
    ]


def test_nothing_is_a_template_of_jinja_but_the_filters() -> None:
    for workspace in workspaces().values():
        for data in written("dbt-metrics", workspace).values():
            for line in data.decode().splitlines():
                if "filter:" not in line:
                    assert not {"{{", "{%", "{#"} & {line[at : at + 2] for at in range(len(line))}, line


def test_what_is_left_out_stands_in_the_file_too() -> None:
    text = written("dbt-metrics", workspaces()["hard"])["hard_kpis.metrics.yml"].decode()
    told = list(workspace_losses(workspaces()["hard"], settings("dbt-metrics")))
    for loss in told:
        if loss.what.startswith("KPIs"):
            assert f"# Left out: {', '.join(loss.where)}: {loss.why}." in text
    assert {loss.what for loss in told} >= {"accounts that have not arrived yet", "smallest samples", "dashboards"}


def test_the_table_is_the_one_that_is_said() -> None:
    workspace = workspaces()["hard"]
    assert b"ref('kpis')" in written("dbt-metrics", workspace, table="kpis")["kpi_observations.yml"]
    told = [loss for loss in workspace_losses(workspace, settings("dbt-metrics", table="a b")) if loss.refused]
    assert len(told) == 1
    assert (
        b"ref('onboarding_kpi_observations')"
        in written("dbt-metrics", workspace, table="a b')")["kpi_observations.yml"]
    )


def test_golden() -> None:
    for name, data in written("dbt-metrics", workspaces()["hard"]).items():
        check_golden(f"hard.{name}", data)
