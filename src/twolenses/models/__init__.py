"""Theory as code: the models with which the two lenses argue.

======================  ================================================================================
`power`                 capabilities (CINC), shares, force ratios, concentration
`arms_race`             Richardson's equations: equilibrium, stability, simulation, fit
`games`                 2×2 games, their equilibria, Jervis's four worlds
`repeated`              the repeated game: strategies, a tournament, the shadow of the future
`bargaining`            Fearon's bargaining range and the commitment problem
`two_level`             Putnam's win-sets, and the deals that pass in both homes
`voting`                agreement at the United Nations, and its voting rules
`interdependence`       trade shares, asymmetric dependence, difference-in-differences
`forecasts`             Brier score, its decomposition, calibration
`reliability`           agreement of two coders, Cohen's kappa and its uncertainty
======================  ================================================================================

Each is imported by its own name. They need numpy and pandas alone, so they run in a browser too. A model says
what follows from its assumptions; whether these hold in the Kosovo–Serbia case is for the reader.
"""

from __future__ import annotations

from twolenses.errors import Error

__all__ = ["ModelError"]


class ModelError(Error, ValueError):
    """A model was given what it cannot work with."""
