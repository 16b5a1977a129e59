/** Giving a machine client (a bank's system) a bearer token. It is told once; only its digest is kept. */
import { defineAct } from '../platform/act';
import type { BusinessDate } from '../platform/dates';
import { addMonths } from '../platform/dates';
import { answer, dateField, idField, shape, textField } from '../platform/shape';
import { P } from './problems';
import { TOKEN_MONTHS, termAllowed } from './session';
import { TokenStore } from './session.store';
import { requireActive } from './user';
import { UserStore } from './user.store';

export const issueToken = defineAct({
  name: 'identity.issue-token',
  title: '发放接口令牌',
  permission: 'identity.manage-tokens',
  privateAnswer: true,
  input: shape<{ userId: string; purpose: string; expiresOn: BusinessDate }>({
    userId: idField('接口程序的用户编号'),
    purpose: textField(60, '用途'),
    expiresOn: dateField('最后有效日，最长一年'),
  }),
  answer: shape({
    tokenId: idField(),
    token: answer.text('令牌，仅此一次显示'),
    expiresOn: answer.date('最后有效日'),
  }),
  locate: async (work, input) => {
    const user = await new UserStore(work).get(input.userId);
    return { region: user.regionCode, user };
  },
  run: async (work, input, { user }) => {
    requireActive(user);
    if (user.kind !== 'machine') throw P.wrongUserKind({ detail: `${user.name}是人员` });
    if (!termAllowed(input.expiresOn, work.today)) {
      const reason = `须在 ${work.today} 之后、不晚于 ${addMonths(work.today, TOKEN_MONTHS)}`;
      throw P.tokenTerm({ detail: reason, fields: [{ field: 'expiresOn', reason }] });
    }
    const { row, token } = await new TokenStore(work).issue(input);
    work.record({
      subject: { kind: 'user', id: user.id },
      related: [{ kind: 'token', id: row.id }],
      after: { tokenId: row.id, purpose: row.purpose, expiresOn: row.expiresOn },
    });
    return { tokenId: row.id, token, expiresOn: row.expiresOn };
  },
});
