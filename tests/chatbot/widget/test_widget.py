"""The widget on another website, in a real Chromium: strict policy, keyboard alone, hostile attributes, nothing kept."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from chatbot.widget.demo_site import host_policy
from tests.chatbot.widget.widget_support import OFSTED, PAYLOADS, PHONES, Stage, Tab, line, opened, origin_of, site, stage

pytestmark = pytest.mark.browser


def opened_by_keyboard(tab: Tab) -> None:
    """Tab to the bubble and press it."""
    for _ in range(12):
        tab.page.keyboard.press("Tab")
        if tab.focused() == "bubble":
            break
    tab.page.keyboard.press("Enter")
    expect(tab.framed.box).to_be_focused()


class TestBubble:
    def test_before_the_first_press_one_file_is_loaded_and_nothing_else(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, scene.show()) as tab:
            expect(tab.page.locator(".bubble")).to_be_visible()
            tab.page.wait_for_load_state("networkidle")
            assert [one for one in tab.asked_for if not one.startswith(scene.host)] == [f"{scene.chat}/widget.js"]
            assert tab.page.locator("iframe").count() == 0
            assert tab.complaints == []

    @pytest.mark.parametrize("screen", ["desk", "phone", "small"])
    def test_a_question_is_answered_on_a_site_with_a_strict_policy(self, scene: Stage, browser: Browser, screen: str) -> None:
        with opened(browser, scene.show(), screen) as tab:
            tab.page.click(".bubble")
            answer = tab.framed.ask(OFSTED)
            expect(answer.locator("blockquote")).to_have_count(len(scene.service.answer(OFSTED).quotes))
            expect(tab.framed.ask(PHONES).locator("blockquote")).to_have_count(0)
            assert tab.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
            assert {origin_of(one) for one in tab.asked_for} == {scene.host, scene.chat}
            assert tab.complaints == []

    def test_nothing_is_kept_on_either_site(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, scene.show()) as tab:
            tab.page.click(".bubble")
            tab.framed.ask(OFSTED)
            assert tab.framed.kept() == {} and tab.light.kept() == {} and tab.context.cookies() == []

    def test_the_whole_journey_by_keyboard_alone(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, scene.show()) as tab:
            opened_by_keyboard(tab)
            expect(tab.page.locator(".bubble")).to_have_attribute("aria-expanded", "true")
            expect(tab.page.get_by_role("dialog", name="What does ASCL say?")).to_be_visible()
            tab.page.keyboard.type(OFSTED)
            tab.page.keyboard.press("Enter")
            expect(tab.framed.answers).to_have_count(1)
            tab.page.keyboard.press("Escape")
            expect(tab.page.locator("dialog")).to_be_hidden()
            expect(tab.page.locator(".bubble")).to_be_focused()
            expect(tab.page.locator(".bubble")).to_have_attribute("aria-expanded", "false")  # told by an event that comes later
            tab.page.keyboard.press("Enter")  # the conversation is still there, and the focus in its box
            expect(tab.framed.box).to_be_focused()
            expect(tab.framed.answers).to_have_count(1)

    def test_escape_and_the_close_button_work_outside_the_frame_too(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, scene.show()) as tab:
            for close in ("Escape", "Enter"):
                tab.page.click(".bubble")
                expect(tab.framed.box).to_be_focused()
                tab.framed.place.evaluate("document.activeElement.blur()")
                tab.page.get_by_role("button", name="Close").focus()
                tab.page.keyboard.press(close)
                expect(tab.page.locator("dialog")).to_be_hidden()
                expect(tab.page.locator(".bubble")).to_be_focused()

    def test_the_bubble_closes_what_it_opened(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, scene.show()) as tab:
            for close in ("Escape", "Enter"):
                tab.page.click(".bubble")
                expect(tab.framed.box).to_be_focused()
                tab.framed.place.evaluate("document.activeElement.blur()")
                tab.page.locator(".bubble").press(close)
                expect(tab.page.locator("dialog")).to_be_hidden()
                expect(tab.page.locator(".bubble")).to_be_focused()

    def test_on_a_phone_the_panel_covers_the_page_and_what_is_behind_cannot_be_reached(
        self, scene: Stage, browser: Browser
    ) -> None:
        with opened(browser, scene.show(), "phone") as tab:
            tab.page.click(".bubble")
            expect(tab.framed.box).to_be_focused()
            assert tab.page.locator("dialog").bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
            assert tab.page.evaluate("document.querySelector('ascl-chat').shadowRoot.querySelector('dialog').matches(':modal')")
            tab.page.keyboard.press("Escape")
            expect(tab.page.locator(".bubble")).to_be_focused()

    def test_a_touch_screen_is_not_covered_by_its_keyboard(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, scene.show(), "phone", has_touch=True, is_mobile=True) as tab:
            tab.page.locator(".bubble").tap()
            expect(tab.framed.place.locator("#main")).to_be_focused()
            tab.framed.place.locator("#starters button").first.tap()
            expect(tab.framed.answers).to_have_count(1)
            expect(tab.framed.place.locator(".exchange")).to_be_focused()

    def test_the_bubble_is_large_enough_and_named(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, scene.show({"data-label": "Ask"}), "small") as tab:
            box = tab.page.get_by_role("button", name="Ask").bounding_box()
            assert box and box["width"] >= 44 and box["height"] >= 44
            tab.page.click(".bubble")
            frame = tab.page.locator("iframe")
            assert (frame.get_attribute("title"), frame.get_attribute("allow")) == ("Ask", "clipboard-write")
            assert frame.get_attribute("referrerpolicy") == "no-referrer"
            controls = tab.page.locator(".bubble").get_attribute("aria-controls")
            assert tab.page.locator(f"#{controls}").count() == 1

    def test_the_full_chat_can_take_the_light_page_s_place(self, browser: Browser) -> None:
        with stage(with_chat=True) as scene, opened(browser, scene.show({"data-mode": "full"})) as tab:
            tab.page.click(".bubble")
            expect(tab.page.frame_locator("iframe").locator("#question textarea")).to_be_visible()
            tab.page.wait_for_timeout(3500)  # longer than the light page would have had to say that it is there
            expect(tab.page.locator("iframe")).to_have_count(1)

    @pytest.mark.parametrize(("given", "found"), [("left", 16), ("right", None), ("<b>", None)])
    def test_it_sits_where_it_is_told_to(self, scene: Stage, browser: Browser, given: str, found: int | None) -> None:
        with opened(browser, scene.show({"data-position": given})) as tab:
            box = tab.page.locator(".bubble").bounding_box()
            assert box and (box["x"] == found if found else round(box["x"] + box["width"]) == 1280 - 16)


class TestColours:
    @pytest.mark.parametrize(
        ("given", "scheme", "background", "ink"),
        [
            ({"data-colour": "#FFDD00"}, "light", "rgb(255, 221, 0)", "rgb(0, 0, 0)"),
            ({"data-colour": "#1d5c43"}, "light", "rgb(29, 92, 67)", "rgb(255, 255, 255)"),
            ({"data-colour": "#1d5c43"}, "dark", "rgb(29, 92, 67)", "rgb(255, 255, 255)"),
            ({"data-colour": "#1d5c43", "data-colour-dark": "#8fd0b0"}, "dark", "rgb(143, 208, 176)", "rgb(0, 0, 0)"),
            ({}, "light", "rgb(31, 78, 121)", "rgb(255, 255, 255)"),
            ({}, "dark", "rgb(156, 196, 232)", "rgb(0, 0, 0)"),
            ({"data-colour": "red"}, "light", "rgb(31, 78, 121)", "rgb(255, 255, 255)"),
            ({"data-colour": "#fff}*{display:none}"}, "light", "rgb(31, 78, 121)", "rgb(255, 255, 255)"),
        ],
    )
    def test_a_colour_is_checked_and_written_on_readably(
        self, scene: Stage, browser: Browser, given: dict[str, str], scheme: str, background: str, ink: str
    ) -> None:
        with opened(browser, scene.show(given), "desk", scheme) as tab:
            style = "one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color]"
            assert tab.page.locator(".bubble").evaluate(style) == [background, ink]

    def test_forced_colours_keep_their_edges(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, scene.show(), forced_colors="active") as tab:
            tab.page.click(".bubble")
            for part in (".bubble", ".panel", ".head"):
                assert tab.page.locator(part).evaluate("one => getComputedStyle(one).borderTopStyle") == "solid"

    def test_motion_is_for_those_who_want_it(self, scene: Stage, browser: Browser) -> None:
        name = "one => getComputedStyle(one).animationName"
        with opened(browser, scene.show()) as tab:
            tab.page.click(".bubble")
            assert tab.page.locator("dialog").evaluate(name) == "none"
            tab.page.emulate_media(reduced_motion="no-preference")
            assert tab.page.locator("dialog").evaluate(name) == "rise"


class TestInline:
    def test_it_stands_where_the_script_stands_and_loads_when_started(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, f"{scene.show()}inline") as tab:
            assert tab.page.locator("article > ascl-chat").count() == 1
            assert [one for one in tab.asked_for if not one.startswith(scene.host)] == [f"{scene.chat}/widget.js"]
            before = len(scene.service.asked)
            tab.page.get_by_role("button", name="Start the chat").click()
            expect(tab.framed.box).to_be_focused()
            assert tab.framed.box.input_value() == OFSTED  # filled in, not asked
            assert len(scene.service.asked) == before
            tab.page.keyboard.press("Enter")
            expect(tab.framed.answers).to_have_count(1)
            tab.page.keyboard.press("Escape")  # there is nothing to close
            expect(tab.page.locator("iframe")).to_be_visible()
            assert tab.complaints == []


class TestPlacing:
    @pytest.mark.parametrize("attributes", ["", "defer", "async"])
    @pytest.mark.parametrize("where", ["head", "body"])
    def test_one_line_anywhere_makes_one_bubble(self, scene: Stage, browser: Browser, attributes: str, where: str) -> None:
        body, head = (line(scene, attributes), "") if where == "body" else ("", line(scene, attributes))
        with opened(browser, scene.show(site=site(scene, body, head))) as tab:
            expect(tab.page.locator("body > ascl-chat")).to_have_count(1)
            expect(tab.page.locator(".bubble")).to_be_visible()
            assert tab.complaints == []

    def test_loaded_twice_it_is_there_once(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, scene.show(site=site(scene, line(scene) + line(scene, 'data-label="Other"')))) as tab:
            tab.page.wait_for_load_state("networkidle")
            assert tab.page.locator("ascl-chat").count() == 1
            tab.page.click(".bubble")
            assert tab.framed.ask(OFSTED)
            assert tab.page.locator("iframe").count() == 1
            assert tab.complaints == []

    def test_elements_placed_by_hand_have_attributes_of_their_own(self, scene: Stage, browser: Browser) -> None:
        by_hand = '<ascl-chat data-mode="inline" data-label="Here"></ascl-chat><ascl-chat data-label="There"></ascl-chat>'
        with opened(browser, scene.show(site=site(scene, line(scene, 'data-label="Not seen"') + by_hand))) as tab:
            expect(tab.page.get_by_role("button", name="There")).to_be_visible()
            expect(tab.page.get_by_role("region", name="Here", exact=True)).to_be_visible()
            assert tab.page.locator("ascl-chat").count() == 2
            tab.page.evaluate("document.querySelector('h1').after(document.querySelector('ascl-chat'))")  # moved, still whole
            tab.page.get_by_role("button", name="Start the chat").click()
            assert tab.framed.ask(OFSTED)

    @pytest.mark.parametrize("payload", PAYLOADS)
    def test_hostile_attributes_are_words(self, scene: Stage, browser: Browser, payload: str) -> None:
        before = len(scene.service.asked)
        names = ("label", "greeting", "question", "colour", "colour-dark", "position", "mode")
        attributes = {f"data-{name}": payload for name in names}
        with opened(browser, scene.show(attributes)) as tab:
            assert tab.page.locator(".bubble").text_content() == payload.strip()[:60]
            tab.page.click(".bubble")
            expect(tab.page.locator(".text")).to_have_text(payload, use_inner_text=False)
            assert tab.framed.box.input_value() == payload
            assert tab.page.locator("img, form, style, script:not([src])").count() == 0
            assert len(scene.service.asked) == before
            assert tab.hits() == [] and tab.complaints == []
            assert {origin_of(one) for one in tab.asked_for} == {scene.host, scene.chat}

    def test_the_site_s_own_styles_stay_outside(self, scene: Stage, browser: Browser) -> None:
        rude = "<style>*,button{font-size:60px!important;color:lime;text-transform:uppercase}body{font:italic 40px serif}</style>"
        policy = host_policy(scene.chat).replace("style-src 'self'", "style-src 'unsafe-inline'")
        with opened(browser, scene.show(site=site(scene, line(scene), rude, policy))) as tab:
            box = tab.page.locator(".bubble").bounding_box()
            assert box and box["height"] < 60
            style = (
                "one => [getComputedStyle(one).fontSize, getComputedStyle(one).textTransform, getComputedStyle(one).fontStyle]"
            )
            assert tab.page.locator(".bubble").evaluate(style) == ["16px", "none", "normal"]

    def test_behind_a_path_prefix_it_finds_its_way_from_the_script_s_address(self, browser: Browser) -> None:
        with stage(path_prefix="/assistant") as scene, opened(browser, scene.show()) as tab:
            tab.page.click(".bubble")
            assert tab.framed.ask(OFSTED)
            assert {one.split("/assistant/")[0] for one in tab.asked_for if not one.startswith(scene.host)} == {
                origin_of(scene.chat)
            }
            assert f"{scene.chat}/api/v1/answers" in tab.asked_for
