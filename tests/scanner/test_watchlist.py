"""When a file of the inbox is taken, and which others wait for it."""

from __future__ import annotations

from pathlib import Path

from scanner.contents import find
from scanner.files import Found
from scanner.watchlist import BACKOFF_SECONDS, UNFINISHED_SECONDS, Watchlist

QUIET = 0.5


def look(watchlist: Watchlist, folder: Path, now: float) -> list[str]:
    return [found.label for found in watchlist.look(find(folder).files, now)]


def test_a_file_is_taken_once_it_is_at_rest(tmp_path: Path) -> None:
    watchlist = Watchlist(QUIET)
    path = tmp_path / "a.jpg"
    path.write_bytes(b"x")
    assert look(watchlist, tmp_path, 0.0) == []
    assert not watchlist.is_empty
    assert look(watchlist, tmp_path, 0.49) == []
    path.write_bytes(b"xx")
    assert look(watchlist, tmp_path, 0.5) == []
    assert look(watchlist, tmp_path, 0.99) == []
    assert look(watchlist, tmp_path, 1.0) == ["a.jpg"]
    path.unlink()
    assert look(watchlist, tmp_path, 1.1) == []
    assert watchlist.is_empty


def test_files_dropped_together_keep_the_order_of_their_names(tmp_path: Path) -> None:
    watchlist = Watchlist(QUIET)
    (tmp_path / "scan10.jpg").write_bytes(b"x")
    look(watchlist, tmp_path, 0.0)
    (tmp_path / "scan9.jpg").write_bytes(b"x")
    look(watchlist, tmp_path, 0.3)
    assert look(watchlist, tmp_path, 0.6) == []
    assert look(watchlist, tmp_path, 0.8) == ["scan9.jpg", "scan10.jpg"]


def test_a_stream_of_files_does_not_hold_up_the_first(tmp_path: Path) -> None:
    watchlist = Watchlist(QUIET)
    taken = []
    for number in range(10):
        (tmp_path / f"{number}.jpg").write_bytes(b"x")
        now = number * 0.3
        taken += [(round(now, 1), label) for label in look(watchlist, tmp_path, now) if label == "0.jpg"]
    assert taken[0] == (1.5, "0.jpg")


def test_a_busy_folder_does_not_hold_up_another(tmp_path: Path) -> None:
    watchlist = Watchlist(QUIET)
    for folder in ("busy", "calm"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.jpg").write_bytes(b"x")
    look(watchlist, tmp_path, 0.0)
    (tmp_path / "busy" / "2.jpg").write_bytes(b"x")
    look(watchlist, tmp_path, 0.3)
    assert look(watchlist, tmp_path, 0.6) == ["calm/1.jpg"]


def test_failures_are_tried_again_ever_later_and_hold_up_no_other(tmp_path: Path) -> None:
    watchlist = Watchlist(QUIET)
    (tmp_path / "a.jpg").write_bytes(b"x")
    look(watchlist, tmp_path, 0.0)
    now = QUIET
    for pause in (*BACKOFF_SECONDS, BACKOFF_SECONDS[-1]):
        (met,) = watchlist.look(find(tmp_path).files, now)
        watchlist.failed(met, now)
        assert look(watchlist, tmp_path, now + pause - 0.1) == []
        now += pause
    (tmp_path / "b.jpg").write_bytes(b"x")
    (met,) = watchlist.look(find(tmp_path).files, now)
    watchlist.failed(met, now)
    assert look(watchlist, tmp_path, now + QUIET) == ["b.jpg"]


def test_a_postponed_file_that_changes_is_looked_at_afresh(tmp_path: Path) -> None:
    watchlist = Watchlist(QUIET)
    path = tmp_path / "a.jpg"
    path.write_bytes(b"x")
    look(watchlist, tmp_path, 0.0)
    met: Found = watchlist.look(find(tmp_path).files, 0.5)[0]
    watchlist.postpone(met, 0.5, 100.0)
    assert look(watchlist, tmp_path, 1.0) == []
    path.write_bytes(b"xx")
    look(watchlist, tmp_path, 1.1)
    assert look(watchlist, tmp_path, 1.6) == ["a.jpg"]


def test_files_wait_for_one_before_them_that_is_not_whole_but_not_for_ever(tmp_path: Path) -> None:
    watchlist = Watchlist(QUIET)
    for label in ("box/1.jpg", "box/2.jpg", "box/3.jpg", "other/3.jpg"):
        (tmp_path / label).parent.mkdir(exist_ok=True)
        (tmp_path / label).write_bytes(b"x")
    look(watchlist, tmp_path, 0.0)
    met = {found.label: found for found in watchlist.look(find(tmp_path).files, QUIET)}
    watchlist.postpone(met["box/2.jpg"], QUIET, 5.0)
    assert look(watchlist, tmp_path, 1.0) == ["box/1.jpg", "other/3.jpg"]
    (tmp_path / "box" / "2.jpg").write_bytes(b"xx")
    assert look(watchlist, tmp_path, 2.0) == ["box/1.jpg", "other/3.jpg"]
    assert look(watchlist, tmp_path, 2.6) == ["box/1.jpg", "box/2.jpg", "box/3.jpg", "other/3.jpg"]
    watchlist.postpone(watchlist.look(find(tmp_path).files, 2.6)[1], 2.6, 100.0)
    assert "box/3.jpg" not in look(watchlist, tmp_path, UNFINISHED_SECONDS)
    assert "box/3.jpg" in look(watchlist, tmp_path, UNFINISHED_SECONDS + QUIET)
