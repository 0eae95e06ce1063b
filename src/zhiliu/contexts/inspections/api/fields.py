"""Types of fields that the bodies of inspections share."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, PlainSerializer, StringConstraints

from zhiliu.kernel.quantity import plain

Line = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]*$")]
Code = Annotated[Line, Field(min_length=1, max_length=30)]
ShortName = Annotated[Line, Field(min_length=1, max_length=100)]
OtherName = Annotated[Line, Field(max_length=100)]
Amount = Annotated[
    Decimal,
    Field(max_digits=18, decimal_places=6, allow_inf_nan=False),
    PlainSerializer(plain, return_type=str),
]
Positive = Annotated[Amount, Field(gt=0)]
SerialNumber = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00]*$")]
