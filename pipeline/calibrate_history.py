"""What calibration learns from: scores of past month-ends, and the churn that followed."""

from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from pipeline.engine import attach, quoted, workbench
from pipeline.outcomes import Refused
from pipeline.settings import Settings

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# The population of rpt_health_validation: customers without notice, over the main horizon.
_OBSERVATIONS = """
    with metric_rows as (
        select snapshot_date, account_id, {metric_columns}
        from build.marts.fct_health_metrics
        group by snapshot_date, account_id
    ),
    scheme_rows as (
        select snapshot_date, account_id, {scheme_columns}
        from build.intermediate.int_health_predictions where touch_tier = 'all'
        group by snapshot_date, account_id
    )
    select outcomes.snapshot_date, outcomes.horizon_ends_on, outcomes.churned_on,
        dense_rank() over (order by outcomes.account_id) as account,
        metric_rows.* exclude (snapshot_date, account_id),
        scheme_rows.* exclude (snapshot_date, account_id)
    from build.intermediate.int_customer_outcomes as outcomes
    cross join build.policy.policy_health_settings as settings
    left join metric_rows using (snapshot_date, account_id)
    left join scheme_rows using (snapshot_date, account_id)
    where outcomes.horizon_days = settings.validation_horizon_days
    order by outcomes.snapshot_date, outcomes.account_id
"""
_METRICS = """
    select metric from build.policy.policy_health_metrics
    where has_history and metric in (select metric from build.policy.policy_health_metric_bands)
    order by metric
"""
_SCHEMES = """
    select scheme, scheme in (
        select scheme from build.marts.fct_health_scores where is_active_scheme
    ) as is_active
    from (select distinct scheme from build.policy.policy_health_weights) order by scheme
"""
_RULES = """
    select validation_horizon_days, low_confidence_coverage, validation_min_churns, auc_lead,
        calibration_min_churns
    from build.policy.policy_health_settings
"""
_WEIGHTS = """
    with tiers as (
        select component, avg(weight) as weight from build.policy.policy_health_weights
        where scheme = ? and touch_tier is distinct from '(none)' group by component
    ),
    shares as (
        select component, metric, weight / sum(weight) over (partition by component) as share
        from build.policy.policy_health_metric_weights where scheme = ?
    )
    select metric, sum(tiers.weight * shares.share)
    from tiers inner join shares using (component) group by metric
"""
_BANDS = "select status, min_score from build.policy.policy_health_status_bands order by 2 desc"


@dataclass(frozen=True)
class Rules:
    """The numbers of health_settings.csv that calibration goes by.

    `min_coverage` is a share of the weight, `auc_lead` an AUC.
    """

    horizon_days: int
    min_coverage: float
    min_churns: int
    auc_lead: float
    least_churns: int


@dataclass(frozen=True)
class History:
    """One row per account without notice and month-end whose main horizon is over, n in all.

    `scores` is n × metrics, 0 to 100, NaN where an account has no score. `schemes` holds the n past
    scores of each scheme, NaN without enough evidence. `accounts` numbers the accounts. `churns`
    numbers the churns from 0, -1 for an account that stayed: several month-ends may see one churn.
    `active_weights` has the share of each metric in the scheme in use, the mean of its tiers.
    """

    days: NDArray[np.datetime64]
    ends: NDArray[np.datetime64]
    accounts: NDArray[np.int64]
    churns: NDArray[np.int64]
    metrics: tuple[str, ...]
    scores: Floats
    schemes: dict[str, Floats]
    active_scheme: str
    active_weights: dict[str, float]
    bands: tuple[tuple[str, float], ...]
    rules: Rules

    @property
    def churned(self) -> Flags:
        """Whether the account churned within the horizon, by row."""
        return self.churns >= 0

    @property
    def is_scored(self) -> Flags:
        """Whether any scheme has a score with evidence, by row."""
        return ~np.isnan(np.column_stack(list(self.schemes.values()))).all(axis=1)

    def churn_count(self, rows: Flags) -> int:
        """The number of different churns in some of the rows."""
        found = np.unique(self.churns[rows])
        return int((found >= 0).sum())


def read_history(settings: Settings) -> History:
    """Read the current build, which alone knows notices, horizons and `has_history`.

    Raises Refused where there is no build, or one that cannot be read or lacks a table.
    """
    if not settings.build_file.exists():
        raise Refused(
            f"There is no build at {settings.build_file} to learn from: "
            "start `python -m pipeline run` first."
        )
    try:
        with workbench(settings) as connection:
            attach(connection, settings.build_file, "build")
            return _read(connection)
    except duckdb.Error as error:
        raise Refused(
            f"{settings.build_file} cannot be read ({str(error).splitlines()[0].rstrip('.')}). "
            "Wait if a run is at work, else start `python -m pipeline run`."
        ) from error


def _read(connection: duckdb.DuckDBPyConnection) -> History:
    metrics = tuple(row[0] for row in connection.execute(_METRICS).fetchall())
    schemes = connection.execute(_SCHEMES).fetchall()
    (rules,) = connection.execute(_RULES).fetchall()
    bands = tuple((status, float(least)) for status, least in connection.execute(_BANDS).fetchall())
    query = _OBSERVATIONS.format(
        metric_columns=", ".join(
            f"max(metric_score) filter (metric = {quoted(metric)}) as metric_{number}"
            for number, metric in enumerate(metrics)
        ),
        scheme_columns=", ".join(
            f"max(past_score) filter (scheme = {quoted(scheme)}) as scheme_{number}"
            for number, (scheme, _) in enumerate(schemes)
        ),
    )
    found = connection.execute(query).fetchnumpy()
    # A company without a customer has no score, and no scheme in use.
    active = next((scheme for scheme, is_active in schemes if is_active), "")
    weights = connection.execute(_WEIGHTS, [active, active]).fetchall()
    return History(
        days=_dates(found["snapshot_date"]),
        ends=_dates(found["horizon_ends_on"]),
        accounts=np.asarray(found["account"], dtype=np.int64),
        churns=_churn_numbers(found["account"], found["churned_on"]),
        metrics=metrics,
        scores=_matrix([found[f"metric_{number}"] for number in range(len(metrics))]),
        schemes={
            scheme: _floats(found[f"scheme_{number}"]) for number, (scheme, _) in enumerate(schemes)
        },
        active_scheme=active,
        active_weights={metric: float(weight) for metric, weight in weights},
        bands=bands,
        rules=Rules(*rules),
    )


def _floats(column: NDArray) -> Floats:
    """A column as floats, NaN for null."""
    return np.ma.filled(np.ma.asarray(column, dtype=float), np.nan)


def _matrix(columns: list[NDArray]) -> Floats:
    """Columns side by side."""
    return np.column_stack([_floats(column) for column in columns])


def _dates(column: NDArray) -> NDArray[np.datetime64]:
    """A column of dates, NaT for null."""
    dates = np.ma.asarray(column).astype("datetime64[D]")
    return np.ma.filled(dates, np.datetime64("NaT"))


def _churn_numbers(accounts: NDArray, churned_on: NDArray) -> NDArray[np.int64]:
    """A number for each pair of account and day of churn, -1 without a churn."""
    days = _dates(churned_on)
    numbers = np.full(len(days), -1, dtype=np.int64)
    left = ~np.isnat(days)
    pairs = np.column_stack([np.asarray(accounts)[left], days[left].astype(np.int64)])
    if len(pairs):
        numbers[left] = np.unique(pairs, axis=0, return_inverse=True)[1].ravel()
    return numbers
