// @ts-check
import { wakeMaps } from "../modules/map.js";
import { leadTilesNear } from "../modules/near-tiles.js";
import { offerPosition } from "../modules/position.js";
import { offerSuggestions } from "../modules/suggestions.js";

offerPosition();
offerSuggestions();
leadTilesNear();
wakeMaps();
