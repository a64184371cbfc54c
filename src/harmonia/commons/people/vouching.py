"""The rule by which newcomers become members with a vote."""

VOUCHERS = 2
"""Members who must say that they know a newcomer; fewer only while fewer members are here."""

VOUCHES_A_YEAR = 6
"""For how many newcomers one member can vouch within 365 days."""

YEAR_DAYS = 365
