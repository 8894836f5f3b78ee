// @ts-check
import { offerMapSwitch, tellMapWhatIsShown } from "../modules/in-step.js";
import { wakeMaps } from "../modules/map.js";
import { offerPosition } from "../modules/position.js";
import { followResults } from "../modules/results.js";
import { offerSuggestions } from "../modules/suggestions.js";

offerPosition();
offerSuggestions();
followResults();
tellMapWhatIsShown();
offerMapSwitch();
wakeMaps();
