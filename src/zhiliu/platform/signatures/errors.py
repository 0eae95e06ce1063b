"""Named refusals of signatures."""

from dataclasses import dataclass

from zhiliu.kernel.refusal import Refusal


@dataclass(eq=False)
class SecretNeeded(Refusal):
    """The verb is signed by somebody who proves his identity again."""

    record: str
    verb: str

    code = "signatures.secret_needed"
    status = 403
    en = "To sign `{verb}` on {record} you must prove your identity again."
    zh = "对 {record} 签署 {verb} 前，必须再次验证您的身份。"
    remedy_en = "Sign in as yourself and repeat the request with your password or code as `secret`."
    remedy_zh = "请以本人身份登录，在 `secret` 中填写您的密码或验证码后重新提交。"


@dataclass(eq=False)
class SamePerson(Refusal):
    """The verb is signed by two people, and this one has signed already."""

    record: str
    verb: str
    signer: str

    code = "signatures.same_person"
    status = 403
    en = "{record} needs two people for `{verb}`, and {signer} has signed it already."
    zh = "{record} 的 {verb} 须由两人签署，而 {signer} 已签署过。"
    remedy_en = "Ask a second person to sign."
    remedy_zh = "请由另一人签署。"


@dataclass(eq=False)
class FirstSignatureMissing(Refusal):
    """The verb is signed by two people, and nobody has signed before."""

    record: str
    verb: str

    code = "signatures.first_signature_missing"
    en = "{record} needs two people for `{verb}`, and nobody has signed it before."
    zh = "{record} 的 {verb} 须由两人签署，而此前无人签署。"
    remedy_en = "Let whoever asks for it sign first."
    remedy_zh = "请由提出人先行签署。"


@dataclass(eq=False)
class StrengthUnknown(Refusal):
    """Nobody says how strongly the verb is signed, so it is not signed at all."""

    record: str
    verb: str

    code = "signatures.strength_unknown"
    en = "How `{verb}` on {record} is signed is decided by no rule table."
    zh = "没有规则表规定 {record} 的 {verb} 如何签署。"
    remedy_en = "Ask your administrator: the installation is not complete."
    remedy_zh = "请联系管理员：系统安装不完整。"


@dataclass(eq=False)
class NotFound(Refusal):
    """No such signature, or of a record that the caller may not see."""

    given: str

    code = "signatures.not_found"
    status = 404
    en = "There is no signature {given}."
    zh = "找不到签名 {given}。"
    remedy_en = "List the signatures of the record."
    remedy_zh = "请在该记录的签名列表中查找。"
