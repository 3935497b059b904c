# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The suite that every connector passes against its vendor's stand-in.

A vendor's addon writes::

    @tagged("post_install", "-at_install")
    class TestAcmeConformance(Conformance, ConformanceCase):
        stand_in = AcmeBooks

and inherits every case. ``AcmeBooks`` implements :class:`~.stand_in.StandIn`.
"""

from .conformance_access import AccessConformance
from .conformance_case import ConformanceCase
from .conformance_conflicts import ConflictConformance
from .conformance_documents import DocumentConformance
from .conformance_drift import DriftConformance
from .conformance_invoices import InvoiceConformance
from .conformance_matching import MatchingConformance
from .conformance_once import OnceConformance
from .conformance_reading import ReadingConformance
from .conformance_trust import TrustConformance
from .conformance_writing import WritingConformance


class Conformance(
    AccessConformance,
    ReadingConformance,
    MatchingConformance,
    InvoiceConformance,
    TrustConformance,
    WritingConformance,
    OnceConformance,
    ConflictConformance,
    DocumentConformance,
    DriftConformance,
):
    """All cases; mixed into a :class:`ConformanceCase` by each vendor."""

    whole_suite = True


__all__ = ["Conformance", "ConformanceCase"]
