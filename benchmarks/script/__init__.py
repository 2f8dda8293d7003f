"""Learning what scripts look like: lines drawn in many faces, and the fit."""
