"""People who are made up: crews with known habits, what they would say, and what a project with them would cost."""

from goldsmith.stats.simulation.crew import Crew
from goldsmith.stats.simulation.plan import Forecast, Option, Plan, Prices, plan_budget
from goldsmith.stats.simulation.policies import Policy
from goldsmith.stats.simulation.simulate import Simulation, simulate

__all__ = ["Crew", "Forecast", "Option", "Plan", "Policy", "Prices", "Simulation", "plan_budget", "simulate"]
