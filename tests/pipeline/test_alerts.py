"""Alerts: what became worse between two publishes, trouble of runs, and the post to a webhook."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from small_company import ORDINARY, Company
from test_publish_restatement import next_month, publish
from webhook_server import SECRET, Receiver, receiving

from pipeline import runner, snapshot
from pipeline.alert_post import Webhook
from pipeline.alerts import Alerts, report_alerts
from pipeline.console import Reporter
from pipeline.outcomes import PostFailed
from pipeline.runs import RunRow, append_to_log, read_log
from pipeline.settings import PROJECT_DIR, Settings

PAYING = {f"p{n}": [100 + n] * 16 for n in range(9)}
BASE = ORDINARY.with_mrr(**PAYING)
DROP = "health_score = 42, health_status = 'at_risk'"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A warehouse in which BASE is published."""
    found = Settings(warehouse=tmp_path / "warehouse", target_dir=tmp_path / "target")
    publish(found, BASE)
    return found


@pytest.fixture
def receiver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A webhook whose certificate is trusted."""
    with receiving(tmp_path) as found:
        monkeypatch.setenv("SSL_CERT_FILE", str(found.certificate))
        yield found


def after(*changes: tuple[str, str]) -> Company:
    """BASE with changed columns of accounts."""
    return replace(
        BASE,
        extra_sql=tuple(
            f"update marts.dim_accounts set {value} where account_id = '{account}'"
            for account, value in changes
        ),
    )


def alerts(
    settings: Settings,
    webhook: str | None = None,
    *,
    again: bool = False,
    late_after: float = 26.0,
    said: io.StringIO | None = None,
) -> Alerts:
    """The alerts as the command finds them."""
    return report_alerts(
        settings,
        Webhook(webhook) if webhook else None,
        Reporter(said or io.StringIO()),
        late_after_hours=late_after,
        again=again,
    )


def cli(settings: Settings, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a command on the warehouse."""
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *words],
        cwd=PROJECT_DIR,
        env=os.environ | {"CS_WAREHOUSE_DIR": str(settings.warehouse)} | env,
        capture_output=True,
        text=True,
        check=False,
    )


def row(settings: Settings, run_id: str, **changes: object) -> None:
    """Add a run to the log, as the last published one but for `changes`."""
    last = [found for found in read_log(settings.runs_file) if found.outcome == "published"][-1]
    append_to_log(settings.runs_file, replace(last, run_id=run_id, **changes))


def troubles(found: Alerts) -> list[str]:
    """The kinds of trouble."""
    return [trouble.kind for trouble in found.troubles]


def test_labels_are_ordered_as_the_policy_ranks_what_they_name() -> None:
    def rows(name: str) -> list[dict[str, str]]:
        with (PROJECT_DIR / "seeds" / "policy" / f"{name}.csv").open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def labelled(domain: str) -> list[str]:
        found = [label for label in rows("labels") if label["domain"] == domain]
        ordered = sorted(found, key=lambda label: int(label["sort_order"]))
        return [label["code"] for label in ordered if label["code"] != "(none)"]

    bands = sorted(rows("health_status_bands"), key=lambda band: -float(band["min_score"]))
    assert labelled("health_status") == [*(band["status"] for band in bands), "unscored"]
    levels = sorted(rows("risk_levels"), key=lambda level: int(level["risk_rank"]))
    assert labelled("risk_level") == [level["risk_level"] for level in levels]


def test_what_became_worse_is_named_and_what_became_better_is_not(settings: Settings) -> None:
    publish(
        settings,
        after(
            ("p0", "renewal_risk_level = 'high', next_renewal_on = '2025-06-30'"),
            ("p1", "health_score = 20, health_status = 'critical'"),
            ("p2", "health_score = 90, health_status = 'healthy'"),
            ("p3", "health_score = 60, health_status = 'unscored'"),
            ("p4", "health_score = 60"),
            ("p5", "renewal_risk_level = null"),
            ("p6", "status = 'churned', arr = 0, health_status = null, health_score = null"),
            ("p7", f"{DROP}, renewal_risk_level = 'elevated', csm_id = '(none)', csm_name = null"),
        ),
    )
    found = alerts(settings)
    assert {alert.account_id: alert.kinds for alert in found.accounts} == {
        "p7": ("health_drop", "renewal_at_risk"),
        "p6": ("churned",),
        "p1": ("health_drop",),
        "p0": ("renewal_at_risk",),
    }
    assert [str(alert) for alert in found.accounts] == [
        "Account p7 (p7, ARR USD 1,284): health stable -> at risk (70.0 -> 42.0);"
        " risk of the renewal on 2025-06-01: none -> elevated",
        "Account p6 (p6, Mia One, ARR USD 1,272): churned",
        "Account p1 (p1, Mia One, ARR USD 1,212): health stable -> critical (70.0 -> 20.0)",
        "Account p0 (p0, Mia One, ARR USD 1,200): risk of the renewal on 2025-06-30: none -> high",
    ]
    publish(settings, after(("p2", "health_score = 90, health_status = 'healthy'")))
    assert alerts(settings).accounts == (), "all of it became better"


def test_a_request_to_cancel_is_reported_on_its_first_day_alone(settings: Settings) -> None:
    asked = "insert into marts.fct_leading_indicators (snapshot_date, account_id, indicator) values"
    first = replace(BASE, extra_sql=(f"{asked} ('2025-04-15', 'a', 'cancel_request')",))
    publish(settings, first)
    assert [(a.account_id, a.kinds) for a in alerts(settings).accounts] == [
        ("a", ("cancel_request",))
    ]
    publish(settings, first)
    assert alerts(settings).accounts == ()


def test_an_account_that_comes_at_risk_is_reported(settings: Settings) -> None:
    company = BASE.with_mrr(new=[0] * 15 + [10])
    risk = "update marts.dim_accounts set renewal_risk_level = 'high' where account_id = 'new'"
    publish(settings, replace(company, extra_sql=(risk,)))
    assert [alert.account_id for alert in alerts(settings).accounts] == ["new"]


def test_a_snapshot_is_reported_once(settings: Settings, receiver: Receiver) -> None:
    publish(settings, after(("a", DROP)))
    first = alerts(settings, receiver.url)
    assert (first.is_posted, len(first.accounts)) == (True, 1)
    second = alerts(settings, receiver.url)
    assert (second.is_posted, second.accounts, second.is_reported_before) == (False, (), True)
    assert len(receiver.got) == 1
    assert receiver.paths == [SECRET]
    again = alerts(settings, receiver.url, again=True)
    assert (len(again.accounts), len(receiver.got)) == (1, 1)
    runner.rollback(settings, None, Reporter(io.StringIO()))
    assert alerts(settings, receiver.url).accounts == (), "that one became better"
    runner.rollback(settings, first.run_id, Reporter(io.StringIO()))
    assert alerts(settings, receiver.url).accounts == ()
    assert len(receiver.got) == 1


def test_what_could_not_be_posted_is_reported_with_the_next_publish(
    settings: Settings, receiver: Receiver
) -> None:
    publish(settings, after(("a", DROP)))
    receiver.status, receiver.text = 503, "down"
    said = io.StringIO()
    with pytest.raises(PostFailed, match="HTTP 503") as raised:
        alerts(settings, receiver.url, said=said)
    assert "Account a (a, Mia One" in said.getvalue(), "printed at least"
    assert raised.value.details["alerts"]["accounts"][0]["account_id"] == "a"
    assert not settings.alerts_file.exists()
    receiver.status = 200
    assert len(alerts(settings, receiver.url).accounts) == 1, "tried again"
    publish(settings, after(("a", DROP), ("c", DROP)))
    receiver.status = 503
    with pytest.raises(PostFailed):
        alerts(settings, receiver.url)
    receiver.status = 200
    publish(settings, after(("a", DROP), ("c", DROP), ("d", DROP)))
    assert [alert.account_id for alert in alerts(settings, receiver.url).accounts] == ["c", "d"]


def test_a_crash_before_the_record_repeats_and_a_half_written_file_is_not_there(
    settings: Settings, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(settings, after(("a", DROP)))

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("pipeline.files.os.replace", dies)
        with pytest.raises(KeyboardInterrupt):
            alerts(settings, receiver.url)
    assert not list(settings.warehouse.glob("*alerts.json*"))
    assert len(alerts(settings, receiver.url).accounts) == 1
    assert len(receiver.got) == 2
    assert alerts(settings, receiver.url).is_reported_before


def test_a_damaged_record_is_named_and_written_again(settings: Settings) -> None:
    publish(settings, after(("a", DROP)))
    settings.alerts_file.write_text('{"snapshots": [1]')
    said = io.StringIO()
    assert len(alerts(settings, said=said).accounts) == 1
    assert "alerts.json is damaged" in said.getvalue()
    assert alerts(settings).is_reported_before


def test_the_message_is_slacks_and_names_can_mention_nobody(
    settings: Settings, receiver: Receiver
) -> None:
    name = "account_name = '<!channel> & <https://x|y>' || chr(10) || chr(27) || '[2J'"
    changes = [(account, DROP) for account in [*PAYING, "a", "c", "d", "e"]]
    publish(settings, after(*changes, ("e", name)))
    found = alerts(settings, receiver.url)
    assert len(found.accounts) == 13
    (message,) = receiver.got
    assert message.keys() == {"text"}
    heading, first, *rest = message["text"].split("\n")
    assert heading.startswith("*13 accounts became worse, as of 2025-04-15 (run ")
    assert first.startswith("• &lt;!channel&gt; &amp; &lt;https://x|y&gt;  [2J (e, Mia One, ")
    assert len(rest) == 12
    assert all("\x1b" not in line for line in found.lines())


def test_a_long_list_is_cut_in_the_message_alone(settings: Settings, receiver: Receiver) -> None:
    many = BASE.with_mrr(**{f"m{n:02}": [10] * 16 for n in range(30)})
    publish(settings, many, accepts=True)
    alerts(settings)
    everybody = f"update marts.dim_accounts set {DROP} where account_id like 'm%'"
    publish(settings, replace(many, extra_sql=(everybody,)))
    found = alerts(settings, receiver.url)
    assert len(list(found.lines())) == 1 + 30 + 1
    lines = receiver.got[0]["text"].split("\n")
    assert len(lines) == 1 + 20 + 1
    assert lines[-1].startswith("and 10 more")


def test_a_failed_run_is_reported_once_until_the_next_fails(settings: Settings) -> None:
    alerts(settings)
    failed = {"outcome": "bad_input", "exit_code": 2, "message": "Raw contract: 1 missing\nmore"}
    row(settings, "20990101T000000-000001", command="run", **failed)
    found = alerts(settings)
    assert [trouble.text for trouble in found.troubles] == [
        "Run 20990101T000000-000001 failed (bad_input): Raw contract: 1 missing"
    ]
    assert troubles(alerts(settings)) == []
    row(settings, "20990101T000000-000002", command="validate", outcome="validated")
    assert troubles(alerts(settings)) == []
    row(settings, "20990101T000000-000003", command="run", **failed)
    assert troubles(alerts(settings)) == ["failed"]
    row(settings, "20990101T000000-000004", command="run")
    assert troubles(alerts(settings)) == []


def test_a_publish_is_late_after_the_hours_of_the_setting(settings: Settings) -> None:
    ended = datetime.now(UTC).replace(tzinfo=None) - timedelta(hours=27)
    [last] = read_log(settings.runs_file)
    settings.runs_file.unlink()
    late = replace(last, finished_at=ended.isoformat(timespec="seconds"))
    append_to_log(settings.runs_file, late)
    assert troubles(alerts(settings, late_after=28, again=True)) == []
    found = alerts(settings)
    assert [trouble.text for trouble in found.troubles] == [
        f"The next publish is late: run {last.run_id} published 27 hours ago,"
        " and 26 hours are allowed."
    ]
    assert troubles(alerts(settings)) == []


@pytest.mark.parametrize(
    ("hours", "as_of", "kinds"),
    [
        (-48, "2025-04-15", ["nothing_new"]),
        (-48, "2025-04-14", []),
        (0, "2025-04-15", []),
    ],
    ids=["same data on another day", "later data", "same data on the same day"],
)
def test_a_publish_without_later_data_is_reported(
    settings: Settings, hours: int, as_of: str, kinds: list[str]
) -> None:
    [last] = read_log(settings.runs_file)
    ended = datetime.fromisoformat(last.finished_at) + timedelta(hours=hours)
    row(
        settings,
        "20000101T000000-000001",
        finished_at=ended.isoformat(timespec="seconds"),
        as_of_date=as_of,
    )
    assert troubles(alerts(settings)) == kinds
    assert troubles(alerts(settings)) == []


def test_readers_without_a_snapshot_are_an_alert(settings: Settings, receiver: Receiver) -> None:
    settings.published.unlink()
    settings.published.symlink_to("snapshots/gone")
    found = alerts(settings, receiver.url)
    assert troubles(found) == ["unreadable"]
    assert receiver.got[0]["text"].startswith(":warning: Readers have no snapshot.")
    assert troubles(alerts(settings)) == []


def test_the_first_run_that_fails_is_reported_before_anything_is_published(
    tmp_path: Path,
) -> None:
    empty = Settings(warehouse=tmp_path / "new", target_dir=tmp_path / "target")
    empty.warehouse.mkdir()
    assert alerts(empty).is_empty
    now = "2026-01-01T00:00:00"
    append_to_log(empty.runs_file, RunRow("1", "run", now, now, "build_failed", 1))
    assert troubles(alerts(empty)) == ["failed"]


def test_another_companys_snapshot_is_not_compared(settings: Settings) -> None:
    publish(settings, after(("a", DROP)), accepts=True, raw_source="files in /extracts")
    found = alerts(settings)
    assert (found.compared_with, found.accounts) == (None, ())


def test_a_snapshot_of_an_earlier_version_is_not_compared(settings: Settings) -> None:
    file = settings.published.resolve() / snapshot.DATABASE
    file.chmod(0o600)
    with duckdb.connect(str(file)) as connection:
        connection.execute("drop table marts.rpt_crm_sync")
    publish(settings, after(("a", DROP)))
    found = alerts(settings)
    assert (found.compared_with, found.accounts) == (None, ())
    publish(
        settings, replace(next_month(BASE), extra_sql=after(("a", DROP), ("c", DROP)).extra_sql)
    )
    assert [alert.account_id for alert in alerts(settings).accounts] == ["c"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"status": 404, "text": "no_service"}, "the webhook answered HTTP 404 no_service."),
        ({"status": 500, "text": f"no hook at {SECRET}"}, "the webhook answered HTTP 500."),
        ({"wait": 2.0}, "the webhook did not answer within 0.5 s."),
    ],
)
def test_a_failed_post_says_why_and_never_where(
    receiver: Receiver, answer: dict[str, object], said: str
) -> None:
    for name, value in answer.items():
        setattr(receiver, name, value)
    with pytest.raises(PostFailed) as raised:
        Webhook(receiver.url).post({"text": "x"}, timeout=0.5)
    assert str(raised.value) == f"The alerts were not posted: {said}"
    assert raised.value.__cause__ is None


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_refused_and_not_followed(
    receiver: Receiver, status: int, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    with receiving(tmp_path / "other") as other:
        receiver.status, receiver.headers = status, {"Location": other.url}
        with pytest.raises(PostFailed, match=rf"redirect \(HTTP {status}\), which is refused"):
            Webhook(receiver.url).post({"text": "x"})
        assert (len(receiver.got), other.got) == (1, [])


def test_an_untrusted_or_missing_webhook_gets_nothing(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = receiver.url.replace("localhost", "127.0.0.1")
    with pytest.raises(PostFailed, match=r"is not trusted \(") as raised:
        Webhook(elsewhere).post({"text": "x"})
    assert "127.0.0.1" not in str(raised.value)
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(PostFailed, match=r"is not trusted \(self-signed certificate"):
        Webhook(receiver.url).post({"text": "x"})
    assert receiver.got == []
    with pytest.raises(PostFailed, match=r"cannot be reached \(connection refused"):
        Webhook(f"https://localhost:1{SECRET}").post({"text": "x"})


def test_the_command_posts_prints_and_exits_as_documented(
    settings: Settings, receiver: Receiver
) -> None:
    publish(settings, after(("a", DROP)))
    env = {"CS_ALERT_WEBHOOK": receiver.url}
    receiver.status = 503
    failed = cli(settings, "alerts", "--json", **env)
    assert failed.returncode == 7
    assert json.loads(failed.stdout)["outcome"] == "post_failed"
    assert json.loads(failed.stdout)["alerts"]["accounts"][0]["account_id"] == "a"
    receiver.status = 200
    done = cli(settings, "alerts", **env)
    assert done.returncode == 0
    assert "Account a (a, Mia One, ARR USD 2,520): health stable -> at risk" in done.stdout
    assert "Posted to the webhook." in done.stdout
    refused = cli(settings, "alerts", CS_ALERT_WEBHOOK=receiver.url.replace("https", "http"))
    assert refused.returncode == 64
    assert "CS_ALERT_WEBHOOK is not an https URL" in refused.stderr
    repeated = json.loads(cli(settings, "alerts", "--json", **env).stdout)
    assert (repeated["is_reported_before"], repeated["accounts"]) == (True, [])
    for ended in (failed, done, refused):
        assert "s3cr3t" not in ended.stdout + ended.stderr
        assert str(receiver.port) not in ended.stderr
    written = [path for path in settings.warehouse.rglob("*") if path.is_file()]
    assert all(b"s3cr3t" not in path.read_bytes() for path in written)
