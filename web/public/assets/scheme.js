// Sets the colour scheme before the first paint, so that a dark screen never flashes white.
(() => {
  let wanted = "auto";
  try {
    wanted = localStorage.getItem("goldsmith:scheme") || "auto";
  } catch {
    // Storage may be closed to us; the system's choice is then good enough.
  }
  const dark = wanted === "dark" || (wanted === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
