/** Taking a machine client's token back; it is refused from the next request on. */
import { defineAct } from '../platform/act';
import { answer, idField, shape } from '../platform/shape';
import { P } from './problems';
import { TokenStore } from './session.store';
import { UserStore } from './user.store';

export const revokeToken = defineAct({
  name: 'identity.revoke-token',
  title: '撤销接口令牌',
  permission: 'identity.manage-tokens',
  input: shape<{ tokenId: string }>({ tokenId: idField('令牌编号') }),
  answer: shape({ tokenId: idField(), userId: idField(), version: answer.count('版本号') }),
  locate: async (work, input) => {
    const token = await new TokenStore(work).get(input.tokenId);
    const user = await new UserStore(work).get(token.userId);
    return { region: user.regionCode, token };
  },
  run: async (work, _input, { token }) => {
    if (token.revokedAt !== null) throw P.tokenRevoked();
    const after = await new TokenStore(work).revoke(token);
    work.record({
      subject: { kind: 'user', id: token.userId },
      related: [{ kind: 'token', id: token.id }],
      before: { tokenId: token.id, revokedAt: null },
      after: { tokenId: token.id, revokedAt: after.revokedAt },
    });
    return { tokenId: token.id, userId: token.userId, version: after.version };
  },
});
