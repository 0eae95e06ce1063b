"""What the launcher may refuse, each as one sentence with its way out, in English and Chinese.

These are no answers of the API and stay out of its documents, so they are no kernel refusals.
"""

import errno
import os
from typing import Final

from zhiliu.kernel.refusal import Refusal

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "foreign_data_folder": (
        "{folder} is not empty and is no Zhiliu data folder; "
        "set ZHILIU_DATA_DIR to an empty or new folder.",
        "{folder} 不是空文件夹，也不是质流的数据文件夹；"
        "请把 ZHILIU_DATA_DIR 设为空的或新的文件夹。",
    ),
    "foreign_owner": (
        "{folder} belongs to the system user {owner}; "
        "run as that user, or set ZHILIU_DATA_DIR to a folder of your own.",
        "{folder} 属于系统用户 {owner}；请以该用户运行，或把 ZHILIU_DATA_DIR 设为您自己的文件夹。",
    ),
    "broken_data_folder": (
        "The data folder {folder} is damaged ({reason}); put the missing file back, or set "
        "ZHILIU_DATA_DIR to a new folder and run `zhiliu restore FILE` with your last backup.",
        "数据文件夹 {folder} 已损坏（{reason}）；请放回缺失的文件，"
        "或把 ZHILIU_DATA_DIR 设为新文件夹，再用最近的备份运行 `zhiliu restore FILE`。",
    ),
    "folder_not_writable": (
        "{folder} cannot be written ({reason}); "
        "set ZHILIU_DATA_DIR to a folder that you may write.",
        "无法写入 {folder}（{reason}）；请把 ZHILIU_DATA_DIR 设为您可写的文件夹。",
    ),
    "folder_out_of_reach": (
        "The database user {user} may not enter {folder}, and Zhiliu never changes the permissions "
        "of a folder that is not its own; set ZHILIU_DATA_DIR to a folder such as /srv/zhiliu.",
        "数据库用户 {user} 无权进入 {folder}，而质流从不更改他人文件夹的权限；"
        "请把 ZHILIU_DATA_DIR 设为 /srv/zhiliu 之类的文件夹。",
    ),
    "no_database_user": (
        "PostgreSQL does not run as root and the system user {user} could not be created "
        "({reason}); create it (useradd --system {user}), or start Zhiliu as an ordinary user.",
        "PostgreSQL 不能以 root 运行，且无法创建系统用户 {user}（{reason}）；"
        "请先创建该用户（useradd --system {user}），或以普通用户启动质流。",
    ),
    "other_major": (
        "The data in {folder} is of PostgreSQL {found}, this Zhiliu brings {ours}; run "
        "`zhiliu backup FILE` with the Zhiliu version that made it, then `zhiliu restore FILE` "
        "with this one into a new ZHILIU_DATA_DIR.",
        "{folder} 中的数据属于 PostgreSQL {found}，本版质流自带 {ours}；"
        "请用原版本运行 `zhiliu backup FILE`，"
        "再用本版本在新的 ZHILIU_DATA_DIR 中运行 `zhiliu restore FILE`。",
    ),
    "disk_full": (
        "The disk of {folder} is full; free some space and start again, nothing is lost.",
        "{folder} 所在磁盘已满；请释放空间后重新启动，数据没有丢失。",
    ),
    "server_failed": (
        "The embedded PostgreSQL did not start ({reason}); the whole story is in {log}. "
        "If the data is damaged, restore your last backup into a new ZHILIU_DATA_DIR.",
        "内嵌的 PostgreSQL 未能启动（{reason}）；详情见 {log}。"
        "如数据已损坏，请在新的 ZHILIU_DATA_DIR 中恢复最近的备份。",
    ),
    "database_unreachable": (
        "The database that {variable} names cannot be reached ({reason}); "
        "check the address and that the server runs, "
        "or unset {variable} to use the embedded database.",
        "无法连接 {variable} 指定的数据库（{reason}）；"
        "请检查地址以及服务器是否运行，或取消 {variable} 以使用内嵌数据库。",
    ),
    "database_too_old": (
        "The database server is PostgreSQL {found}; Zhiliu needs 15 or newer. "
        "Upgrade the server, or unset ZHILIU_DATABASE_URL to use the embedded database.",
        "数据库服务器为 PostgreSQL {found}，质流需要 15 或更新版本。"
        "请升级服务器，或取消 ZHILIU_DATABASE_URL 以使用内嵌数据库。",
    ),
    "app_role_unknown": (
        "The role zhiliu_app cannot be used ({reason}); "
        "set ZHILIU_APP_DATABASE_URL to the address that includes its password.",
        "无法使用角色 zhiliu_app（{reason}）；请把 ZHILIU_APP_DATABASE_URL 设为包含其密码的地址。",
    ),
    "app_role_too_strong": (
        "The role {role} of ZHILIU_APP_DATABASE_URL is the owner, a superuser or bypasses row "
        "security; name an ordinary login role there, so that no request can pass the rules.",
        "ZHILIU_APP_DATABASE_URL 的角色 {role} 是所有者、超级用户或可绕过行级安全；"
        "请改用普通登录角色，使任何请求都不能绕过规则。",
    ),
    "server_lost": (
        "The database stopped answering ({reason}); start again, nothing committed is lost. "
        "If it happens again, look into {log}.",
        "数据库停止响应（{reason}）；请重新启动，已提交的数据没有丢失。如再次发生，请查看 {log}。",
    ),
    "already_serving": (
        "Zhiliu already serves from {folder} (process {pid}); stop that one with Ctrl-C, "
        "or set ZHILIU_DATA_DIR and PORT for a second one.",
        "质流已在使用 {folder} 提供服务（进程 {pid}）；请先用 Ctrl-C 停止它，"
        "或为第二个实例设置 ZHILIU_DATA_DIR 和 PORT。",
    ),
    "folder_in_use": (
        "Another Zhiliu command uses {folder} right now; wait for it to end and start again.",
        "另一个质流命令正在使用 {folder}；请等它结束后再试。",
    ),
    "port_in_use": (
        "Port {port} on {host} is in use; stop the other program or choose another port "
        "(`make demo PORT={other}`, `zhiliu serve --port {other}`).",
        "{host} 的端口 {port} 已被占用；请停止占用它的程序，或改用其他端口"
        "（`make demo PORT={other}` 或 `zhiliu serve --port {other}`）。",
    ),
    "address_unusable": (
        "Zhiliu cannot listen on {host} port {port} ({reason}); "
        "choose another --host, or a --port from 1024 to 65535.",
        "质流无法监听 {host} 端口 {port}（{reason}）；"
        "请改用其他 --host，或 1024 到 65535 之间的 --port。",
    ),
    "child_keeps_ending": (
        "The {child} process does not stay up (exit code {exit_code}); "
        "its own words are above. Repair the cause and start again.",
        "{child} 进程无法保持运行（退出码 {exit_code}）；其输出见上。请排除原因后重新启动。",
    ),
    "step_failed": (
        "`{step}` did not finish (exit code {exit_code}); its own words are above. "
        "Repair the cause and start again, finished work is kept.",
        "`{step}` 未能完成（退出码 {exit_code}）；其输出见上。"
        "请排除原因后重新启动，已完成的部分会保留。",
    ),
    "external_only": (
        "`zhiliu {command}` runs alone against a PostgreSQL of your own; set ZHILIU_DATABASE_URL, "
        "or run `zhiliu serve`, which brings the database along.",
        "`zhiliu {command}` 需要您自己的 PostgreSQL；请设置 ZHILIU_DATABASE_URL，"
        "或运行自带数据库的 `zhiliu serve`。",
    ),
    "reset_external": (
        "--reset clears the embedded database only; empty the database that ZHILIU_DATABASE_URL "
        "names with its own tools, then start without --reset.",
        "--reset 只清空内嵌数据库；请用其自身的工具清空 ZHILIU_DATABASE_URL 指定的数据库，"
        "再不带 --reset 启动。",
    ),
    "file_exists": (
        "{file} exists already; name a new file for the backup.",
        "{file} 已存在；请为备份指定新的文件名。",
    ),
    "file_unusable": (
        "{file} cannot be opened ({reason}); name another file.",
        "无法打开 {file}（{reason}）；请指定其他文件。",
    ),
    "foreign_backup": (
        "{file} is no backup of Zhiliu ({reason}); name a file that `zhiliu backup` wrote.",
        "{file} 不是质流的备份（{reason}）；请指定由 `zhiliu backup` 写出的文件。",
    ),
    "newer_backup": (
        "{file} was made by a newer Zhiliu (it knows {migration}); "
        "install that version or a later one, then restore.",
        "{file} 由更新版本的质流生成（其中含 {migration}）；请安装该版本或更新版本后再恢复。",
    ),
    "database_not_empty": (
        "The database holds data already; `zhiliu restore --force FILE` replaces all of it "
        "(run `zhiliu backup` first if you may need it).",
        "数据库中已有数据；`zhiliu restore --force FILE` 会全部替换"
        "（如可能还需要，请先运行 `zhiliu backup`）。",
    ),
    "tool_missing": (
        "{tool} {major} or newer is not on the PATH; install the PostgreSQL client programs "
        "(Debian: apt-get install postgresql-client).",
        "PATH 中没有 {tool} {major} 或更新版本；请安装 PostgreSQL 客户端程序"
        "（Debian：apt-get install postgresql-client）。",
    ),
    "tool_failed": (
        "{tool} ended with an error ({reason}); the database is as it was before.",
        "{tool} 出错（{reason}）；数据库保持原样。",
    ),
    "scheme_unknown": (
        "There is no scheme {scheme}; use one of: {allowed}.",
        "没有方案 {scheme}；可用：{allowed}。",
    ),
    "skip_lot_alone": (
        "--skip-lot belongs to a sampling scheme; name one with --scheme.",
        "--skip-lot 只用于抽样方案；请用 --scheme 指定方案。",
    ),
    "sampling_missing": (
        "A sampling plan needs {name}; give one of: {allowed}.",
        "抽样方案需要 {name}；请给出其中之一：{allowed}。",
    ),
    "sampling_line": (
        "{given} is no JSON object; write one a line, with the names {names}.",
        "{given} 不是 JSON 对象；请每行写一个，名称为 {names}。",
    ),
    "sampling_name": (
        "A sampling plan asks for no {given}; the names are {names}.",
        "抽样方案没有名称 {given}；名称为 {names}。",
    ),
    "oidc_incomplete": (
        "The company's sign-in is set up in part: {missing} is missing; set the issuer, the client "
        "id and the client secret, or none of them.",
        "企业登录配置不完整：缺少 {missing}；请同时设置 issuer、client id 和 client secret，"
        "或全部不设。",
    ),
    "oidc_issuer": (
        "ZHILIU_OIDC_ISSUER is {issuer}, but an issuer's address begins with https://; "
        "copy it from the provider's settings.",
        "ZHILIU_OIDC_ISSUER 为 {issuer}，而地址必须以 https:// 开头；请从身份提供方的设置中复制。",
    ),
    "oidc_match": (
        "ZHILIU_OIDC_MATCH is {match}; set it to email or username.",
        "ZHILIU_OIDC_MATCH 为 {match}；请设为 email 或 username。",
    ),
    "fault": (
        "Zhiliu met a fault of its own ({reason}); the details are in {file}. "
        "Please report it with that file; starting again is safe.",
        "质流自身出现故障（{reason}）；详情见 {file}。请附上该文件报告问题；可以放心重新启动。",
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


def told(refusal: Refusal) -> str:
    """Return a refusal of the kernel as commands print it: its sentence and the way out."""
    lang = language()
    return f"{refusal.sentence(lang)} {refusal.remedy(lang)}"


_FULL_TEXTS = (
    "No space left on device",
    "Disk quota exceeded",
    "File too large",
    "File size limit exceeded",
)
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
    if telling:
        return telling[-1].removesuffix(".")
    return lines[0].removesuffix(".") if lines else type(problem).__name__
