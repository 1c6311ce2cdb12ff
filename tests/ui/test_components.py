"""Single components: values written for people, and shapes that refuse what they cannot show."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError

from qingyuan.basics.clock import CHINA
from qingyuan.ui.shapes import Chart, Edge, Explanation, Graph, Node, Progress, SkippedDay


def render(text: str, **context: Any) -> str:
    return Template("{% load ui %}" + text).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("{{ v|day }}", date(2023, 9, 1), "2023年9月1日"),
        ("{{ v|day }}", datetime(2023, 8, 31, 17, 0, tzinfo=UTC), "2023年9月1日"),
        ("{{ v|moment }}", datetime(2023, 8, 31, 17, 5, tzinfo=UTC), "2023年9月1日 01:05"),
        ("{{ v|month }}", date(2023, 9, 1), "2023年9月"),
        ("{{ v|short_day }}", date(2023, 9, 1), "2023-09-01"),
        ("{{ v|day }}", None, "—"),
        ("{{ v|yuan }}", Decimal("12345.6"), "12,345.60元"),
        ("{{ v|wan }}", Decimal("123456"), "12.35万元"),
        ("{{ v|yuan }}", None, "—"),
        ("{{ v|shown }}", True, "是"),
        ("{{ v|shown }}", 1234, "1,234"),
        ("{{ v|shown }}", ["甲", None], "甲、—"),
        ("{{ v|shown }}", 0, "0"),
        ("{% count v %}", 10_000, "10,000"),
        ("{% count v %}", 10_001, "10,000+"),
        ("{% when v %}", date(2023, 9, 1), '<time datetime="2023-09-01">2023年9月1日</time>'),
    ],
)
def test_values_are_written_for_people(text: str, value: Any, shown: str):
    assert render(text, v=value) == shown


def test_each_light_has_its_own_shape_and_words():
    drawn = {colour: render("{% light c %}", c=colour) for colour in ("red", "yellow", "green", "grey")}
    assert [
        "红灯" in drawn["red"],
        "黄灯" in drawn["yellow"],
        "绿灯" in drawn["green"],
        "灰灯" in drawn["grey"],
    ] == [True] * 4
    shapes = {text[text.index("<svg") : text.index("</svg>")] for text in drawn.values()}
    assert len(shapes) == 4
    with pytest.raises(TemplateSyntaxError, match="blue"):
        render('{% light "blue" %}')


def test_a_badge_escapes_its_text_and_knows_its_tones():
    assert "&lt;b&gt;" in render("{% badge v %}", v="<b>")
    with pytest.raises(TemplateSyntaxError, match="pink"):
        render('{% badge "x" "pink" %}')


def test_an_icon_is_silent_unless_named():
    assert 'aria-hidden="true"' in render('{% icon "gavel" %}')
    assert 'role="img" aria-label="案件"' in render('{% icon "gavel" "案件" %}')


def test_the_explanation_lists_every_skipped_day_with_its_reason():
    why = Explanation(
        date(2023, 9, 28),
        "1个工作日",
        date(2023, 10, 8),
        [SkippedDay(date(2023, 10, 1), "国庆节放假")],
        articles=["《甲》第一条"],
    )
    text = render("{% explanation why %}", why=why)
    for words in (
        "为什么是这一天",
        "2023年10月1日",
        "国庆节放假",
        "1个工作日",
        "2023年10月8日",
        "《甲》第一条",
    ):
        assert words in text


def test_progress_asks_again_only_while_it_moves():
    running = render("{% progress w %}", w=Progress("导入", "running", 3, 10, poll_url="/p/"))
    assert 'hx-get="/p/"' in running
    assert 'value="3" max="10"' in running
    finished = render(
        "{% progress w %}", w=Progress("导入", "finished", 10, 10, poll_url="/p/", result_url="/r/")
    )
    assert "hx-get" not in finished
    assert 'href="/r/"' in finished


def test_the_confirmation_posts_the_selection_again():
    text = render(
        '{% confirm "/x/" "转办？" "转办" hidden=h cancel_url="/back/" %}',
        h=[("selected", "4"), ("selected", "7")],
    )
    assert text.count('name="selected"') == 2
    assert 'name="confirmed" value="1"' in text


def test_a_group_of_boxes_is_a_fieldset_with_its_legend():
    class Kinds(forms.Form):
        kinds = forms.MultipleChoiceField(
            label="行为", choices=[("a", "甲")], widget=forms.CheckboxSelectMultiple
        )

    text = render("{% field f.kinds %}", f=Kinds({}))
    assert "<fieldset" in text
    assert "<legend" in text
    assert 'id="id_kinds_error"' in text


def test_masked_text_offers_the_way_to_the_rest():
    assert "申请查看" not in render('{% masked "张**" %}')
    assert 'href="/why/"' in render('{% masked "张**" "/why/" "举报人" %}')


def test_chart_and_graph_give_the_same_figures_as_data_and_table():
    chart = Chart("c", "bar", "案件", ["甲", "乙"], [("立案", [Decimal("1.5"), None])], "件")
    assert chart.data()["series"] == [{"name": "立案", "values": [1.5, None]}]
    assert chart.table() == [("甲", [Decimal("1.5")]), ("乙", [None])]
    graph = Graph("g", "网", [Node("1", "甲店"), Node("2", "乙某", "person")], [Edge("1", "2", "经营者")])
    assert graph.table() == [("甲店", "经营者", "乙某")]
    assert graph.data()["edges"][0]["label"] == "经营者"


def test_data_beside_a_chart_cannot_leave_its_script():
    text = render("{% chart c %}", c=Chart("c", "bar", "</script><b>", ["</script>"], [("x", [1])]))
    assert text.count("</script>") == 1


def test_moments_of_other_zones_are_shown_in_china():
    assert "2023-09-01T01:05:00+08:00" in render("{% when v %}", v=datetime(2023, 8, 31, 17, 5, tzinfo=UTC))
    assert render('{% when v "day" %}', v=datetime(2023, 9, 1, 1, tzinfo=CHINA)).endswith(
        "2023年9月1日</time>"
    )
