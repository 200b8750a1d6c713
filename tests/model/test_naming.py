"""Titles and names as they stand on real talks: what is taken apart, and what is better left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model.naming import (
    cleaned_file_name,
    is_plain_name,
    natural_key,
    title_and_speakers,
    youtube_id_in,
)

TAKEN_APART = [
    (
        "Keynote: What's Next? Getting Excited about Kubernetes in 2018 - "
        "Clayton Coleman, Architect, Red Hat",
        "What's Next? Getting Excited about Kubernetes in 2018",
        ["Clayton Coleman"],
    ),
    (
        "Kubernetes Feature Prototyping with External Controllers and Custom Resource Definitions [I] - "
        "Tomas Smetana, Red Hat",
        "Kubernetes Feature Prototyping with External Controllers and Custom Resource Definitions",
        ["Tomas Smetana"],
    ),
    (
        "Pontoon: An Enterprise Grade Serverless Framework Using Kubernetes [B] - "
        "Kumar Gaurav & Mageshwaran Rajendran, VMware",
        "Pontoon: An Enterprise Grade Serverless Framework Using Kubernetes",
        ["Kumar Gaurav", "Mageshwaran Rajendran"],
    ),
    (
        "GitOps - Operations by Pull Request [B] - Alexis Richardson, Weaveworks & William Denniss, Google",
        "GitOps - Operations by Pull Request",
        ["Alexis Richardson", "William Denniss"],
    ),
    (
        "What Does “Production Ready” Really Mean for a Kubernetes Cluster? - Lucas Käldström, Individual "
        "(Beginner Skill Level)",
        "What Does “Production Ready” Really Mean for a Kubernetes Cluster?",
        ["Lucas Käldström"],
    ),
    (
        "Deep Dive: Scheduling SIG – Bobby Salamat & Jonathan Basseri, Google",
        "Deep Dive: Scheduling SIG",
        ["Bobby Salamat", "Jonathan Basseri"],
    ),
    ("KEYNOTE: A Community Blueprint - Sarah Novotny", "A Community Blueprint", ["Sarah Novotny"]),
    (
        "Container Networking From Scratch - Kristen Jacobs, Oracle",
        "Container Networking From Scratch",
        ["Kristen Jacobs"],
    ),
    ("The Hurricane's Butterfly — Bryan Cantrill", "The Hurricane's Butterfly", ["Bryan Cantrill"]),
    ("Service Mesh - William Morgan", "Service Mesh", ["William Morgan"]),
    ("Go at Google - Rob Pike and Robert Griesemer", "Go at Google", ["Rob Pike", "Robert Griesemer"]),
    ("Writing Compilers - Guido van Rossum", "Writing Compilers", ["Guido van Rossum"]),
    (
        "Observability for Everyone - Liz Fong-Jones; Charity Majors",
        "Observability for Everyone",
        ["Liz Fong-Jones", "Charity Majors"],
    ),
    ("Kernel Recipes - Brendan D. Gregg (Netflix)", "Kernel Recipes", ["Brendan D. Gregg"]),
    (
        "Vitess: Stateless Storage [A] - Sugu Sougoumarane, YouTube",
        "Vitess: Stateless Storage",
        ["Sugu Sougoumarane"],
    ),
    ("微服务的未来 - 张三", "微服务的未来", ["张三"]),
    ("हिन्दी में कोड - अनिल शर्मा", "हिन्दी में कोड", ["अनिल शर्मा"]),
    ("Scaling Vault - Seth Vargo, HashiCorp [I]", "Scaling Vault", ["Seth Vargo"]),
    ("Cluster Autoscaling - Marcin, Google", "Cluster Autoscaling", ["Marcin"]),
]

LEFT_ALONE = [
    "GitOps - Operations by Pull Request",
    "Rich Hickey - Simple Made Easy",
    "Beyond PEP 8 -- Best practices for beautiful intelligible code - PyCon 2015",
    "34C3 - Die fabelhafte Welt des Mobilebankings",
    "Kubernetes - Introduction",
    "Inventing on Principle",
    "State of the Union - KubeCon North America",
    "Lecture 9 - Part 2",
    "03 - Service Mesh",
    "A Talk - Live Demo",
    "Cloud - Native",
    "What is a Service Mesh - and do I need one?",
    "GOTO 2017 • Serverless: the Future of Software Architecture • Peter Sbarski",
    "DevOps - DevOpsDays",
    "Title -",
    "- Jane Doe",
    "Keynote:",
    "[I]",
    "",
]


@pytest.mark.parametrize(("text", "title", "speakers"), TAKEN_APART)
def test_a_title_is_taken_apart(text: str, title: str, speakers: list[str]) -> None:
    parts = title_and_speakers(text)
    assert (parts.title, list(parts.speakers), parts.original) == (title, speakers, text)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_may_be_no_speaker_stays_in_the_title(text: str) -> None:
    parts = title_and_speakers(text)
    assert (parts.title, parts.speakers) == (text, ())


def test_marks_go_without_speakers_too() -> None:
    assert title_and_speakers("Keynote: Cloud Native at Scale [I]").title == "Cloud Native at Scale"
    assert title_and_speakers("Arrays [0] and [I] in Go").title == "Arrays [0] and in Go"
    assert title_and_speakers("  Two\n lines ").title == "Two lines"


@given(st.text())
def test_any_title_keeps_something(text: str) -> None:
    parts = title_and_speakers(text)
    assert parts.original == text
    assert bool(parts.title) == bool(text.split())
    assert all(speaker.strip() == speaker != "" for speaker in parts.speakers)


FILES = [
    (
        "Istio - Weaving the Service Mesh [C] - Louis Ryan, Google [wCJrdKdD6UM].mp4",
        "Istio - Weaving the Service Mesh [C] - Louis Ryan, Google",
        "wCJrdKdD6UM",
    ),
    ("Keynote： Why⧸How？ [a-b_c123DEF].webm", "Keynote: Why/How?", "a-b_c123DEF"),
    ("Inventing on Principle [36579366].mp4", "Inventing on Principle", ""),
    ("2017-12-06_Istio_Weaving.mp4", "2017-12-06 Istio Weaving", ""),
    ("34c3-9195-eng-deu-fra-Methodisch_inkorrekt_hd.mp4", "Methodisch inkorrekt", ""),
    ("notes-that-outlive-the-talk.mp4", "Notes that outlive the talk", ""),
    ("KubeCon.2017.Keynote.v1.9.1080p.x264.mkv", "KubeCon 2017 Keynote v1.9", ""),
    ("03 - Service Mesh (1080p).webm", "Service Mesh", ""),
    ("01.Intro.to.Go.mp4", "Intro to Go", ""),
    ("1_intro.mp4", "Intro", ""),
    ("10 Things I Hate.mp4", "10 Things I Hate", ""),
    ("2017 - Retrospective.mp4", "2017 - Retrospective", ""),
    ("Lecture 9.mp4", "Lecture 9", ""),
    ("lecture_10_monads.m4v", "Lecture 10 monads", ""),
    ("Kubernetes 1.9.mp4", "Kubernetes 1.9", ""),
    ("My talk [Interactive].mp4", "My talk [Interactive]", ""),
    ("Ultra 4k hd.avi", "Ultra", ""),
    ("rust-in-the-kernel.av1.webm", "Rust in the kernel", ""),
    ("12.mp4", "12", ""),
    ("[wCJrdKdD6UM].mp4", "[wCJrdKdD6UM]", "wCJrdKdD6UM"),
    ("Сервисная_сетка.ogv", "Сервисная сетка", ""),
    ("no suffix", "No suffix", ""),
    ("Old phone.3gp", "Old phone", ""),
]


@pytest.mark.parametrize(("name", "title", "youtube_id"), FILES)
def test_a_files_name_becomes_a_title(name: str, title: str, youtube_id: str) -> None:
    assert cleaned_file_name(name) == title
    assert youtube_id_in(name) == youtube_id


@given(st.text(min_size=1).filter(lambda name: name.strip(" .") != "" and "." not in name))
def test_any_name_becomes_some_title(name: str) -> None:
    assert cleaned_file_name(f"{name}.mp4")
    assert cleaned_file_name(f"{name} [wCJrdKdD6UM].mp4")


def test_names_are_sorted_as_people_count() -> None:
    names = [
        "Lecture 10",
        "lecture 9",
        "Lecture 9b",
        "10",
        "9",
        "a",
        "B",
        "Lecture 1000000000000000000000",
        "٣",
    ]
    assert sorted(names, key=natural_key) == [
        "٣",
        "9",
        "10",
        "a",
        "B",
        "lecture 9",
        "Lecture 9b",
        "Lecture 10",
        "Lecture 1000000000000000000000",
    ]


@given(st.lists(st.text("aA1９ -.", max_size=6)))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    assert sorted(sorted(names, reverse=True), key=natural_key) == sorted(names, key=natural_key)


@pytest.mark.parametrize(
    "name", ["a.png", "KubeCon: 2017.pictures", "👩‍💻.webp", ".hidden", "a..b", " ", "日本"]
)
def test_a_plain_name_names_something_right_in_the_folder(name: str) -> None:
    assert is_plain_name(name)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "/etc/x", "a/b", "a\\b", "C:x", "a\nb", "a\0b", "a\x7f", "\r"]
)
def test_a_path_is_no_plain_name(name: str) -> None:
    assert not is_plain_name(name)
