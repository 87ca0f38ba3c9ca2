"""What may be let out: figures held against all that was let out before, as somebody would who wants to find a child.

An attack by linear programming over every figure of a release and of all earlier ones at once. Source: J. Castro,
"Recent advances in optimization techniques for statistical tabular data protection", EJOR 216 (2012), the auditing problem.
"""
