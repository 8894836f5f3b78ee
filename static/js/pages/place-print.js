// @ts-check
import { wakePrintButtons } from "../modules/share.js";

wakePrintButtons();
