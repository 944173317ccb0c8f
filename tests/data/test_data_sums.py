"""What the tables must agree with: totals their own sources state, codes that exist, dates in order."""

from __future__ import annotations

import pandas as pd
import pytest

from twolenses import course, data
from twolenses.data import load


def test_thirty_nations_make_the_total_that_nato_printed_in_february_2017() -> None:
    placemat = load("kfor_contributions").query("series == 'placemat' and date == '2017-02'")
    assert len(placemat) == 30
    assert placemat["troops"].sum() == 4273 == placemat["stated_total"].unique().item()
    assert load("kfor_strength").query("date == '2017-02'")["troops"].item() == 4273


def test_a_listing_called_complete_adds_up_to_its_stated_total() -> None:
    lists = load("kfor_contributions").query("listing == 'complete'").groupby(["date", "source"])
    assert len(lists) >= 2
    for name, nations in lists:
        assert nations["troops"].sum() == nations["stated_total"].unique().item(), name


def test_army_and_gendarmerie_bases_make_forty_eight() -> None:
    bases = load("deployments").query("measure in ['army_bases', 'gendarmerie_bases']")
    assert bases["value"].tolist() == [28, 20]


def test_four_municipalities_make_the_vote_of_april_2023_and_its_turnout() -> None:
    votes = load("north_kosovo_votes").query("date == '2023-04-23' and not doubtful")
    cast = votes.query("measure == 'votes_cast'").set_index("municipality")["value"]
    assert cast.drop("all four").sum() == cast["all four"] == 1567
    registered = votes.query("measure == 'registered_voters' and municipality == 'all four'")["value"].item()
    assert registered == 45095
    assert round(100 * 1567 / 45095, 2) == 3.47


def test_new_recognitions_add_up_to_the_totals_that_kosovo_states() -> None:
    new = load("recognitions_by_year").set_index("year")["new"]
    assert new[new.index <= 2018].sum() == 116
    assert new[new.index <= 2025].sum() >= 120


def test_roll_calls_have_the_tallies_of_the_source() -> None:
    votes = load("un_rollcalls").query("resolution == 'A/RES/63/3'")["vote"].value_counts()
    assert (votes["yes"], votes["no"], votes["abstain"]) == (78, 6, 73)  # the press release has 77-6-74


def test_the_memory_books_groups_make_its_total() -> None:
    assert load("war_deaths")["persons"].sum() == 13548


def test_kosovos_coded_zeros_are_kept_and_marked() -> None:
    kosovo = load("capabilities").query("iso3 == 'XKX'")
    zeros = kosovo[(kosovo.filter(regex="milper|personnel|spending|milex") == 0).any(axis=1)]
    assert len(zeros) > 0
    assert set(zeros["coding"]) == {"missing coded as zero"}


# ── codes, dates, sources ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("table", data.tables())
def test_every_country_code_is_known(table: str) -> None:
    known = set(load("states")["iso3"]) | {""}
    frame = load(table)
    for column in frame.columns[frame.columns.str.contains("iso3")]:
        assert set(frame[column]) <= known


def test_the_states_are_those_that_other_tables_name_and_the_description_says_which_members_are_missing() -> None:
    frames = [load(table) for table in data.tables() if table != "states"]
    named = {code for frame in frames for column in frame.filter(like="iso3") for code in frame[column]}
    states = load("states")
    assert set(states["iso3"]) - named == {"YUG"}
    missing = ("Iraq", "Seychelles", "South Sudan", "Turkmenistan")
    assert states["un_member"].sum() + len(missing) == 193
    assert all(state in data.describe("states")["description"] for state in missing)
    assert not set(missing) & set(states["name"])


@pytest.mark.parametrize("table", data.tables())
def test_dates_are_dates_and_as_precise_as_they_say(table: str) -> None:
    frame = load(table)
    dated = [name for name in frame.columns if name in ("date", "month", "not_before", "not_after", "second_date")]
    for column in dated:
        filled = frame[column][frame[column] != ""]
        pd.to_datetime(filled, format="ISO8601")
        assert filled.between("1900", "2027").all()
    if {"date", "date_precision"} <= set(frame.columns):
        filled = frame[frame["date"] != ""]
        lengths = filled["date_precision"].map({"day": 10, "month": 7, "year": 4})
        assert (filled["date"].str.len() == lengths).all()


@pytest.mark.parametrize("table", ["chronology", "deployments", "kfor_strength"])
def test_series_are_in_the_order_of_their_dates(table: str) -> None:
    assert load(table)["date"].is_monotonic_increasing


@pytest.mark.parametrize("table", data.tables())
def test_a_quoted_fact_names_its_source(table: str) -> None:
    frame = load(table)
    if "source" in frame.columns and data.describe(table)["licenseClass"] == "single facts quoted from public pages":
        assert (frame["source"] != "").all()


def test_every_source_of_the_package_has_a_title() -> None:
    for table in data.tables():
        assert all(source.get("title") for source in data.describe(table)["sources"])


@pytest.mark.parametrize("table", data.tables())
def test_every_table_has_a_primary_key_and_a_licence_class(table: str) -> None:
    resource = data.describe(table)
    assert resource["schema"]["primaryKey"]
    assert resource["licenseClass"] in {
        "CC BY 4.0",
        "CC BY-able",
        "share-alike",
        "small cited extract",
        "single facts quoted from public pages",
    }
    assert (resource["licenseClass"] == "share-alike") == resource["path"].startswith("share-alike/")


# ── what names something else ────────────────────────────────────────────────────────────────────────


def test_a_term_names_only_terms_and_entries_that_exist() -> None:
    terms = load("terms")
    known = set(terms["term"])
    for row in terms.itertuples():
        assert {one.strip() for one in row.see_also.split(";")} - {""} <= known, row.term
        assert row.citation == "" or row.citation in course.citations(), row.term


def test_both_readings_of_an_event_have_about_the_same_weight() -> None:
    events = load("chronology")
    words = events[["realism", "liberalism"]].apply(lambda texts: texts.str.split().str.len())
    share = words["realism"].sum() / words.to_numpy().sum()
    assert 0.45 <= share <= 0.55
    assert (words.min(axis=1) >= 5).all()
