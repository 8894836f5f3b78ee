// @ts-check
import { offerMapSwitch, tellMapWhatIsShown } from "../modules/in-step.js";
import { wakeMaps } from "../modules/map.js";
import { offerPosition } from "../modules/position.js";
import { followResults } from "../modules/results.js";

offerPosition();
followResults();
tellMapWhatIsShown();
offerMapSwitch();
wakeMaps();
