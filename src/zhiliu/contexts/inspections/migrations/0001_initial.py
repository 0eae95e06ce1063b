import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import zhiliu.contexts.inspections.states
import zhiliu.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalog', '0001_initial'),
        ('partners', '0001_initial'),
        ('stock', '0002_closed_periods'),
    ]

    operations = [
        migrations.CreateModel(
            name='Inspection',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('number', models.CharField(max_length=40)),
                ('company_id', models.UUIDField()),
                ('stage', models.CharField(max_length=12)),
                ('plan_rule', models.CharField(blank=True, max_length=80)),
                ('reason', models.CharField(max_length=12)),
                ('origin', models.CharField(max_length=20)),
                ('state', models.CharField(max_length=12)),
                ('lot_count', models.PositiveIntegerField()),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.UUIDField()),
                ('inspected', models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ('nonconforming', models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ('result_count', models.PositiveSmallIntegerField(default=0)),
                ('result_at', models.DateTimeField(null=True)),
                ('result_by', models.UUIDField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.UUIDField(null=True)),
                ('signature', models.CharField(blank=True, max_length=20)),
                ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.material')),
                ('revision', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.materialrevision')),
                ('site', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.site')),
                ('supplier', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.partner')),
            ],
        ),
        migrations.CreateModel(
            name='InspectionPlan',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=150)),
                ('stage', models.CharField(max_length=12)),
                ('material_group', models.CharField(blank=True, max_length=60)),
                ('material', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.material')),
                ('supplier', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.partner')),
            ],
        ),
        migrations.CreateModel(
            name='InspectionResult',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('inspected', models.DecimalField(decimal_places=6, max_digits=18)),
                ('nonconforming', models.DecimalField(decimal_places=6, max_digits=18)),
                ('recorded_by', models.UUIDField()),
                ('reason', models.TextField(blank=True)),
                ('command_id', models.UUIDField()),
                ('occurred_at', models.DateTimeField()),
                ('inspection', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.inspection')),
            ],
        ),
        migrations.CreateModel(
            name='PlanCharacteristic',
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
                ('gauge_type_id', models.UUIDField(null=True)),
                ('is_destructive', models.BooleanField(default=False)),
                ('scheme', models.CharField(blank=True, max_length=5)),
                ('level', models.CharField(blank=True, max_length=4)),
                ('aql', models.DecimalField(decimal_places=3, max_digits=8, null=True)),
                ('fixed_n', models.PositiveIntegerField(null=True)),
                ('basis', models.CharField(blank=True, max_length=20)),
                ('unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.unit')),
            ],
        ),
        migrations.CreateModel(
            name='InspectionSample',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('severity_class', models.CharField(max_length=10)),
                ('scheme', models.CharField(max_length=5)),
                ('level', models.CharField(blank=True, max_length=4)),
                ('aql', models.DecimalField(decimal_places=3, max_digits=8, null=True)),
                ('severity', models.CharField(max_length=12)),
                ('code_letter', models.CharField(blank=True, max_length=1)),
                ('plan_letter', models.CharField(blank=True, max_length=1)),
                ('sample_size', models.PositiveIntegerField()),
                ('to_inspect', models.PositiveIntegerField()),
                ('accept', models.PositiveIntegerField()),
                ('reject', models.PositiveIntegerField()),
                ('basis', models.CharField(max_length=20)),
                ('found', models.PositiveIntegerField(default=0)),
                ('rule', models.CharField(blank=True, max_length=80)),
                ('inspection', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.inspection')),
                ('characteristic', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.plancharacteristic')),
            ],
        ),
        migrations.CreateModel(
            name='PlanVersion',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('version_no', models.PositiveSmallIntegerField()),
                ('state', models.CharField(max_length=10)),
                ('note', models.TextField(blank=True)),
                ('valid_from', models.DateTimeField(null=True)),
                ('valid_to', models.DateTimeField(null=True)),
                ('approved_by', models.UUIDField(null=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('draft', models.JSONField(default=dict)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.inspectionplan')),
                ('specification', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.specification')),
            ],
        ),
        migrations.CreateModel(
            name='PlanClass',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('severity_class', models.CharField(max_length=10)),
                ('scheme', models.CharField(max_length=5)),
                ('level', models.CharField(blank=True, max_length=4)),
                ('aql', models.DecimalField(decimal_places=3, max_digits=8, null=True)),
                ('fixed_n', models.PositiveIntegerField(null=True)),
                ('basis', models.CharField(max_length=20)),
                ('may_skip', models.BooleanField(default=False)),
                ('plan_version', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.planversion')),
            ],
        ),
        migrations.AddField(
            model_name='plancharacteristic',
            name='plan_version',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.planversion'),
        ),
        migrations.AddField(
            model_name='inspection',
            name='plan_version',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.planversion'),
        ),
        migrations.CreateModel(
            name='QualityCode',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('catalogue', models.CharField(max_length=10)),
                ('code', models.CharField(max_length=30)),
                ('name_en', models.CharField(max_length=100)),
                ('name_zh', models.CharField(blank=True, max_length=100)),
                ('severity_class', models.CharField(blank=True, max_length=10)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('catalogue', 'code'), name='inspections_quality_code_once'), models.CheckConstraint(condition=models.Q(('catalogue__in', [zhiliu.contexts.inspections.states.Catalogue['DEFECT'], zhiliu.contexts.inspections.states.Catalogue['CAUSE'], zhiliu.contexts.inspections.states.Catalogue['POSITION']]), models.Q(('catalogue', zhiliu.contexts.inspections.states.Catalogue['DEFECT']), ('severity_class', ''), _connector='OR')), name='inspections_quality_code_whole')],
            },
        ),
        migrations.CreateModel(
            name='DefectCount',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('count', models.DecimalField(decimal_places=6, max_digits=18)),
                ('result', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.inspectionresult')),
                ('defect_code', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.qualitycode')),
            ],
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('unit_no', models.PositiveIntegerField()),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=200)),
                ('value', models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ('is_in', models.BooleanField(null=True)),
                ('is_confirmed', models.BooleanField(default=False)),
                ('gauge_id', models.UUIDField(null=True)),
                ('reason', models.TextField(blank=True)),
                ('recorded_by', models.UUIDField()),
                ('command_id', models.UUIDField()),
                ('occurred_at', models.DateTimeField()),
                ('characteristic', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.plancharacteristic')),
                ('defect_code', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.qualitycode')),
                ('inspection', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.inspection')),
            ],
        ),
        migrations.CreateModel(
            name='SampleDraw',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('lot_size', models.PositiveIntegerField()),
                ('units', models.JSONField()),
                ('drawn_by', models.UUIDField()),
                ('command_id', models.UUIDField()),
                ('inspection', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.inspection')),
            ],
        ),
        migrations.CreateModel(
            name='SamplingState',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('severity_class', models.CharField(max_length=10)),
                ('status', models.CharField(max_length=12)),
                ('score', models.PositiveSmallIntegerField(default=0)),
                ('accepted_run', models.PositiveIntegerField(default=0)),
                ('recent', models.CharField(blank=True, max_length=5)),
                ('tightened_failures', models.PositiveSmallIntegerField(default=0)),
                ('is_steady', models.BooleanField(default=False)),
                ('since', models.DateTimeField()),
                ('material', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.material')),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.partner')),
            ],
        ),
        migrations.CreateModel(
            name='SamplingChange',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('was', models.CharField(max_length=12)),
                ('status', models.CharField(max_length=12)),
                ('reason_code', models.CharField(max_length=40)),
                ('reason', models.TextField(blank=True)),
                ('rule', models.CharField(blank=True, max_length=80)),
                ('changed_by', models.UUIDField()),
                ('command_id', models.UUIDField()),
                ('occurred_at', models.DateTimeField()),
                ('inspection', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.inspection')),
                ('state', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.samplingstate')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='InspectionLot',
            fields=[
                ('id', models.UUIDField(default=zhiliu.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('presented', models.DecimalField(decimal_places=6, max_digits=18)),
                ('accepted', models.DecimalField(decimal_places=6, max_digits=18)),
                ('not_accepted', models.DecimalField(decimal_places=6, max_digits=18)),
                ('open', models.DecimalField(decimal_places=6, max_digits=18)),
                ('consumed', models.DecimalField(decimal_places=6, max_digits=18)),
                ('retained', models.DecimalField(decimal_places=6, max_digits=18)),
                ('inspection', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.inspection')),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.lot')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('inspection', 'lot'), name='inspections_lot_once'), models.UniqueConstraint(condition=models.Q(('open__gt', 0)), fields=('lot',), name='inspections_lot_open_once'), models.CheckConstraint(condition=models.Q(('accepted__gte', 0), ('consumed__gte', 0), ('not_accepted__gte', 0), ('open__gte', 0), ('presented', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('accepted'), '+', models.F('not_accepted')), '+', models.F('open')), '+', models.F('consumed')), '+', models.F('retained'))), ('retained__gte', 0)), name='inspections_lot_adds_up')],
            },
        ),
        migrations.AddIndex(
            model_name='inspectionplan',
            index=models.Index(condition=models.Q(('material_group', ''), _negated=True), fields=['material_group'], name='inspections_plan_group'),
        ),
        migrations.AddConstraint(
            model_name='inspectionplan',
            constraint=models.CheckConstraint(condition=models.Q(('material__isnull', False), models.Q(('material_group', ''), _negated=True), _connector='XOR'), name='inspections_plan_for_one'),
        ),
        migrations.AddConstraint(
            model_name='inspectionplan',
            constraint=models.UniqueConstraint(fields=('stage', 'material', 'material_group', 'supplier'), name='inspections_plan_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='inspectionresult',
            constraint=models.UniqueConstraint(fields=('inspection', 'ordinal'), name='inspections_result_once'),
        ),
        migrations.AddConstraint(
            model_name='inspectionresult',
            constraint=models.CheckConstraint(condition=models.Q(('inspected__gt', 0), ('nonconforming__gte', 0), ('nonconforming__lte', models.F('inspected'))), name='inspections_result_counts'),
        ),
        migrations.AddConstraint(
            model_name='inspectionresult',
            constraint=models.CheckConstraint(condition=models.Q(('ordinal', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='inspections_correction_reason'),
        ),
        migrations.AddConstraint(
            model_name='inspectionsample',
            constraint=models.UniqueConstraint(fields=('inspection', 'severity_class', 'characteristic'), name='inspections_sample_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='planversion',
            constraint=models.UniqueConstraint(fields=('plan', 'version_no'), name='inspections_plan_version_once'),
        ),
        migrations.AddConstraint(
            model_name='planversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state', zhiliu.contexts.inspections.states.PlanState['ENDED']), _negated=True), fields=('plan', 'state'), name='inspections_plan_state_once'),
        ),
        migrations.AddConstraint(
            model_name='planversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', None), ('state', zhiliu.contexts.inspections.states.PlanState['DRAFT']), ('valid_from', None), ('valid_to', None)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('draft', {}), ('state', zhiliu.contexts.inspections.states.PlanState['VALID']), ('valid_from__isnull', False), ('valid_to', None)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('draft', {}), ('state', zhiliu.contexts.inspections.states.PlanState['ENDED']), ('valid_from__isnull', False), ('valid_to__gte', models.F('valid_from'))), _connector='OR'), name='inspections_plan_version_whole'),
        ),
        migrations.AddConstraint(
            model_name='planclass',
            constraint=models.UniqueConstraint(fields=('plan_version', 'severity_class'), name='inspections_plan_class_once'),
        ),
        migrations.AddConstraint(
            model_name='planclass',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('aql__isnull', False), ('fixed_n', None), ('scheme__in', ('iso', 'mil')), models.Q(('level', ''), _negated=True)), models.Q(('aql', None), ('fixed_n__gt', 0), ('level', ''), ('scheme', 'fixed')), models.Q(('aql', None), ('fixed_n', None), ('level', ''), ('scheme', 'full')), _connector='OR'), name='inspections_plan_class_whole'),
        ),
        migrations.AddConstraint(
            model_name='plancharacteristic',
            constraint=models.UniqueConstraint(fields=('plan_version', 'code'), name='inspections_plan_characteristic_once'),
        ),
        migrations.AddConstraint(
            model_name='plancharacteristic',
            constraint=models.CheckConstraint(condition=models.Q(('lower__isnull', True), ('upper__isnull', True), ('lower__lte', models.F('upper')), _connector='OR'), name='inspections_plan_limits'),
        ),
        migrations.AddIndex(
            model_name='inspection',
            index=models.Index(condition=models.Q(('state', zhiliu.contexts.inspections.states.InspectionState['OPEN'])), fields=['site', 'id'], name='inspections_open'),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.UniqueConstraint(fields=('company_id', 'number'), name='inspections_inspection_number'),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('inspected__isnull', True), ('nonconforming__isnull', True), ('result_count', 0)), models.Q(('inspected__gt', 0), ('nonconforming__gte', 0), ('nonconforming__lte', models.F('inspected')), ('result_at__isnull', False), ('result_by__isnull', False), ('result_count__gt', 0)), _connector='OR'), name='inspections_result_whole'),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('state', zhiliu.contexts.inspections.states.InspectionState['OPEN'])), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state', zhiliu.contexts.inspections.states.InspectionState['CANCELLED'])), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('inspected__isnull', False), ('state__in', (zhiliu.contexts.inspections.states.InspectionState['ACCEPTED'], zhiliu.contexts.inspections.states.InspectionState['NOT_ACCEPTED'], zhiliu.contexts.inspections.states.InspectionState['JUDGED']))), _connector='OR'), name='inspections_verdict_whole'),
        ),
        migrations.AddConstraint(
            model_name='defectcount',
            constraint=models.UniqueConstraint(fields=('result', 'defect_code'), name='inspections_defect_once'),
        ),
        migrations.AddConstraint(
            model_name='defectcount',
            constraint=models.CheckConstraint(condition=models.Q(('count__gt', 0)), name='inspections_defect_positive'),
        ),
        migrations.AddIndex(
            model_name='reading',
            index=models.Index(condition=models.Q(('gauge_id__isnull', False)), fields=['gauge_id', 'occurred_at'], name='inspections_reading_gauge'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(fields=('inspection', 'characteristic', 'unit_no', 'ordinal'), name='inspections_reading_once'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.CheckConstraint(condition=models.Q(('ordinal__gt', 0), ('unit_no__gt', 0)), name='inspections_reading_numbers'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.CheckConstraint(condition=models.Q(('ordinal', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='inspections_reading_reason'),
        ),
        migrations.AddConstraint(
            model_name='sampledraw',
            constraint=models.UniqueConstraint(fields=('inspection', 'ordinal'), name='inspections_draw_once'),
        ),
        migrations.AddConstraint(
            model_name='samplingstate',
            constraint=models.UniqueConstraint(fields=('material', 'supplier', 'severity_class'), name='inspections_sampling_state_once'),
        ),
        migrations.AddConstraint(
            model_name='samplingstate',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', [zhiliu.contexts.inspections.states.SamplingStatus['NORMAL'], zhiliu.contexts.inspections.states.SamplingStatus['TIGHTENED'], zhiliu.contexts.inspections.states.SamplingStatus['REDUCED'], zhiliu.contexts.inspections.states.SamplingStatus['SKIP'], zhiliu.contexts.inspections.states.SamplingStatus['DISCONTINUED']])), name='inspections_sampling_status'),
        ),
    ]
