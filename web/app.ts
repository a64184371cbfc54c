import { startChecks } from "./check";
import { startLive } from "./live";
import { startPlaces } from "./place";
import { startSmallThings } from "./small";

startLive();
startSmallThings();
startChecks();
startPlaces();
