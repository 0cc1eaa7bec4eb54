"""Telemachus: a confidential career-development mentoring program for academic divisions."""

__version__ = "0.1.0"
