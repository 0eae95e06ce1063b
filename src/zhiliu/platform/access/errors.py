"""Named refusals of access."""

from dataclasses import dataclass

from zhiliu.kernel.refusal import Refusal


@dataclass(eq=False)
class NotSignedIn(Refusal):
    """The request carries no session and no valid token."""

    code = "access.not_signed_in"
    status = 401
    en = "You are not signed in, or your token is not valid any more."
    zh = "您尚未登录，或令牌已失效。"
    remedy_en = "Sign in, or send a valid token as `Authorization: Bearer`."
    remedy_zh = "请登录，或在 `Authorization: Bearer` 中提供有效令牌。"


@dataclass(eq=False)
class NotPermitted(Refusal):
    """The actor holds no grant for the operation anywhere."""

    operation: str

    code = "access.not_permitted"
    status = 403
    en = "Your roles do not include {operation}."
    zh = "您的角色不包含操作 {operation}。"
    remedy_en = "Ask an administrator for a role that may do this, or hand the task over."
    remedy_zh = "请管理员授予相应角色，或把任务转交给有权限的人。"
