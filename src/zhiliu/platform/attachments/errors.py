"""Named refusals of attachments."""

from dataclasses import dataclass

from zhiliu.kernel.refusal import Refusal


@dataclass(eq=False)
class AttachmentNotFound(Refusal):
    """No such file, or none of a record that the caller may see."""

    attachment: str

    code = "attachments.not_found"
    status = 404
    en = "There is no file {attachment}."
    zh = "找不到附件 {attachment}。"
    remedy_en = "Look it up in the list of the record's files."
    remedy_zh = "请在该记录的附件列表中查找。"


@dataclass(eq=False)
class EmptyFile(Refusal):
    """The file has no content."""

    file_name: str

    code = "attachments.empty_file"
    en = "The file {file_name} is empty."
    zh = "文件 {file_name} 是空文件。"
    remedy_en = "Check the file where it comes from and send it again."
    remedy_zh = "请检查原文件后重新上传。"


@dataclass(eq=False)
class FileTooLarge(Refusal):
    """The file, or the whole request, is larger than its purpose allows."""

    file_name: str
    limit_mb: int

    code = "attachments.too_large"
    status = 413
    en = "{file_name} is larger than {limit_mb} MB."
    zh = "{file_name} 超过 {limit_mb} MB。"
    remedy_en = "Send a smaller picture or split the document."
    remedy_zh = "请缩小图片或拆分文件后重新上传。"


@dataclass(eq=False)
class TypeNotAllowed(Refusal):
    """The name's ending is not of a type that this purpose takes."""

    file_name: str
    purpose: str
    allowed: str

    code = "attachments.type_not_allowed"
    status = 415
    en = "{file_name} cannot be attached as a {purpose}; what can: {allowed}."
    zh = "{file_name} 不能作为 {purpose} 上传；可用类型：{allowed}。"
    remedy_en = "Save it as one of these types and send it again."
    remedy_zh = "请另存为上述类型之一后重新上传。"


@dataclass(eq=False)
class ContentDisagrees(Refusal):
    """The content is not what the name says: the type is read from the bytes, never believed."""

    file_name: str
    claimed: str
    found: str

    code = "attachments.content_disagrees"
    status = 415
    en = "{file_name} is named as {claimed}, but its content is {found}."
    zh = "{file_name} 的名称表明是 {claimed}，但内容是 {found}。"
    remedy_en = "Send the original file, with the ending that fits its content."
    remedy_zh = "请上传原始文件，并使用与内容相符的扩展名。"


@dataclass(eq=False)
class FileDamaged(Refusal):
    """The content begins as its type should, but is cut off, encrypted or broken."""

    file_name: str
    claimed: str

    code = "attachments.damaged"
    en = "{file_name} cannot be read as {claimed}: it is cut off, encrypted, or damaged."
    zh = "{file_name} 无法作为 {claimed} 读取：文件被截断、加密或已损坏。"
    remedy_en = "Open it on your own device; if it opens there, save it anew and send that."
    remedy_zh = "请先在本机打开；若能打开，请重新保存后再上传。"


@dataclass(eq=False)
class UnpacksTooLarge(Refusal):
    """A small file that becomes huge when it is opened: a zip bomb or a picture bomb."""

    file_name: str

    code = "attachments.unpacks_too_large"
    status = 413
    en = "{file_name} becomes far larger when it is opened than any file of its kind should."
    zh = "{file_name} 打开后的体积远超同类文件的合理大小。"
    remedy_en = "Send only the sheets or the picture that are needed."
    remedy_zh = "请只上传所需的工作表或图片。"


@dataclass(eq=False)
class HasMacros(Refusal):
    """A workbook that carries a program."""

    file_name: str

    code = "attachments.has_macros"
    status = 415
    en = "{file_name} carries macros, that is, a program."
    zh = "{file_name} 含有宏（可执行程序）。"
    remedy_en = "Save it as a workbook without macros and send that."
    remedy_zh = "请另存为不含宏的工作簿后重新上传。"


@dataclass(eq=False)
class BadFileName(Refusal):
    """The name has characters that no file system and no header should get."""

    file_name: str

    code = "attachments.bad_file_name"
    status = 400
    en = "The name {file_name} is empty, longer than 150 characters, or has control characters."
    zh = "文件名 {file_name} 为空、超过 150 个字符或含有控制字符。"
    remedy_en = "Rename the file and send it again."
    remedy_zh = "请重命名文件后重新上传。"


@dataclass(eq=False)
class ReasonMissing(Refusal):
    """Withdrawing a file needs a reason."""

    file_name: str

    code = "attachments.reason_missing"
    en = "Withdrawing {file_name} needs a reason."
    zh = "撤回 {file_name} 需要填写原因。"
    remedy_en = "State the reason and send it again."
    remedy_zh = "请填写原因后重新提交。"


@dataclass(eq=False)
class AlreadyWithdrawn(Refusal):
    """The file was withdrawn before."""

    file_name: str
    withdrawn_at: str

    code = "attachments.already_withdrawn"
    en = "{file_name} was withdrawn at {withdrawn_at} already."
    zh = "{file_name} 已于 {withdrawn_at} 撤回。"
    remedy_en = "Nothing more to do; attach the right file anew."
    remedy_zh = "无需再操作；请上传正确的文件。"


@dataclass(eq=False)
class FileWithdrawnAlready(Refusal):
    """A withdrawn file is shown only to whoever may withdraw files there."""

    file_name: str
    withdrawn_at: str

    code = "attachments.withdrawn"
    status = 403
    en = "{file_name} was withdrawn at {withdrawn_at} and is not shown any more."
    zh = "{file_name} 已于 {withdrawn_at} 撤回，不再提供。"
    remedy_en = "Use the other files of the record, or ask quality to look at it."
    remedy_zh = "请使用该记录的其他附件，或请质量部门查看。"


@dataclass(eq=False)
class NotDrawable(Refusal):
    """Only the pages of a PDF can be drawn, and only of one that can be read."""

    file_name: str

    code = "attachments.not_drawable"
    en = "{file_name} has no pages that can be drawn here."
    zh = "{file_name} 没有可在此显示的页面。"
    remedy_en = "Download it and open it on your own device."
    remedy_zh = "请下载后在本机打开。"


@dataclass(eq=False)
class PageMissing(Refusal):
    """The file has fewer pages."""

    file_name: str
    page: int
    count: int

    code = "attachments.page_missing"
    status = 404
    en = "{file_name} has {count} pages, so there is no page {page}."
    zh = "{file_name} 共 {count} 页，没有第 {page} 页。"
    remedy_en = "Ask for one of its pages."
    remedy_zh = "请选择其中的一页。"


@dataclass(eq=False)
class FontsMissing(Refusal):
    """This installation lacks the fonts of prints; another font would draw boxes for Chinese."""

    folder: str

    code = "attachments.fonts_missing"
    en = "The fonts of prints are not in {folder}, so nothing can be printed."
    zh = "打印字体不在 {folder} 中，无法打印。"
    remedy_en = "Ask whoever runs Zhiliu to run make setup; nothing is lost meanwhile."
    remedy_zh = "请系统维护人员运行 make setup；期间不会丢失任何数据。"
