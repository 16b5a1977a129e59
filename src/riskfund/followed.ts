/** What happens to loans that the fund follows; `src/app.ts` registers its listener for each. */
import { loanCorrected, loanRecovered, loanRepaid, loanSubsidised, loanWrittenOff } from '../loans';

export const followed = [
  loanRepaid,
  loanSubsidised,
  loanWrittenOff,
  loanRecovered,
  loanCorrected,
] as const;
