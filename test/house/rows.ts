/**
 * Who may know whom: the rows of the design, and the arrows between the areas of the repository. Calls
 * go down, events go up.
 */

/** Rows of modules, highest first. A module may import the index of modules in lower rows only. */
export const ROWS: readonly (readonly string[])[] = [
  ['reports', 'inspection'],
  ['riskfund', 'incentives', 'monitoring'],
  ['subsidies', 'collections'],
  ['bankfiles'],
  ['loans'],
  ['applications'],
  ['credit'],
  ['notices'],
  ['households'],
  ['identity', 'ledger', 'policy', 'schedules'],
];

/** The parts that put the service together; the only ones that see every module. */
export const TOP: readonly string[] = ['main', 'app', 'nightly', 'cli', 'demo'];

/** Modules that later work builds; everything else of the rows must be there. */
export const LATER: readonly string[] = ['incentives', 'reports'];

/** An area of the repository. */
export type Area = 'top' | 'module' | 'platform' | 'migrations' | 'tool' | 'test' | 'unknown';

/** Where a file belongs; `module` is set for files of a module. */
export interface Place {
  readonly area: Area;
  readonly module: string | null;
  /** Row of the module, 0 = highest. */
  readonly row: number;
}

/** Tells where a file of the repository belongs. */
export function placeOf(at: string): Place {
  const [first = '', second = ''] = at.split('/');
  if (first === 'test') return { area: 'test', module: null, row: -1 };
  if (first === 'migrations') return { area: 'migrations', module: null, row: -1 };
  if (first !== 'src') return { area: 'tool', module: null, row: -1 };
  const name = second.replace(/\.ts$/, '');
  if (name === 'platform') return { area: 'platform', module: null, row: -1 };
  if (TOP.includes(name)) return { area: 'top', module: null, row: -1 };
  const row = ROWS.findIndex((modules) => modules.includes(name));
  return row < 0 ? { area: 'unknown', module: null, row } : { area: 'module', module: name, row };
}

/** The arrows between areas, each with its sentence. */
export const ARROWS: Readonly<Record<Area, { to: readonly Area[]; because: string }>> = {
  top: {
    to: ['top', 'module', 'platform', 'migrations', 'tool'],
    because: 'main, app, nightly, cli and demo put the parts together, so they see all of them',
  },
  module: {
    to: ['module', 'platform'],
    because: 'a module that knows who assembles it can no longer be tested or reused alone',
  },
  platform: {
    to: ['platform'],
    because:
      'the platform knows nothing of lending; what it needs from a module is plugged in by app.ts',
  },
  migrations: {
    to: ['migrations'],
    because:
      'a migration is history and must not change its meaning when the code of today changes',
  },
  tool: {
    to: ['top', 'module', 'platform', 'migrations', 'tool', 'test'],
    because: 'scripts and benchmarks stand outside the service',
  },
  test: {
    to: ['top', 'module', 'platform', 'migrations', 'tool', 'test'],
    because: 'tests may look at everything',
  },
  unknown: {
    to: [],
    because:
      'a folder of src is the platform, a module of the design or one of main app nightly cli demo',
  },
};
