"""Makes a checkout runnable: Python packages, front-end files, message catalogues. Standard library only.

`./run` calls `python3 -m tools.setup app|dev` when what it depends on has changed, and `lock` to resolve anew.
"""
