"""Named refusals of access."""

from collections.abc import Callable
from dataclasses import dataclass, field

from zhiliu.kernel.refusal import NoSuchRecord, RecordExists, Refusal

WORDS = {
    "user": "用户",
    "role": "角色",
    "grant": "授权",
    "token": "令牌",
    "record": "记录",
    "company identity": "企业登录账号",
    "view": "视图",
}


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


@dataclass(eq=False)
class CsrfFailed(Refusal):
    """A write with a session came without the CSRF token, or from another site."""

    code = "access.csrf_failed"
    status = 403
    en = "The request does not prove that it comes from this page."
    zh = "无法确认请求来自本页面。"
    remedy_en = "Load the page again, and send the CSRF cookie's value as X-CSRFToken."
    remedy_zh = "请重新加载页面，并以 X-CSRFToken 发送 CSRF cookie 的值。"


class NotFound(NoSuchRecord):
    """No such record, or none that the caller may see."""

    code = "access.not_found"
    words = WORDS
    remedy_en = "Check the id, or search for it in the list."
    remedy_zh = "请核对标识，或在列表中查找。"


class AlreadyExists(RecordExists):
    """The name or code is taken, or the user has this role already."""

    code = "access.already_exists"
    words = WORDS


@dataclass(eq=False)
class AlreadyRevoked(Refusal):
    """The grant or token was revoked before."""

    what: str
    given: str

    code = "access.already_revoked"
    words = WORDS
    en = "The {what} {given} is revoked already."
    zh = "{what:zh} {given} 已被撤销。"
    remedy_en = "Nothing more to do; a revoked right is given anew by a new record."
    remedy_zh = "无需再操作；如需恢复权限，请新建记录。"


@dataclass(eq=False)
class BadUsername(Refusal):
    """The sign-in name has characters that cannot be told apart or typed everywhere."""

    username: str

    code = "access.bad_username"
    en = "{username} cannot be a sign-in name: letters, digits and @ . + - _ only, at most 60."
    zh = "{username} 不能作为登录名：仅限字母（含汉字）、数字和 @ . + - _，最多 60 个字符。"
    remedy_en = "Choose a name without spaces."
    remedy_zh = "请使用不含空格的名称。"


@dataclass(eq=False)
class WeakPassword(Refusal):
    """The password is too easy to guess; `why` are the validators' codes."""

    why: list[str]

    code = "access.weak_password"
    en = (
        "The password is too easy to guess: shorter than 8 characters, a common one, digits only, "
        "or like the name."
    )
    zh = "密码过于简单：少于 8 位、过于常见、全为数字或与姓名相似。"
    remedy_en = "Use a longer one, such as four words that do not belong together."
    remedy_zh = "请使用更长的密码，例如四个互不相关的词。"


@dataclass(eq=False)
class MachineAccount(Refusal):
    """A machine account has no password and nobody signs in with it."""

    username: str

    code = "access.machine_account"
    en = "{username} is a machine account: it acts by tokens and has no password."
    zh = "{username} 是机器账号：只使用令牌，没有密码。"
    remedy_en = "Issue a token for it instead."
    remedy_zh = "请为其签发令牌。"


@dataclass(eq=False)
class UnknownOperation(Refusal):
    """A role or token lists something that no context declares."""

    operation: str

    code = "access.unknown_operation"
    en = "There is no operation {operation} that could be permitted."
    zh = "不存在可授权的操作 {operation}。"
    remedy_en = "Choose from the list of permissions."
    remedy_zh = "请从权限列表中选择。"


@dataclass(eq=False)
class SelfGrant(Refusal):
    """Separation of duties: nobody widens what he himself may do."""

    role: str = ""
    through: str = field(init=False)
    through_zh: str = field(init=False)

    code = "access.self_grant"
    status = 403
    en = "You cannot give yourself more rights{through}."
    zh = "您不能{through_zh}扩大自己的权限。"
    remedy_en = "Ask another administrator to do it."
    remedy_zh = "请由另一位管理员操作。"

    def __post_init__(self) -> None:
        self.through = f" through the role {self.role}" if self.role else ""
        self.through_zh = f"通过角色 {self.role} " if self.role else ""


@dataclass(eq=False)
class OneScopeOnly(Refusal):
    """A grant names more than one of company, site, supplier and customer."""

    code = "access.one_scope_only"
    en = "A grant holds for one company, site, supplier or customer, or for everything."
    zh = "一次授权只能限定一个公司、工厂、供应商或客户，或不限定。"
    remedy_en = "Make one grant for each."
    remedy_zh = "请分别授权。"


@dataclass(eq=False)
class LastAdministrator(Refusal):
    """After this act nobody could grant roles any more."""

    code = "access.last_administrator"
    en = "After this, nobody could manage users and grant roles any more."
    zh = "执行后将没有任何人能够管理用户和授予角色。"
    remedy_en = "Make somebody else an administrator first."
    remedy_zh = "请先指定另一位管理员。"


@dataclass(eq=False)
class TokenBeyondUser(Refusal):
    """A token would list an operation that its user may do nowhere."""

    operation: str
    username: str

    code = "access.token_beyond_user"
    en = "{username} may not do {operation}, so no token of this account may."
    zh = "{username} 无权执行 {operation}，其令牌也不得包含该操作。"
    remedy_en = "Grant the account a role with it first, or leave it out."
    remedy_zh = "请先授予相应角色，或去掉该操作。"


@dataclass(eq=False)
class TokenForAnother(Refusal):
    """A token would let its holder act in another person's name."""

    username: str

    code = "access.token_for_another"
    status = 403
    en = "A token of {username} would act in another person's name."
    zh = "{username} 的令牌会以他人名义操作。"
    remedy_en = "Issue it for yourself or for a machine account; a person issues his own."
    remedy_zh = "请为自己或机器账号签发；个人令牌由本人签发。"


@dataclass(eq=False)
class ExpiryPassed(Refusal):
    """The token would be expired when it is issued."""

    expires_at: str

    code = "access.expiry_passed"
    en = "The expiry {expires_at} has passed already."
    zh = "有效期 {expires_at} 已过。"
    remedy_en = "Give a later time with its offset, or leave it out."
    remedy_zh = "请填写更晚的时间（含时区），或留空。"


@dataclass(eq=False)
class NotYourView(Refusal):
    """A shared view is used by everybody and changed by its owner."""

    view: str
    owner: str

    code = "access.not_your_view"
    status = 403
    en = "The view {view} belongs to {owner}; you may use it, not change it."
    zh = "视图 {view} 属于 {owner}；您可以使用，但不能修改。"
    remedy_en = "Save it under a name of your own and change that one."
    remedy_zh = "请另存为自己的视图后再修改。"


@dataclass(eq=False)
class AlreadyInstalled(Refusal):
    """The first administrator is made only where no user exists."""

    code = "access.already_installed"
    en = "This installation has users already."
    zh = "本系统已有用户。"
    remedy_en = "Ask an administrator to add users and grant roles."
    remedy_zh = "请由管理员新增用户并授权。"


@dataclass(eq=False)
class WrongSecret(Refusal):
    """Neither the caller's password nor a fresh code of his authenticator."""

    code = "access.wrong_secret"
    status = 403
    en = "The secret is neither your password nor the code that your authenticator shows now."
    zh = "填写的内容既不是您的密码，也不是验证器当前显示的验证码。"
    remedy_en = "Type it again; each code counts once, so wait for the next one."
    remedy_zh = "请重新输入；每个验证码只能使用一次，请等待下一个。"


@dataclass(eq=False)
class TooManySecrets(Refusal):
    """Too many wrong secrets in a short time."""

    minutes: int

    code = "access.too_many_secrets"
    status = 429
    en = "Too many wrong secrets were given in your name."
    zh = "以您的名义输入错误的次数过多。"
    remedy_en = "Wait {minutes} minutes; if it was not you, tell your administrator."
    remedy_zh = "请等待 {minutes} 分钟；如非本人操作，请告知管理员。"


@dataclass(eq=False)
class SessionNeeded(Refusal):
    """A token stands for a machine, which cannot prove to be a person."""

    code = "access.session_needed"
    status = 403
    en = "A token cannot prove who a person is, so it cannot carry a secret."
    zh = "令牌不能证明本人身份，不能携带密码或验证码。"
    remedy_en = "Sign in and sign as yourself."
    remedy_zh = "请登录后以本人身份签署。"


@dataclass(eq=False)
class NothingToSignWith(Refusal):
    """The person has neither a password nor an authenticator app, so no secret can be his."""

    code = "access.nothing_to_sign_with"
    status = 403
    en = "You have no password and no authenticator app, and a passkey signs in but not records."
    zh = "您没有密码，也没有验证器应用；通行密钥只能用于登录，不能用于签署。"
    remedy_en = (
        "Set up an authenticator app in your security settings, or ask an administrator for a "
        "password; then sign again."
    )
    remedy_zh = "请在安全设置中添加验证器应用，或请管理员为您设置密码，然后重新签署。"


@dataclass(eq=False)
class ReasonNeeded(Refusal):
    """What weakens how a person signs in is done with a reason."""

    username: str

    code = "access.reason_needed"
    en = "What changes how {username} signs in needs a reason."
    zh = "更改 {username} 的登录方式须填写原因。"
    remedy_en = "Say in `reason` why it is done, such as a lost telephone."
    remedy_zh = "请在 `reason` 中说明原因，例如手机遗失。"


@dataclass(eq=False)
class NoSecondFactor(Refusal):
    """There is nothing to remove."""

    username: str

    code = "access.no_second_factor"
    en = "{username} has no second factor."
    zh = "{username} 没有设置第二验证因素。"
    remedy_en = "Nothing to do: he signs in without one."
    remedy_zh = "无需操作：该用户登录时不需要第二验证因素。"


@dataclass(eq=False)
class OwnSignIn(Refusal):
    """Nobody weakens his own sign-in as an administrator, past being asked who he is."""

    code = "access.own_sign_in"
    status = 403
    en = "You cannot do this to your own account as an administrator."
    zh = "您不能以管理员身份对自己的账号执行此操作。"
    remedy_en = "Change it in your own security settings, or ask another administrator."
    remedy_zh = "请在自己的安全设置中更改，或请另一位管理员操作。"


@dataclass(eq=False)
class UnknownKind(Refusal):
    """Nothing is kept about records of this kind."""

    kind: str
    known: str

    code = "access.unknown_kind"
    status = 400
    en = "There is no kind of record {kind}; known are {known}."
    zh = "没有记录类型 {kind}；可用的类型为 {known}。"
    remedy_en = "Correct the kind and ask again."
    remedy_zh = "请更正类型后重试。"


def _taken(what: str) -> Callable[[str], Refusal]:
    def refuse(detail: str) -> Refusal:
        # PostgreSQL says: Key (lower(username::text))=(wang) already exists.
        return AlreadyExists(what=what, given=detail.partition("=(")[2].partition(")")[0])

    return refuse


# Database constraints whose violation is an expected answer, when two act at once.
CONSTRAINTS = {
    "access_user_username_key": _taken("user"),
    "access_username_any_case": _taken("user"),
    "access_role_code_key": _taken("role"),
    "access_saved_view_name": _taken("view"),
}
