// @ts-check
import { wakeMaps } from "../modules/map.js";

wakeMaps();
