"""What returns tell as happened is counted beside our own records: of its period only, and nothing twice."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks

from goldthread.exchange.facts import scorecard, told_declared, wholes
from goldthread.exchange.facts.declared import known
from goldthread.measure.indicators import indicator
from goldthread.measure.models import Counted
from goldthread.measure.since import Since
from goldthread.people.actions import add_identifier
from tests.domains.scene import Scene
from tests.measure.test_told_spans import SECOND, accepted, analyst, months
from tests.support import NOW, client_for

REFERRALS = "cine_referral_id,cine_person_id,cine_referral_date,cine_referral_source_code,cine_close_date\n"
ASSESSED = ("cina_assessment_id,cina_person_id,cina_referral_id,cina_assessment_start_date,cina_assessment_auth_date,"
            "cina_assessment_outcome_nfa\n")
ENQUIRIES = "s47e_s47_enquiry_id,s47e_referral_id,s47e_person_id,s47e_s47_start_date,s47e_s47_end_date\n"
CONFERENCES = ("icpc_icpc_id,icpc_s47_enquiry_id,icpc_person_id,icpc_icpc_transfer_in,icpc_icpc_target_date,icpc_icpc_date,"
               "icpc_icpc_outcome_cp_flag\n")
MISSING = ("miss_table_id,miss_person_id,miss_missing_episode_start_date,miss_missing_episode_type,"
           "miss_missing_episode_end_date,miss_missing_rhi_offered,miss_missing_rhi_accepted\n")


@pytest.fixture
def scene(settings: Any, tmp_path: Path) -> Scene:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "in").mkdir()
    return Scene()


def people(*numbers: str) -> str:
    return "pers_person_id,pers_sex,pers_ethnicity,pers_dob\n" + "".join(
        f"{number},F,WBRI,03/05/2011\n" for number in numbers)


def shares(key: str, scene: Scene) -> dict[int, tuple[float, float | None]]:
    with scene.system():
        rows = Counted.objects.filter(kind="month", indicator=key).values_list("end", "numerator", "denominator")
        return {end: (part, whole) for end, part, whole in rows}


def by_month(days: Iterable[str]) -> dict[int, float]:
    return {month: float(many) for month, many in Counter(int(f"{day[6:]}{day[3:5]}") for day in days).items()}


@pytest.mark.django_db
def test_work_with_children_of_a_council_that_sends_its_dataset(scene: Scene, tmp_path: Path) -> None:
    who = analyst(scene)
    accepted(
        who, "ssd", SECOND, tmp_path, ssd_person=people("P1", "P2", "P3", "P4"),
        ssd_cin_episodes=REFERRALS + "R0,P1,31/03/2026,1A,\n" "R1,P1,05/05/2026,2A,\nR2,P2,06/05/2026,6,\n"
        "R3,P3,07/07/2026,6,\nR4,P2,01/09/2026,1B,\nR5,P4,01/10/2026,6,\n",  # the first and the last are of no day of it
        ssd_cin_assessments=ASSESSED + "A1,P1,R1,06/05/2026,09/07/2026,N\n"  # 45 working days from 6 May end on 9 July
        "A2,P2,R2,06/05/2026,10/07/2026,Y\nA3,P3,R3,08/07/2026,,\nA4,P2,R4,02/09/2026,,\n",
        ssd_s47_enquiry=ENQUIRIES + "S1,R1,P1,11/05/2026,20/05/2026\nS2,R2,P2,12/05/2026,22/05/2026\n",
        ssd_initial_cp_conference=CONFERENCES + "C1,S1,P1,N,02/06/2026,02/06/2026,Y\nC2,,P3,Y,02/06/2026,30/06/2026,N\n"
        "C3,,P4,N,01/07/2026,03/07/2026,N\n",
        ssd_cp_plans="cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date,"
        "cppl_cp_plan_initial_category,cppl_cp_plan_latest_category\n1,P1,02/06/2026,,NEG,NEG\n",
        ssd_cp_reviews="cppr_cp_review_id,cppr_person_id,cppr_cp_plan_id,cppr_cp_review_due,cppr_cp_review_date\n"
        "V1,P1,1,01/09/2026,03/09/2026\n",
        ssd_missing=MISSING + "M1,P3,02/08/2026,M,03/08/2026,Y,Y\nM2,P3,10/08/2026,M,11/08/2026,Y,N\n"
        "M3,P3,20/08/2026,M,21/08/2026,N,NA\nM4,P3,22/08/2026,A,23/08/2026,N,NA\n")
    scorecard.update(scene.partnership.pk, NOW)
    referred = ["05/05/2026", "06/05/2026", "07/07/2026", "01/09/2026"]
    assert months("children-referred", scene) == by_month(referred)
    assert shares("re-referrals", scene) == {202605: (0, 2), 202607: (0, 1), 202609: (1, 1)}
    assert shares("referral-to-assessment", scene) == {202605: (2, 2), 202607: (1, 1), 202609: (1, 1)}
    # A3 was due on 9 September and is not finished; A4's time was not up when the period ended.
    assert shares("assessments-in-45-days-published", scene) == {202607: (1, 2), 202609: (0, 1)}
    assert shares("assessed-no-further-action", scene) == {202607: (1, 2)}
    assert months("section-47-enquiries", scene) == {202605: 2}
    assert shares("section-47-to-conference", scene) == {202605: (0, 1), 202606: (1, 1)}
    assert shares("conference-in-15-days", scene) == {202606: (1, 1), 202607: (0, 1)}, "not one transferred in"
    assert months("new-child-protection-plans", scene) == {202606: 1}
    assert shares("conference-to-plan", scene) == {202606: (1, 2), 202607: (0, 1)}
    assert shares("reviews-in-time", scene) == {202609: (0, 1)}
    assert months("missing-episodes", scene) == {202608: 3} and shares("missing-again", scene) == {202608: (1, 1)}
    assert shares("missing-from-care", scene) == {202608: (3, 3)}
    assert shares("interviews-offered", scene) == {202608: (2, 3)}
    assert shares("interviews-accepted", scene) == {202608: (1, 2)}
    assert not months("contact-to-referral", scene), "a share of contacts, of which no return tells"
    # Who works here reads no record of it: the whole is told made safe; whoever opens returns finds where it is from.
    assert client_for(scene.seats["manager"]).get("/scorecard/indicators/section-47-enquiries/?period=2026-05"
                                                  ).context["protected"]
    page = client_for(who).get("/scorecard/indicators/children-referred/rows/2026-05/").content.decode()
    assert "/rows/ssd_cin_episodes/" in page and "/rows/ssd_cin_plans/" not in page
    with scene.system():
        since = Since.of(scene.partnership, "month")
    assert since.month(indicator("children-referred")) == 202605
    assert since.month(indicator("no-further-action")) != 202605, "told of by no return, so no number since then"


@pytest.mark.django_db
def test_what_is_in_a_record_of_ours_counts_once(scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    who, child = analyst(scene), scene.person("Known")
    add_identifier(actor=scene.seats["lead"], now=NOW, person=child.pk, scheme="council", value="P1", verified=True)
    scene.missing(child, at=datetime(2026, 8, 2, 12, tzinfo=UTC))
    rows = "M1,P1,03/08/2026,M,,,\nM2,P1,20/08/2026,M,,,\nM3,P2,03/08/2026,M,,,\n"
    accepted(who, "ssd", SECOND, tmp_path, ssd_person=people("P1", "P2"), ssd_missing=MISSING + rows)
    scorecard.update(scene.partnership.pk, NOW)
    assert months("missing-episodes", scene) == {202608: 3}, "ours, the second of the same child, and the other child's"
    mine = client_for(scene.seats["lead"]).get("/scorecard/indicators/missing-episodes/?period=2026-08")
    assert mine.context["table"].rows[0][1] == "1", "whoever opens records is told of those alone"
    monkeypatch.setattr(wholes, "_own_days", lambda *_: {})
    scorecard.update(scene.partnership.pk, NOW + timedelta(minutes=1), whole=True)
    assert months("missing-episodes", scene) == {202608: 4}, "negative control: not held against ours, one counts twice"


@pytest.mark.django_db
def test_of_returns_that_lie_over_each_other_the_last_is_believed(scene: Scene, tmp_path: Path) -> None:
    who = analyst(scene)
    accepted(who, "ssd", (date(2026, 4, 1), date(2026, 6, 30)), tmp_path, ssd_person=people("P1", "P2"),
             ssd_cin_episodes=REFERRALS + "R1,P1,05/04/2026,6,\nR2,P2,06/06/2026,6,\n")
    accepted(who, "ssd", (date(2026, 6, 1), date(2026, 8, 31)), tmp_path, ssd_person=people("P1", "P2"),
             ssd_cin_episodes=REFERRALS + "R3,P1,10/06/2026,6,\nR4,P1,05/08/2026,6,\n")
    scorecard.update(scene.partnership.pk, NOW)
    assert months("children-referred", scene) == {202604: 1, 202606: 1, 202608: 1}, "June as the second tells it"
    assert shares("re-referrals", scene)[202608] == (1, 1)


@pytest.mark.django_db
def test_care_leavers_and_unaccompanied_children_of_returns(scene: Scene, tmp_path: Path) -> None:
    accepted(
        analyst(scene), "ssd", SECOND, tmp_path, ssd_person=people("P1", "P2", "P3", "P4"),
        ssd_care_leavers="clea_table_id,clea_person_id,clea_care_leaver_in_touch,clea_care_leaver_accom_suitable,"
        "clea_care_leaver_activity\n1,P1,YES,1,F2\n2,P2,NO,,\n3,P3,YES,2,G5\n4,P4,RHOM,,\n",
        ssd_cla_episodes="clae_cla_episode_id,clae_person_id,clae_cla_episode_start_date,clae_cla_episode_ceased_date\n"
        "E1,P1,01/05/2026,\nE2,P2,01/05/2026,\n",
        ssd_immigration_status="immi_person_id,immi_immigration_status_id,immi_immigration_status,"
        "immi_immigration_status_start_date,immi_immigration_status_end_date\n"
        "P1,1,Unaccompanied Asylum Seeking Child,01/04/2026,20/07/2026\nP2,2,Refugee,01/04/2026,\n")
    scorecard.update(scene.partnership.pk, NOW)
    assert shares("care-leavers-in-touch", scene)[202604] == (2, 3), "not of whom has gone home"
    assert shares("care-leavers-housed", scene)[202609] == (1, 4) and shares("care-leavers-active", scene)[202609] == (1, 4)
    alone = months("unaccompanied", scene)
    assert {month: alone.get(month) for month in (202605, 202606, 202607)} == {202605: 1, 202606: 1, 202607: None}


def test_declared_things_are_in_words_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told_declared.faults(known()) == []
    def of(**more: str) -> told_declared.Event:
        return told_declared.Event("ssd", "ssd_missing", "miss_person_id", {"table": "ssd_person"}, process="missing",
                                   day="miss_missing_episode_start_date", **more)
    wrong = (of(step="vanished"), of(step="missing-report", outcome="found"), of(clock="Return home interview"),
             of(step="missing-report", field="lives", answer="on the moon"),
             of(clock="Never", begins="nothing", rule="T1000"))
    monkeypatch.setattr(told_declared, "events", lambda: wrong)
    said = " ".join(each.msg for each in run_checks() if each.id == "measure.E001")
    for each in ("no step “vanished”", "no outcome “found”", "either `due`, or", "no answer “on the moon” to “lives”",
                 "no time limit “Never”", "no time limit “T1000”", "no column “nothing”"):
        assert each in said
