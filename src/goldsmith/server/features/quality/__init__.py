"""Quality: how far people agree and how the work goes."""

from goldsmith.server.features.quality.agreement import read_agreement
from goldsmith.server.features.quality.overview import read_overview
from goldsmith.server.features.quality.routes import router
from goldsmith.server.features.quality.schemas import Estimate, ProjectAgreement, QuestionAgreement

__all__ = ["Estimate", "ProjectAgreement", "QuestionAgreement", "read_agreement", "read_overview", "router"]
