"""A measure may rest with a 党小组; a check says of each standard whether it was met."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_feedback"),
        ("ledger", "0004_upward_sources_reviews"),
        ("org", "0004_party_groups"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="assignment",
            name="an_assignment_names_one_person_post_or_org",
        ),
        migrations.AddField(
            model_name="assignment",
            name="group",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.group"
            ),
        ),
        migrations.AddField(
            model_name="verification",
            name="checked",
            field=models.JSONField(default=list, verbose_name="逐条对照"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=Q(person__isnull=False, post="", group__isnull=True, org__isnull=True)
                | Q(person__isnull=True, group__isnull=True, org__isnull=True) & ~Q(post="")
                | Q(person__isnull=True, post="", group__isnull=False, org__isnull=True)
                | Q(person__isnull=True, post="", group__isnull=True, org__isnull=False),
                name="an_assignment_names_one_person_post_group_or_org",
            ),
        ),
    ]
