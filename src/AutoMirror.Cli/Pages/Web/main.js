import { byId } from "./dom.js";
import { showSummary } from "./summary.js";
import { showDifference } from "./difference.js";
import { showBars } from "./bars.js";
import { showSensors } from "./sensors.js";
import { showFlow } from "./flow.js";
import { showFilters } from "./filters.js";
import { showTable } from "./table.js";
import { showDetail } from "./detail.js";

showSummary();
showDifference();
showBars();
showSensors();
showFlow();
showFilters();
const table = showTable();
showDetail(name => table.focus(name));

// The address holds the view, so the link to the table must not write its own.
document.querySelector(".skip").addEventListener("click", event => {
  event.preventDefault();
  byId("interfaces").focus();
});
