/** An option that cannot be used: its path in Options, and what is wrong and what to write instead. */
export interface OptionProblem {
  /** Such as `limits.requestsPerIp`. */
  option: string;
  message: string;
}
