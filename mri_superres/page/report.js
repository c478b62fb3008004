"use strict";
const data = JSON.parse(document.getElementById("pictures").textContent);
for (const figure of document.querySelectorAll(".plane")) {
  const plane = data[figure.dataset.plane], find = name => figure.querySelector(name);
  const stage = find(".stage"), wipe = find(".wipe"), slice = find(".slice"), where = find("output");
  const setWipe = value => {
    const x = Math.min(100, Math.max(0, Number(value)));
    wipe.value = x; stage.style.setProperty("--x", x + "%");
    wipe.setAttribute("aria-valuetext", Math.round(x) + " percent before, the rest after");
    find(".tag.l").style.opacity = x < 12 ? 0 : 1; find(".tag.r").style.opacity = x > 88 ? 0 : 1;
  };
  const setSlice = value => {
    const i = Math.min(plane.where.length - 1, Math.max(0, Number(value)));
    slice.value = i; where.textContent = plane.where[i]; slice.setAttribute("aria-valuetext", plane.where[i]);
    for (const name of ["before", "after", "change"]) find("img." + name).src = "data:image/jpeg;base64," + plane[name][i];
  };
  wipe.addEventListener("input", () => setWipe(wipe.value));
  slice.addEventListener("input", () => setSlice(slice.value));
  wipe.addEventListener("keydown", event => {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (step) { setSlice(Number(slice.value) + step); event.preventDefault(); }
    if (event.key === " ") { setWipe(wipe.value > 50 ? 0 : 100); event.preventDefault(); }
  });
  const follow = event => { const box = stage.getBoundingClientRect(); setWipe(100 * (event.clientX - box.left) / box.width); };
  stage.addEventListener("pointerdown", event => {
    if (event.button || document.body.dataset.mode !== "wipe") return;
    wipe.focus({ focusVisible: false, preventScroll: true }); follow(event);
    try { stage.setPointerCapture(event.pointerId); } catch (error) { /* not a real pointer */ }
    stage.onpointermove = follow; event.preventDefault();
  });
  for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, () => { stage.onpointermove = null; });
  setWipe(50); setSlice(slice.value);
}
for (const mode of document.querySelectorAll("[name=mode]"))
  mode.addEventListener("change", () => { document.body.dataset.mode = mode.value; });
