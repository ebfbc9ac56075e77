"""`python -m tools`: draw the pictures and tables of the README and the docs from the demo."""

import json
import os
import sys

import duckdb

from pipeline.settings import Settings
from tools.pages import PROJECT, rendered


def main() -> int:
    """Write every generated file that differs, and name it."""
    settings = Settings.from_environment(os.environ)
    marts_file = settings.published / "customer_success.duckdb"
    manifest_file = settings.target_dir / "manifest.json"
    if not marts_file.exists() or not manifest_file.exists():
        print("Nothing is published yet. Run `make build` first.", file=sys.stderr)
        return 1
    with duckdb.connect(str(marts_file), read_only=True) as marts:
        (source,) = marts.execute(
            "select raw_source from quality.runs order by started_at desc limit 1"
        ).fetchone()
        if source != "demo":
            print(f"The docs show the demo, but {source} is published.", file=sys.stderr)
            return 1
        files = rendered(json.loads(manifest_file.read_text()), marts)
    for path, text in files.items():
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
            print(f"wrote {path.relative_to(PROJECT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
