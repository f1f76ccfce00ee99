/* Light or dark: as the system has it, until somebody chooses. The choice stays, where the browser can keep it. */
(function () {
  "use strict";
  var root = document.documentElement;
  var KEY = "playbook-theme";

  function kept() {
    try { return localStorage.getItem(KEY); } catch (error) { return null; }
  }
  function keep(theme) {
    try { localStorage.setItem(KEY, theme); } catch (error) { /* It holds for this page only. */ }
  }
  function isDark() {
    var chosen = root.getAttribute("data-theme");
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  var before = kept();
  if (before === "light" || before === "dark") root.setAttribute("data-theme", before);

  document.addEventListener("DOMContentLoaded", function () {
    var place = document.querySelector(".tools");
    if (!place) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "theme";
    function say() { button.textContent = isDark() ? "Light" : "Dark"; button.title = "Show the page " + (isDark() ? "light" : "dark"); }
    button.addEventListener("click", function () {
      var next = isDark() ? "light" : "dark";
      root.setAttribute("data-theme", next);
      keep(next);
      say();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", say);
    say();
    place.appendChild(button);
  });
})();
