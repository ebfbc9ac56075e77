"""How a run ends: one exit code and one class of error for each way."""

from enum import IntEnum
from typing import Any, ClassVar


class ExitCode(IntEnum):
    """Exit codes of `python -m pipeline`; docs/operations.md says what each asks of you."""

    PUBLISHED = 0
    BUILD_FAILED = 1
    BAD_INPUT = 2
    EXPECTATIONS_FAILED = 3
    LOCKED = 4
    PUBLISH_FAILED = 5
    USAGE = 64  # the command line itself; apart from 2, which speaks of the raw data

    @property
    def word(self) -> str:
        """The outcome as the runs table spells it, such as `build_failed`."""
        return self.name.lower()


class PipelineError(Exception):
    """A run that ends without publishing. The message is written for the person who runs it."""

    exit_code: ClassVar[ExitCode]

    def __init__(self, message: str, **details: Any) -> None:
        """`details` is what `--json` adds to the message: plain values, lists and dicts."""
        super().__init__(message)
        self.details = details


class BuildFailed(PipelineError):
    """A model, a test or dbt itself failed."""

    exit_code = ExitCode.BUILD_FAILED


class BadInput(PipelineError):
    """The raw data do not meet the contract: missing, unreadable, or wrong too often."""

    exit_code = ExitCode.BAD_INPUT


class ExpectationsFailed(PipelineError):
    """An expectation does not hold, or could not be evaluated."""

    exit_code = ExitCode.EXPECTATIONS_FAILED


class Locked(PipelineError):
    """Another run holds the warehouse."""

    exit_code = ExitCode.LOCKED


class PublishFailed(PipelineError):
    """The snapshot could not be made, or was refused; the one that stood still stands."""

    exit_code = ExitCode.PUBLISH_FAILED


def in_words(error: Exception) -> str:
    """What an error of a file or of DuckDB says to a person, and the way out."""
    if isinstance(error, OSError) and error.filename:
        reason = (error.strerror or str(error)).lower()
        return f"{error.filename} cannot be used ({reason}). Let this user read and write it."
    return f"{str(error).rstrip('.')}."
