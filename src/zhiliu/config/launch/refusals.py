"""What the launcher may refuse, each as one sentence with its way out, in English and Chinese."""

import errno
import os
from typing import Final

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "foreign_data_folder": (
        "{folder} is not empty and is no Zhiliu data folder; "
        "set ZHILIU_DATA_DIR to an empty or new folder.",
        "{folder} 不是空文件夹, 也不是质流的数据文件夹; 请把 ZHILIU_DATA_DIR 设为空的或新的文件夹。",
    ),
    "foreign_owner": (
        "{folder} belongs to the system user {owner}; "
        "run as that user, or set ZHILIU_DATA_DIR to a folder of your own.",
        "{folder} 属于系统用户 {owner}; 请以该用户运行, 或把 ZHILIU_DATA_DIR 设为您自己的文件夹。",
    ),
    "broken_data_folder": (
        "The data folder {folder} is damaged ({reason}); put the missing file back, or set "
        "ZHILIU_DATA_DIR to a new folder and run `zhiliu restore FILE` with your last backup.",
        "数据文件夹 {folder} 已损坏 ({reason}); 请放回缺失的文件, 或把 ZHILIU_DATA_DIR 设为新文件夹, "
        "再用最近的备份运行 `zhiliu restore FILE`。",
    ),
    "folder_not_writable": (
        "{folder} cannot be written ({reason}); "
        "set ZHILIU_DATA_DIR to a folder that you may write.",
        "无法写入 {folder} ({reason}); 请把 ZHILIU_DATA_DIR 设为您可写的文件夹。",
    ),
    "folder_out_of_reach": (
        "The database user {user} may not enter {folder}, and Zhiliu never changes the permissions "
        "of a folder that is not its own; set ZHILIU_DATA_DIR to a folder such as /srv/zhiliu.",
        "数据库用户 {user} 无权进入 {folder}, 而质流从不更改他人文件夹的权限; "
        "请把 ZHILIU_DATA_DIR 设为 /srv/zhiliu 之类的文件夹。",
    ),
    "no_database_user": (
        "PostgreSQL does not run as root and the system user {user} could not be created "
        "({reason}); create it (useradd --system {user}), or start Zhiliu as an ordinary user.",
        "PostgreSQL 不能以 root 运行, 且无法创建系统用户 {user} ({reason}); "
        "请先创建该用户 (useradd --system {user}), 或以普通用户启动质流。",
    ),
    "other_major": (
        "The data in {folder} is of PostgreSQL {found}, this Zhiliu brings {ours}; run "
        "`zhiliu backup FILE` with the Zhiliu version that made it, then `zhiliu restore FILE` "
        "with this one into a new ZHILIU_DATA_DIR.",
        "{folder} 中的数据属于 PostgreSQL {found}, 本版质流自带 {ours}; "
        "请用原版本运行 `zhiliu backup FILE`, "
        "再用本版本在新的 ZHILIU_DATA_DIR 中运行 `zhiliu restore FILE`。",
    ),
    "disk_full": (
        "The disk of {folder} is full; free some space and start again, nothing is lost.",
        "{folder} 所在磁盘已满; 请释放空间后重新启动, 数据没有丢失。",
    ),
    "server_failed": (
        "The embedded PostgreSQL did not start ({reason}); the whole story is in {log}. "
        "If the data is damaged, restore your last backup into a new ZHILIU_DATA_DIR.",
        "内嵌的 PostgreSQL 未能启动 ({reason}); 详情见 {log}。"
        "如数据已损坏, 请在新的 ZHILIU_DATA_DIR 中恢复最近的备份。",
    ),
    "database_unreachable": (
        "The database that {variable} names cannot be reached ({reason}); "
        "check the address and that the server runs, "
        "or unset {variable} to use the embedded database.",
        "无法连接 {variable} 指定的数据库 ({reason}); "
        "请检查地址以及服务器是否运行, 或取消 {variable} 以使用内嵌数据库。",
    ),
    "database_too_old": (
        "The database server is PostgreSQL {found}; Zhiliu needs 15 or newer. "
        "Upgrade the server, or unset ZHILIU_DATABASE_URL to use the embedded database.",
        "数据库服务器为 PostgreSQL {found}, 质流需要 15 或更新版本。"
        "请升级服务器, 或取消 ZHILIU_DATABASE_URL 以使用内嵌数据库。",
    ),
    "app_role_unknown": (
        "The role zhiliu_app cannot be used ({reason}); "
        "set ZHILIU_APP_DATABASE_URL to the address that includes its password.",
        "无法使用角色 zhiliu_app ({reason}); 请把 ZHILIU_APP_DATABASE_URL 设为包含其密码的地址。",
    ),
    "app_role_too_strong": (
        "The role {role} of ZHILIU_APP_DATABASE_URL is the owner, a superuser or bypasses row "
        "security; name an ordinary login role there, so that no request can pass the rules.",
        "ZHILIU_APP_DATABASE_URL 的角色 {role} 是所有者、超级用户或可绕过行级安全; "
        "请改用普通登录角色, 使任何请求都不能绕过规则。",
    ),
}


def language() -> str:
    """Return `zh` or `en`: ZHILIU_LANG first, then the locale variables in their usual order."""
    for name in ("ZHILIU_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


class LaunchRefused(Exception):
    """The launcher refuses to go on: a stable code, its data, and one sentence with the way out."""

    def __init__(self, code: str, **data: object) -> None:
        self.code = code
        self.data = data
        super().__init__(self.sentence(language()))

    def sentence(self, lang: str) -> str:
        """Return the sentence in `en` or `zh`."""
        return _SENTENCES[self.code][lang == "zh"].format(**self.data)


_FULL_TEXTS = ("No space left on device", "File too large", "Disk quota exceeded")
_FULL_NUMBERS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def is_disk_full(problem: object) -> bool:
    """Say whether an error, or the text a program left, means that the disk is full."""
    if isinstance(problem, OSError) and problem.errno in _FULL_NUMBERS:
        return True
    return any(text in str(problem) for text in _FULL_TEXTS)


def one_line(problem: object) -> str:
    """Return the telling line of an error or of a program's output, for use in a sentence."""
    lines = [line.strip() for line in str(problem).splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL" in line or "error:" in line or "PANIC" in line]
    chosen = (telling or lines or [type(problem).__name__])[-1]
    return chosen.removesuffix(".")
