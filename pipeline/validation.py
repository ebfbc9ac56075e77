"""Great Expectations on the build: the failures and the errors."""

import duckdb

from pipeline.console import Reporter
from pipeline.outcomes import ExpectationsFailed
from pipeline.settings import Settings


def validate(settings: Settings, reporter: Reporter) -> None:
    """Evaluate every expectation on the build file, and write the Data Docs.

    Raises ExpectationsFailed, which separates failed expectations from errors of evaluation.
    """
    if not settings.build_file.exists():
        raise ExpectationsFailed(f"There is no build at {settings.build_file} to validate.")
    with reporter.stage("validate"):
        # Imported here, because this import takes ten seconds.
        from expectations.validation import validate_build

        try:
            report = validate_build(settings.build_file, settings.data_docs, settings.memory_limit)
        except (duckdb.Error, OSError) as error:
            raise ExpectationsFailed(f"The expectations could not be evaluated: {error}") from error
    if report.findings:
        raise ExpectationsFailed(
            "\n".join([*report.words(), f"Data Docs: {settings.data_docs / 'index.html'}"]),
            findings=[finding.as_dict() for finding in report.findings],
        )
    reporter.say(f"{report.evaluated} expectations hold")
