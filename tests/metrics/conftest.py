"""One engine for all tests: parsing the project takes most of their time, the first time."""

import logging
import os

import pytest
from conftest import PROJECT

from .engine import Metrics, published, start


@pytest.fixture(scope="session")
def metrics() -> Metrics:
    """The project's metrics over the published snapshot."""
    if not published().exists():
        pytest.exit(f"Build the warehouse with `make build`: {published()} is missing.", 1)
    os.chdir(PROJECT)
    started = start(PROJECT / "target" / "metrics")
    logging.disable(
        logging.INFO
    )  # dbt logs every query, which buries the difference that a test shows
    return started
