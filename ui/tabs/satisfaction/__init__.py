"""Satisfaction: the surveys on the left, one survey with its figures, its customers and its actions on the right."""

from ui.tabs.satisfaction.tab import SatisfactionTab

TAB = SatisfactionTab
