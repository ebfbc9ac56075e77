"""The report of a calibration: what was fitted, and how it did beside the schemes in use."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.calibrate_measures import Band, Separation
from pipeline.calibrate_proposal import SCHEME


@dataclass(frozen=True)
class Span:
    """Some month-ends of the history, with the observations and the different churns in them."""

    first: date
    last: date
    month_ends: int
    observations: int
    churns: int

    def words(self) -> str:
        """The span as text."""
        return (
            f"{self.first} to {self.last}, {self.month_ends} month-ends, "
            f"{self.observations:,} observations, {self.churns} churns"
        )


@dataclass(frozen=True)
class Judged:
    """A scheme: its measures over the later months and over all, and its churn by band of score."""

    scheme: str
    later: Separation
    whole: Separation
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class Gain:
    """AUC of the proposal and of the scheme in use, over the observations that both score."""

    observations: int
    auc: float | None
    active_auc: float | None

    @property
    def lead(self) -> float:
        """AUC by which the proposal is ahead, with that of a coin for none."""
        return (self.auc or 0.5) - (self.active_auc or 0.5)


@dataclass(frozen=True)
class Calibration:
    """A proposal. `points` by metric sum to about 100, `judged` starts with the proposal."""

    horizon_days: int
    active_scheme: str
    history: Span
    fitted_on: Span
    judged_on: Span
    points: Mapping[str, int]
    judged: tuple[Judged, ...]
    compared: Gain
    auc_lead: float
    folder: Path
    files: tuple[Path, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for `--json`."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """The report for a person."""
        yield f"Health weights fitted to churn within {self.horizon_days} days"
        yield ""
        yield f"history    {self.history.words()}"
        yield f"fitted on  {self.fitted_on.words()}"
        yield f"judged on  {self.judged_on.words()}"
        yield f"Outcomes of the month-ends in between were not known on {self.judged_on.first}."
        yield ""
        yield "points     " + ", ".join(
            f"{metric} {count}" for metric, count in self.points.items()
        )
        yield ""
        measures = ["observations", "churns", "AUC", "worst tenth"]
        for title, spans in (
            ("later months", [one.later for one in self.judged]),
            ("whole history", [one.whole for one in self.judged]),
        ):
            names = [self._name(one.scheme) for one in self.judged]
            rows = [[name, *_measures(span)] for name, span in zip(names, spans, strict=True)]
            yield from _table([title, *measures], rows)
            yield ""
        yield "Churn in the later months by status of the score, as predicted and as seen"
        yield from _table(
            ["status", *(self._name(one.scheme) for one in self.judged)],
            [
                [bands[0].status, *(_band(band) for band in bands)]
                for bands in zip(*(one.bands for one in self.judged), strict=True)
            ],
        )
        yield ""
        yield from self._advice()

    def _name(self, scheme: str) -> str:
        return f"{scheme} (in use)" if scheme == self.active_scheme else scheme

    def _advice(self) -> Iterator[str]:
        lead = self.compared.lead
        yield (
            f"Over the {self.compared.observations:,} later observations that both score, "
            f"the proposal is ahead of {self.active_scheme} by {lead:.3f} of AUC."
        )
        if lead < self.auc_lead:
            yield f"A lead below {self.auc_lead} may be luck."
        yield f"{self.folder} holds the proposal. Nothing in use has changed. To see what it moves:"
        variables = f"--vars '{{health_scheme: {SCHEME}}}'"
        yield f"  python -m pipeline preview --policy-path {self.folder} {variables}"
        yield "To use it, copy its files into your policy folder, or start:"
        yield f"  CS_POLICY_PATH={self.folder} python -m pipeline run {variables}"


def _measures(measured: Separation) -> list[str]:
    return [
        f"{measured.observations:,}",
        str(measured.churns),
        "-" if measured.auc is None else f"{measured.auc:.3f}",
        "-" if measured.worst_decile_lift is None else f"{measured.worst_decile_lift:.1f} x",
    ]


def _band(band: Band) -> str:
    if band.predicted is None or band.seen is None:
        return "-"
    return f"{band.predicted:.1%} {band.seen:.1%} of {band.observations:,}"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines with columns as wide as their longest cell. Only the first is set to the left."""
    widths = [max(len(cell) for cell in column) for column in zip(header, *rows, strict=True)]
    for row in (header, *rows):
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join([row[0].ljust(widths[0]), *cells[1:]])
