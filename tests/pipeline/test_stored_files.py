"""Files that the pipeline writes for itself, damaged: one message that names the file, every time.

dbt and the expectations are stood in for by a finished build: neither touches these files. A whole
run over damaged files is in tests/pipeline/test_erase.py.
"""

import contextlib
import io
import json
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from small_company import YOUNG, make_build, write_build

from pipeline import cli, erased, forecast_log, preview, runner, snapshot
from pipeline.console import Reporter
from pipeline.runs import RunRow, append_to_log, examine_log
from pipeline.settings import Settings
from pipeline.state import current_build

NOBODY = 65534
COMMANDS = {
    "run": ("run",),
    "validate": ("validate",),
    "publish": ("publish",),
    "rollback": ("rollback",),
    "status": ("status",),
    "preview": ("preview",),
    "erase": ("erase", "--contact", "c-0001"),
}


def write(content: bytes) -> Callable[[Path], None]:
    """Damage that leaves other content."""

    def damage(path: Path) -> None:
        path.chmod(0o600)
        path.write_bytes(content)

    return damage


def cut(path: Path) -> None:
    """Lose the second half."""
    content = path.read_bytes()
    write(content[: len(content) // 2 + 1])(path)


def become_folder(path: Path) -> None:
    """A folder where the file was, with something in it."""
    path.unlink()
    path.mkdir()
    (path / "something").write_text("x")


def forbid(path: Path) -> None:
    """Nobody may read it."""
    path.chmod(0)


ROW = '{"run_id": %s, "command": "run", "started_at": %s, "finished_at": "2026-01-01T00:00:00", '
ROW += '"outcome": "x", "exit_code": %s}\n'
TIME = '"2026-01-01T00:00:00"'
COMMON = {
    "not UTF-8": write(b"\xff\xfe\x00 \x80"),
    "another shape": write(b'{"build_id": 1}'),
    "a list": write(b"[[1, 2], null]\n"),
    "a number": write(b"5\n"),
    "deep": write(b"[" * 100_000 + b"\n"),
    "empty": write(b""),
    "cut off": cut,
    "a folder": become_folder,
    "forbidden": forbid,
}
WITH_BAD_ROWS = {
    "a number as id": write((ROW % ("5", TIME, "0")).encode()),
    "a bad time": write((ROW % ('"a"', '"x"', "0")).encode()),
    "a code in words": write((ROW % ('"a"', TIME, '"zero"')).encode()),
    "a code too large": write((ROW % ('"a"', TIME, "9" * 30)).encode()),
    "half a character": write((ROW % ('"\\ud800"', TIME, "0")).encode()),
    "null as id": write((ROW % ("null", TIME, "0")).encode()),
}
HEADER = forecast_log.HEADER.encode() + b"\n"
WITH_BAD_FORECASTS = {
    "a header alone": write(HEADER),
    "other columns": write(b"a,b\n1,2\n"),
    "bad values": write(HEADER + b"x,2026-01-01,mrr,2026-01-01,1\n2026-01-01,1,1,1,1,1\n,\n\x00\n"),
}


@dataclass(frozen=True)
class Kept:
    """A file, what may befall it, and the exit code of each command then, 0 where it goes on.

    `named_by` are the commands that must name it: those that read it.
    """

    path: Callable[[Settings], Path]
    damages: dict[str, Callable[[Path], None]]
    named_by: set[str]
    codes: dict[str, int]


ALL_BUT_PREVIEW = set(COMMANDS) - {"preview"}
KEPT = {
    "runs.jsonl": Kept(lambda s: s.runs_file, COMMON | WITH_BAD_ROWS, ALL_BUT_PREVIEW, {}),
    "build_state.json": Kept(
        lambda s: s.state_file, COMMON, {"run", "validate", "publish", "status"}, {"publish": 5}
    ),
    "forecast_log_demo.csv": Kept(
        lambda s: s.forecast_log(is_demo=True),
        COMMON | WITH_BAD_FORECASTS,
        {"run", "publish", "status"},
        {},
    ),
    "pii.key": Kept(
        lambda s: s.key_file,
        COMMON,
        {"run", "publish", "status", "erase"},
        {"run": 5, "publish": 5},
    ),
    "erased.csv": Kept(
        lambda s: s.erased_file,
        COMMON,
        {"run", "preview", "status", "erase"},
        {"run": 2, "preview": 2, "erase": 2},
    ),
    ".lock": Kept(
        lambda s: s.lock_file,
        {name: COMMON[name] for name in ("a folder", "forbidden")},
        ALL_BUT_PREVIEW,
        dict.fromkeys(ALL_BUT_PREVIEW, 4),
    ),
    "the words in .lock": Kept(
        lambda s: s.lock_file,
        {name: COMMON[name] for name in COMMON if name not in ("a folder", "forbidden")},
        set(),
        {},
    ),
    "published": Kept(
        lambda s: s.published,
        {"a folder": become_folder},
        set(COMMANDS) - {"validate", "erase"},
        dict.fromkeys(set(COMMANDS) - {"validate", "erase"}, 5),
    ),
    "the published database": Kept(
        lambda s: s.published.resolve() / snapshot.DATABASE,
        COMMON,
        set(COMMANDS) - {"validate"},
        dict.fromkeys(set(COMMANDS) - {"validate"}, 5),
    ),
}
HARMLESS = {
    ("runs.jsonl", "empty"),
    ("forecast_log_demo.csv", "a header alone"),
}
MAY_NAME_SOMEBODY = ("runs.jsonl", "build_state.json", "forecast_log_demo.csv")
FEW = ("not UTF-8", "a folder", "forbidden")  # for commands that do not read the file
CASES = [
    (file, damage, name)
    for file, kept in KEPT.items()
    for damage in kept.damages
    for name in COMMANDS
    if name in kept.named_by or damage in FEW
]


@pytest.fixture(scope="module")
def template() -> Iterator[Settings]:
    """A warehouse with two snapshots, a list of erased people and a log of forecasts."""
    home = Path(tempfile.mkdtemp())
    home.chmod(0o755)
    settings = Settings(warehouse=home / "warehouse", target_dir=home / "target")
    make_build(settings, YOUNG)
    quiet = Reporter(io.StringIO())
    for _ in range(2):
        runner.publish_current(settings, accepts_restatement=True, reporter=quiet)
    runner.erase_person(settings, "contact", "c-9999", quiet)
    log = settings.forecast_log(is_demo=True)
    log.write_text(f"{forecast_log.HEADER}\n2026-01-01T00:00:00,2026-01-01,mrr,2026-02-01,5.5\n")
    yield settings
    shutil.rmtree(home)


@pytest.fixture
def settings(template: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """A copy of it, to damage, with the stand-ins for dbt and for the expectations."""
    home = Path(tempfile.mkdtemp())
    home.chmod(0o755)
    shutil.copytree(template.warehouse.parent, home, symlinks=True, dirs_exist_ok=True)
    found = Settings(warehouse=home / "warehouse", target_dir=home / "target")
    for name, value in {
        "CS_WAREHOUSE_DIR": str(found.warehouse),
        "DBT_TARGET_PATH": str(found.target_dir),
        "DBT_LOG_PATH": str(home / "logs"),
    }.items():
        monkeypatch.setenv(name, value)
    for module in (runner, preview):
        monkeypatch.setattr(module, "build", lambda s, *_: write_build(s.build_file, YOUNG))
    monkeypatch.setattr(runner, "validate", lambda *_: None)
    yield found
    shutil.rmtree(home)


@contextlib.contextmanager
def ordinary_user(home: Path) -> Iterator[None]:
    """Go on as a user whom file modes hold back, as they do not hold back root."""
    if os.geteuid() != 0:
        yield
        return
    for path in (home, *home.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def command(monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[int, str]:
    """Run a command here; its exit code, and all that it said. A traceback fails the test."""
    monkeypatch.setattr(sys, "argv", ["pipeline", *words])
    said = io.StringIO()
    with (
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(said),
        pytest.raises(SystemExit) as ended,
    ):
        cli.main()
    return int(ended.value.code or 0), said.getvalue()


@pytest.mark.parametrize(("file", "damage", "name"), CASES)
def test_a_damaged_file_is_named_once_by_every_command_that_reads_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, file: str, damage: str, name: str
) -> None:
    kept = KEPT[file]
    path = kept.path(settings)
    kept.damages[damage](path)
    # It cannot be known of a file that may not be read whether it names the person.
    is_unread = name == "erase" and damage == "forbidden" and file in MAY_NAME_SOMEBODY
    with ordinary_user(settings.warehouse.parent):
        code, said = command(monkeypatch, *COMMANDS[name])
    is_harmless = (file, damage) in HARMLESS
    assert code == (0 if is_harmless else 5 if is_unread else kept.codes.get(name, 0)), said
    if is_harmless or name not in kept.named_by:
        return
    shown = path.parent if file == "the published database" else path
    lines = [line for line in said.splitlines() if f"{shown} " in line and "back up" not in line]
    if name == "status" or is_unread:
        lines = lines[:1]
    assert len(lines) == 1, said
    assert "Errno" not in lines[0]
    ways_out = ("move", "restore", "let this user", "correct", "delete", "the next", "go back")
    ways_out += ("to go on", "goes on", "writes it again", "until a whole copy")
    assert any(way in said.lower() for way in ways_out), said


def test_nothing_of_a_damaged_log_is_lost(settings: Settings) -> None:
    path = settings.forecast_log(is_demo=True)
    good = path.read_text()
    bad = b"2026-01-01T00:00:00,\xff,mrr,2026-02-01,5.5\n2026-01-01T00:00:00,2026-01-01,m"
    path.write_bytes(good.encode() + bad)
    said = io.StringIO()
    forecast_log.repair(settings, True, "r1", Reporter(said))
    assert path.read_text() == good
    aside = path.with_name(f"{path.name}.damaged-r1")
    assert aside.read_bytes().endswith(bad)
    assert "line 3 (not UTF-8), line 4 (cut off before its end)" in said.getvalue()
    forecast_log.repair(settings, True, "r2", Reporter(said))
    assert not list(settings.warehouse.glob("*.damaged-r2"))
    path.write_bytes(b"\xff")
    forecast_log.repair(settings, True, "r3", Reporter(said))
    assert not path.exists()
    assert path.with_name(f"{path.name}.damaged-r3").read_bytes() == b"\xff"


def test_a_log_in_another_order_is_read(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("\ufeffPeriod;figure;made_on;forecast;published_at;by\n")
    with path.open("a") as log:
        log.write("2026-02-01;mrr;2026-01-01;7.5;2026-01-01 00:00:00;me\n")
    found = forecast_log.examine(path)
    assert found.flaw(path) is None
    assert found.good == ("2026-01-01 00:00:00,2026-01-01,mrr,2026-02-01,7.5",)


def test_the_demo_s_log_starts_with_what_ships(tmp_path: Path) -> None:
    """Once, however often the demo is published. A company's own log has only its own lines."""
    settings = Settings(warehouse=tmp_path, target_dir=tmp_path)
    with duckdb.connect(str(settings.build_file)) as build:
        build.execute("create schema marts")
        build.execute(
            "create table marts.fct_mrr_forecast as select date '2026-07-14' as made_on,"
            " date '2026-08-01' as forecast_month, 'all' as touch_tier, 7.50 as total_p50"
        )
    shipped = forecast_log.examine(forecast_log.SHIPPED)
    assert shipped.flaw(forecast_log.SHIPPED) is None
    assert len(shipped.good) > 48
    for is_demo, before in ((True, shipped.good), (False, ())):
        lines = list(before)
        for day in ("2026-07-15", "2026-07-16"):
            published_at = f"{day} 08:00:00"
            forecast_log.append_published(
                settings, day, published_at, is_demo, Reporter(io.StringIO())
            )
            lines.append(f"{published_at},2026-07-14,mrr,2026-08-01,7.50")
            found = forecast_log.examine(settings.forecast_log(is_demo))
            assert found.good == tuple(lines)


def test_bad_lines_of_runs_are_named_and_the_others_used(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    row = RunRow("1", "run", "2026-01-01T00:00:00", "2026-01-01T00:00:01", "published", 0)
    append_to_log(path, row)
    with path.open("a") as log:
        log.write((ROW % ("5", TIME, "0")) * 7)
    append_to_log(path, row)
    rows, flaw = examine_log(path)
    assert rows == [row, row]
    assert flaw is not None
    assert "line 2 (run_id is 5)" in flaw
    assert flaw.count("line ") == 5
    assert "and 2 more" in flaw


def test_status_names_what_to_back_up(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = command(monkeypatch, "status")
    assert code == 0
    for name in ("pii.key", "forecast_log.csv", "runs.jsonl", "build_state.json", "erased.csv"):
        assert f"back up      {settings.warehouse / name}: without it, " in said
    found = json.loads(command(monkeypatch, "status", "--json")[1])
    assert len(found["backups"]) == 5
    assert found["damaged"] == []


def test_erasing_leaves_no_id_and_keeps_the_build_publishable(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said = command(monkeypatch, "erase", "--email", "Bob@Example.com ", "--json")
    assert code == 0, said
    assert "bob@" not in said.lower()
    assert current_build(settings) is not None
    for path in settings.warehouse.rglob("*"):
        assert not path.is_file() or b"bob@example.com" not in path.read_bytes()
    last = settings.runs_file.read_text().splitlines()[-1]
    assert json.loads(last)["message"].startswith("1 rows of 1 tables in the build, 2 rows in 2 ")
    assert stat.S_IMODE(settings.erased_file.stat().st_mode) == 0o600
    for given in ((), ("--contact", "a", "--user", "b"), ("--contact", " ")):
        assert command(monkeypatch, "erase", *given)[0] == 64
    code, said = command(monkeypatch, "erase", "--contact", "who-1234")
    assert code == 0
    assert "names this person: check the spelling" in said
    assert erased.ErasedList.digest(erased.read(settings.erased_file), "contact", "who-1234") in (
        settings.erased_file.read_text()
    )


def test_modes_keep_raw_data_private_and_a_client_from_locking_others_out(
    settings: Settings,
) -> None:
    quiet = Reporter(io.StringIO())
    settings.warehouse.chmod(0o755)
    settings.build_file.chmod(0o644)
    said = io.StringIO()
    runner.publish_current(settings, accepts_restatement=True, reporter=Reporter(said))
    assert stat.S_IMODE(settings.build_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.warehouse.stat().st_mode) == 0o700
    assert "CS_PUBLISHED_DIR" in said.getvalue()
    path = str(settings.published / snapshot.DATABASE)
    with ordinary_user(settings.warehouse.parent):
        with pytest.raises(duckdb.IOException, match="Permission denied"):
            duckdb.connect(path)
        with (
            duckdb.connect(path, read_only=True) as one,
            pytest.raises(duckdb.Error),
        ):
            one.execute("create table marts.mine (i integer)")
        with duckdb.connect(path, read_only=True) as other:
            assert other.execute("select count(*) from marts.dim_accounts").fetchone()
        # The publisher goes on, although it may not write to what it published.
        runner.publish_current(settings, accepts_restatement=True, reporter=quiet)
        snapshot.prune(settings)
        runner.erase_person(settings, "email", "ada@example.com", quiet)


def test_readers_of_another_account_have_a_folder_of_their_own(
    settings: Settings, tmp_path: Path
) -> None:
    apart = Settings(
        warehouse=settings.warehouse,
        target_dir=settings.target_dir,
        published_dir=tmp_path / "readers",
    )
    runner.publish_current(apart, accepts_restatement=True, reporter=Reporter(io.StringIO()))
    assert (tmp_path / "readers" / "published" / snapshot.DATABASE).exists()
    assert stat.S_IMODE((tmp_path / "readers").stat().st_mode) == 0o750
