"""Refusals of inspection plans."""

from collections.abc import Sequence
from dataclasses import InitVar, dataclass, field

from zhiliu.contexts.inspections.errors.words import WORDS
from zhiliu.kernel.refusal import Problem, Refusal, joined


@dataclass(eq=False)
class PlanNotInState(Refusal):
    """The state of the plan version does not permit the verb."""

    plan_version: str
    state: str
    verb: str

    code = "inspections.plan_not_in_state"
    words = WORDS
    en = "Plan {plan_version} is {state}; one cannot {verb} it now."
    zh = "检验方案 {plan_version} 的状态为{state:zh}，不能{verb:zh}。"
    remedy_en = "What holds never changes: add a new version and change that."
    remedy_zh = "已生效的内容不可更改：请新建版本，在其中修改。"


@dataclass(eq=False)
class PlanFilesFixed(Refusal):
    """The drawings and instructions of a plan version are approved with it."""

    plan_version: str
    state: str

    code = "inspections.plan_files_fixed"
    words = WORDS
    en = "Plan {plan_version} is {state}; its drawings and instructions are fixed with it."
    zh = "检验方案 {plan_version} 的状态为{state:zh}，其图纸和作业指导书已随之固定。"
    remedy_en = "Add a new version, attach the right files to that draft, and have it approved."
    remedy_zh = "请新建版本，在该草稿中上传正确的附件，再提交批准。"


@dataclass(eq=False)
class PlanNotReady(Refusal):
    """What stands in the draft cannot hold yet; every problem is named."""

    plan_version: str
    found: InitVar[Sequence[Problem]]
    problems: list[dict[str, str]] = field(init=False)
    said: str = field(init=False)
    said_zh: str = field(init=False)

    code = "inspections.plan_not_ready"
    en = "Plan {plan_version} cannot be approved yet. {said}."
    zh = "检验方案 {plan_version} 暂不能批准。{said_zh}。"
    remedy_en = "Correct the draft, then approve it."
    remedy_zh = "请修改草稿后再批准。"

    def __post_init__(self, found: Sequence[Problem]) -> None:
        self.problems = [{"about": p.about, "check": p.check} for p in found]
        self.said, self.said_zh = joined(found, "en"), joined(found, "zh")


@dataclass(eq=False)
class OwnPlanDraft(Refusal):
    """Who wrote a plan does not approve it: two people look at what will hold."""

    plan_version: str

    code = "inspections.own_plan_draft"
    status = 403
    en = "You wrote on the draft of plan {plan_version}, so you cannot approve it."
    zh = "您编写过检验方案 {plan_version} 的草稿，不能由您批准。"
    remedy_en = "Ask a colleague with the right to approve inspection plans."
    remedy_zh = "请由有检验方案批准权限的同事批准。"


@dataclass(eq=False)
class PlanDraftExists(Refusal):
    """A plan has one draft at a time."""

    plan_version: str

    code = "inspections.plan_draft_exists"
    en = "There is a draft already: plan {plan_version}."
    zh = "已有草稿：检验方案 {plan_version}。"
    remedy_en = "Change that draft, or approve it first."
    remedy_zh = "请修改该草稿，或先批准它。"


@dataclass(eq=False)
class PlanBeginsTooEarly(Refusal):
    """A version begins after the one before it, and nothing begins or ends in the past."""

    plan_version: str
    given: str
    earliest: str

    code = "inspections.plan_begins_too_early"
    en = "Plan {plan_version} can begin or end from {earliest} on, not at {given}."
    zh = "检验方案 {plan_version} 最早自 {earliest} 起生效或终止，不能为 {given}。"
    remedy_en = "Choose that time or a later one."
    remedy_zh = "请选择该时间或更晚的时间。"


@dataclass(eq=False)
class PlanForNothing(Refusal):
    """A plan is for one material or for one material group."""

    code = "inspections.plan_for_nothing"
    en = "An inspection plan is for a material or for a material group, never for both or neither."
    zh = "检验方案必须针对一个物料或一个物料组，不能同时填写或都不填。"
    remedy_en = "Give the material or the group."
    remedy_zh = "请填写物料或物料组之一。"
