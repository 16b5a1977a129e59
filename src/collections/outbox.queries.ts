/**
 * The local outbox as officers read and print it. A bank's people see the messages about their own loans only,
 * which the record of the reminder tells: the outbox itself knows places, not banks.
 */
import { type Instant, isoInstant } from '../platform/clock';
import { defineQuery, type Page, pageFields, pageOf, readPage } from '../platform/query';
import { answer, codeField, idField, regionField, shape } from '../platform/shape';

interface Input {
  state?: string;
  after?: string;
  size?: number;
}

interface Row {
  id: string;
  kind: string;
  channel: string;
  recipientKind: string;
  recipientId: string;
  regionCode: string;
  title: string;
  body: string;
  state: string;
  loanId: string | null;
  createdAt: Instant;
  sentAt: Instant | null;
}

type MessageAnswer = Omit<Row, 'createdAt' | 'sentAt'> & {
  createdAt: string;
  sentAt: string | null;
};

/** Messages, newest first. */
export const listOutbox = defineQuery<Input, Page<MessageAnswer>>({
  name: 'collections.outbox',
  title: '本地发件箱',
  permission: 'outbox.read',
  input: shape<Input>({
    state: codeField(['queued', 'sent', 'failed'], '状态').optional(),
    ...pageFields,
  }),
  answer: pageOf(
    shape<MessageAnswer>({
      id: idField('消息编号'),
      kind: answer.text('种类'),
      channel: answer.text('渠道'),
      recipientKind: answer.text('收件人类别'),
      recipientId: answer.text('收件人编号'),
      regionCode: regionField('地区'),
      title: answer.text('标题'),
      body: answer.text('正文'),
      state: answer.text('queued 待发, sent 已发, failed 未能发出'),
      loanId: idField('贷款编号').allow(null),
      createdAt: answer.instant('生成时刻'),
      sentAt: answer.instant('发出时刻').allow(null),
    }),
  ),
  run: async (read, input) => {
    const state = input.state === undefined ? '1 = 1' : 'o.state = :state';
    const page = await readPage<Row>(
      read,
      `SELECT o.id AS id, o.kind AS kind, o.channel AS channel, o.recipient_kind AS recipientKind,
              o.recipient_id AS recipientId, o.region_code AS regionCode, o.title AS title,
              o.body AS body, o.state AS state, r.loan_id AS loanId, o.created_at AS createdAt,
              o.sent_at AS sentAt
         FROM outbox o LEFT JOIN reminder r ON r.message_key = o.natural_key
        WHERE ${state} AND {after} AND {scope:o.region_code,r.bank_id}`,
      input.state === undefined ? {} : { state: input.state },
      {
        keys: [
          { sql: 'o.created_at', field: 'createdAt' },
          { sql: 'o.id', field: 'id' },
        ],
        direction: 'desc',
      },
      input,
    );
    return {
      next: page.next,
      items: page.items.map((row) => ({
        ...row,
        createdAt: isoInstant(row.createdAt),
        sentAt: row.sentAt === null ? null : isoInstant(row.sentAt),
      })),
    };
  },
});
