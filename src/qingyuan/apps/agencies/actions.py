"""Change agencies: units, members, delegations, hand-overs, tokens."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from qingyuan.apps.agencies import queries
from qingyuan.apps.agencies.models import (
    ApiToken,
    Assigned,
    Delegation,
    GroupMembership,
    HandOver,
    Member,
    Region,
    Role,
    SavedFilter,
    Scope,
    Team,
    Unit,
    UnitKind,
)
from qingyuan.apps.ledger.actions import Actor, Draft, Subject, reassign_duties, record, record_many
from qingyuan.basics.clock import civil_date
from qingyuan.domain.decision import Reason, RefusedError


def refuse(text: str) -> RefusedError:
    """Return the error for a request that office practice, not law, rules out."""
    return RefusedError([Reason(text)])


@transaction.atomic
def add_unit(
    *,
    code: str,
    name: str,
    short_name: str,
    kind: UnitKind,
    region: Region,
    by: Actor,
    at: datetime,
    aliases: Sequence[str] = (),
    parent: Unit | None = None,
    member_since: date | None = None,
) -> Unit:
    """设立单位: add a unit with its own data scope; `member_since` makes it a member of the leading group."""
    scope = Scope.objects.create(label=short_name)
    unit = Unit.objects.create(
        code=code,
        name=name,
        short_name=short_name,
        kind=kind,
        region=region,
        aliases=list(aliases),
        parent=parent,
        scope=scope,
    )
    if member_since:
        GroupMembership.objects.create(unit=unit, since=member_since)
    record(
        "unit.created", subject=Subject.of("unit", unit.pk), by=by, at=at, facts={"code": code, "name": name}
    )
    return unit


@transaction.atomic
def change_unit(
    *,
    unit: Unit,
    name: str,
    short_name: str,
    kind: str,
    region: Region,
    parent: Unit | None,
    active: bool,
    aliases: Sequence[str],
    member_since: date | None,
    by: Actor,
    at: datetime,
) -> Unit:
    """变更单位: change a unit's names, line, place or membership; a unit is ended, never deleted.

    Raises RefusedError when the unit would stand above itself, or is ended while people still work in it.
    """
    unit = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    if parent and parent.pk in {below.pk for below in queries.units_below(unit)}:
        raise refuse(_("{parent}在{unit}之下,不能作它的上级。").format(parent=parent, unit=unit))
    if not active and queries.colleagues(unit).exists():
        raise refuse(_("{unit}还有在用的账号,请先停用或者调出,再停用单位。").format(unit=unit))
    before = {
        "name": unit.name,
        "short_name": unit.short_name,
        "aliases": unit.aliases,
        "active": unit.active,
    }
    unit.name, unit.short_name, unit.kind, unit.region = name, short_name, kind, region
    unit.parent, unit.active, unit.aliases = parent, active, list(aliases)
    unit.save()
    Scope.objects.filter(pk=unit.scope_id).update(label=short_name)
    current = GroupMembership.objects.filter(unit=unit, until=None)
    if not member_since:
        current.update(until=civil_date(at))
    elif not current.update(since=member_since):
        GroupMembership.objects.create(unit=unit, since=member_since)
    record(
        "unit.changed",
        subject=Subject.of("unit", unit.pk),
        by=by,
        at=at,
        facts={
            "before": before,
            "name": name,
            "aliases": list(aliases),
            "active": active,
            "member_since": member_since.isoformat() if member_since else "",
        },
    )
    return unit


@transaction.atomic
def found_office(*, code: str, region_name: str, name: str, by: Actor, at: datetime) -> Unit:
    """设立双打办: make a region, where it is not there yet, and its coordination office."""
    region, _created = Region.objects.get_or_create(code=code, defaults={"name": region_name})
    return add_unit(
        code=f"{code}-office",
        name=name,
        short_name=str(_("双打办")),
        kind=UnitKind.OFFICE,
        region=region,
        by=by,
        at=at,
    )


@transaction.atomic
def add_member(
    *,
    username: str,
    name: str,
    unit: Unit,
    roles: Iterable[Role],
    by: Actor,
    at: datetime,
    password: str | None = None,
    reach: Member.Reach = Member.Reach.OWN,
    clearance: int = 0,
) -> Member:
    """增加人员: add a member; without a password the account cannot sign in until one is set."""
    member = Member.objects.create_user(
        username,
        password,
        name=name,
        unit=unit,
        roles=[str(role) for role in roles],
        reach=reach,
        clearance=clearance,
    )
    refresh_scopes(member)
    record(
        "member.created",
        subject=Subject.of("member", member.pk),
        by=by,
        at=at,
        facts={"username": username, "unit": unit.code, "roles": member.roles},
    )
    return member


def refresh_scopes(member: Member) -> None:
    """Recompute and write what a member may see: the unit, units below if so set, joint teams."""
    units = queries.units_below(member.unit) if member.reach == Member.Reach.BELOW else [member.unit]
    scopes = {unit.scope_id for unit in units}
    scopes |= set(queries.teams_of(member).values_list("scope_id", flat=True))
    if member.has_role(Role.ADMINISTRATOR) and len(member.roles) == 1:
        scopes = set()
    member.scopes = sorted(scopes)
    member.save(update_fields=["scopes"])


@transaction.atomic
def change_member(
    *,
    member: Member,
    name: str,
    unit: Unit,
    roles: Iterable[Role],
    reach: Member.Reach,
    clearance: int,
    by: Actor,
    at: datetime,
) -> Member:
    """变更人员: change name, unit, roles, reach or clearance. Nobody changes their own."""
    if by.member_id == member.pk:
        raise refuse(_("不能变更自己的角色与权限,请由另一名管理员办理。"))
    member = Member.objects.select_for_update(no_key=True).select_related("unit").get(pk=member.pk)
    before = {
        "unit": member.unit.code,
        "roles": member.roles,
        "reach": member.reach,
        "clearance": member.clearance,
    }
    if unit != member.unit and (work := queries.open_work(member)):
        count = sum(work.values())
        raise refuse(
            _("{name}名下还有 {count} 件未结工作,请先办理工作移交,再调整单位。").format(
                name=member.name, count=count
            )
        )
    member.name, member.unit, member.reach, member.clearance = name, unit, reach, clearance
    member.roles = [str(role) for role in roles]
    member.save(update_fields=["name", "unit", "roles", "reach", "clearance"])
    refresh_scopes(member)
    after = {"unit": unit.code, "roles": member.roles, "reach": str(reach), "clearance": clearance}
    record(
        "member.changed",
        subject=Subject.of("member", member.pk),
        by=by,
        at=at,
        facts={"before": before, "after": after},
    )
    return member


@transaction.atomic
def deactivate_member(*, member: Member, reason: str, by: Actor, at: datetime) -> None:
    """停用账号: end sign-in and tokens. Refused while open work is in the member's hands."""
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if work := queries.open_work(member):
        count = sum(work.values())
        raise refuse(
            _("{name}名下还有 {count} 件未结工作,请先办理工作移交,再停用账号。").format(
                name=member.name, count=count
            )
        )
    member.is_active = False
    member.save(update_fields=["is_active"])
    ApiToken.objects.filter(member=member, revoked_at=None).update(revoked_at=at)
    record(
        "member.deactivated", subject=Subject.of("member", member.pk), by=by, at=at, facts={"reason": reason}
    )


@transaction.atomic
def form_team(*, name: str, purpose: str, members: Sequence[Member], by: Actor, at: datetime) -> Team:
    """组成联合专班: let members of several units share the records given to the team."""
    team = Team.objects.create(name=name, purpose=purpose, scope=Scope.objects.create(label=name))
    team.members.set(members)
    for member in members:
        refresh_scopes(member)
    record(
        "team.created",
        subject=Subject.of("team", team.pk),
        by=by,
        at=at,
        facts={"name": name, "purpose": purpose, "members": [member.pk for member in members]},
    )
    return team


@transaction.atomic
def grant_delegation(
    *, principal: Member, delegate: Member, since: datetime, until: datetime, reason: str, at: datetime
) -> Delegation:
    """委托代办: let a colleague of the same unit act while the principal is away."""
    if principal.unit_id != delegate.unit_id:
        raise refuse(_("只能委托给本单位同事:{name}在另一个单位。").format(name=delegate.name))
    if until <= since:
        raise refuse(_("委托结束时间必须晚于开始时间,请更正结束时间。"))
    delegation = Delegation.objects.create(
        principal=principal, delegate=delegate, since=since, until=until, reason=reason
    )
    facts = {
        "delegate": delegate.name,
        "since": since.isoformat(),
        "until": until.isoformat(),
        "reason": reason,
    }
    record(
        "delegation.granted",
        subject=Subject.of("member", principal.pk),
        by=principal.actor,
        at=at,
        facts=facts,
    )
    return delegation


@transaction.atomic
def revoke_delegation(*, delegation: Delegation, by: Member, at: datetime) -> None:
    """撤回委托: end a delegation now; only its principal may."""
    delegation = Delegation.objects.select_for_update(no_key=True).get(pk=delegation.pk)
    if delegation.principal_id != by.pk:
        raise refuse(_("只有委托人本人可以撤回委托。"))
    if delegation.revoked_at is None:
        delegation.revoked_at = at
        delegation.save(update_fields=["revoked_at"])
        record("delegation.revoked", subject=Subject.of("member", by.pk), by=by.actor, at=at)


@transaction.atomic
def propose_hand_over(*, giver: Member, receiver: Member, reason: str, by: Member, at: datetime) -> HandOver:
    """提出移交: propose that all of the giver's open work goes to the receiver, in the same unit.

    The giver or a leader of the unit proposes; nothing moves before both have signed.
    """
    if by.pk != giver.pk and not (by.has_role(Role.LEADER) and by.unit_id == giver.unit_id):
        raise refuse(_("只能由移交人本人或本单位负责人提出移交。"))
    if giver.unit_id != receiver.unit_id:
        raise refuse(_("移交只能在同一单位内进行;跨单位请逐件移送。"))
    if HandOver.objects.filter(giver=giver, completed_at=None).exists():
        raise refuse(_("{name}已有一份未完成的移交,请先完成该移交。").format(name=giver.name))
    hand_over = HandOver.objects.create(giver=giver, receiver=receiver, reason=reason, proposed_at=at)
    record(
        "hand-over.proposed",
        subject=Subject.of("hand-over", hand_over.pk),
        by=by.actor,
        at=at,
        facts={"giver": giver.name, "receiver": receiver.name, "reason": reason},
    )
    return hand_over


@transaction.atomic
def sign_hand_over(*, hand_over: HandOver, by: Member, at: datetime) -> HandOver:
    """签字确认移交: sign as giver or receiver; the second signature moves the work, all or nothing."""
    hand_over = queries.lock_hand_over(hand_over)
    if by.pk == hand_over.giver_id and hand_over.giver_signed_at is None:
        hand_over.giver_signed_at, side = at, "giver"
    elif by.pk == hand_over.receiver_id and hand_over.receiver_signed_at is None:
        hand_over.receiver_signed_at, side = at, "receiver"
    else:
        raise refuse(_("这份移交不需要你签字,或你已经签过。"))
    record(
        "hand-over.signed",
        subject=Subject.of("hand-over", hand_over.pk),
        by=by.actor,
        at=at,
        facts={"side": side},
    )
    if hand_over.giver_signed_at and hand_over.receiver_signed_at:
        hand_over.moved = {
            model.subject_kind: _move_work(model, hand_over, by=by.actor, at=at)
            for model in queries.work_models()
        }
        hand_over.completed_at = at
        record(
            "hand-over.completed",
            subject=Subject.of("hand-over", hand_over.pk),
            by=by.actor,
            at=at,
            facts={"moved": hand_over.moved},
        )
    hand_over.save()
    return hand_over


def _move_work(model: type[Assigned], hand_over: HandOver, *, by: Actor, at: datetime) -> int:
    work = model._default_manager.select_for_update(no_key=True, of=("self",)).filter(
        handler=hand_over.giver, closed_at=None
    )
    keys = list(work.values_list("pk", flat=True))
    model._default_manager.filter(pk__in=keys).update(handler=hand_over.receiver)
    facts = {"from": hand_over.giver.name, "to": hand_over.receiver.name, "hand_over": hand_over.pk}
    subjects = [Subject.of(model.subject_kind, key) for key in keys]
    if subjects:
        record_many([Draft("work.handed-over", subject, by, at, facts) for subject in subjects])
    reassign_duties(*subjects, unit=hand_over.receiver.unit.code, member=hand_over.receiver_id)
    return len(keys)


@transaction.atomic
def issue_token(*, member: Member, name: str, by: Actor, at: datetime) -> tuple[ApiToken, str]:
    """签发接口令牌: return the token and its secret, which is shown once and not kept."""
    secret = secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        member=member, name=name, digest=queries.token_digest(secret), issued_at=at
    )
    record("token.issued", subject=Subject.of("member", member.pk), by=by, at=at, facts={"name": name})
    return token, secret


@transaction.atomic
def revoke_token(*, token: ApiToken, by: Actor, at: datetime) -> None:
    """吊销接口令牌: end a token now."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
        record(
            "token.revoked",
            subject=Subject.of("member", token.member_id),
            by=by,
            at=at,
            facts={"name": token.name},
        )


@transaction.atomic
def save_filter(*, member: Member, listing: str, name: str, query: str, shared: bool) -> SavedFilter:
    """Keep a list filter under a name; the same name replaces it. A convenience, no event."""
    saved, _created = SavedFilter.objects.update_or_create(
        member=member, listing=listing, name=name, defaults={"query": query, "shared": shared}
    )
    return saved


def delete_filter(*, saved: SavedFilter) -> None:
    """Delete a saved filter. A convenience, no event."""
    saved.delete()
