"""The ways in which a run ends: one exit code and one error class each."""

from enum import IntEnum
from typing import Any, ClassVar


class ExitCode(IntEnum):
    """Exit codes of `python -m pipeline`. docs/operations.md says what to do about each."""

    PUBLISHED = 0
    BUILD_FAILED = 1
    BAD_INPUT = 2
    EXPECTATIONS_FAILED = 3
    LOCKED = 4
    PUBLISH_FAILED = 5
    REFUSED = 6
    POST_FAILED = 7
    USAGE = 64  # a wrong command line, unlike 2, the code of bad raw data

    @property
    def word(self) -> str:
        """The outcome in the table of runs, such as `build_failed`."""
        return self.name.lower()


class PipelineError(Exception):
    """A command that ends early. The message is for the person who started it."""

    exit_code: ClassVar[ExitCode]

    def __init__(self, message: str, **details: Any) -> None:
        """`--json` adds `details` to the message: plain values, lists and dicts."""
        super().__init__(message)
        self.details = details


class BuildFailed(PipelineError):
    """A model, a test or dbt itself failed."""

    exit_code = ExitCode.BUILD_FAILED


class BadInput(PipelineError):
    """The raw data break the contract: missing, unreadable, or too many rejected rows."""

    exit_code = ExitCode.BAD_INPUT


class ExpectationsFailed(PipelineError):
    """An expectation does not hold, or could not be evaluated."""

    exit_code = ExitCode.EXPECTATIONS_FAILED


class Locked(PipelineError):
    """Another run holds the warehouse."""

    exit_code = ExitCode.LOCKED


class PublishFailed(PipelineError):
    """The snapshot was not written, or was refused. Readers still see the one before."""

    exit_code = ExitCode.PUBLISH_FAILED


class Refused(PipelineError):
    """A command has no result to offer, and says why. Nothing was changed."""

    exit_code = ExitCode.REFUSED


class PostFailed(PipelineError):
    """The alerts did not reach the webhook. The next `alerts` tries again."""

    exit_code = ExitCode.POST_FAILED


def plain_message(error: Exception) -> str:
    """The message of a file error or a DuckDB error for a person, with the remedy."""
    if isinstance(error, OSError) and error.filename:
        reason = (error.strerror or str(error)).lower()
        return f"{error.filename} cannot be used ({reason}). Let this user read and write it."
    return f"{str(error).rstrip('.')}."
