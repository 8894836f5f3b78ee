// @ts-check
import { offerListening } from "../modules/listen.js";
import { wakeMaps } from "../modules/map.js";
import { wakeCopyButtons, wakeShareButtons } from "../modules/share.js";

wakeCopyButtons();
wakeShareButtons();
wakeMaps();
offerListening();
