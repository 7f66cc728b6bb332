"""Whose channels are opened: the owner of a file can truncate it, which ends every process that has it mapped."""

from __future__ import annotations

import grp
import os
import pwd

from .errors import ChannelFileError


def check_owner(path: str, owner: int, trusted: str) -> None:
    """Refuses a file whose owner is not in a list such as ``"Self, Root, User:feed, MemberOf:market"``.

    :raises ChannelFileError: Another user owns it.
    :raises ValueError: The list has something else in it.
    """
    if not any([_covers(text.strip(), owner) for text in trusted.split(",")]):
        raise ChannelFileError(
            f"'{path}' belongs to user {owner}; this process runs as user {os.geteuid()} and trusts {trusted}. "
            "Name the owners that you trust in trusted_owners.")


def _covers(text: str, owner: int) -> bool:
    word, _, name = (part.strip() for part in text.partition(":"))
    match word.lower(), bool(name):
        case "self", False:
            return owner == os.geteuid()
        case "root", False:
            return owner == 0
        case "user", True:
            return owner == _user(name)
        case "memberof", True:
            return _is_member(owner, name)
    raise ValueError(f"'{text}' does not name owners of channels: use Self, Root, User:NAME or MemberOf:GROUP, separated by commas.")


def _user(name: str) -> int | None:
    try:
        return int(name) if name.isdecimal() else pwd.getpwnam(name).pw_uid
    except KeyError:
        return None


def _is_member(user: int, group: str) -> bool:
    try:
        account = pwd.getpwuid(user)
        number = int(group) if group.isdecimal() else grp.getgrnam(group).gr_gid
        return number in os.getgrouplist(account.pw_name, account.pw_gid)
    except KeyError:
        return False
