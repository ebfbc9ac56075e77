"""Results end with the newest row that a loader brought, so plans of later days stay plans."""

from datetime import date

import pytest
from connected import Connected, connected

LOADED = {"_fivetran_synced": "2025-06-20 10:00:00"}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Connected:
    """A subscription that will end on 25 June, loaded on 20 June and built on 1 July."""
    line = {"subscription_id": "sub", "subscription_item_id": "si", "price_id": "price"}
    return connected(
        tmp_path_factory.mktemp("age"),
        {
            "stripe": {
                "customer": [{"id": "cus", "name": "Acme", "created": "2025-01-01"} | LOADED],
                "subscription": [
                    {
                        "id": "sub",
                        "customer_id": "cus",
                        "status": "active",
                        "start_date": "2025-01-01",
                        "cancel_at": "2025-06-25",
                        "canceled_at": "2025-06-02",
                    }
                    | LOADED
                ],
                "subscription_item": [
                    {"id": "si", "subscription_id": "sub", "plan_id": "price", "quantity": 1}
                    | LOADED
                ],
                "price": [
                    {
                        "id": "price",
                        "product_id": "prod",
                        "currency": "usd",
                        "unit_amount": 1000,
                        "recurring_interval": "month",
                        "type": "recurring",
                    }
                    | LOADED
                ],
                "invoice": [
                    {
                        "id": "in",
                        "customer_id": "cus",
                        "subscription_id": "sub",
                        "status": "paid",
                        "created": "2025-06-01",
                        "amount_due": 1000,
                        "amount_paid": 1000,
                        "currency": "usd",
                    }
                    | LOADED
                ],
                "invoice_line_item": [
                    {
                        "id": "il",
                        "invoice_id": "in",
                        "amount": 1000,
                        "quantity": 1,
                        "currency": "usd",
                        "type": "subscription",
                        "period_start": "2025-06-01",
                        "period_end": "2025-07-01",
                    }
                    | line
                    | LOADED
                ],
            }
        },
        select="+int_run_context +int_figures_freshness +dq_source_objects",
    )


def test_a_planned_end_after_the_load_is_no_fact(company: Connected) -> None:
    """The newest fact is the notice of 2 June."""
    assert company.code == 0, company.output[-3000:]
    assert company.rows("select as_of_date from intermediate.int_run_context") == [
        (date(2025, 6, 2),)
    ]


def test_a_loader_that_stopped_is_a_warning(company: Connected) -> None:
    words = "the newest row of stripe came on 2025-06-20, 11 days before this run."
    assert words in company.output
