"""What a figure was measured on. No host name: results are committed."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version


def machine(postgresql: str) -> dict[str, str]:
    """Return processor, cores, memory, load and versions; `postgresql` is what the server calls itself."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": _processor(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{memory / (1 << 30):.0f} GiB",
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
        "postgresql": postgresql,
        "django": version("django"),
        "gunicorn": version("gunicorn"),
        "load at start": f"{os.getloadavg()[0]:.1f}",
    }


def load() -> float:
    """Return the load average of the last minute."""
    return round(os.getloadavg()[0], 1)


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    except OSError:
        names = []
    return names[0] if names else platform.machine()
