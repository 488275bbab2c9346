/** Test files that are about the cost of a hash, or whose races are varied by hashes that wait in the queue. */
export const REAL_COST =
  /(^|\/)(passwords\/(foreign-hashes|hashing|imported-passwords)|features\/sign-in\/sign-in|links\/link-races|guarantees\/single-use|features\/email-change\/races)\.test\.ts$/;
