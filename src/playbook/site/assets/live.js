/* The preview: the page is loaded again when what it shows has changed, and stays where it was. */
(function () {
  "use strict";
  var KEY = "playbook-place";
  try {
    var kept = JSON.parse(sessionStorage.getItem(KEY) || "null");
    sessionStorage.removeItem(KEY);
    if (kept && kept.path === location.pathname) {
      addEventListener("load", function () { setTimeout(function () { scrollTo(0, kept.y); }, 0); });
    }
  } catch (error) { /* It starts at the top. */ }
  /* Only pages that somebody sees hold a line to the server: browsers allow six of them. */
  var source = null;
  function listen() {
    if (source) source.close();
    source = null;
    if (document.hidden) return;
    source = new EventSource("/changes?since=" + encodeURIComponent(document.body.dataset.version || ""));
    source.addEventListener("changed", function () {
      source.close();
      try { sessionStorage.setItem(KEY, JSON.stringify({ path: location.pathname, y: scrollY })); } catch (error) { /* as above */ }
      location.reload();
    });
    source.addEventListener("bye", function () { source.close(); });
  }
  document.addEventListener("DOMContentLoaded", listen);
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", function () { if (source) source.close(); });
})();
