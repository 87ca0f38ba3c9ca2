"""A small partnership whose people sign in as people do."""
import pytest

from goldthread.orgs.models import Agency, Appointment, LocalTerm, Participation, Partnership, Team, User

PASSWORD = "unlikely green kettle 9"
ROBIN, ADMINISTRATOR = "robin@example.org", "administrator@example.org"


def load() -> None:
    """Two agencies, a person who has yet to set up a second step, and an administrator persona."""
    made = Partnership.objects.create(slug="north", name="North Borough Safeguarding Children Partnership",
                                      short_name="North Borough", area="North Borough")
    school = Agency.objects.create(name="Elm Primary School", kind="school", phone="01632 960003", code="100001")
    police = Agency.objects.create(name="Example Constabulary", kind="police", phone="020 7946 0100")
    Participation.objects.create(partnership=made, agency=school, lead_name="Bea Lead", lead_phone="01632 960004")
    Participation.objects.create(partnership=made, agency=police, statutory_partner=True, lead_name="Cal Lead")
    for email, role, agency in ((ROBIN, "school-lead", school), (ADMINISTRATOR, "administrator", police),
                                ("other@example.org", "police-partner", police)):
        user = User.objects.create_user(email, email.split("@")[0].capitalize() + " Example", PASSWORD,
                                        runs_installation=role == "administrator")
        Appointment.objects.create(user=user, partnership=made, agency=agency, role=role, starts="2026-01-01")
    LocalTerm.objects.create(partnership=made, short="MASH", full="North hub", meaning="The front door of North Borough",
                             source="Invented for this test", valid_from="2026-01-01")
    Team.objects.create(agency=police, name="Referral desk", phone="020 7946 0101")


@pytest.fixture
def what_to_load() -> str:
    return "tests.browser.account.conftest:load"
