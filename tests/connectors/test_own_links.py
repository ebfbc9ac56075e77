"""What a company reads when its own list of links is wrong."""

import pytest
from connected import Connected, connected

SYNCED = "2025-06-20 10:00:00+00:00"


def ticket(number: int, organization_id: str) -> dict[str, str]:
    """An open ticket of an organization."""
    return {
        "id": str(number),
        "organization_id": organization_id,
        "status": "open",
        "created_at": "2025-06-01 09:00:00",
        "_fivetran_synced": SYNCED,
    }


def organization(number: str) -> dict[str, str]:
    """An organization of Zendesk that nothing but the list can link."""
    return {"id": number, "name": f"Organization {number}", "_fivetran_synced": SYNCED}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Connected:
    """Two organizations are listed, one of them with an account that is not there."""
    return connected(
        tmp_path_factory.mktemp("own_links"),
        {
            "zendesk": {
                "ticket": [ticket(1, "right"), *(ticket(number, "new") for number in range(2, 14))],
                "organization": [organization("right"), organization("wrong"), organization("new")],
            }
        },
        raw={
            "crm_accounts": [
                {"account_id": "a", "account_name": "A", "created_at": "2024-01-01"},
            ],
            "billing_subscriptions": [
                {
                    "subscription_id": "s",
                    "account_id": "a",
                    "started_on": "2024-01-01",
                    "ended_on": "2025-06-25",
                    "mrr_amount": "10",
                    "currency": "USD",
                }
            ],
        },
        policy={
            "account_links": [
                {"source": "zendesk", "source_id": "right", "account_id": "a", "note": "by hand"},
                {"source": "zendesk", "source_id": "wrong", "account_id": "b", "note": ""},
                {"source": "zendesk", "source_id": "unknown", "account_id": "a", "note": ""},
            ]
        },
        select="+dq_account_links +dq_source_objects +dq_rejected_rows +dq_reconciliation"
        " warn_own_links_that_link_nothing assert_rejected_rows_within_limit",
        with_tests=True,
        max_rejected_share=0.01,
    )


def test_an_unlinked_party_says_what_the_list_names(company: Connected) -> None:
    assert company.code == 0, company.output[-3000:]
    assert company.rows(
        "select source_id, link_rule, account_id, reason from quality.dq_account_links order by 1"
    ) == [
        ("new", "unlinked", "none", "It states no known id and has no address."),
        ("right", "own_list", "a", None),
        ("wrong", "unlinked", "none", "account_links.csv names b, which is no account."),
    ]


def test_tickets_of_unlinked_organizations_are_rejected_and_have_no_limit(
    company: Connected,
) -> None:
    assert company.rows("select reason, count(*) from quality.dq_rejected_rows group by all") == [
        ("orphan:account_id", 12)
    ]
    assert "PASS assert_rejected_rows_within_limit" in company.output


def test_rows_of_the_list_that_link_nothing_are_a_warning(company: Connected) -> None:
    assert "WARN 2 warn_own_links_that_link_nothing" in company.output
