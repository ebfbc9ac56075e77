"""Which URLs of a webhook `alerts` takes: those of https alone, and no message shows one."""

import pytest
from webhook_server import SECRET

from pipeline.alert_post import InvalidWebhook, Webhook


@pytest.mark.parametrize(
    "url",
    [
        f"http://hooks.example.com{SECRET}",
        f"HTTPS//hooks.example.com{SECRET}",
        f"https://{SECRET}",
        f"https://user:pass@hooks.example.com{SECRET}",
        f"https://hooks.example.com:port{SECRET}",
        f"https://hooks.example.com{SECRET}\n.evil.example",
        f"https://hooks.example.com{SECRET} x",
        f"https://hooks.exämple.com{SECRET}",
        f"file://{SECRET}",
    ],
)
def test_a_webhook_that_is_no_https_url_is_refused_unseen(url: str) -> None:
    with pytest.raises(InvalidWebhook) as raised:
        Webhook.from_environment({"CS_ALERT_WEBHOOK": url})
    assert "s3cr3t" not in str(raised.value)
    assert "example" not in str(raised.value)


def test_no_webhook_is_none() -> None:
    assert Webhook.from_environment({}) is Webhook.from_environment({"CS_ALERT_WEBHOOK": " "})
    assert "s3cr3t" not in repr(Webhook(f"https://x{SECRET}"))
