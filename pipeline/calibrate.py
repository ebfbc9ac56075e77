"""Health weights from a company's own churn: fitted on earlier months, judged on later ones."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.calibrate_fit import fit_curve, fit_weights, health
from pipeline.calibrate_history import Flags, Floats, History, read_history
from pipeline.calibrate_measures import bands_of, separation
from pipeline.calibrate_penalty import best_penalty
from pipeline.calibrate_proposal import SCHEME, check_folder, write_proposal
from pipeline.calibrate_report import Calibration, Gain, Judged, Span
from pipeline.outcomes import Refused
from pipeline.settings import Settings

EARLIER_SHARE = 2 / 3
POINTS = 100
# Less moves the ratio of leaving to staying by under 1 % between the scores 0 and 100.
LEAST_SLOPE = 0.01


def calibrate(settings: Settings, folder: Path) -> Calibration:
    """Fit weights on the current build, judge them, and write both policy files into `folder`.

    Raises Refused with the reason where the history holds too few churns, or where the weights
    predict the churn of the later months no better than the scheme in use.
    """
    check_folder(folder)
    history = read_history(settings)
    check_churns(history)
    earlier, later = split(history)
    points = fit_points(history, earlier)
    gain = compare(history, points, later)
    check_gain(history, gain)
    fitted_on = _span(history, earlier)
    reason = f"Fitted to the churn after {fitted_on.first} to {fitted_on.last}"
    files = write_proposal(settings, folder, points, reason)
    return Calibration(
        horizon_days=history.rules.horizon_days,
        active_scheme=history.active_scheme,
        history=_span(history, history.is_scored),
        fitted_on=fitted_on,
        judged_on=_span(history, later),
        points=points,
        judged=judge(history, points, earlier, later),
        compared=gain,
        auc_lead=history.rules.auc_lead,
        folder=folder,
        files=files,
    )


def check_churns(history: History) -> None:
    """Raise Refused without scores, or with fewer churns than calibration_min_churns."""
    if not history.is_scored.any():
        raise Refused(
            "No customer has a health score with enough evidence, so there is nothing to learn "
            "from. Add usage, support or survey data."
        )
    found = history.churn_count(history.is_scored)
    least = history.rules.least_churns
    if found < least:
        raise Refused(
            f"The history has {found} churns of accounts that had not given notice, and weights "
            f"need {least} (calibration_min_churns in health_settings.csv). "
            "Use a published scheme until more accounts have left."
        )


def split(history: History) -> tuple[Flags, Flags]:
    """Rows to fit on and rows to judge on, by month-end.

    Month-ends on which no scheme scores a customer teach nothing and are not counted. The later
    third judges. Of the earlier two thirds only month-ends count whose horizon was over by the
    first later one, so that no churn of the later months is known to the fit. Raises Refused where
    a part lacks churns.
    """
    month_ends = np.unique(history.days[history.is_scored])
    first_later = month_ends[min(round(EARLIER_SHARE * len(month_ends)), len(month_ends) - 1)]
    earlier = (history.days >= month_ends[0]) & (history.ends <= first_later)
    later = history.days >= first_later
    least = history.rules.min_churns
    for part, rows in (("earlier", earlier), ("later", later)):
        found = history.churn_count(rows)
        if found < least:
            raise Refused(
                f"The {part} part of the history has {found} churns, and a verdict needs {least} "
                "(validation_min_churns in health_settings.csv). Wait for more months."
            )
    return earlier, later


def fit_points(history: History, rows: Flags) -> dict[str, int]:
    """Points above 0 by metric, the most first, fitted on some rows. They sum to about 100.

    The fit starts from the scheme in use and leaves it as far as held-out accounts confirm.
    A metric that says the same of all accounts, or the same as one before it, is left out, and so
    are accounts with less evidence than a score needs. Raises Refused where no metric predicts
    churn.
    """
    columns = informative(history.scores[rows])
    metrics = [history.metrics[column] for column in columns]
    known = rows.copy()
    known[rows] = has_evidence(history.scores[rows][:, columns], history.rules.min_coverage)
    scores, churned = history.scores[known][:, columns], history.churned[known]
    usual = usual_weights(history, known, metrics)
    penalty = best_penalty(scores, churned, history.accounts[known], usual)
    fit = fit_weights(scores, churned, penalty, usual)
    if fit.slope >= LEAST_SLOPE:
        points = np.round(POINTS * fit.weights / fit.slope).astype(int).tolist()
        found = dict(zip(metrics, points, strict=True))
        ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        if above := {metric: point for metric, point in ranked if point > 0}:
            return above
    raise Refused("No metric of the history predicts churn, so that there are no weights to fit.")


def usual_weights(history: History, rows: Flags, metrics: Sequence[str]) -> Floats:
    """The weights of the scheme in use, scaled to how far its own score says who leaves."""
    shares = np.array([history.active_weights.get(metric, 0.0) for metric in metrics])
    scores = history.schemes[history.active_scheme]
    known = rows & ~np.isnan(scores)
    if not shares.sum() or not history.churned[known].any():
        return np.zeros(len(metrics))
    slope = fit_curve(scores[known], history.churned[known]).slope
    return slope * shares / shares.sum()


def has_evidence(scores: Floats, least: float) -> Flags:
    """Whether each account has at least the share `least` of the metrics, by how usual they are.

    Without these accounts the fit has one best answer. With them a second one appears, in which
    the few metrics that they have weigh nothing.
    """
    present = ~np.isnan(scores)
    usual = present.mean(axis=0)
    return present @ usual >= least * usual.sum()


def informative(scores: Floats) -> list[int]:
    """The columns with different scores, without repetitions."""
    found: dict[bytes, int] = {}
    for column in range(scores.shape[1]):
        values = scores[:, column]
        if len(np.unique(values[~np.isnan(values)])) > 1:
            found.setdefault(values.tobytes(), column)
    return list(found.values())


def proposed_scores(history: History, points: dict[str, int]) -> Floats:
    """The past score of each row under the points, NaN without enough evidence."""
    columns = [history.metrics.index(metric) for metric in points]
    score, coverage = health(history.scores[:, columns], np.array(list(points.values()), float))
    return np.where(coverage >= history.rules.min_coverage, score, np.nan)


def judge(
    history: History, points: dict[str, int], earlier: Flags, later: Flags
) -> tuple[Judged, ...]:
    """The proposal and each scheme of the build, measured alike."""
    schemes = {SCHEME: proposed_scores(history, points)}
    for scheme, scores in history.schemes.items():
        schemes[scheme if scheme != SCHEME else _built(scheme)] = scores
    return tuple(
        _judged(history, scheme, scores, earlier, later) for scheme, scores in schemes.items()
    )


def compare(history: History, points: dict[str, int], later: Flags) -> Gain:
    """The proposal and the scheme in use, over the later rows that both score.

    Otherwise a scheme that scores fewer accounts could win by leaving out the hard ones.
    """
    own, active = proposed_scores(history, points), history.schemes[history.active_scheme]
    common = later & ~np.isnan(own) & ~np.isnan(active)
    churned = history.churned[common]
    return Gain(
        observations=int(common.sum()),
        auc=separation(own[common], churned).auc,
        active_auc=separation(active[common], churned).auc,
    )


def check_gain(history: History, gain: Gain) -> None:
    """Raise Refused unless the proposal has the higher AUC over the later months."""
    if gain.auc is None or (gain.active_auc is not None and gain.auc <= gain.active_auc):
        aucs = " and ".join(
            "none" if a is None else f"{a:.3f}" for a in (gain.auc, gain.active_auc)
        )
        raise Refused(
            f"The fitted weights predict the churn of the later months no better than "
            f"{history.active_scheme}, which is in use: the AUCs are {aucs} over the "
            f"{gain.observations:,} observations that both score. Keep the scheme in use."
        )


def _judged(history: History, scheme: str, scores: Floats, earlier: Flags, later: Flags) -> Judged:
    churned, has_score = history.churned, ~np.isnan(scores)
    known = earlier & has_score
    curve = fit_curve(scores[known], churned[known])
    seen = later & has_score
    return Judged(
        scheme=scheme,
        later=separation(scores[later], churned[later]),
        whole=separation(scores, churned),
        bands=bands_of(scores[seen], churned[seen], curve, history.bands),
    )


def _built(scheme: str) -> str:
    return f"{scheme} as built"


def _span(history: History, rows: NDArray[np.bool_]) -> Span:
    days = history.days[rows]
    return Span(
        first=days.min().item(),
        last=days.max().item(),
        month_ends=len(np.unique(days)),
        observations=len(days),
        churns=history.churn_count(rows),
    )
