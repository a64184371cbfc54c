"""Buckets and bins with their tare; scales with their tokens."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from harmonia.commons.journal.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0007_count_permission"),
    ]

    operations = [
        migrations.CreateModel(
            name="Container",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=80)),
                (
                    "tare_g",
                    models.PositiveIntegerField(
                        default=0, help_text="What it weighs empty [g]; 0: weighed without it."
                    ),
                ),
                ("capacity_g", models.PositiveIntegerField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "point",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="containers",
                        to="ledger.holder",
                    ),
                ),
                (
                    "substance",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.substance",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "code"],
            },
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("recorder", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("issued_at", models.DateTimeField()),
                ("issued_by", models.UUIDField(blank=True, null=True)),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="devices",
                        to="ledger.holder",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "permissions": [("issue_device", "Can give scales their tokens and take them back")],
            },
        ),
        migrations.CreateModel(
            name="Emptying",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("after_movement", models.BigIntegerField()),
                ("recorder", models.UUIDField(blank=True, null=True)),
                (
                    "container",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emptyings",
                        to="ledger.container",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="GrossWeight",
            fields=[
                (
                    "movement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="gross",
                        serialize=False,
                        to="ledger.movement",
                    ),
                ),
                ("gross_g", models.PositiveIntegerField()),
                ("tare_g", models.PositiveIntegerField()),
                (
                    "container",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="weighings",
                        to="ledger.container",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="container",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity_g__gt", 0)), name="ledger_container_holds_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="grossweight",
            constraint=models.CheckConstraint(
                condition=models.Q(("gross_g__gt", models.F("tare_g"))), name="ledger_gross_above_tare"
            ),
        ),
        append_only("ledger_grossweight", "ledger_emptying"),
    ]
