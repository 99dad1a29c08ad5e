"""Texts of documents for property tests: what papers are made of, and anything else."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = [
    "Schools", "colleges", "should", "must", "funding", "inspection", "ASCL", "believes", "that", "government", "the", "Ofsted",
    "e.g.", "16–19", "students’", "£30,000", "“fair”", "Dr.", "said", "5-16", "no.", "A*", "#", "-", "Q1.",
]  # fmt: skip
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
sentences = st.tuples(words, st.sampled_from([".", "?", "!", "…", ":", ";", "", ".”", ".)"])).map("".join)
paragraphs = st.lists(sentences, min_size=1, max_size=4).map(" ".join)
wrapped = st.lists(paragraphs, min_size=2, max_size=3).map("\n".join)
headings = st.tuples(st.sampled_from(["# ", "## ", "### ", "##\t", "##"]), words).map("".join)
items = st.tuples(st.sampled_from(["- ", "* ", "• ", "1. ", "2) ", "(a) "]), paragraphs).map("".join)
lists = st.tuples(words, st.lists(items, min_size=1, max_size=4), st.sampled_from(["\n", "\n\n"])).map(
    lambda parts: f"{parts[0]}:\n" + parts[2].join(parts[1])
)
pointers = st.sampled_from(
    [
        "ASCL policy paper: Inspection",
        "ASCL policy paper: Curriculum and Assessment",
        "Read ASCL’s publication Leading the Way: A blueprint for a self-improving system",
        "See also: our guidance paper: Off-rolling",
        "Read more about funding:",
    ]
)
gaps = st.sampled_from(["\n", "\n\n", "\n\n\n", "\n \n", "\u00a0\n\n", "  \n\n   ", "\n\t\n", "\n\u2028\n", " \u3000\n\n"])
blocks = st.one_of(paragraphs, wrapped, headings, items, lists, pointers)
papers = st.lists(st.tuples(gaps, blocks), max_size=10).map(lambda parts: "".join(gap + block for gap, block in parts))
texts = st.one_of(papers, st.text(max_size=300), st.tuples(papers, st.text(max_size=40), papers).map("".join))
