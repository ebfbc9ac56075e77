"""The configuration is valid, described, and says what it does not know."""

import re

import pytest
from metricflow.engine.metricflow_engine import MetricFlowQueryRequest
from metricflow_semantic_interfaces.protocols import Measure
from metricflow_semantic_interfaces.validations.semantic_manifest_validator import (
    SemanticManifestValidator,
)
from metricflow_semantics.errors.error_classes import InvalidQueryException

from .engine import Metrics

# Changes of a stock add up over time: net new MRR, and the hires of a scenario.
FLOWS_OF_STOCKS = {"net_new_mrr", "planned_hires", "planned_hires_p10", "planned_hires_p90"}


def test_the_configuration_is_valid(metrics: Metrics):
    found = SemanticManifestValidator().validate_semantic_manifest(metrics.manifest)
    assert not found.errors
    assert not found.future_errors
    # dbt-core has no other way to write a cumulative metric than the one that MetricFlow warns of.
    others = [w.message for w in found.warnings if not w.message.startswith("Cumulative metric ")]
    assert not others


def test_metrics_and_dimensions_have_labels_of_their_own_and_descriptions(metrics: Metrics):
    labels = [metric.label for metric in metrics.manifest.metrics]
    assert len(labels) == len(set(labels))
    for metric in metrics.manifest.metrics:
        assert metric.label not in (None, metric.name), metric.name
        assert metric.description, metric.name
        assert not metric.description.startswith("Metric created from"), metric.name
    for model in metrics.manifest.semantic_models:
        for element in (*model.dimensions, *model.entities, *model.measures):
            assert element.description, f"{model.name}.{element.name}"


def test_measures_follow_the_unit_and_additivity_of_their_columns(metrics: Metrics):
    """Columns that add up over accounts only are taken at one date of a period."""
    read = 0
    for model in metrics.manifest.semantic_models:
        meta = metrics.column_meta(model.node_relation.alias)
        for measure in model.measures:
            name = f"{model.name}.{measure.name}"
            unit = measure_meta(measure)["unit"]
            expr = measure.expr or measure.name
            columns = [meta[word] for word in re.findall(r"\w+", expr) if word in meta]
            read += len(columns)
            if expr in meta:
                assert unit == meta[expr]["unit"], name
            if measure.name in FLOWS_OF_STOCKS:
                continue
            if any(column.get("additivity") == "over_accounts" for column in columns):
                assert measure.non_additive_dimension, name
    assert read > len(FLOWS_OF_STOCKS)


def measure_meta(measure: Measure) -> dict[str, str]:
    """Unit and format of a measure."""
    assert measure.config, measure.name
    return dict(measure.config.meta)


def test_saved_queries_answer(metrics: Metrics):
    assert metrics.manifest.saved_queries
    empty = []
    for query in metrics.manifest.saved_queries:
        request = MetricFlowQueryRequest.create(saved_query_name=query.name)
        answer = metrics.engine.query(request).result_df
        assert answer is not None, query.name
        assert query.label, query.name
        assert query.description, query.name
        if not answer.row_count:
            empty.append(query.name)
    if empty:
        pytest.skip(f"no rows in this warehouse: {', '.join(empty)}")


@pytest.mark.parametrize(
    ("metric", "dimension", "message"),
    [
        ("nrr_12_month", "metric_time__month", "does not exactly match any known metrics"),
        ("mrr", "account__industri", "does not match any of the available group-by-items"),
        ("forecast_mrr", "account__industry", "does not match any of the available group-by-items"),
    ],
)
def test_an_unknown_metric_or_dimension_is_an_error(metrics: Metrics, metric, dimension, message):
    with pytest.raises(InvalidQueryException, match=message) as error:
        metrics.ask([metric], [dimension])
    assert "Suggestions" in str(error.value)


def test_an_unknown_metric_suggests_the_likely_ones(metrics: Metrics):
    with pytest.raises(InvalidQueryException, match="nrr_12_months"):
        metrics.ask(["nrr_12_month"], ["metric_time__month"])
    with pytest.raises(InvalidQueryException, match="account__industry"):
        metrics.ask(["mrr"], ["account__industri"])
