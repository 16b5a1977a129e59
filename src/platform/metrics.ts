/**
 * Prometheus metrics of one instance: what an operator needs to see at a glance, without personal data and with
 * few labels (the route's pattern, never an address).
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The metrics of one instance; each has its own registry so that tests can open several services. */
export class Metrics {
  readonly registry = new Registry();

  readonly requests = new Histogram({
    name: 'xinfu_http_request_seconds',
    help: 'Duration of HTTP requests by route pattern, method and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });

  readonly acts = new Counter({
    name: 'xinfu_acts_total',
    help: 'Acts performed by name and outcome (done, replayed, or the problem code)',
    labelNames: ['act', 'outcome'],
    registers: [this.registry],
  });

  readonly nights = new Counter({
    name: 'xinfu_night_steps_total',
    help: 'Nightly steps by step and state',
    labelNames: ['step', 'state'],
    registers: [this.registry],
  });

  readonly auditWaiting = new Gauge({
    name: 'xinfu_audit_waiting_entries',
    help: 'Audit entries that are not yet sealed',
    registers: [this.registry],
  });

  /** Starts the process metrics too (memory, event loop); once per process is enough. */
  collectProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }
}
