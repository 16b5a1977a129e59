/** All migrations, oldest first. */
import { Platform1767200000001 } from './1767200000001-platform';
import { Identity1767200000002 } from './1767200000002-identity';
import { Ledger1767200000003 } from './1767200000003-ledger';
import { Policy1767200000004 } from './1767200000004-policy';
import { Households1767200000005 } from './1767200000005-households';
import { Credit1767200000006 } from './1767200000006-credit';
import { Notices1767200000007 } from './1767200000007-notices';
import { Applications1767200000008 } from './1767200000008-applications';
import { Loans1767200000009 } from './1767200000009-loans';
import { Subsidies1767200000010 } from './1767200000010-subsidies';
import { Collections1767200000011 } from './1767200000011-collections';
import { Riskfund1767200000012 } from './1767200000012-riskfund';
import { Tasks1767200000013 } from './1767200000013-tasks';
import { Files1767200000014 } from './1767200000014-files';
import { Register1767200000015 } from './1767200000015-register';
import { Rating1767200000016 } from './1767200000016-rating';
import { Lines1767200000017 } from './1767200000017-lines';
import { Import1767200000018 } from './1767200000018-import';
import { Rounds1767200000019 } from './1767200000019-rounds';
import { Notices1767200000020 } from './1767200000020-notices';
import { Applications1767200000021 } from './1767200000021-applications';
import { LedgerParts1767200000022 } from './1767200000022-ledger-parts';
import { Monitoring1767200000023 } from './1767200000023-monitoring';
import { BankFiles1767200000024 } from './1767200000024-bank-files';
import { LoanLife1767200000025 } from './1767200000025-loan-life';
import { LoanClasses1767200000026 } from './1767200000026-loan-classes';
import { LoanChanges1767200000027 } from './1767200000027-loan-changes';
import { WriteOff1767200000028 } from './1767200000028-write-off';

export const migrations = [
  Platform1767200000001,
  Identity1767200000002,
  Ledger1767200000003,
  Policy1767200000004,
  Households1767200000005,
  Credit1767200000006,
  Notices1767200000007,
  Applications1767200000008,
  Loans1767200000009,
  Subsidies1767200000010,
  Collections1767200000011,
  Riskfund1767200000012,
  Tasks1767200000013,
  Files1767200000014,
  Register1767200000015,
  Rating1767200000016,
  Lines1767200000017,
  Import1767200000018,
  Rounds1767200000019,
  Notices1767200000020,
  Applications1767200000021,
  LedgerParts1767200000022,
  Monitoring1767200000023,
  BankFiles1767200000024,
  LoanLife1767200000025,
  LoanClasses1767200000026,
  LoanChanges1767200000027,
  WriteOff1767200000028,
];
