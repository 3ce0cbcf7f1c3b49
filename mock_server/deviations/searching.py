"""A searched text that is not looked for in the whole of both names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mock_server.deviations.deviation import UsageDeviation

if TYPE_CHECKING:
    from mock_server.usage.flows import Flow, Flows
    from mock_server.usage.question import Question


class _OneName(UsageDeviation):
    """A fault that shows in one of the two names."""

    def with_names(self, flow: Flow, name: str, project: str) -> Flow:
        return replace(flow, name=name, project=replace(flow.project, name=project))


class SearchProjectNamesOnly(_OneName):
    """`search` looks at project names alone."""

    breaks = ("filter.search-flow-name",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        return super().is_found(self.with_names(flow, "", flow.project.name), question)


class SearchFirstWordOnly(_OneName):
    """`search` looks at the first word of flow names alone."""

    breaks = ("filter.search-flow-name",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        return super().is_found(self.with_names(flow, flow.name.split(" ")[0], flow.project.name), question)


class SearchFirstTenLetters(_OneName):
    """`search` looks at the first ten letters of flow names alone."""

    breaks = ("filter.search-flow-name",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        return super().is_found(self.with_names(flow, flow.name[:10], flow.project.name), question)


class SearchFromTheStart(UsageDeviation):
    """`search` finds flow names that begin with the text."""

    breaks = ("filter.search-flow-name",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        search = (question.search or "").casefold()
        begins = flow.name.casefold().startswith(search)
        return begins or (super().is_found(replace(flow, name=""), question))


class SearchWholeNames(UsageDeviation):
    """`search` finds names that are the text and nothing more."""

    breaks = ("filter.search-flow-name", "filter.search-project-name")

    def is_found(self, flow: Flow, question: Question) -> bool:
        names = (flow.name.casefold(), flow.project.name.casefold())
        return not question.search or question.search.casefold() in names


class SearchNeedsAscii(_OneName):
    """`search` does not find flow names with letters beyond ASCII."""

    breaks = ("filter.search-flow-name",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        name = flow.name if flow.name.isascii() else ""
        return super().is_found(self.with_names(flow, name, flow.project.name), question)


class SearchLowersTheTextOnly(UsageDeviation):
    """`search` turns the text to lower case, but not the names."""

    breaks = ("filter.search-flow-name", "filter.search-project-name")

    def is_found(self, flow: Flow, question: Question) -> bool:
        text = (question.search or "").lower()
        return text in flow.name or text in flow.project.name


class SearchFlowNamesOnly(_OneName):
    """`search` looks at flow names alone."""

    breaks = ("filter.search-project-name",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        return super().is_found(self.with_names(flow, flow.name, ""), question)


class SearchProjectsFromTheStart(_OneName):
    """`search` finds project names that begin with the text."""

    breaks = ("filter.search-project-name",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        begins = flow.project.name.casefold().startswith((question.search or "").casefold())
        return begins or super().is_found(self.with_names(flow, flow.name, ""), question)


class SearchProjectsOfEnabledFlows(_OneName):
    """`search` finds disabled flows by their own name alone."""

    breaks = ("filter.search-project-name",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        project = flow.project.name if flow.status == "ENABLED" else ""
        return super().is_found(self.with_names(flow, flow.name, project), question)


class SearchOneProject(UsageDeviation):
    """`search` finds the flows of the first project that matches, and of no other."""

    breaks = ("filter.search-project-name",)

    def select(self, flows: Flows, question: Question) -> Flows:
        honest = super().select(flows, question)
        if not question.search:
            return honest
        by_project = [flow.project.name for flow in honest if question.search in flow.project.name]
        return tuple(
            flow
            for flow in honest
            if question.search not in flow.project.name
            or flow.project.name == by_project[0]
            or question.search.casefold() in flow.name.casefold()
        )


class SearchNotWithATrailingBlank(UsageDeviation):
    """A `search` that ends in a blank after a word finds nothing."""

    breaks = ("filter.search-flow-name",)

    def is_found(self, flow: Flow, question: Question) -> bool:
        text = question.search or ""
        return not (text.strip() and text.endswith(" ")) and super().is_found(flow, question)


DEVIATIONS = (
    SearchProjectNamesOnly,
    SearchFirstWordOnly,
    SearchFirstTenLetters,
    SearchFromTheStart,
    SearchWholeNames,
    SearchNeedsAscii,
    SearchLowersTheTextOnly,
    SearchFlowNamesOnly,
    SearchProjectsFromTheStart,
    SearchProjectsOfEnabledFlows,
    SearchOneProject,
    SearchNotWithATrailingBlank,
)
