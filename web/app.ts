import { startChecks } from "./check";
import { startLive } from "./live";
import { startSmallThings } from "./small";

startLive();
startSmallThings();
startChecks();
