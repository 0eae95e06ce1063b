"""The values of stock's requests and answers: quantities, texts, times."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import AwareDatetime, Field, PlainSerializer, StringConstraints

from zhiliu.kernel.quantity import plain

Amount = Annotated[
    Decimal,
    Field(max_digits=18, decimal_places=6, allow_inf_nan=False),
    PlainSerializer(plain, return_type=str),
]
Shown = Annotated[Decimal, PlainSerializer(plain, return_type=str)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]*$")]
Text = Annotated[Line, Field(max_length=60)]
Named = Annotated[Text, Field(min_length=1)]
Serials = Annotated[list[Named], Field(max_length=20_000)]
Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime(1900, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC)),
]
Day = Annotated[date, Field(ge=date(1900, 1, 1), lt=date(2200, 1, 1))]
