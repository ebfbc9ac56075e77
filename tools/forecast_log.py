"""`python -m tools.forecast_log`: write the forecast log that ships with the demo.

It holds what builds of the demo as of earlier days would have published. Each day takes a build of
two marts, in a temporary folder. Run it again after a forecast or the demo changes.
"""

import json
import sys
import tempfile
from datetime import date
from pathlib import Path

from benchmarks.builds import WITHOUT_TESTS, build
from pipeline.forecast_log import SHIPPED, Examined, forecasts_of_build
from pipeline.settings import Settings

# The ends of four quarters, so that most of their forecasts have an outcome.
DAYS = (date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31))
MARTS = ("+fct_mrr_forecast", "+rpt_renewal_forecast")


def published_on(day: date, home: Path) -> list[str]:
    """The lines that a publish in the evening of a day would have added to the log."""
    build(home, None, *WITHOUT_TESTS, "--vars", json.dumps({"as_of_date": str(day)}),
          "--select", *MARTS)  # fmt: skip
    settings = Settings(warehouse=home, target_dir=home / "target")
    return forecasts_of_build(settings, f"{day} 20:00:00")


def main() -> int:
    """Build as of each day and replace the log."""
    lines: list[str] = []
    for day in DAYS:
        with tempfile.TemporaryDirectory() as folder:
            lines += published_on(day, Path(folder) / "home")
    SHIPPED.write_text(Examined(tuple(lines)).text, encoding="utf-8", newline="\n")
    print(f"wrote {len(lines)} forecasts to {SHIPPED.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
