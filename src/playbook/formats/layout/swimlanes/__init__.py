"""The layout of swimlanes: a row per lane, a column per stage and rank, arrows on tracks of their own."""
