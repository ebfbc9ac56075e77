"""Readers see one complete build after any failed publish, and the next run goes on from it."""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from small_company import ORDINARY, make_build
from test_publish import published

from pipeline import snapshot
from pipeline.files import point_symlink
from pipeline.lock import current_holder
from pipeline.settings import PROJECT_DIR, Settings
from pipeline.status import status

EARLY_KILLS = 4
LATE_KILLS = 14
SWAP_KILLS = 4
KILLS = EARLY_KILLS + LATE_KILLS + SWAP_KILLS
MEGABYTE = 1024 * 1024
HOLD = "import time; from pathlib import Path; from pipeline.lock import held\n" + textwrap.dedent(
    """
    with held(Path({lock!r}), "pipeline run"):
        print("held", flush=True)
        time.sleep(600)
    """
)
MARKED_TABLES = (
    "select table_schema, table_name from information_schema.columns "
    "where column_name = 'marker' and table_schema in ('marts', 'quality')"
)
READ = textwrap.dedent(
    """
    import sys, duckdb
    from pathlib import Path
    published = Path(sys.argv[1])
    reads = 0
    while not Path(sys.argv[2]).exists():
        folder = published.resolve()
        seen = set()
        with duckdb.connect(str(published / "customer_success.duckdb"), read_only=True) as database:
            tables = database.execute(sys.argv[3]).fetchall()
            for schema, name in tables:
                sql = f"select distinct marker from {schema}.{name}"
                seen |= set(database.execute(sql).fetchall())
        assert len(tables) == int(sys.argv[4]) and len(seen) == 1, (tables, seen)
        of_files = set()
        for schema, name in tables:
            sql = f"select distinct marker from '{folder}/{name}.parquet'"
            of_files |= set(duckdb.sql(sql).fetchall())
        assert len(of_files) == 1, of_files
        reads += 1
    print(reads)
    """
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A warehouse of its own, with a validated build and nothing published."""
    found = Settings(warehouse=tmp_path / "warehouse", target_dir=tmp_path / "target")
    make_build(found, ORDINARY)
    return found


def command(settings: Settings, *words: str, **options: object) -> subprocess.Popen[str]:
    """Start `python -m pipeline` on a warehouse."""
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", *words],
        cwd=PROJECT_DIR,
        env=os.environ
        | {
            "CS_WAREHOUSE_DIR": str(settings.warehouse),
            "DBT_TARGET_PATH": str(settings.target_dir),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def finished(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit code and all that a command said."""
    out, err = process.communicate(timeout=120)
    return process.returncode, out + err


@contextmanager
def holder(settings: Settings) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock until it is killed."""
    script = HOLD.format(lock=str(settings.lock_file))
    process = subprocess.Popen(
        [sys.executable, "-c", script], cwd=PROJECT_DIR, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_second_run_names_the_holder_and_a_dead_one_is_taken_over(settings: Settings) -> None:
    with holder(settings) as first:
        code, said = finished(command(settings, "publish", "--json"))
        assert code == 4
        result = json.loads(said.splitlines()[0])
        assert (result["outcome"], result["holder"]["pid"]) == ("locked", first.pid)
        assert f"`pipeline run` (process {first.pid} on " in said
        assert str(first.pid) in (status(settings).lock or "")
        assert not settings.published.exists()
        first.send_signal(signal.SIGKILL)
        first.wait()
        assert current_holder(settings.lock_file) is None
        code, said = finished(command(settings, "publish"))
    assert code == 0, said
    assert settings.published.exists()


@pytest.mark.parametrize("limit", [MEGABYTE // 64, MEGABYTE, 3 * MEGABYTE])
def test_a_file_that_cannot_grow_leaves_the_published_snapshot(
    settings: Settings, limit: int
) -> None:
    assert finished(command(settings, "publish"))[0] == 0
    stood = snapshot.published_run(settings)
    make_build(settings, replace(ORDINARY, marker=2))
    limited = command(
        settings,
        "publish",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    code, said = finished(limited)
    assert code == 5, said
    assert "could not be written" in said
    assert snapshot.published_run(settings) == stood
    assert [path.name for path in settings.snapshots.iterdir()] == [stood]
    assert published(settings, "select distinct marker from marts.dim_accounts") == [(1,)]
    assert finished(command(settings, "publish"))[0] == 0
    assert published(settings, "select distinct marker from marts.dim_accounts") == [(2,)]


def test_a_full_disk_leaves_the_published_snapshot(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("may not mount a small disk here")
    try:
        settings = Settings(warehouse=disk / "warehouse", target_dir=tmp_path / "target")
        make_build(settings, ORDINARY)
        assert finished(command(settings, "publish"))[0] == 0
        stood = snapshot.published_run(settings)
        filler = disk / "filler"
        free = shutil.disk_usage(disk).free
        filler.write_bytes(bytes(free - 2 * MEGABYTE))
        code, said = finished(command(settings, "publish"))
        assert code == 5, said
        assert snapshot.published_run(settings) == stood
        assert [path.name for path in settings.snapshots.iterdir()] == [stood]
        assert published(settings, "select count(*) from marts.dim_accounts") == [(6,)]
        filler.unlink()
        assert finished(command(settings, "publish"))[0] == 0
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def wait_for_draft(settings: Settings, process: subprocess.Popen[str]) -> None:
    """Wait until a publish begins to write its snapshot."""
    while process.poll() is None:
        if settings.snapshots.exists() and any(settings.snapshots.glob(f"{snapshot.DRAFT}*")):
            return
        time.sleep(0.001)


def wait_for_swap(settings: Settings, process: subprocess.Popen[str]) -> None:
    """Wait until a publish points readers at its snapshot."""
    stood = snapshot.published_run(settings)
    while process.poll() is None and snapshot.published_run(settings) == stood:
        time.sleep(0.0005)


def test_kill_9_at_any_instant_never_shows_readers_half_a_build(
    settings: Settings, tmp_path: Path
) -> None:
    builds = {marker: tmp_path / f"build_{marker}" for marker in (1, 2)}
    for marker, folder in builds.items():
        make_build(settings, replace(ORDINARY, marker=marker, padding_rows=20_000))
        folder.mkdir()
        for file in (settings.build_file, settings.state_file):
            shutil.copy2(file, folder)

    began = time.monotonic()
    process = command(settings, "publish")
    wait_for_draft(settings, process)
    until_draft = time.monotonic() - began
    assert finished(process)[0] == 0
    from_draft = time.monotonic() - began - until_draft

    stop = tmp_path / "stop"
    with duckdb.connect(str(settings.build_file), read_only=True) as build:
        tables = str(len(build.execute(MARKED_TABLES).fetchall()))
    reader = subprocess.Popen(
        [sys.executable, "-c", READ, str(settings.published), str(stop), MARKED_TABLES, tables],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    chance = random.Random(7)
    killed = 0
    try:
        for attempt in range(KILLS):
            folder = builds[attempt % 2 + 1]
            for file in (settings.build_file, settings.state_file):
                shutil.copy2(folder / file.name, file)
            process = command(settings, "publish")
            # Evenly over the whole, shaken a little, densest where the snapshot is written, and
            # some at the very swap.
            if attempt < EARLY_KILLS:
                time.sleep(until_draft * (attempt + chance.random()) / EARLY_KILLS)
            elif attempt < EARLY_KILLS + LATE_KILLS:
                wait_for_draft(settings, process)
                late = (attempt - EARLY_KILLS + chance.random()) / LATE_KILLS
                time.sleep(from_draft * late)
            else:
                wait_for_swap(settings, process)
            process.kill()
            process.communicate()
            killed += process.returncode == -signal.SIGKILL
            markers = published(settings, "select distinct marker from marts.fct_mrr_monthly")
            assert len(markers) == 1
            assert reader.poll() is None, reader.communicate()[1]
    finally:
        stop.touch()
        out, err = reader.communicate(timeout=60)
    assert err == ""
    assert int(out) >= KILLS, "the reader read all the while"
    assert killed > KILLS // 2, "most kills came before the end"
    code, said = finished(command(settings, "publish"))
    assert code == 0, said
    last = (KILLS - 1) % 2 + 1
    assert published(settings, "select distinct marker from marts.dim_accounts") == [(last,)]
    assert not [path for path in settings.snapshots.iterdir() if path.name.startswith(".")]
    assert not list(settings.warehouse.glob(".published*"))
    assert len(snapshot.stored(settings)) <= 7


def test_the_symlink_leads_somewhere_at_every_instant(tmp_path: Path) -> None:
    link = tmp_path / "published"
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    point_symlink(link, "a")
    done = threading.Event()
    missing = []

    def look() -> None:
        while not done.is_set():
            if not link.exists():
                missing.append(link)

    watcher = threading.Thread(target=look)
    watcher.start()
    for n in range(1000):
        point_symlink(link, "ab"[n % 2])
    done.set()
    watcher.join()
    assert missing == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "published"]
