/** One's own account, for whoever is signed in. */
import { SELF } from '../platform/authority';
import { defineQuery } from '../platform/query';
import { shape } from '../platform/shape';
import { accountOf, accountShape } from './account.queries';
import { P } from './problems';

export const readMe = defineQuery({
  name: 'identity.me',
  title: '本人账号',
  permission: SELF,
  input: shape<object>({}),
  answer: accountShape(),
  run: async (read) => {
    const account = await accountOf(read.unscoped('one’s own account'), read.actor.id);
    if (!account) throw P.userAbsent();
    return account;
  },
});
