"""Prove an assignment: its reference, its stub, known submissions, misconceptions, mutants."""

from autograder.verify.calibration import Calibration, calibrate
from autograder.verify.mutants import Mutant, Strength, strength
from autograder.verify.proof import Verification, findings, verify
from autograder.verify.prover import Finding

__all__ = [
    "Calibration",
    "Finding",
    "Mutant",
    "Strength",
    "Verification",
    "calibrate",
    "findings",
    "strength",
    "verify",
]
