"""Build the search index: `python build_index.py [LIBRARY] [--index DIR]`."""

import sys

from kb.cli import main

if __name__ == "__main__":
    sys.exit(main(["build", *sys.argv[1:]]))
