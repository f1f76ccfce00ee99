/* Pictures that can be zoomed and moved: by wheel, fingers, buttons and keys. Their texts stay sharp, since what
   changes is only which part of the picture is looked at (its viewBox). */
(function () {
  "use strict";
  var STEP = 1.25, MOST = 8, STILL = 4;
  /* Pictures are measured in points, of which a screen shows 4/3 pixels. */
  var NATURAL = 4 / 3;

  function Drawing(figure) {
    var canvas = figure.querySelector(".canvas");
    var svg = canvas && canvas.querySelector("svg");
    if (!svg) return;
    var whole = svg.viewBox.baseVal;
    whole = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
    if (!whole.width || !whole.height) return;
    var seen, shown, pointers = new Map(), moved = 0, pinch = 0;
    figure.classList.add("zooming");
    svg.dataset.whole = svg.getAttribute("viewBox");
    svg.removeAttribute("width");
    svg.removeAttribute("height");

    function size() { return { width: canvas.clientWidth || 1, height: canvas.clientHeight || 1 }; }
    function fitting() { var room = size(); return Math.min(room.width / whole.width, room.height / whole.height); }
    /* As high as the picture is when it is as wide as the page, so that nothing is hidden and little is empty. */
    function room() {
      if (document.fullscreenElement === figure) { canvas.style.removeProperty("height"); return; }
      var scale = Math.min(canvas.clientWidth / whole.width, NATURAL);
      canvas.style.setProperty("height", "min(150vh, " + Math.ceil(whole.height * scale + 2) + "px)");
    }
    function draw() {
      var scale = size().width / seen.width;
      svg.setAttribute("viewBox", [seen.x, seen.y, seen.width, seen.height].map(function (n) { return n.toFixed(2); }).join(" "));
      shown.textContent = Math.round(scale / NATURAL * 100) + " %";
    }
    function look(scale, x, y, atX, atY) {
      var inside = size();
      var least = Math.min(fitting(), NATURAL);
      scale = Math.max(least, Math.min(MOST, scale));
      seen = { width: inside.width / scale, height: inside.height / scale };
      seen.x = x - seen.width * atX;
      seen.y = y - seen.height * atY;
      hold();
      draw();
      /* Of a whole picture, a finger moves the page; of a part, the picture. */
      canvas.classList.toggle("near", scale > fitting() * 1.02);
    }
    function hold() {
      [["x", "width"], ["y", "height"]].forEach(function (pair) {
        var at = pair[0], length = pair[1];
        if (seen[length] >= whole[length]) seen[at] = whole[at] - (seen[length] - whole[length]) / 2;
        else seen[at] = Math.max(whole[at], Math.min(seen[at], whole[at] + whole[length] - seen[length]));
      });
    }
    function fit() { room(); look(Math.min(fitting(), NATURAL), whole.x + whole.width / 2, whole.y + whole.height / 2, .5, .5); }
    function zoom(factor, clientX, clientY) {
      var box = canvas.getBoundingClientRect();
      var atX = clientX === undefined ? .5 : (clientX - box.left) / box.width;
      var atY = clientY === undefined ? .5 : (clientY - box.top) / box.height;
      look(size().width / seen.width * factor, seen.x + seen.width * atX, seen.y + seen.height * atY, atX, atY);
    }
    function move(dx, dy) { seen.x += dx * seen.width; seen.y += dy * seen.height; hold(); draw(); }
    function full() {
      if (document.fullscreenElement) document.exitFullscreen();
      else if (figure.requestFullscreen) figure.requestFullscreen();
    }

    function button(text, name, act) {
      var made = document.createElement("button");
      made.type = "button";
      made.textContent = text;
      made.setAttribute("aria-label", name);
      made.title = name;
      made.addEventListener("click", act);
      return made;
    }
    var tools = document.createElement("div");
    tools.className = "zoom";
    tools.setAttribute("role", "group");
    tools.setAttribute("aria-label", "Zoom");
    shown = document.createElement("output");
    tools.append(
      button("−", "Zoom out", function () { zoom(1 / STEP); }), shown,
      button("+", "Zoom in", function () { zoom(STEP); }),
      button("1:1", "1:1: as large as it is read best", function () { look(NATURAL, seen.x, seen.y, 0, 0); }),
      button("Fit", "Fit: show the whole picture", fit));
    if (document.fullscreenEnabled) tools.append(button("Full screen", "Full screen", full));
    var hint = document.createElement("p");
    hint.className = "hint";
    hint.textContent = "Drag to move, Ctrl and wheel to zoom" + (svg.querySelector("a") ? ", click a box for its details." : ".");
    tools.append(hint);
    figure.insertBefore(tools, canvas);

    canvas.addEventListener("wheel", function (event) {
      /* The page scrolls on, unless somebody works in the picture. */
      var inside = document.fullscreenElement === figure || document.activeElement === canvas;
      if (!event.ctrlKey && !event.metaKey && !inside) return;
      event.preventDefault();
      zoom(Math.exp(-Math.max(-100, Math.min(100, event.deltaY)) * (event.ctrlKey ? .01 : .003)), event.clientX, event.clientY);
    }, { passive: false });
    canvas.addEventListener("pointerdown", function (event) {
      if (event.button) return;
      pointers.set(event.pointerId, event);
      moved = pointers.size > 1 ? STILL + 1 : 0;
      pinch = 0;
    });
    canvas.addEventListener("pointermove", function (event) {
      var before = pointers.get(event.pointerId);
      if (!before) return;
      pointers.set(event.pointerId, event);
      var scale = seen.width / size().width;
      if (pointers.size === 1) {
        moved += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
        if (moved <= STILL) return;
        /* Only now: a pointer that is held back sends no click to the link below it. */
        if (!canvas.hasPointerCapture(event.pointerId)) canvas.setPointerCapture(event.pointerId);
        canvas.classList.add("dragging");
        seen.x -= (event.clientX - before.clientX) * scale;
        seen.y -= (event.clientY - before.clientY) * scale;
        hold();
        draw();
      } else if (pointers.size === 2) {
        var two = Array.from(pointers.values());
        var apart = Math.hypot(two[0].clientX - two[1].clientX, two[0].clientY - two[1].clientY);
        if (pinch) zoom(apart / pinch, (two[0].clientX + two[1].clientX) / 2, (two[0].clientY + two[1].clientY) / 2);
        pinch = apart;
      }
    });
    function released(event) { pointers.delete(event.pointerId); pinch = 0; canvas.classList.remove("dragging"); }
    canvas.addEventListener("pointerup", released);
    canvas.addEventListener("pointercancel", released);
    canvas.addEventListener("pointerleave", released);
    canvas.addEventListener("click", function (event) {
      if (moved > STILL) { event.preventDefault(); event.stopPropagation(); moved = 0; }
    }, true);
    canvas.addEventListener("dragstart", function (event) { event.preventDefault(); });
    canvas.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      var act = {
        "+": function () { zoom(STEP); }, "=": function () { zoom(STEP); }, "-": function () { zoom(1 / STEP); },
        "0": fit, "f": full,
        "ArrowLeft": function () { move(-.12, 0); }, "ArrowRight": function () { move(.12, 0); },
        "ArrowUp": function () { move(0, -.12); }, "ArrowDown": function () { move(0, .12); }
      }[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    });
    /* A box that is reached with the keyboard comes into sight. */
    svg.addEventListener("focusin", function (event) {
      var box = event.target.getBBox ? event.target.getBBox() : null;
      if (!box || !event.target.matches(":focus-visible")) return;
      canvas.scrollTo(0, 0);
      var x = box.x + box.width / 2, y = box.y + box.height / 2;
      if (x < seen.x || x > seen.x + seen.width || y < seen.y || y > seen.y + seen.height) {
        look(size().width / seen.width, x, y, .5, .5);
      }
    });
    var before = 0;
    new ResizeObserver(function () {
      var now = canvas.clientWidth;
      if (now && now !== before) { before = now; fit(); }
    }).observe(canvas);
    document.addEventListener("fullscreenchange", fit);
    fit();
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".drawing").forEach(Drawing);
  });
  /* Paper gets the whole picture. */
  addEventListener("beforeprint", function () {
    document.querySelectorAll(".zooming svg").forEach(function (svg) {
      var canvas = svg.parentNode;
      svg.dataset.seen = svg.getAttribute("viewBox");
      canvas.dataset.height = canvas.style.height;
      canvas.style.removeProperty("height");
      if (svg.dataset.whole) svg.setAttribute("viewBox", svg.dataset.whole);
    });
  });
  addEventListener("afterprint", function () {
    document.querySelectorAll(".zooming svg").forEach(function (svg) {
      svg.setAttribute("viewBox", svg.dataset.seen);
      svg.parentNode.style.height = svg.parentNode.dataset.height;
    });
  });
})();
