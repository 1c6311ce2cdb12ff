"""`python3 -m tools.setup app|dev|lock`: bring the checkout up to date, or resolve the lock files anew."""

import fcntl
import sys

from tools.setup import catalogues, frontend, lock, packages
from tools.setup.step import CHECKOUT, SetupError


def main(words: list[str]) -> int:
    """Run the steps whose inputs have changed; returns 0, or 1 with the reason on standard error."""
    if words not in (["app"], ["dev"], ["lock"]):
        print(__doc__, file=sys.stderr)
        return 2
    with (CHECKOUT / ".setup.lock").open("w") as waiting:
        fcntl.flock(waiting, fcntl.LOCK_EX)  # a second ./run waits for the first, then finds it all done
        try:
            if words == ["lock"]:
                lock.resolve()
            packages.install(with_dev=words != ["app"])
            frontend.install()
            catalogues.compile_changed()
        except SetupError as error:
            print(f"\n安装没有完成：{error}\n再次运行同一命令会从这一步继续。", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
