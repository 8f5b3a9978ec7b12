"""Quality: how far people agree and how the work goes."""

from goldsmith.server.features.quality.overview import read_overview
from goldsmith.server.features.quality.remembered import AgreementMemory, read_agreement
from goldsmith.server.features.quality.routes import router
from goldsmith.server.features.quality.schemas import Estimate, ProjectAgreement, QuestionAgreement

__all__ = [
    "AgreementMemory",
    "Estimate",
    "ProjectAgreement",
    "QuestionAgreement",
    "read_agreement",
    "read_overview",
    "router",
]
