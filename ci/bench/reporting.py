"""What was measured, as a table and as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

LOADS = ("same", "different")


def table(measured: dict[str, Any]) -> str:
    """Return two tables in Markdown: servers by load, and the mock by size."""
    floor = measured["servers"]["floor"]["loads"]
    lines = ["| server | load | requests/s | of the floor | p50 ms | p99 ms | CPU µs | start s | MB |"]
    lines.append("|---|---|--:|--:|--:|--:|--:|--:|--:|")
    for name, server in measured["servers"].items():
        for load in LOADS:
            run = server["loads"][load]
            share = run["requests_a_second"] / floor[load]["requests_a_second"]
            figures = (run["p50_ms"], run["p99_ms"], run["processor_us"], server["start_s"], server["megabytes"])
            shown = " | ".join(f"{figure:.3g}" for figure in figures)
            lines.append(f"| {name} | {load} | {run['requests_a_second']:,.0f} | {share:.2f} | {shown} |")
    keys = (
        "start_s",
        "first_page_ms",
        "middle_page_ms",
        "last_page_ms",
        "new_filter_ms",
        "known_filter_ms",
        "megabytes",
    )
    lines += ["", "| flows | " + " | ".join(key.replace("_", " ") for key in keys) + " |", "|--:|" + "--:|" * len(keys)]
    for size in measured["sizes"]:
        lines.append(f"| {size['flows']:,} | " + " | ".join(f"{size[key]:.2f}" for key in keys) + " |")
    return "\n".join(lines) + "\n"


def plot(measured: dict[str, Any], file: Path) -> None:
    """Draw the servers under load, and the mock by size."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "benchmark"
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4), layout="constrained")
    names = list(measured["servers"])
    for shift, load in ((-0.2, "same"), (0.2, "different")):
        heights = [measured["servers"][name]["loads"][load]["requests_a_second"] for name in names]
        bars = left.bar([place + shift for place in range(len(names))], heights, 0.4, label=f"{load} request")
        left.bar_label(bars, [f"{height:,.0f}" for height in heights], fontsize=8)
    left.set_xticks(range(len(names)), names)
    left.set_ylabel("requests a second, one core")
    left.legend(frameon=False)
    sizes = [size["flows"] for size in measured["sizes"]]
    for key in ("first_page_ms", "middle_page_ms", "last_page_ms", "new_filter_ms", "known_filter_ms"):
        right.plot(sizes, [size[key] for size in measured["sizes"]], marker="o", label=key[:-3].replace("_", " "))
    right.set(xscale="log", yscale="log", xlabel="flows", ylabel="ms, one connection")
    right.legend(frameon=False)
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(file, metadata={"Date": None})
