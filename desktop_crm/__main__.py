"""`python -m desktop_crm`."""

import sys

from desktop_crm.app.main import main

sys.exit(main())
