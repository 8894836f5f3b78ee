// @ts-check
import { wakeMaps } from "../modules/map.js";
import { wakeCopyButtons, wakeShareButtons } from "../modules/share.js";

wakeCopyButtons();
wakeShareButtons();
wakeMaps();
