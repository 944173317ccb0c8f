"""What single sources counted at single events: the killed, the expelled, the displaced, the injured.

And of the few who acted: who voted, who was to return, who attacked, who was charged with it.
"""

from __future__ import annotations

from twolenses.data import cell
from twolenses.facts._rows import single
from twolenses.facts.figure import Figure, fact


def _at(event: str, measure: str, attribution: str = "") -> Figure:
    return single(cell("event_counts", event=event, measure=measure), attribution)


@fact(counts="people")
def drenica_killed() -> Figure:
    """People killed in police operations in three villages of the Drenicë/Drenica region in February and March 1998."""
    return _at("Drenica", "killed", "by Human Rights Watch’s count")


@fact(counts="people")
def drenica_women_and_children_killed() -> Figure:
    """Women and children among those killed in Drenicë/Drenica early in 1998, by Human Rights Watch’s count."""
    return _at("Drenica", "women and children killed")


@fact(counts="people")
def displaced_1998() -> Figure:
    """People displaced by the fighting by September 1998, as the Secretary-General of the United Nations estimated."""
    return _at("War of 1998", "displaced")


@fact(counts="people")
def recak_killed() -> Figure:
    """Kosovo Albanians killed at Reçak/Račak on 15 January 1999."""
    return _at("Reçak/Račak", "killed")


@fact(counts="people")
def expelled_1999() -> Figure:
    """Kosovo Albanians driven out of Kosovo from March to June 1999, by Human Rights Watch’s account."""
    return _at("Expulsions of spring 1999", "expelled")


@fact(counts="people")
def fled_after_june_1999() -> Figure:
    """Serbs, Roma, Ashkali and others who fled after June 1999, as the press has put it."""
    return _at("Flight after the war", "displaced", "by a press figure that is contested")


@fact(counts="people")
def march_2004_dead() -> Figure:
    """People who died in the riots of 17 and 18 March 2004, Serbs and Albanians."""
    return _at("March 2004 riots", "killed")


@fact(counts="homes")
def march_2004_homes_burned() -> Figure:
    """Homes of Serbs, Roma and Ashkali burned in March 2004."""
    return _at("March 2004 riots", "homes burned")


@fact(counts="buildings")
def march_2004_churches_burned() -> Figure:
    """Churches and monasteries burned in March 2004."""
    return _at("March 2004 riots", "churches and monasteries burned")


@fact(counts="people")
def march_2004_displaced() -> Figure:
    """People displaced by the riots of March 2004."""
    return _at("March 2004 riots", "displaced")


@fact(counts="deputies")
def declaration_deputies_in_favour() -> Figure:
    """Deputies of Kosovo’s assembly present on 17 February 2008, all of whom voted for the declaration.

    As the Secretary-General of the United Nations told the Security Council the next day. Serbia holds the act to
    be unlawful; in what capacity the deputies acted was before the Court in 2010.
    """
    return _at("Declaration of independence", "deputies in favour")


@fact(counts="deputies")
def declaration_serb_deputies_absent() -> Figure:
    """Kosovo Serb deputies who did not attend the session of 17 February 2008.

    As the Secretary-General of the United Nations told the Security Council the next day.
    """
    return _at("Declaration of independence", "Kosovo Serb deputies absent")


@fact(counts="people")
def serbian_personnel_requested_2022() -> Figure:
    """Army and police personnel that Serbia asked KFOR to let return in December 2022."""
    return _at("Request under Resolution 1244", "personnel to return")


@fact(counts="people")
def zvecan_protesters_injured() -> Figure:
    """Protesters injured at Zveçan/Zvečan on 29 May 2023, as President Vučić put it.

    The press repeats the number. The United Nations speaks of injured civilians without one.
    """
    return _at("Zveçan/Zvečan", "protesters injured")


@fact(counts="people")
def attackers_first_reported() -> Figure:
    """Attackers near Banjskë/Banjska on 24 September 2023, as Kosovo’s authorities first put their number.

    Said on the day, and what most reports of 2023 printed. No independent count was found.
    """
    return _at("Banjskë/Banjska", "attackers, first account", "by Kosovo’s first account")


@fact(counts="people")
def attackers_by_kosovo_later() -> Figure:
    """Attackers near Banjskë/Banjska on 24 September 2023, as Kosovo’s interior minister later put their number.

    Both numbers are Kosovo’s own; no independent count was found.
    """
    return _at("Banjskë/Banjska", "attackers, later account", "by Kosovo’s later account")


@fact(counts="people")
def banjska_indicted() -> Figure:
    """People indicted in Kosovo on 11 September 2024 for the attack of 24 September 2023.

    Charged, not convicted, and not a count of attackers: financing and money laundering are among the charges.
    """
    return _at("Indictment for Banjskë/Banjska", "indicted")


@fact(counts="attacks")
def hate_attacks_on_people_2023() -> Figure:
    """Violent attacks on people with a bias motive in Kosovo in 2023, as reported to the OSCE’s human-rights office.

    Reported by the OSCE mission, UNHCR and two organisations. All motives together; the page does not say who the
    victims were.
    """
    return _at("Hate incidents in Kosovo", "violent attacks on people")


@fact(counts="threats")
def hate_threats_2023() -> Figure:
    """Threats with a bias motive in Kosovo in 2023, as reported to the OSCE’s human-rights office."""
    return _at("Hate incidents in Kosovo", "threats")


@fact(counts="attacks")
def hate_attacks_on_property_2023() -> Figure:
    """Attacks on property with a bias motive in Kosovo in 2023, as reported to the OSCE’s human-rights office.

    All motives together; the page does not say whose property it was.
    """
    return _at("Hate incidents in Kosovo", "attacks on property")


# ── What a count of the dead leaves out ──────────────────────────────────────────────────────────────


@fact(counts="people")
def missing_reported() -> Figure:
    """People reported missing in Kosovo between January 1998 and December 2000, of all communities.

    The EU’s figure of 2023. Later found alive or identified are among them.
    """
    return _at("Missing persons 1998–2000", "reported missing")


@fact(counts="people")
def missing_unresolved_2023() -> Figure:
    """Missing people of 1998 to 2000 whose fate was still unknown in May 2023, by the EU’s figure."""
    return _at("Missing persons 1998–2000", "unresolved, May 2023")


@fact(counts="people")
def missing_unresolved_2024() -> Figure:
    """Missing people of 1998 to 2000 whose fate was still unknown in December 2024, by the EU’s figure."""
    return _at("Missing persons 1998–2000", "unresolved, December 2024")


@fact(counts="cases")
def sexual_violence_cases() -> Figure:
    """Cases of rape by Serbian and Yugoslav forces in Kosovo that Human Rights Watch found credible in 2000.

    Documented cases, not a total: the organisation held the true number to be higher.
    """
    return _at("Sexual violence in 1999", "cases found credible")


@fact(counts="people")
def survivors_recognised_2024() -> Figure:
    """Survivors of sexual violence in the war whom Kosovo’s Verification Commission had recognised by mid-2024.

    Those who applied and were recognised: not a count of those who were harmed.
    """
    return _at("Recognition of survivors of sexual violence", "recognised")


@fact(counts="hectares")
def decani_land() -> Figure:
    """Hectares of land that Kosovo’s Constitutional Court confirmed to the monastery of Deçan/Dečani in 2016."""
    return _at("Land of the monastery of Deçan/Dečani", "hectares")


@fact(counts="files")
def eulex_war_crime_files() -> Figure:
    """Police files on war crimes that EULEX handed to Kosovo’s authorities when its executive mandate had ended."""
    return _at("End of EULEX’s executive mandate", "police files on war crimes")
