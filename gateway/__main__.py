"""`python -m gateway`: the same as the command `pamoja`."""

from gateway.cli import main

main()
