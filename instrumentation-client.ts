import { makeRouterPatient } from "./app/patient-router";

// Next runs this in the browser before anything else of the page.
makeRouterPatient();
