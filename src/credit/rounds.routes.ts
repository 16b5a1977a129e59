/** Paths of rounds, of progress, and of the trial of a new scorecard. */
import { get, post, type Route } from '../platform/http/routes';
import { listSimulations, showSimulation } from './card-simulation.queries';
import { checkRound } from './check-round';
import { closeRound } from './close-round';
import { computeRound } from './compute-round';
import { decideRound } from './decide-round';
import { openRound } from './open-round';
import { showProgress } from './progress.queries';
import { reviewRound } from './review-round';
import { listRunItems, listRuns } from './round-runs.queries';
import { listRounds, listSkipped, showRound } from './rounds.queries';
import { simulateCard } from './simulate-card';

export const creditRoundRoutes: Route[] = [
  get('/rating-rounds', listRounds),
  get('/rating-rounds/:roundId', showRound),
  get('/rating-rounds/:roundId/skipped', listSkipped),
  get('/rating-rounds/:roundId/runs', listRuns),
  get('/rating-runs/:runId/items', listRunItems),
  post('/rating-rounds', openRound),
  post('/rating-rounds/:roundId/compute', computeRound),
  post('/rating-rounds/:roundId/village-review', reviewRound),
  post('/rating-rounds/:roundId/township-check', checkRound),
  post('/rating-rounds/:roundId/decision', decideRound),
  post('/rating-rounds/:roundId/close', closeRound, { status: 200 }),
  get('/credit-progress', showProgress),
  get('/card-simulations', listSimulations),
  get('/card-simulations/:simulationId', showSimulation),
  post('/card-simulations', simulateCard),
];
