"""Parts of the page Trust: how well health scores and leading indicators predicted churn."""

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import data, looks

VERDICTS = "validation_verdict"


def validations() -> None:
    """Both validations, for one horizon and one touch tier."""
    horizons = [str(days) for days in data.rows("trust", "horizons")["horizon_days"]]
    if not horizons:
        looks.heading("Do health scores predict churn?")
        st.info(
            "No score has its whole horizon behind it yet, so no prediction can be judged. "
            "It takes 90 days of scores and some churn."
        )
        return
    left, right = st.columns(2)
    with left:
        horizon = looks.choose("horizon", "Days ahead", horizons, words=lambda days: f"{days} days")
    with right:
        tier = looks.choose(
            "tier",
            "Touch tier",
            data.rows("trust", "tiers")["touch_tier"].tolist(),
            words=lambda code: looks.label("touch_tier", code),
        )
    health(horizon, tier)
    indicators(horizon, tier)


def health(horizon: str, tier: str) -> None:
    """How well the scores of each scheme separate churn from staying."""
    looks.heading("Do health scores predict churn?")
    found = data.rows("trust", "health_validation", horizon=horizon, tier=tier)
    if found.empty:
        st.info("No account of this tier has a score with its whole horizon behind it yet.")
        return
    shown = found.assign(
        scheme=[
            looks.label("health_scheme", code) + (" (in use)" if active else "")
            for code, active in zip(found["scheme"], found["is_active_scheme"], strict=True)
        ],
        verdict=[looks.label(VERDICTS, code) for code in found["verdict"]],
        touch_tier=[looks.label("touch_tier", code) for code in found["touch_tier"]],
    )
    left, right = st.columns(2)
    with left:
        st.markdown("**Predictive power (AUC): 0.5 is a coin, 1 is perfect**")
        if found["auc"].notna().any():
            auc_chart(shown.dropna(subset="auc"))
        else:
            st.info("No account churned within the horizon, so the scores cannot be judged.")
    with right:
        st.markdown(f"**Churn within {horizon} days, by health status**")
        rates = data.rows("trust", "churn_rates", horizon=horizon, tier=tier)
        if rates.empty:
            st.info("No account of this tier has a score with its whole horizon behind it yet.")
        else:
            rates_chart(rates)
    looks.table(
        shown[
            [
                "scheme",
                "verdict",
                "auc",
                "observations",
                "churns",
                "worst_decile_lift",
                "flagged_60_days_ahead",
                "mean_health_churned",
                "mean_health_retained",
                "is_best",
            ]
        ],
        "rpt_health_validation",
        names={"auc": "AUC", "worst_decile_lift": "Lift of the worst tenth"},
    )
    looks.rows_link("rpt_health_validation", {"horizon_days": horizon, "touch_tier": tier})
    looks.definitions(
        "rpt_health_validation", ["auc", "worst_decile_lift", "flagged_60_days_ahead", "verdict"]
    )


def auc_chart(shown: pd.DataFrame) -> None:
    """A bar per scheme, from the coin's 0.5 on."""
    verdicts = alt.Color(
        "verdict:N",
        title=None,
        scale=looks.colours(VERDICTS),
        legend=alt.Legend(orient="bottom", columns=2),
    )
    base = alt.Chart(shown).encode(
        y=alt.Y(
            "scheme:N",
            sort=shown["scheme"].tolist(),
            title=None,
            axis=looks.words_axis(),
        ),
        tooltip=[
            alt.Tooltip("scheme:N", title="Scheme"),
            alt.Tooltip("auc:Q", title="AUC", format=".3f"),
            alt.Tooltip("churns:Q", title="Churns"),
            alt.Tooltip("verdict:N", title="Verdict"),
        ],
    )
    axis = alt.X("auc:Q", title=None, scale=alt.Scale(domain=[0, 1]))
    bars = base.mark_bar().encode(x=axis, color=verdicts)
    coin = (
        alt.Chart(pd.DataFrame({"auc": [0.5]}))
        .mark_rule(strokeDash=[4, 3])
        .encode(x=alt.X("auc:Q"))
    )
    looks.chart((bars + coin).properties(height=240), "AUC of each health scheme")


def rates_chart(rates: pd.DataFrame) -> None:
    """A bar per health status of the scheme in use."""
    shown = rates.assign(
        band_label=[looks.label("health_status", code) for code in rates["band"]],
    )
    drawn = (
        alt.Chart(shown)
        .mark_bar()
        .encode(
            x=alt.X("churn_rate:Q", title=None, axis=alt.Axis(format=".0%")),
            y=alt.Y(
                "band_label:N",
                sort=shown["band_label"].tolist(),
                title=None,
                axis=looks.words_axis(),
            ),
            color=alt.Color(
                "band_label:N",
                scale=looks.colours("health_status", rates["band"].tolist()),
                legend=None,
            ),
            tooltip=[
                alt.Tooltip("band_label:N", title="Status"),
                alt.Tooltip("churn_rate:Q", title="Churned", format=".1%"),
                alt.Tooltip("churns:Q", title="Churns"),
                alt.Tooltip("observations:Q", title="Scores"),
            ],
        )
        .properties(height=240)
    )
    looks.chart(drawn, "Share of scores followed by churn, by health status")


def indicators(horizon: str, tier: str) -> None:
    """How much likelier churn was with each leading indicator than without a look at it."""
    looks.heading("Do the warning signs predict churn?")
    found = data.rows("trust", "indicator_validation", horizon=horizon, tier=tier)
    seen = found.dropna(subset="lift")
    if seen.empty:
        st.info(
            "No warning sign of this tier has its whole horizon behind it, or nobody churned, "
            "so the signs cannot be judged."
        )
        return
    st.markdown("**Churn with the sign against churn of all: 1 says nothing**")
    shown = seen.assign(
        verdict=[looks.label(VERDICTS, code) for code in seen["verdict"]],
        label=[looks.label("indicator", code) for code in seen["indicator"]],
        severity=[looks.label("severity", code) for code in seen["severity"]],
    )
    bars = (
        alt.Chart(shown)
        .mark_bar()
        .encode(
            x=alt.X("lift:Q", title="Times the churn of all"),
            y=alt.Y(
                "label:N",
                sort=shown["label"].tolist(),
                title=None,
                axis=looks.words_axis(170),
            ),
            color=alt.Color(
                "verdict:N",
                title=None,
                scale=looks.colours(VERDICTS),
                legend=alt.Legend(orient="bottom", columns=2),
            ),
            tooltip=[
                alt.Tooltip("label:N", title="Sign"),
                alt.Tooltip("lift:Q", title="Lift", format=".1f"),
                alt.Tooltip("churns:Q", title="Churns"),
                alt.Tooltip("observations:Q", title="Observations"),
                alt.Tooltip("median_lead_days:Q", title="Days ahead, median", format=".0f"),
                alt.Tooltip("verdict:N", title="Verdict"),
            ],
        )
    )
    line = alt.Chart(pd.DataFrame({"lift": [1.0]})).mark_rule(strokeDash=[4, 3]).encode(x="lift:Q")
    looks.chart(
        (bars + line).properties(height=80 + 24 * len(shown)),
        "Lift of each leading indicator over the churn of all accounts",
    )
    looks.table(
        shown[
            [
                "label",
                "severity",
                "verdict",
                "lift",
                "precision",
                "base_rate",
                "recall",
                "observations",
                "churns",
                "median_lead_days",
            ]
        ],
        "rpt_indicator_validation",
        names={"label": "Sign", "precision": "Churned after it", "base_rate": "Churned of all"},
        height=320,
    )
    looks.rows_link("rpt_indicator_validation", {"horizon_days": horizon, "touch_tier": tier})
    looks.definitions(
        "rpt_indicator_validation", ["lift", "precision", "recall", "median_lead_days", "verdict"]
    )
