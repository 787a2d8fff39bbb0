"""Prove an assignment: its reference, its stub, known submissions and misconceptions."""

from autograder.verify.calibration import Calibration, calibrate
from autograder.verify.proof import Finding, Verification, verify

__all__ = ["Calibration", "Finding", "Verification", "calibrate", "verify"]
