"""Where the parts of a process lie in its pool: a grid of ranks and rows, and orthogonal flows in its gutters.

BPMN tools draw on one endless canvas, so that nothing is wrapped. A stage is a stretch of columns, a lane a
stretch of rows. Nodes stand in cells of their own; flows run in the channels between columns and the gutters
between rows, and along rows only where no node stands, so that no flow can run through a shape.
"""
