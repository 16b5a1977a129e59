/**
 * The house rules over the real tree: the shape of docs/ARCHITECTURE.md as a test. A failure says which rule, why it exists, and
 * where it was broken. The rules themselves are tried in rules.test.ts.
 */
import type { Route } from '../../src/platform/http/routes';
import {
  allowedArrows,
  dependencies,
  knownFolders,
  noCycles,
  noOrphans,
  productionPackages,
} from './arrows';
import { callsAtHome, packagesAtHome } from './homes';
import {
  actsHaveTests,
  moduleFiles,
  modulesStand,
  namesOfModule,
  natures,
  problemsOfModule,
  sizes,
} from './modules';
import { routeFaults } from './routes';
import { glossary, texts } from './texts';
import { type Rule, realTree, report } from './tree';

const rules: readonly Rule[] = [
  allowedArrows,
  knownFolders,
  noCycles,
  noOrphans,
  productionPackages(dependencies()),
  callsAtHome,
  packagesAtHome,
  sizes,
  modulesStand,
  moduleFiles,
  natures,
  actsHaveTests,
  namesOfModule,
  problemsOfModule,
  glossary,
  texts,
  {
    name: 'routes',
    because: 'a route without a permission or a strict shape is a hole',
    find: () => routeFaults(mountedRoutes()),
  },
];

/** The route tables as the composition root mounts them; loaded late, so that other rules still speak. */
function mountedRoutes(): readonly Route[] {
  const { allRoutes } = require('../../src/app') as typeof import('../../src/app');
  const { demoRoutes } = require('../../src/demo') as typeof import('../../src/demo');
  return [...allRoutes, ...demoRoutes];
}

describe('The house', () => {
  const tree = realTree();

  test.each(rules)('keeps its rule: $name', (rule) => {
    const message = report(rule, tree);
    // The sentence alone: where in this file it was thrown would help nobody.
    if (message !== '') throw Object.assign(new Error(message), { stack: message });
  });

  test('has routes to look at', () => {
    expect(mountedRoutes().length).toBeGreaterThan(0);
  });
});
