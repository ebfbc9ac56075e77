"""A Stripe account as its API tells it, and the folders that three loaders make of it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

Row = dict[str, Any]
SYNCED = datetime(2025, 1, 1, 3, 0)
FOREVER = datetime(9999, 12, 31, 23, 59, 59)


def at(text: str) -> datetime:
    """A moment in UTC from `2024-01-31` or `2024-01-31 09:00`."""
    return datetime.fromisoformat(text)


def later(moment: datetime, months: int = 0, days: int = 0) -> datetime:
    """So many months and days on; the moments of these accounts lie before the 29th."""
    index = moment.year * 12 + moment.month - 1 + months
    return moment.replace(year=index // 12, month=index % 12 + 1) + timedelta(days=days)


@dataclass
class Account:
    """Customers, subscriptions with their versions, items, prices, invoices and discounts."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    versions: list[Row] = field(default_factory=list)

    def add(self, name: str, /, **row: Any) -> Row:
        """Add a row of an object under the names of Stripe's API."""
        self.rows.setdefault(name, []).append(row)
        return row

    def price(self, price_id: str, unit: float | None, every: str = "1 month", **more: Any) -> None:
        """Add a recurring price in minor units; `every` is a count and an interval."""
        count, interval = every.split()
        recurring = {"interval": interval, "interval_count": int(count), "usage_type": "licensed"}
        recurring["usage_type"] = more.pop("usage_type", "licensed")
        row = {
            "product": "prod_seat",
            "currency": "usd",
            "type": "recurring",
            "billing_scheme": "per_unit",
            "tiers_mode": None,
            "transform_quantity": {"divide_by": None, "round": None},
            "tax_behavior": "exclusive",
            "nickname": price_id,
            "active": True,
            "livemode": True,
            "is_deleted": False,
            "unit_amount": int(unit) if unit is not None and unit == int(unit) else None,
            "unit_amount_decimal": unit,
        }
        self.add("price", id=price_id, **({"recurring": recurring} | row | more))

    def customer(self, name: str, **more: Any) -> str:
        """Add a customer; its id."""
        row = {"name": name, "email": f"bills@{name}.example", "livemode": True}
        row |= {"created": at("2023-01-02"), "currency": "usd", "metadata": {}}
        row |= {"is_deleted": False, "address": {"country": "US"}}
        self.add("customer", id=f"cus_{name}", **(row | more))
        return f"cus_{name}"

    def subscription(
        self,
        name: str,
        starts: str,
        *changes: tuple[str, Row],
        owner: str | None = None,
        **first: Any,
    ) -> str:
        """Add a subscription; each change is a later version with the values it changes."""
        begun = at(starts)
        state: Row = {
            "id": f"sub_{name}",
            "customer": f"cus_{owner or name}",
            "status": "active",
            "created": begun,
            "start_date": begun,
            "ended_at": None,
            "canceled_at": None,
            "cancel_at": None,
            "cancel_at_period_end": False,
            "trial_start": None,
            "trial_end": None,
            "quantity": 1,
            "latest_invoice": None,
            "pause_collection": {"behavior": None, "resumes_at": None},
            "metadata": {},
            "livemode": True,
        } | first
        starting = [first.get("created", begun), *(at(day) for day, _ in changes)]
        ending = [moment - timedelta(seconds=1) for moment in starting[1:]] + [FOREVER]
        for start, end, change in zip(
            starting, ending, [{}, *(row for _, row in changes)], strict=True
        ):
            state = state | change
            span = {"_fivetran_start": start, "_fivetran_end": end}
            self.versions.append(state | span | {"_fivetran_active": end == FOREVER})
        self.add("subscription", **state)
        return f"sub_{name}"

    def item(self, name: str, price: str, quantity: int | None, created: str, **more: Any) -> str:
        """Add an item as it is now, of the subscription that `more` or its name tells."""
        row = {"subscription": f"sub_{name}", "metadata": {}, "current_period_start": None}
        row |= {"current_period_end": None}
        item_id = more.pop("item_id", f"si_{name}")
        more = {"price": price, "quantity": quantity, "created": at(created)} | more
        self.add("item", id=item_id, **(row | more))
        return item_id

    def invoice(self, name: str, created: datetime, **more: Any) -> Row:
        """The invoice of a subscription at a moment, a new one where there is none."""
        own = [row for row in self.rows.get("invoice", []) if row["subscription"] == f"sub_{name}"]
        for row in own:
            if row["created"] == created:
                return row
        number = len(self.rows.get("invoice", [])) + 1
        row = {
            "id": f"in_{number:05d}",
            "subscription": f"sub_{name}",
            "created": created,
            "status": "paid",
            "billing_reason": "subscription_cycle" if own else "subscription_create",
            "currency": "usd",
            "amount_due": 0,
            "amount_paid": 0,
            "due_date": None,
            "livemode": True,
            "is_deleted": False,
        } | more
        subscriptions = self.rows["subscription"]
        row["customer"] = next(
            each["customer"] for each in subscriptions if each["id"] == f"sub_{name}"
        )
        paid = created + timedelta(hours=1) if row["status"] == "paid" else None
        row["status_transitions"] = {"finalized_at": created, "paid_at": paid}
        return self.add("invoice", **row)

    def line(
        self,
        name: str,
        price: str,
        quantity: float,
        amount: float,
        span: tuple[datetime, datetime],
        invoice: Row,
        **more: Any,
    ) -> None:
        """Add a line to an invoice."""
        number = len(self.rows.get("line", [])) + 1
        row = {
            "id": f"il_{number:05d}",
            "invoice": invoice["id"],
            "subscription": f"sub_{name}",
            "subscription_item": f"si_{name}",
            "price": price,
            "quantity": quantity,
            "amount": amount,
            "currency": "usd",
            "proration": False,
            "period": {"start": span[0], "end": span[1]},
            "type": "subscription",
            "livemode": True,
            "unit_amount_excluding_tax": amount / quantity if quantity else None,
        } | more
        self.add("line", **row)
        invoice["amount_due"] += row["amount"]
        invoice["amount_paid"] += row["amount"] if invoice["status"] == "paid" else 0

    def bill(
        self,
        name: str,
        price: str,
        quantity: float,
        amount: float,
        first: str,
        periods: int = 1,
        months: int = 1,
        days: int = 0,
        status: str = "paid",
        **more: Any,
    ) -> None:
        """Bill whole periods in advance, an invoice each; `more` is of the lines."""
        start = at(first)
        for _ in range(periods):
            end = later(start, days=days) if days else later(start, months=months)
            invoice = self.invoice(name, start, status=status)
            self.line(name, price, quantity, amount, (start, end), invoice, **more)
            start = end

    def prorate(
        self,
        name: str,
        price: str,
        quantity: float,
        amount: float,
        span: tuple[str, str],
        billed: str,
        **more: Any,
    ) -> None:
        """Charge or credit the rest of a period, on the invoice of the moment `billed`."""
        more = {"proration": True, "type": "invoiceitem"} | more
        days = at(span[0]), at(span[1])
        self.line(name, price, quantity, amount, days, self.invoice(name, at(billed)), **more)


# --- what loaders make of it ------------------------------------------------------------------

FIVETRAN_KEYS = {
    "customer": "customer_id",
    "subscription": "subscription_id",
    "subscription_item": "subscription_item_id",
    "product": "product_id",
    "invoice": "invoice_id",
    "coupon": "coupon_id",
    "latest_invoice": "latest_invoice_id",
}
FIVETRAN_TABLES = {
    "version": "subscription_history",
    "item": "subscription_item",
    "line": "invoice_line_item",
}
Write = Callable[[Account, Path], None]


def write_fivetran(account: Account, folder: Path) -> None:
    """A table per object, texts for times, and every version of a subscription."""
    for name, rows in (account.rows | {"version": account.versions}).items():
        if name == "subscription":
            continue
        keys = FIVETRAN_KEYS | {"price": "price_id" if name == "line" else "plan_id"}
        flat = [
            {keys.get(key, key): str(_plain(value)) for key, value in _flat(row, "_").items()}
            | {"_fivetran_synced": str(SYNCED)}
            for row in rows
        ]
        _write(folder / f"{FIVETRAN_TABLES.get(name, name)}.csv", flat)


def write_dlt(account: Account, folder: Path) -> None:
    """Child tables for lists, two underscores for nesting, seconds for times."""
    load = {"_dlt_load_id": "1735700400.5"}
    loads = {"load_id": "1735700400.5", "status": 0, "inserted_at": "2025-01-01T03:00:00Z"}
    _write(folder / "_dlt_loads.csv", [loads])
    prices = {row["id"]: row for row in account.rows["price"]}
    for name, table in (("price", "price"), ("product", "product"), ("coupon", "coupon")):
        rows = account.rows.get(name, [])
        _write(folder / f"{table}.csv", [_seconds(_flat(_known(row), "__")) | load for row in rows])
    customers = [row for row in account.rows["customer"] if not row["is_deleted"]]
    _write(
        folder / "customer.csv", [_seconds(_flat(_known(row), "__")) | load for row in customers]
    )
    subscriptions = [
        _seconds(_flat(row | _discount_of(account, row["id"]), "__"))
        | load
        | {"_dlt_id": f"d{row['id']}"}
        for row in account.rows["subscription"]
    ]
    _write(folder / "subscription.csv", subscriptions)
    invoices = [
        _seconds(_flat(_known(row), "__")) | load | {"_dlt_id": f"d{row['id']}"}
        for row in account.rows["invoice"]
    ]
    _write(folder / "invoice.csv", invoices)
    for name, table, parent in (
        ("item", "subscription__items__data", "subscription"),
        ("line", "invoice__lines__data", "invoice"),
    ):
        rows = []
        for row in account.rows[name]:
            nested = row | {"price": _known(prices.get(row["price"], {"id": row["price"]}))}
            child = _seconds(_flat(nested, "__")) | {"_dlt_parent_id": f"d{row[parent]}"}
            child.pop("invoice", None)
            rows.append(child | {"_dlt_id": f"c{row['id']}"})
        _write(folder / f"{table}.csv", rows)


AIRBYTE_TABLES = {
    "customer": "customers",
    "subscription": "subscriptions",
    "item": "subscription_items",
    "price": "prices",
    "plan": "plans",
    "product": "products",
    "coupon": "coupons",
    "invoice": "invoices",
    "invoice_item": "invoice_items",
    "line": "invoice_line_items",
}


def write_airbyte(account: Account, folder: Path) -> None:
    """A table per stream, JSON for nested objects, seconds for times."""
    prices = {row["id"]: row for row in account.rows["price"]}
    for name, table in AIRBYTE_TABLES.items():
        rows = []
        for row in account.rows.get(name, []):
            nested = dict(row)
            if name == "subscription":
                nested |= _discount_of(account, row["id"]) or {"discount": None}
                nested["updated"] = SYNCED
            if name in ("item", "line", "invoice_item"):
                nested["price"] = prices.get(row["price"], {"id": row["price"]})
            if name == "line":
                nested["invoice_id"] = nested.pop("invoice")
            kept = {
                key: json.dumps(_seconds(value)) if isinstance(value, dict) else value
                for key, value in nested.items()
            }
            kept["_airbyte_raw_id"] = f"{table}-{row['id']}"
            rows.append(_seconds(kept) | {"_airbyte_extracted_at": "2025-01-01T03:00:00Z"})
        if rows:
            _write(folder / f"{table}.csv", rows)


WRITERS: dict[str, Write] = {
    "fivetran": write_fivetran,
    "dlt": write_dlt,
    "airbyte": write_airbyte,
}


def _discount_of(account: Account, subscription_id: str) -> Row:
    """The subscription's own discount with its coupon, as the API nests it."""
    coupons = {row["id"]: row for row in account.rows.get("coupon", [])}
    for name in ("subscription_discount", "discount"):
        for row in account.rows.get(name, []):
            if row["subscription"] == subscription_id:
                nested = {key: row[key] for key in ("id", "customer", "start", "end")}
                nested |= {"subscription": subscription_id, "coupon": coupons[row["coupon"]]}
                return {"discount": nested}
    return {}


def _known(row: Row) -> Row:
    """The row without marks that Fivetran alone makes."""
    return {key: value for key, value in row.items() if key != "is_deleted"}


def _flat(row: Row, glue: str, prefix: str = "") -> Row:
    flat: Row = {}
    for key, value in row.items():
        if isinstance(value, dict) and value:
            flat |= _flat(value, glue, f"{prefix}{key}{glue}")
        else:
            flat[f"{prefix}{key}"] = value
    return flat


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else value


def _seconds(row: Row) -> Row:
    return {
        key: int(value.replace(tzinfo=UTC).timestamp())
        if isinstance(value, datetime)
        else _seconds(value)
        if isinstance(value, dict)
        else value
        for key, value in row.items()
    }


def _write(path: Path, rows: Iterable[Row]) -> None:
    rows = list(rows)
    names = list(dict.fromkeys(name for row in rows for name in row))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(
            {
                key: json.dumps(value) if isinstance(value, dict) else _plain(value)
                for key, value in row.items()
            }
            for row in rows
        )
