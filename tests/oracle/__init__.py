"""An automatic student, who returns what the last feedback said.

`program` writes its hand-ins, `recorder` runs the checks at home as it could with a bundle,
`learner` reads feedback, and `routes` hand in and bring the feedback back.
"""
