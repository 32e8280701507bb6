// Lets a map be moved and enlarged, and lets a press on a ward choose it in the form beside it.
// Without this file the map still shows everything and answers links, and the form works by itself.
(() => {
  "use strict";
  const icons = { in: "M10 4v12M4 10h12", out: "M4 10h12", whole: "M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4" };
  const words = { in: "Make the map larger", out: "Make the map smaller", whole: "Show the whole map" };
  const deepest = 16;

  function button(name, press) {
    const made = document.createElement("button");
    made.type = "button";
    made.title = words[name];
    made.setAttribute("aria-label", words[name]);
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const look = { viewBox: "0 0 20 20", "aria-hidden": "true", fill: "none", stroke: "currentColor", "stroke-width": "2.4", "stroke-linecap": "round" };
    for (const [key, value] of Object.entries(look)) svg.setAttribute(key, value);
    path.setAttribute("d", icons[name]);
    svg.append(path);
    made.append(svg);
    made.addEventListener("click", press);
    return made;
  }

  function live(block) {
    const stage = block.querySelector(".map-stage");
    const svg = stage && stage.querySelector("svg.map");
    if (!svg || stage.classList.contains("live")) return;
    const whole = svg.viewBox.baseVal;
    const full = { w: whole.width, h: whole.height };
    const view = { x: 0, y: 0, k: 1 };
    const fingers = new Map();
    let dragged = 0, spread = 0, isActive = false, waiting = false;

    function draw() {
      waiting = false;
      svg.setAttribute("viewBox", `${view.x.toFixed(2)} ${view.y.toFixed(2)} ${(full.w * view.k).toFixed(2)} ${(full.h * view.k).toFixed(2)}`);
      block.style.setProperty("--k", view.k.toFixed(4));
      svg.style.touchAction = view.k < 1 ? "none" : "pan-y";
      tools.in.disabled = view.k <= 1 / deepest;
      tools.out.disabled = tools.whole.disabled = view.k >= 1;
    }
    function show() {
      view.k = Math.min(1, Math.max(1 / deepest, view.k));
      view.x = Math.min(full.w * (1 - view.k), Math.max(0, view.x));
      view.y = Math.min(full.h * (1 - view.k), Math.max(0, view.y));
      if (!waiting) { waiting = true; requestAnimationFrame(draw); }
    }
    // A spot of the screen in units of the whole map.
    function spot(clientX, clientY) {
      const matrix = svg.getScreenCTM();
      if (!matrix) return { x: full.w / 2, y: full.h / 2 };
      const point = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse());
      return { x: point.x, y: point.y };
    }
    function zoom(factor, about) {
      const at = about || { x: view.x + full.w * view.k / 2, y: view.y + full.h * view.k / 2 };
      const next = Math.min(1, Math.max(1 / deepest, view.k / factor));
      view.x = at.x - (at.x - view.x) * next / view.k;
      view.y = at.y - (at.y - view.y) * next / view.k;
      view.k = next;
      show();
    }
    function move(dx, dy) { view.x += dx * view.k; view.y += dy * view.k; show(); }
    function all() { view.x = view.y = 0; view.k = 1; show(); }

    const tools = { in: button("in", () => zoom(1.6)), out: button("out", () => zoom(1 / 1.6)), whole: button("whole", all) };
    const box = document.createElement("div");
    box.className = "map-tools";
    box.append(tools.in, tools.out, tools.whole);
    stage.append(box);
    stage.classList.add("live");
    draw();

    // The wheel scrolls the page until the person has pressed into the map; with Ctrl, or a pinch on a pad, it enlarges at once.
    svg.addEventListener("wheel", (event) => {
      if (!isActive && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) * 0.01), spot(event.clientX, event.clientY));
    }, { passive: false });
    stage.addEventListener("pointerleave", () => { if (!fingers.size) isActive = false; });
    svg.addEventListener("dblclick", (event) => { event.preventDefault(); zoom(2, spot(event.clientX, event.clientY)); });

    const apart = () => { const [a, b] = [...fingers.values()]; return Math.hypot(a.x - b.x, a.y - b.y); };
    svg.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      isActive = true;
      if (!fingers.size) dragged = 0;
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (fingers.size === 2) spread = apart();
    });
    window.addEventListener("pointermove", (event) => {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      const dx = event.clientX - before.x, dy = event.clientY - before.y;
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      dragged += Math.abs(dx) + Math.abs(dy);
      if (dragged > 6) stage.classList.add("moving");
      if (fingers.size === 1 && dragged > 6) {
        const matrix = svg.getScreenCTM();
        if (matrix) { view.x -= dx / matrix.a; view.y -= dy / matrix.d; show(); }
      } else if (fingers.size === 2) {
        const now = apart(), [a, b] = [...fingers.values()];
        if (spread > 0 && now > 0) zoom(now / spread, spot((a.x + b.x) / 2, (a.y + b.y) / 2));
        spread = now;
      }
    });
    function lift(event) { fingers.delete(event.pointerId); if (!fingers.size) stage.classList.remove("moving"); }
    window.addEventListener("pointerup", lift);
    window.addEventListener("pointercancel", lift);
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    // A press that was a drag opens nothing.
    svg.addEventListener("click", (event) => { if (dragged > 6) { event.preventDefault(); event.stopPropagation(); } }, true);

    stage.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const step = full.w * 0.12;
      const keys = { "+": () => zoom(1.6), "=": () => zoom(1.6), "-": () => zoom(1 / 1.6), "0": all, ArrowLeft: () => move(-step, 0), ArrowRight: () => move(step, 0), ArrowUp: () => move(0, -step), ArrowDown: () => move(0, step) };
      const does = keys[event.key];
      if (!does || (event.key.startsWith("Arrow") && view.k >= 1)) return;
      event.preventDefault();
      does();
    });
    // A link reached by the keyboard comes into sight.
    svg.addEventListener("focusin", (event) => {
      if (view.k >= 1 || !event.target.matches(":focus-visible")) return;
      const box = event.target.getBoundingClientRect(), frame = svg.getBoundingClientRect();
      if (box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom) return;
      const centre = spot((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      view.x = centre.x - full.w * view.k / 2;
      view.y = centre.y - full.h * view.k / 2;
      show();
    });
    if (block.dataset.chooses) choose(block, svg);
  }

  function choose(block, svg) {
    const name = CSS.escape(block.dataset.chooses);
    const says = document.createElement("p");
    says.className = "map-says";
    says.setAttribute("role", "status");
    says.textContent = "Press a ward on the map to choose it.";
    block.querySelector(".map-stage").after(says);
    const shape = (id) => svg.querySelector(`.shape[data-id="${CSS.escape(id)}"]`);
    const picked = document.createElementNS("http://www.w3.org/2000/svg", "path");
    picked.setAttribute("class", "chosen");
    picked.setAttribute("fill", "none");
    picked.setAttribute("stroke-width", "3");
    svg.querySelector(".ground").after(picked);

    function mark(id) {
      const path = id && shape(id);
      picked.setAttribute("d", path ? path.getAttribute("d") : "");
      const title = path && path.querySelector("title");
      says.textContent = title ? `Chosen: ${title.textContent}` : "Press a ward on the map to choose it.";
    }
    svg.addEventListener("click", (event) => {
      const path = event.target.closest(".shape");
      const id = path && path.dataset.id;
      if (!id) return;
      for (const control of document.querySelectorAll(`[name="${name}"]`)) {
        if (control instanceof HTMLSelectElement) {
          if (![...control.options].some((option) => option.value === id)) continue;
          control.value = id;
        } else if (control.type === "radio" && control.value === id) {
          control.checked = true;
        } else continue;
        event.preventDefault();
        control.dispatchEvent(new Event("change", { bubbles: true }));
        return;
      }
    });
    document.addEventListener("change", (event) => {
      if (event.target.name === block.dataset.chooses) mark(event.target.value);
    });
    const now = document.querySelector(`select[name="${name}"], [name="${name}"]:checked`);
    if (now && now.value) mark(now.value);
  }

  document.querySelectorAll(".map-block").forEach(live);
})();
