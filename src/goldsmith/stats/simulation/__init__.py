"""People who are made up: crews with known habits, and what they would say."""

from goldsmith.stats.simulation.crew import Crew
from goldsmith.stats.simulation.simulate import Simulation, simulate

__all__ = ["Crew", "Simulation", "simulate"]
