"""`sql --protect`: answers that will leave the house, through the rule for small groups.

What can be protected is a table of counts by categories, with shares and means beside: one SELECT that counts its rows.
What is not understood is refused, not let through.
"""
