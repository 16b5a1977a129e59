/** Every night: what was sealed since the last kept head is verified, and the day's head is kept. */
import { keepDailyHead } from '../platform/audit/head';
import { type Head, verifyAudit } from '../platform/audit/verify';
import { check } from '../platform/check';
import type { Step } from '../platform/jobs/step';

export const verifyAuditStep: Step = {
  kind: 'once',
  name: 'inspection.verify-audit',
  title: '校验审计链并留存当日链头',
  reason: 'After everything that writes, so that the head of the day covers the night itself.',
  run: async (work, date) => {
    const from = await work.tx.one<Head>(
      'SELECT n, hash FROM audit_head WHERE day < :date ORDER BY day DESC LIMIT 1',
      { date },
    );
    const found = await verifyAudit(work.tx, { mac: work.crypto.mac, from: from ?? undefined });
    check(
      found.ok,
      `审计链有误：${found.fault?.what}(封存 ${found.fault?.seal},记录 ${found.fault?.entryId})`,
    );
    const head = await keepDailyHead(work, date);
    return { count: found.entries, note: head ? `${head.n}:${head.hash}` : '尚无封存' };
  },
};
