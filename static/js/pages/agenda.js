// @ts-check
import { offerPosition } from "../modules/position.js";
import { wakeCopyButtons, wakeShareButtons } from "../modules/share.js";
import { offerSuggestions } from "../modules/suggestions.js";

offerPosition();
offerSuggestions();
wakeCopyButtons();
wakeShareButtons();
