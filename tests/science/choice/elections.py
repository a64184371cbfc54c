"""Small random elections, for the properties every rule must hold."""

from dataclasses import replace

from hypothesis import strategies as st

from harmonia.science.choice import Election, Project


@st.composite
def elections(draw: st.DrawFn, most_projects: int = 6, most_voters: int = 8) -> Election:
    """Draw an approval election; few distinct costs, so that ties are common."""
    count = draw(st.integers(1, most_projects))
    costs = draw(st.lists(st.sampled_from([0, 1, 2, 3, 5, 8]), min_size=count, max_size=count))
    projects = tuple(Project(f"p{place}", f"Project {place}", cost) for place, cost in enumerate(costs))
    ids = [project.id for project in projects]
    ballots = draw(st.lists(st.frozensets(st.sampled_from(ids)), min_size=1, max_size=most_voters))
    return Election(projects, tuple(ballots), draw(st.integers(0, 20)))


@st.composite
def linked(draw: st.DrawFn) -> Election:
    """Draw an election whose projects need and exclude each other, never in a circle."""
    election = draw(elections())
    names = [project.id for project in election.projects]
    projects = []
    for place, project in enumerate(election.projects):
        before = names[:place]
        needs = draw(st.frozensets(st.sampled_from(before), max_size=1)) if before else frozenset()
        rivals = draw(st.frozensets(st.sampled_from(before), max_size=1)) if before else frozenset()
        projects.append(replace(project, needs=needs, excludes=rivals - needs))
    return replace(election, projects=tuple(projects))
