"""Coverage-guided fuzzing of every reader, of the structure, the checks, what shows them, and of comparing papers.

``python -m bench.fuzzing [TARGET …] [--runs N] [--seconds S] [--corpus FOLDER] [--keep FOLDER]`` prints a figure a target;
left out of ``make bench``, since a million inputs for each take hours. Any bytes in: a value that holds (``tests/text/holding``,
``remarks``, ``copies`` say what must) or a refusal that is a sentence. ``--corpus`` keeps what reached new places, so that the
next run begins there. What breaks is kept as a file; copied into tests/text/crashes it is a test from then on.
"""
