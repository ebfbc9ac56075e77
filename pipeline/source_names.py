"""The systems that a company names in `sources`, each with its place: a schema or a folder."""

from collections.abc import Mapping


def named_sources(given: object) -> dict[str, str]:
    """The place of each system: of a mapping, or of text as `stripe=raw_stripe,zendesk=/data/z`."""
    if isinstance(given, Mapping):
        return {str(system): str(place) for system, place in given.items()}
    if not isinstance(given, str):
        return {}  # the check of vars in a build says so
    pairs = (entry.partition("=") for entry in given.split(",") if entry.strip())
    return {system.strip(): place.strip() for system, _, place in pairs}
