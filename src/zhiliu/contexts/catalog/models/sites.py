"""Where the business is: companies and their sites."""

from django.db import models

from zhiliu.platform.evidence.public import AuditedModel


class Company(AuditedModel):
    """A legal entity: it owns documents, number ranges, periods and, unless said, the goods."""

    kind = "catalog.company"

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=150)
    currency = models.CharField(max_length=3)
    time_zone = models.CharField(max_length=50)


class Site(AuditedModel):
    """A plant or warehouse of one company, in one time zone. Neither ever changes."""

    kind = "catalog.site"

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=150)
    time_zone = models.CharField(max_length=50)
