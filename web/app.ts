import { startLive } from "./live";
import { startSmallThings } from "./small";

startLive();
startSmallThings();
