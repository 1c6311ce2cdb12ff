"""`python -m qingyuan.site.database DATA IDLE DESCRIPTOR`: become the keeper of a data folder."""

import os
import sys
from pathlib import Path

from qingyuan.site.database.keeper import main

# Leave the caller: it must neither wait for us nor find us among its children.
if os.fork():
    os._exit(0)
os.setsid()
sys.exit(main(Path(sys.argv[1]), float(sys.argv[2]), os.fdopen(int(sys.argv[3]), "w")))
