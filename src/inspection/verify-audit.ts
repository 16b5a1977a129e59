/**
 * The inspector verifies the audit, with the head that the inspector's own client kept from last time. Looking is
 * itself recorded, with what was found and the head to keep for next time.
 */
import { defineAct } from '../platform/act';
import { type Head, type Verification, verifyAudit } from '../platform/audit/verify';
import { answer, Joi, shape, textField } from '../platform/shape';

/** Entries older than this must have been sealed: the sealer runs every few seconds (docs/decisions/0005). */
const SEALED_WITHIN_MS = 60_000;

interface Input {
  lastHead?: Head;
}

export const verifyAuditAct = defineAct({
  name: 'inspection.verify-audit',
  title: '校验审计记录',
  permission: 'inspection.verify',
  input: shape<Input>({
    lastHead: shape<Head>({
      n: Joi.number().integer().min(1).description('留存的封存号'),
      hash: textField(64, '留存的链头摘要'),
    }).optional(),
  }),
  answer: shape({
    ok: answer.flag('是否完好'),
    fault: shape({
      seal: answer.count().allow(null),
      entryId: answer.text().allow(null),
      what: answer.text(),
    }).allow(null),
    seals: answer.count('封存数'),
    entries: answer.count('已封存记录数'),
    waiting: answer.count('待封存记录数'),
    head: shape({ n: answer.count(), hash: answer.text() }).allow(null),
  }),
  prepare: (platform, input) =>
    verifyAudit(platform.db.reader(), {
      mac: platform.crypto.mac,
      lastHead: input.lastHead,
      sealedBefore: platform.clock.now() - SEALED_WITHIN_MS,
    }),
  locate: async (work) => ({ region: work.actor.region }),
  run: async (work, _input, _at, prepared) => {
    const found = prepared as Verification;
    const id = found.head ? `${found.head.n}:${found.head.hash}` : 'none';
    work.record({ subject: { kind: 'audit-head', id }, after: { ok: found.ok } });
    return found;
  },
});
