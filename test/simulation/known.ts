/**
 * Ways that are known to end in a broken law, kept out of the runs so that they do not hide what is not known yet.
 * `XINFU_SIMULATION_AVOID=nothing` lets them happen. A way that has been mended is removed from here.
 */
const avoids = process.env.XINFU_SIMULATION_AVOID !== 'nothing';

export const AVOIDED = {
  /**
   * A subsidy that is paid for a loan after the fund has compensated it pays interest that the fund bore, and nothing
   * of it goes back to the fund: once the loan is settled, the-fund-is-made-whole is broken (seeds 21 and 26 of 600).
   */
  subsidyAfterCompensation: avoids,
} as const;
