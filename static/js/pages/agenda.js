// @ts-check
import { offerPosition } from "../modules/position.js";

offerPosition();
