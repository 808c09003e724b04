"""The view "Messages" as a learner meets it: every network and layer, the player, clicks, odd uploads, bad links, its code."""

import subprocess
import sys

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from components.learn.messaging import at_node, told
from components.ui.graphs_messages_below import needed, source
from components.ui.graphs_messages_setting import LAYERS, NETS, Setting, bundled
from components.ui.graphs_messages_stage import place
from tests.ui.views import open_view

PAGE, VIEW = "4_graphs", "messages"


def visit(**query: str) -> AppTest:
    page = open_view(PAGE, VIEW, **query)
    assert not page.exception
    return page


def numbers(page: AppTest) -> dict[str, str]:
    return {m.label: m.value for m in page.metric}


def said(page: AppTest) -> str:
    return " ".join(m.value for m in page.markdown)


def test_it_opens_with_trained_weights_and_says_so():
    page = visit()
    assert numbers(page)["Heard after 2 layers"] == "33 of 34"
    assert numbers(page)["Speak to it"] == "6"
    assert "Read off: **Officer**" in said(page)
    assert any("trained and recorded" in c.value for c in page.caption)
    page.toggle(key="mtrained").set_value(False).run()
    assert "Right on nodes not told" not in numbers(page)
    assert any("random, not trained" in c.value for c in page.caption)


@pytest.mark.parametrize("net", NETS)
def test_every_network_opens(net):
    page = visit(net=net, layer=list(LAYERS)[len(net) % 6], hops="3")
    assert numbers(page)["Heard after 3 layers"].endswith(f"of {bundled(net).n:,}")


def test_the_player_goes_through_every_step_of_every_layer():
    page = visit(mstep="0")
    assert "Every node knows its own features" in said(page)
    told_of = []
    for _ in range(8):
        page.button(key="mstep-N").click().run()
        told_of.append(said(page))
    assert "7 of 34" in told_of[3]
    assert "33 of 34" in told_of[7]
    assert "mstep" not in page.query_params
    page.button(key="mstep-B").click().run()
    assert page.query_params["mstep"] == "7"
    assert [place(i) for i in (0, 1, 4, 5)] == [(0, "start"), (1, "speak"), (1, "update"), (2, "speak")]


def test_the_end_stays_the_end_with_more_layers():
    page = visit()
    page.segmented_control(key="hops").set_value("3").run()
    assert "It has heard **34 of 34**" in said(page)


def test_a_click_moves_to_a_node_and_another_network_forgets_it():
    page = visit()
    page.session_state["messages-go"] = 16
    page.run()
    assert page.query_params["node"] == "16"
    assert numbers(page)["Speak to it"] == "2"
    page.selectbox(key="net").set_value("wikipedia").run()
    assert "node" not in page.query_params
    assert not page.exception


def brought(text: str, name: str = "own.csv", **query: str) -> AppTest:
    page = visit(**query)
    page.file_uploader[0].set_value((name, text.encode(), "text/csv"))
    page.run()
    assert not page.exception
    return page


HEAD = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed">'
CHAIN = (
    HEAD
    + "".join(f'<node id="{i}"/>' for i in "abcd")
    + '<edge source="a" target="b"/><edge source="b" target="c"/></graph></graphml>'
)


def test_a_directed_graph_with_a_lonely_node():
    page = brought(CHAIN, "own.graphml", node="3", hops="3")
    page.selectbox(key="node").set_value("3").run()
    assert "It has heard nobody" in said(page)
    assert numbers(page)["Heard after 3 layers"] == "1 of 4"
    page.selectbox(key="node").set_value("2").run()
    assert numbers(page)["Heard after 3 layers"] == "3 of 4"
    page.selectbox(key="node").set_value("0").run()
    assert numbers(page)["Speak to it"] == "0"


def test_a_graph_in_two_parts_and_a_hub_of_150():
    star = "\n".join(f"hub,leaf {i}" for i in range(150)) + "\nx,y\n"
    page = brought(star, hops="2")
    page.selectbox(key="node").set_value("0").run()
    assert numbers(page)["Speak to it"] == "150"
    assert numbers(page)["Heard after 2 layers"] == "151 of 153"


def test_a_broken_file_is_one_sentence_and_the_example_stays():
    page = brought("nothing")
    assert page.warning
    assert numbers(page)["Heard after 2 layers"] == "33 of 34"


def test_bad_links_change_nothing():
    for bad in ("-1", "1e9", "<script>", "9" * 4000):
        page = visit(net=bad, node=bad, hops=bad, layer=bad, mstep=bad, mlook=bad, mtrained=bad)
        assert numbers(page)["Heard after 2 layers"] == "33 of 34"


def test_the_guess_is_compared_with_what_is_counted():
    page = visit(node="16")
    page.button_group(key="messages-guess-karate-16").set_value("4").run()
    network = bundled("karate")
    answer, deep, missing = needed(Setting(network, 16, 2, "mean", False))
    assert (answer, deep, missing) == ("4", 5, 0)
    assert "5 steps away" in page.success[0].value
    worm = bundled("worm")
    deaf = int(worm.sizes[3].argmin())
    assert needed(Setting(worm, deaf, 2, "mean", False))[0] == "never"


def test_the_question_is_answered_by_clicking():
    assert "33 of 34" in visit(mlook="check").info[0].value
    assert "counted in edges" in visit(mlook="check", node="16").success[0].value


@pytest.mark.parametrize("trained", [False, True])
def test_the_code_that_ran_runs_alone(trained, tmp_path):
    setting = Setting(bundled("karate"), 16, 2, "mean", trained)
    file = tmp_path / "messages.py"
    file.write_text(source(setting))
    ran = subprocess.run([sys.executable, file], capture_output=True, text=True, cwd=tmp_path, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert f"{setting.network.sizes[:3, 16].tolist()} of 34" in ran.stdout
    if not trained:
        from components.learn.messaging import inputs

        x = inputs(np.ones((34, 1)), setting.network.edges)[0]
        state = at_node(told(setting.network.edges, x, "mean", 2).layers[1], 16)["state"]
        assert np.array2string(state, precision=2, suppress_small=True) in ran.stdout
