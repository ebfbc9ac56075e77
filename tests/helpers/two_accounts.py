"""The contract tables of a company with the accounts acme and beta, for tests of other systems."""

TWO_ACCOUNTS = {
    "crm_accounts": [
        {"account_id": name, "account_name": name, "created_at": "2024-01-01"}
        for name in ("acme", "beta")
    ],
    "billing_subscriptions": [
        {
            "subscription_id": "s1",
            "account_id": "acme",
            "started_on": "2024-01-01",
            "status": "active",
            "currency": "USD",
            "mrr_amount": 100,
        }
    ],
}
