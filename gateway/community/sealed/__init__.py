"""Words without a name: mixed with those of others before anybody reads them, the author's name in two halves for two people."""
