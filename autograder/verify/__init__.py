"""Prove an assignment: its reference, its stub, known submissions and misconceptions."""

from autograder.verify.calibration import Calibration, calibrate
from autograder.verify.desk import Finding
from autograder.verify.proof import Verification, findings, verify

__all__ = ["Calibration", "Finding", "Verification", "calibrate", "findings", "verify"]
