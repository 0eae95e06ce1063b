import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import zhiliu.contexts.catalog.states
import zhiliu.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Company',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('code', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=150)),
                ('currency', models.CharField(max_length=3)),
                ('time_zone', models.CharField(max_length=50)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ControlProfile',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('code', models.CharField(max_length=30, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('lot_control', models.CharField(max_length=10)),
                ('inspection', models.CharField(max_length=10)),
                ('over_tolerance_percent', models.DecimalField(decimal_places=3, default=0, max_digits=6)),
                ('short_tolerance_percent', models.DecimalField(decimal_places=3, default=0, max_digits=6)),
                ('shelf_life_days', models.PositiveIntegerField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('over_tolerance_percent__gte', 0), ('short_tolerance_percent__gte', 0), ('short_tolerance_percent__lte', 100)), name='catalog_profile_tolerances')],
            },
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=150)),
                ('group', models.CharField(blank=True, max_length=60)),
                ('gtin', models.CharField(blank=True, max_length=14)),
                ('is_active', models.BooleanField(default=True)),
                ('profile', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.controlprofile')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('gtin', ''), _negated=True), fields=('gtin',), name='catalog_material_gtin')],
            },
        ),
        migrations.CreateModel(
            name='MaterialRevision',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('revision', models.CharField(max_length=15)),
                ('valid_from', models.DateField(null=True)),
                ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.material')),
            ],
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('code', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=150)),
                ('time_zone', models.CharField(max_length=50)),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.company')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Specification',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('number', models.CharField(max_length=64)),
                ('issue', models.PositiveSmallIntegerField()),
                ('state', models.CharField(max_length=10)),
                ('valid_from', models.DateTimeField(null=True)),
                ('valid_to', models.DateTimeField(null=True)),
                ('approved_by', models.UUIDField(null=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('note', models.TextField(blank=True)),
                ('draft', models.JSONField(default=list)),
                ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.material')),
                ('revision', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.materialrevision')),
            ],
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('code', models.CharField(max_length=12, unique=True)),
                ('name_en', models.CharField(max_length=60)),
                ('name_zh', models.CharField(blank=True, max_length=60)),
                ('decimals', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('decimals__lte', 6)), name='catalog_unit_decimals')],
            },
        ),
        migrations.CreateModel(
            name='SpecificationCharacteristic',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=30)),
                ('name_en', models.CharField(max_length=100)),
                ('name_zh', models.CharField(blank=True, max_length=100)),
                ('characteristic_kind', models.CharField(max_length=10)),
                ('severity_class', models.CharField(max_length=10)),
                ('nominal', models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ('lower', models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ('upper', models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ('resolution', models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ('formula', models.CharField(blank=True, max_length=300)),
                ('specification', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.specification')),
                ('unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.unit')),
            ],
        ),
        migrations.AddField(
            model_name='material',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.unit'),
        ),
        migrations.CreateModel(
            name='BillLine',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('quantity', models.DecimalField(decimal_places=6, max_digits=18)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.material')),
                ('component', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.material')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.unit')),
            ],
        ),
        migrations.CreateModel(
            name='UnitConversion',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('numerator', models.PositiveBigIntegerField()),
                ('denominator', models.PositiveBigIntegerField()),
                ('from_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.unit')),
                ('material', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.material')),
                ('to_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.unit')),
            ],
        ),
        migrations.AddConstraint(
            model_name='materialrevision',
            constraint=models.UniqueConstraint(fields=('material', 'revision'), name='catalog_revision_once'),
        ),
        migrations.AddConstraint(
            model_name='specification',
            constraint=models.UniqueConstraint(fields=('number', 'issue'), name='catalog_specification_issue_once'),
        ),
        migrations.AddConstraint(
            model_name='specification',
            constraint=models.UniqueConstraint(fields=('material', 'revision', 'issue'), name='catalog_specification_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='specification',
            constraint=models.UniqueConstraint(condition=models.Q(('state', zhiliu.contexts.catalog.states.SpecificationState['ENDED']), _negated=True), fields=('material', 'revision', 'state'), name='catalog_specification_state_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='specification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', None), ('state', zhiliu.contexts.catalog.states.SpecificationState['DRAFT']), ('valid_from', None), ('valid_to', None)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('draft', []), ('state', zhiliu.contexts.catalog.states.SpecificationState['VALID']), ('valid_from__isnull', False), ('valid_to', None)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('draft', []), ('state', zhiliu.contexts.catalog.states.SpecificationState['ENDED']), ('valid_from__isnull', False), ('valid_to__gte', models.F('valid_from'))), _connector='OR'), name='catalog_specification_whole'),
        ),
        migrations.AddConstraint(
            model_name='specificationcharacteristic',
            constraint=models.UniqueConstraint(fields=('specification', 'code'), name='catalog_specified_characteristic_once'),
        ),
        migrations.AddConstraint(
            model_name='specificationcharacteristic',
            constraint=models.CheckConstraint(condition=models.Q(('lower__isnull', True), ('upper__isnull', True), ('lower__lte', models.F('upper')), _connector='OR'), name='catalog_specified_limits'),
        ),
        migrations.AddConstraint(
            model_name='specificationcharacteristic',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('characteristic_kind__in', (zhiliu.contexts.catalog.states.CharacteristicKind['ATTRIBUTE'], zhiliu.contexts.catalog.states.CharacteristicKind['TEXT'])), ('lower__isnull', True), ('upper__isnull', True)), models.Q(('characteristic_kind__in', (zhiliu.contexts.catalog.states.CharacteristicKind['NUMERIC'], zhiliu.contexts.catalog.states.CharacteristicKind['CALCULATED'])), models.Q(('lower__isnull', True), ('upper__isnull', True), _negated=True)), _connector='OR'), name='catalog_specified_kind'),
        ),
        migrations.AddConstraint(
            model_name='billline',
            constraint=models.UniqueConstraint(fields=('assembly', 'component', 'valid_from'), name='catalog_bill_line_once'),
        ),
        migrations.AddConstraint(
            model_name='billline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='catalog_bill_quantity_positive'),
        ),
        migrations.AddConstraint(
            model_name='billline',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='catalog_bill_validity'),
        ),
        migrations.AddConstraint(
            model_name='unitconversion',
            constraint=models.UniqueConstraint(models.F('material'), django.db.models.functions.comparison.Least('from_unit', 'to_unit'), django.db.models.functions.comparison.Greatest('from_unit', 'to_unit'), name='catalog_conversion_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='unitconversion',
            constraint=models.CheckConstraint(condition=models.Q(('denominator__gt', 0), ('numerator__gt', 0)), name='catalog_conversion_positive'),
        ),
    ]
