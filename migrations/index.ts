/** All migrations, oldest first. */
import { Platform1767200000001 } from './1767200000001-platform';

export const migrations = [Platform1767200000001];
