// Zoom, turn and move the scan; one side at a time.

const STEP = 1.3;
const ZOOM_MAX = 8;
const ZOOM_MIN = 0.4;
const wide = matchMedia("(width >= 62rem)");

// `before` is how the scan of the same card was looked at until now.
export function openViewer(desk, before = {}) {
  const stage = desk.querySelector(".stage");
  const papers = [...desk.querySelectorAll(".paper")];
  const stop = new AbortController();
  const state = { zoom: 1, turn: 0, side: 0, places: true, ...before };

  function lay() {
    const style = getComputedStyle(stage);
    const room = {
      width: stage.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight),
      height: (wide.matches ? stage.clientHeight : innerHeight * 0.6) - parseFloat(style.paddingTop) * 2,
    };
    papers.forEach((paper, index) => {
      paper.hidden = index !== state.side;
      const turned = paper.querySelector(".turned");
      if (turned) place(paper, turned, room);
    });
  }

  function place(paper, turned, room) {
    const [width, height] = [Number(turned.dataset.width), Number(turned.dataset.height)];
    const [across, down] = state.turn % 180 ? [height, width] : [width, height];
    const scale = Math.min(room.width / across, room.height / down) * state.zoom;
    Object.assign(paper.style, { width: `${across * scale}px`, height: `${down * scale}px` });
    Object.assign(turned.style, {
      position: "absolute", left: "50%", top: "50%",
      width: `${width * scale}px`, height: `${height * scale}px`,
      transform: `translate(-50%, -50%) rotate(${state.turn}deg)`,
    });
    stage.classList.toggle("grab", state.zoom > 1);
  }

  function zoom(factor) {
    const before = { x: stage.scrollLeft + stage.clientWidth / 2, y: stage.scrollTop + stage.clientHeight / 2 };
    const old = state.zoom;
    state.zoom = factor === null ? 1 : Math.min(Math.max(old * factor, ZOOM_MIN), ZOOM_MAX);
    lay();
    const grown = state.zoom / old;
    stage.scrollTo(before.x * grown - stage.clientWidth / 2, before.y * grown - stage.clientHeight / 2);
  }

  function show(side) {
    state.side = side;
    for (const tab of desk.querySelectorAll("[data-show]")) tab.setAttribute("aria-pressed", String(Number(tab.dataset.show) === side));
    lay();
  }

  function showPlaces() {
    stage.classList.toggle("no-places", !state.places);
    desk.querySelector("[data-tool=places]").setAttribute("aria-pressed", String(state.places));
  }

  const tools = {
    in: () => zoom(STEP),
    out: () => zoom(1 / STEP),
    fit: () => zoom(null),
    left: () => { state.turn = (state.turn + 270) % 360; lay(); },
    right: () => { state.turn = (state.turn + 90) % 360; lay(); },
    side: () => show((state.side + 1) % papers.length),
    places: () => { state.places = !state.places; showPlaces(); },
  };

  desk.querySelector(".tools").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.tool) tools[button.dataset.tool]();
    else if (button?.dataset.show) show(Number(button.dataset.show));
  }, { signal: stop.signal });

  stage.addEventListener("dblclick", () => zoom(state.zoom > 1 ? null : 2), { signal: stop.signal });
  stage.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    const from = { x: event.clientX + stage.scrollLeft, y: event.clientY + stage.scrollTop };
    const drag = new AbortController();
    stage.setPointerCapture(event.pointerId);
    stage.classList.add("grabbing");
    stage.addEventListener("pointermove", (move) => stage.scrollTo(from.x - move.clientX, from.y - move.clientY), { signal: drag.signal });
    const end = () => { drag.abort(); stage.classList.remove("grabbing"); };
    stage.addEventListener("pointerup", end, { signal: drag.signal });
    stage.addEventListener("pointercancel", end, { signal: drag.signal });
  }, { signal: stop.signal });

  const watcher = new ResizeObserver(lay);
  watcher.observe(stage);
  showPlaces();
  show(state.side);

  return {
    side: () => papers[state.side]?.dataset.side,
    look: () => ({ ...state }),
    close: () => { stop.abort(); watcher.disconnect(); },
    // Shows where a mark stands; one without a place of its own, the side that it is about.
    reveal(mark, side) {
      const at = papers.findIndex((paper) => paper.querySelector(mark) ?? paper.dataset.side === side);
      if (at < 0) return;
      show(at);
      papers[at].querySelector(mark)?.scrollIntoView({ block: "center", inline: "center" });
    },
  };
}
