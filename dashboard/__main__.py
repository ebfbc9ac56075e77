"""`python -m dashboard` serves the pages, by default on this machine alone."""

import os
import sys
from pathlib import Path

from streamlit.web import cli

APP = Path(__file__).with_name("app.py")
ADDRESS = "127.0.0.1"
PORT = "8501"
# Nothing is sent or fetched, no page shows a traceback, and no folder is watched.
OPTIONS = {
    "browser.gatherUsageStats": "false",
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "server.fileWatcherType": "none",
    "server.headless": "true",
    "theme.base": "light",
    "theme.backgroundColor": "#ffffff",
    "theme.secondaryBackgroundColor": "#f4f6f8",
    "theme.textColor": "#1f2933",
    "theme.primaryColor": "#0072b2",
}


def arguments(env: dict[str, str], further: list[str]) -> list[str]:
    """Streamlit's command line. CS_DASHBOARD_ADDRESS and _PORT say where it listens.

    `further` are options of Streamlit, such as `--server.baseUrlPath=cs`. They win.
    """
    options = {
        **OPTIONS,
        "server.address": env.get("CS_DASHBOARD_ADDRESS") or ADDRESS,
        "server.port": env.get("CS_DASHBOARD_PORT") or PORT,
    }
    stated = [f"--{name}={value}" for name, value in options.items()]
    return ["streamlit", "run", str(APP), *stated, *further]


if __name__ == "__main__":
    sys.argv = arguments(dict(os.environ), sys.argv[1:])
    cli.main(prog_name="streamlit")
