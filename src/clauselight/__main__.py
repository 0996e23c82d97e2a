"""``python -m clauselight``."""

from clauselight.cli import main

raise SystemExit(main())
