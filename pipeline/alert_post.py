"""Posting alerts to a webhook. Its URL is a secret, so no message contains any part of it."""

import http.client
import json
import os
import re
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from pipeline.outcomes import PostFailed
from pipeline.settings import version

VARIABLE = "CS_ALERT_WEBHOOK"
TIMEOUT_SECONDS = 10.0
# Slack answers a refusal with a word such as no_service. Any other text might quote the URL.
ANSWER_WORD = re.compile(rb"[a-z_]{1,40}")


class InvalidWebhook(ValueError):
    """The setting is no https URL. The message does not quote it."""


@dataclass(frozen=True)
class Webhook:
    """The address that alerts are posted to."""

    url: str = field(repr=False)

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> "Webhook | None":
        """Read `CS_ALERT_WEBHOOK`, None where it is not set. Raises InvalidWebhook."""
        url = env.get(VARIABLE, "").strip()
        if not url:
            return None
        try:
            parts = urlsplit(url)
            is_valid = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
            is_valid = is_valid and parts.username is None
        except ValueError:
            is_valid = False
        if not is_valid or not url.isascii() or not url.isprintable() or " " in url:
            raise InvalidWebhook(f"{VARIABLE} is not an https URL. (It is a secret: not shown.)")
        return cls(url)

    def post(self, message: Mapping[str, Any], timeout: float = TIMEOUT_SECONDS) -> None:
        """Post a message as JSON, and return once the webhook has accepted it.

        `timeout` is in seconds. Raises PostFailed with a reason that names no part of the URL.
        """
        request = urllib.request.Request(
            self.url,
            json.dumps(message).encode(),
            {
                "Content-Type": "application/json",
                "User-Agent": f"customer-success-warehouse/{version()}",
            },
            method="POST",
        )
        try:
            # OpenSSL reads SSL_CERT_FILE, so a company's own CA needs no setting here.
            context = ssl.create_default_context()
            opener = urllib.request.build_opener(
                urllib.request.HTTPSHandler(context=context), _NoRedirect
            )
            with opener.open(request, timeout=timeout) as response:
                response.read(1000)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise PostFailed(f"The alerts were not posted: {_reason(error, timeout)}") from None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: its target would get the message, and might not be the receiver."""

    def redirect_request(self, *_: Any) -> None:
        """Refuse."""


def _reason(error: Exception, timeout: float) -> str:
    """The reason of a failed post, in words that quote neither the URL nor its host."""
    if isinstance(error, urllib.error.HTTPError):
        return _answer(error)
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return (
            f"the certificate of the webhook is not trusted ({cause.verify_message.split(',')[0]})."
            " SSL_CERT_FILE names a file with the CA of your own."
        )
    if isinstance(cause, TimeoutError):
        return f"the webhook did not answer within {timeout:g} s."
    if isinstance(cause, ssl.SSLError):
        return f"TLS failed ({cause.reason or 'no reason given'})."
    if isinstance(cause, OSError) and cause.errno and cause.errno > 0:
        return f"the webhook cannot be reached ({os.strerror(cause.errno).lower()})."
    if isinstance(cause, OSError):
        return "the webhook cannot be reached."
    return "the webhook did not answer in HTTP."


def _answer(error: urllib.error.HTTPError) -> str:
    if error.code in (301, 302, 303, 307, 308):
        return (
            f"the webhook answered with a redirect (HTTP {error.code}), which is refused. "
            f"Set {VARIABLE} to the final address."
        )
    try:
        word = error.read(100).strip()
    except (OSError, http.client.HTTPException):
        word = b""
    said = f" {word.decode()}" if ANSWER_WORD.fullmatch(word) else ""
    return f"the webhook answered HTTP {error.code}{said}."
