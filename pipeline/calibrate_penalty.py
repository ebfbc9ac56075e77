"""How far fitted weights may leave the usual ones: as far as held-out accounts confirm."""

import numpy as np
from numpy.typing import NDArray

from pipeline.calibrate_fit import Flags, Floats, fit_weights, health
from pipeline.calibrate_measures import separation

FOLDS = 5
# From weights that follow the churn alone to weights that hardly leave the usual ones.
PENALTIES = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0)


def best_penalty(
    scores: Floats, churned: Flags, accounts: NDArray[np.int64], usual: Floats
) -> float:
    """The penalty whose weights best predict the churn of accounts that they were not fitted to.

    A fifth of the accounts is held out at a time. `accounts` numbers the account of each row, so
    that no account is on both sides. The highest AUC of the held-out scores wins, and the stronger
    pull on a tie.
    """
    folds = accounts % FOLDS

    def held_out(penalty: float) -> float:
        found = np.full(len(scores), np.nan)
        for fold in range(FOLDS):
            out = folds == fold
            if out.any() and churned[~out].any():
                fit = fit_weights(scores[~out], churned[~out], penalty, usual)
                found[out] = health(scores[out], fit.weights)[0]
        return separation(found, churned).auc or 0.0

    return max(reversed(PENALTIES), key=held_out)
