"""Named refusals of the live stream."""

from dataclasses import dataclass

from zhiliu.kernel.refusal import Refusal


@dataclass(eq=False)
class TooManyStreams(Refusal):
    """The person holds as many streams in this process as one may."""

    limit: int

    code = "live.too_many_streams"
    status = 429
    en = "You have {limit} live streams open, which is as many as one person may have."
    zh = "您已打开 {limit} 个实时连接，达到每人上限。"
    remedy_en = "Close a browser that you do not use; one stream serves all tabs of a browser."
    remedy_zh = "请关闭不用的浏览器；同一浏览器的所有标签页共用一个连接。"


@dataclass(eq=False)
class StreamsFull(Refusal):
    """The process holds as many streams as it may."""

    limit: int

    code = "live.streams_full"
    status = 429
    en = "All {limit} live streams of this server process are taken."
    zh = "本服务进程的 {limit} 个实时连接已全部占用。"
    remedy_en = (
        "Everything works without, only not by itself: reload to see what changed. "
        "An administrator may start more web processes."
    )
    remedy_zh = "其他功能不受影响，只是页面不会自动更新，请手动刷新；管理员可增加 Web 进程。"
