/* The parts of a page one at a time, as tabs. Without scripts, and on paper, they stand one below the other. */
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    var nav = document.querySelector(".tabs");
    if (!nav) return;
    var list = nav.querySelector("ul");
    var tabs = Array.from(nav.querySelectorAll("a"));
    var panels = tabs.map(function (tab) { return document.getElementById(tab.hash.slice(1)); });
    if (!tabs.length) return;
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", nav.getAttribute("aria-label"));
    tabs.forEach(function (tab, at) {
      tab.parentNode.setAttribute("role", "presentation");
      tab.id = "tab-" + panels[at].id;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panels[at].id);
      panels[at].setAttribute("role", "tabpanel");
      panels[at].setAttribute("aria-labelledby", tab.id);
      /* What is searched for in the browser is found in hidden parts too. */
      panels[at].addEventListener("beforematch", function () { show(at); });
    });

    function show(chosen) {
      tabs.forEach(function (tab, at) {
        var selected = at === chosen;
        tab.setAttribute("aria-selected", String(selected));
        tab.tabIndex = selected ? 0 : -1;
        if (selected) panels[at].removeAttribute("hidden");
        else panels[at].setAttribute("hidden", "until-found");
      });
      tabs[chosen].scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    function placeOf(hash) {
      var target = null;
      try { target = document.getElementById(decodeURIComponent(hash.slice(1))); } catch (error) { /* no such place */ }
      return { target: target, at: panels.findIndex(function (panel) { return panel.contains(target) && target; }) };
    }
    function follow() {
      var place = placeOf(location.hash);
      if (place.at < 0) return;
      show(place.at);
      if (place.target === panels[place.at]) return;
      if (place.target.closest(".filtered") || place.target.querySelector(".filtered")) {
        var row = place.target.showAll ? place.target : place.target.querySelector(".record");
        if (row && row.showAll) row.showAll();
      }
      place.target.scrollIntoView({ block: "start" });
      place.target.setAttribute("tabindex", "-1");
      place.target.focus({ preventScroll: true });
    }

    tabs.forEach(function (tab, at) {
      tab.addEventListener("click", function (event) {
        event.preventDefault();
        show(at);
        history.pushState(null, "", tab.hash);
      });
      tab.addEventListener("keydown", function (event) {
        var next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1, " ": at }[event.key];
        if (next === undefined) return;
        event.preventDefault();
        next = (next + tabs.length) % tabs.length;
        show(next);
        tabs[next].focus();
        history.replaceState(null, "", tabs[next].hash);
      });
    });
    /* Links inside of the page: to a part, or to an entry of one. A second click on the same one counts too. */
    document.addEventListener("click", function (event) {
      var link = event.target.closest && event.target.closest("a[href^='#']");
      if (!link || tabs.includes(link) || event.defaultPrevented) return;
      var hash = link.getAttribute("href");
      if (hash === location.hash) { event.preventDefault(); follow(); }
    });
    addEventListener("hashchange", follow);
    addEventListener("popstate", function () { if (location.hash) follow(); else show(0); });
    show(0);
    if (location.hash) follow();
  });
})();
