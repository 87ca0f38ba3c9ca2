"""The yearly report and the published arrangements, written from the partnership's own records.

A document has sections of text in which figures stand as tokens. Until its data are frozen the figures are counted afresh
whenever it is read; from then on they are those of the freeze. Published, it can no longer change.
"""
