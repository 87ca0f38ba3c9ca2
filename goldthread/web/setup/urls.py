"""Addresses of setting up."""
from django.urls import path

from goldthread.web.setup import agencies, first_run, pages, people, teams

urlpatterns = [
    path("", pages.task_list, name="setup"),
    path("live", pages.go_live, name="setup_live"),
    path("name/", pages.edit, {"page": "theme"}, name="setup_theme"),
    path("contacts/", pages.edit, {"page": "contacts"}, name="setup_contacts"),
    path("threshold/", pages.edit, {"page": "threshold"}, name="setup_threshold"),
    path("limits/", pages.limits, name="setup_limits"),
    path("limits/<int:pk>/end", pages.end_limit, name="end_limit"),
    path("closed-days/add/", pages.add_closed_day, name="add_closed_day"),
    path("closed-days/<int:pk>/remove", pages.remove_closed_day, name="remove_closed_day"),
    path("backup/", pages.backup, name="setup_backup"),
    path("agencies/", agencies.agencies, name="setup_agencies"),
    path("agencies/add/", agencies.add, name="add_agency"),
    path("agencies/file/", agencies.bulk, name="import_agencies"),
    path("agencies/file/template.csv", agencies.template, name="agency_template"),
    path("agencies/<int:pk>/", agencies.change, name="change_agency"),
    path("agencies/<int:pk>/end/", agencies.end, name="end_agency"),
    path("agencies/<int:pk>/teams/", teams.teams, name="setup_teams"),
    path("agencies/<int:pk>/teams/add/", teams.add, name="add_team"),
    path("agencies/<int:pk>/teams/<int:team>/", teams.change, name="change_team"),
    path("agencies/<int:pk>/teams/<int:team>/end/", teams.end, name="end_team"),
    path("agencies/<int:pk>/teams/people/<int:seat>/", teams.place, name="put_in_team"),
    path("people/", people.people, name="setup_people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/file/", people.bulk, name="import_people"),
    path("people/file/template.csv", people.template, name="people_template"),
    path("people/invitations/<int:pk>/withdraw", people.withdraw, name="withdraw_invitation"),
    path("people/invitations/<int:pk>/again", people.again, name="invite_again"),
    path("people/<int:pk>/end/", people.end, name="end_seat"),
    path("people/<int:pk>/cover/", people.cover, name="cover_seat"),
    path("people/<int:pk>/close", people.close, name="close_account"),
    path("first/<str:signed>/", first_run.first_run, name="first_run"),
]
