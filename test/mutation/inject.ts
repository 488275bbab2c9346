import { writeFileSync } from "node:fs";
import { changeSource } from "../support/change-source.ts";
import { mutantNamed } from "./mutants.ts";

/**
 * Preloaded into every process of a test run, also those that tests start (`NODE_OPTIONS`). Applies the mutant named by
 * `LATCHKEY_MUTANT` as its file is loaded, and then writes the file `LATCHKEY_MUTANT_LOADED`.
 */
const { LATCHKEY_MUTANT: name = "", LATCHKEY_MUTANT_LOADED: marker = "" } = process.env;
changeSource([mutantNamed(name)], () => writeFileSync(marker, ""));
