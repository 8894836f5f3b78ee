// @ts-check
import { offerPosition } from "../modules/position.js";
import { wakeCopyButtons, wakeShareButtons } from "../modules/share.js";

offerPosition();
wakeCopyButtons();
wakeShareButtons();
