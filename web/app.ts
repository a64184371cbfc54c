import { startLive } from "./live";
import { startSmallThings } from "./small";

startSmallThings();
startLive();
