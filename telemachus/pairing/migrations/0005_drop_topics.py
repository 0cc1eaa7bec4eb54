from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("pairing", "0004_fill_terms"),
    ]

    operations = [
        migrations.RemoveField(model_name="need", name="topics"),
        migrations.RemoveField(model_name="offer", name="topics"),
    ]
