"""Read plans and the work that follows from them."""

from qingyuan.apps.plan.queries.work import overdue_not_urged_since

__all__ = ["overdue_not_urged_since"]
