"""Stories: what a head teacher, a parent or a journalist asks, and what they should be given."""

from __future__ import annotations

import pytest

from chatbot.answer import Answer, AnswerStatus
from chatbot.assembly import Service
from tests.chatbot.answer_support import quoted

INSPECTION = [
    "Inspection should be part of a slim, stable and smart accountability framework.",
    "A new model of inspection is needed that can make reliable and credible judgements",
    "The inspectorate should have the power to inspect groups of schools in trusts and federations",
    "Inspection should focus on outcomes rather than processes.",
    "It is not appropriate for inspectors to make judgements on behaviour or quality of teaching",
]
POST_16 = "Post-16 funding in colleges and schools has been drastically reduced"


def sections(answer: Answer) -> list[str]:
    return list(dict.fromkeys(citation.section for citation in answer.citations))


class TestTheHeadlineAnswers:
    def test_ofsted_is_answered_from_inspection_reform_though_the_page_never_names_it(self, service: Service) -> None:
        answer = service.answer("what does ASCL think about Ofsted?")
        assert answer.status is AnswerStatus.ANSWERED
        assert sections(answer) == ["Inspection reform"]
        assert sum(words in quoted(answer) for words in INSPECTION) >= 4
        assert {citation.title for citation in answer.citations} == {"What we stand for"}
        assert {citation.published for citation in answer.citations} == {None}
        assert "undated" not in answer.message and any("no date" in notice for notice in answer.notices)
        assert answer.see_also == ("ASCL policy paper: Inspection",)

    @pytest.mark.parametrize("question", ["workload", "What does ASCL think about workload?", "teacher workload"])
    def test_workload_is_left_alone_with_the_paper_that_is_only_named(self, service: Service, question: str) -> None:
        answer = service.answer(question)
        assert answer.status is AnswerStatus.NO_POSITION
        assert answer.see_also == ("ASCL policy paper: Managing and Reducing Workload",)
        assert "paper" in answer.message

    def test_who_should_decide_the_curriculum_is_answered_from_the_section_without_a_heading(self, service: Service) -> None:
        answer = service.answer("who should decide the curriculum")
        assert "A core curriculum framework should be set by an independent panel of experts" in quoted(answer)
        assert sections(answer) == ["Curriculum and Assessment"]
        assert all(citation.section_inferred for citation in answer.citations)
        assert any("heading" in notice for notice in answer.notices)

    @pytest.mark.parametrize("question", ["mobile phones", "Does ASCL want to ban mobile phones in schools?"])
    def test_mobile_phones_are_left_alone_with_the_nearest_topics(self, service: Service, question: str) -> None:
        answer = service.answer(question)
        assert answer.status is AnswerStatus.NO_POSITION
        assert answer.message.startswith("No published position on that was found here.")
        assert 1 <= len(answer.nearest) <= 3

    def test_and_for_sixth_forms_is_about_their_funding(self, service: Service) -> None:
        answer = service.answer("and for sixth forms?", ["What does ASCL say about school funding?"])
        assert answer.status is AnswerStatus.ANSWERED
        assert POST_16 in quoted(answer)
        assert sections(answer) == ["Fair funding"]
        assert "funding" in answer.searched_for

    def test_a_college_of_teaching_is_quoted_with_the_fund_it_needs(self, service: Service) -> None:
        answer = service.answer("Does ASCL support a College of Teaching?")
        assert answer.quotes[0].text.startswith("ASCL supports a College of Teaching, independent of government")
        assert "An endowment fund from the government would help enable this to happen." in answer.quotes[0].text

    def test_what_was_searched_for_is_shown_without_the_frame(self, service: Service) -> None:
        assert service.answer("what does ASCL think about Ofsted?").searched_for == "Ofsted"


class TestEveryStarterQuestion:
    def test_is_answered(self, service: Service) -> None:
        statuses = {question: service.answer(question).status for question in service.settings.starter_questions}
        assert set(statuses.values()) == {AnswerStatus.ANSWERED}, statuses


class TestTheInterfacesQuestionIsSearchedAgain:
    @pytest.mark.parametrize("question", ["what does ASCL think about Ofsted?", "What does ASCL say about school funding?"])
    def test_with_the_same_answer(self, service: Service, question: str) -> None:
        answer = service.answer(question)
        assert service.answer(answer.searched_for).quotes == answer.quotes


class TestTwoQuestionsAtOnce:
    def test_both_are_answered(self, service: Service) -> None:
        answer = service.answer("What does ASCL say about school funding? And what does it think about inspection?")
        assert answer.status is AnswerStatus.ANSWERED
        assert set(sections(answer)) >= {"Fair funding", "Inspection reform"}

    def test_what_is_told_in_front_is_what_is_asked_about(self, service: Service) -> None:
        answer = service.answer("The chief inspector wants a remit over academy trusts. Support or oppose?")
        assert answer.citations[0].section == "Inspection reform"
        assert "groups of schools" in answer.quotes[0].text

    def test_an_alternative_is_one_question(self, service: Service) -> None:
        answer = service.answer("Should politicians or independent experts make education policy?")
        assert answer.status is AnswerStatus.ANSWERED
        assert ";" not in answer.searched_for

    def test_what_is_not_covered_is_said(self, service: Service) -> None:
        answer = service.answer("What does ASCL say about inspection? What does it say about mobile phones?")
        assert answer.status is AnswerStatus.ANSWERED_PARTLY
        assert sections(answer) == ["Inspection reform"]
        assert "mobile phones" in (answer.not_covered or "")


class TestNoAnswer:
    @pytest.mark.parametrize(
        "question",
        [
            "What does ASCL think about school uniform?",
            "Should swimming be taught in primary schools?",
            "What does ASCL say about breakfast clubs?",
            "Does ASCL support a four-day week?",
            "What does ASCL think of artificial intelligence in schools?",
        ],
    )
    def test_what_the_page_does_not_speak_of_is_never_answered(self, service: Service, question: str) -> None:
        answer = service.answer(question)
        assert answer.status is AnswerStatus.NO_POSITION, quoted(answer)

    @pytest.mark.parametrize("question", ["best pizza in Leeds", "Who won the cup final?"])
    def test_what_is_not_about_education_is_off_topic_or_left_alone(self, service: Service, question: str) -> None:
        assert service.answer(question).status in (AnswerStatus.OFF_TOPIC, AnswerStatus.NO_POSITION)

    @pytest.mark.parametrize("question", ["asdkjh qwlekj", "xq zzv", "hjklhjkl"])
    def test_keys_struck_at_random_are_unclear(self, service: Service, question: str) -> None:
        assert service.answer(question).status is AnswerStatus.UNCLEAR

    def test_no_contact_is_named_where_none_is_set(self, service: Service) -> None:
        message = service.answer("mobile phones").message
        assert "ask" not in message.lower() and "@" not in message and "http" not in message


class TestTheLimit:
    def test_a_question_at_the_limit_is_taken_and_one_beyond_is_not(self, service: Service) -> None:
        limit = service.settings.question_limit
        fitting = "What does ASCL say about school funding?".ljust(limit, " ")
        assert service.answer(fitting).status is AnswerStatus.ANSWERED
        long = service.answer(fitting + "x")
        assert long.status is AnswerStatus.DECLINED_TOO_LONG
        assert f"{limit:,}" in long.message

    def test_a_long_letter_with_one_question_in_it_is_answered(self, service: Service) -> None:
        letter = (
            "Dear colleagues, I hope this finds you well. I have been a governor for eleven years and am preparing a talk. "
            "What does ASCL say about school funding? Many thanks for your help. Kind regards, Priya"
        )
        answer = service.answer(letter)
        assert answer.status is AnswerStatus.ANSWERED
        assert "Fair funding" in sections(answer)


def test_a_question_with_slips_is_answered_like_the_question_meant(service: Service) -> None:
    assert service.answer("wot does ascl think abuot ofstead inspecton").status is AnswerStatus.ANSWERED


def test_diagnostics_show_what_was_rejected_and_the_threshold(service: Service) -> None:
    diagnostics = service.answer("mobile phones", explain=True).diagnostics
    assert diagnostics is not None
    assert {"accepted", "rejected", "threshold", "index", "version"} <= diagnostics.keys()
    assert diagnostics["rejected"] and not diagnostics["accepted"]
    assert diagnostics["index"] == service.index_build


class TestSeveralQuestionsInOneMessage:
    def test_what_is_asked_beyond_the_third_is_named_as_left_out(self, service: Service) -> None:
        asked = "What about funding? What about inspection? What about the curriculum? What about teacher pay? And trusts?"
        answer = service.answer(asked)
        assert answer.status is AnswerStatus.ANSWERED_PARTLY
        assert answer.not_covered is not None and answer.not_covered.endswith("teacher pay; trusts")
        assert "first three questions" in answer.message
        assert "no published position" not in answer.message.lower(), "it was not looked up"

    def test_however_many_there_are_none_goes_without_a_word(self, service: Service) -> None:
        asked = "What about funding? What about inspection? What about the curriculum? What about pets? And buses? And shoes? "
        asked += "And lunch? And games? And chess? And choirs? And desks? And snow?"
        answer = service.answer(asked)
        assert answer.not_covered is not None and answer.not_covered.endswith("choirs; 2 more")

    def test_a_side_that_names_nothing_is_no_question_of_its_own(self, service: Service) -> None:
        answer = service.answer("should Ofsted be scrapped or changed?")
        assert {citation.section for citation in answer.citations} == {"Inspection reform"}
        assert answer.not_covered is None

    @pytest.mark.parametrize(
        "asked", ["Do you support inspection and corporal punishment?", "What do you say about Jersey and funding?"]
    )
    def test_of_two_things_side_by_side_the_one_without_an_answer_is_named(self, service: Service, asked: str) -> None:
        answer = service.answer(asked)
        assert answer.status is AnswerStatus.ANSWERED_PARTLY
        assert answer.not_covered in ("corporal punishment", "Jersey")

    def test_it_is_named_where_nothing_was_answered_too(self, service: Service) -> None:
        answer = service.answer("What about uniforms? What about swimming? What about breakfast clubs? What about pets?")
        assert answer.status is AnswerStatus.NO_POSITION and "first three questions" in answer.message

    def test_a_request_without_a_question_mark_is_looked_up_too(self, service: Service) -> None:
        answer = service.answer("What does ASCL think about Ofsted? Also on school funding.")
        assert {"Inspection reform", "Fair funding"} <= set(sections(answer))


def test_what_is_said_in_front_of_a_question_does_not_take_its_place(service: Service) -> None:
    answer = service.answer("I work in a big trust. What does ASCL say about inspections?")
    assert answer.searched_for == "inspections" and sections(answer)[0] == "Inspection reform"
