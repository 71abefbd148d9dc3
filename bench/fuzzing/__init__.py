"""Coverage-guided fuzzing of every reader, of the structure and of the checks: any bytes in, a value or a refusal out.

``python -m bench.fuzzing [TARGET …] [--runs N]`` prints a figure a target; left out of ``make bench``, since a million
inputs for each take an hour. What breaks is kept as a file; copied into tests/text/crashes it is a test from then on.
"""
