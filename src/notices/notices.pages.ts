/** Pages of public notices: the one that the code on the board leads to, the receipt, and the sheet for the printer. */
import type { Pages } from '../platform/http/pages';
import { addEvidence } from './add-evidence';
import { posterPage } from './poster';
import { followObjection, noticePoster, publicNotice } from './public.queries';
import { followPage, noticePage, receiptPage, refusalPage, standingPage } from './public-page';
import { raiseObjection } from './raise-objection';

export const noticesPages: Pages = {
  open: [
    { method: 'get', path: '/notice/receipt', render: followPage },
    { method: 'post', path: '/notice/receipt', does: followObjection, render: standingPage },
    { method: 'get', path: '/notice/:noticeId', query: publicNotice, render: noticePage },
    {
      method: 'post',
      path: '/notice/:noticeId/objections',
      does: raiseObjection,
      withFile: {
        act: addEvidence,
        input: ({ receiptCode }: { receiptCode: string }) => ({ receiptCode }),
      },
      render: receiptPage,
    },
  ],
  signedIn: [
    { method: 'get', path: '/notices/:noticeId/poster', query: noticePoster, render: posterPage },
  ],
  refusal: refusalPage,
};
