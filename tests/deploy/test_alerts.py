"""The alert rules: well-formed, about figures that exist, and each with something to do."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from jsonschema import validate
from prometheus_client.parser import text_string_to_metric_families

from tests.support.installation import Installation
from tests.support.tools import PROMTOOL
from webinar.metrics import Metrics

RULES = Path(__file__).parents[2] / "deploy/prometheus/alerts.yml"
TEXT = {"type": "string", "minLength": 10}
ALERT: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["alert", "expr", "for", "labels", "annotations"],
    "properties": {
        "alert": {"type": "string", "pattern": "^Webinar[A-Za-z]+$"},
        "expr": TEXT,
        "for": {"type": "string", "pattern": "^[0-9]+[sm]$"},
        "labels": {
            "type": "object",
            "required": ["severity"],
            "properties": {"severity": {"enum": ["page", "ticket"]}},
        },
        "annotations": {
            "type": "object",
            "required": ["summary", "description"],
            "additionalProperties": TEXT,
        },
    },
}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["groups"],
    "properties": {
        "groups": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "rules"],
                "properties": {"rules": {"type": "array", "minItems": 1, "items": ALERT}},
            },
        }
    },
}


def test_every_rule_is_well_formed_and_says_what_to_do():
    validate(yaml.safe_load(RULES.read_text(encoding="utf-8")), SCHEMA)


@pytest.mark.promtool
def test_prometheus_itself_takes_the_rules():
    promtool = PROMTOOL.find()
    assert promtool
    subprocess.run([promtool, "check", "rules", str(RULES)], check=True)


async def test_every_figure_that_a_rule_asks_for_exists(installation: Installation):
    metrics: Metrics = installation.services.metrics
    there = {
        sample.name
        for family in text_string_to_metric_families(metrics.render().decode())
        for sample in family.samples
    }
    asked = set(re.findall(r"webinar_[a-z_]+", RULES.read_text(encoding="utf-8")))
    assert asked
    assert asked <= there
