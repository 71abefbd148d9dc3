"""The paper toolkit of 闭环: reads, checks and lays out the papers of a Party branch. No Django, usable alone."""
