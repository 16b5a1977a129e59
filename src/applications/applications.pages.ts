/** Pages of applications: the certificate on paper, and whether one holds. */
import type { Pages } from '../platform/http/pages';
import { certificatePaper, verificationPage } from './certificate-page';
import { printedCertificate, verifyCertificate } from './certificates.queries';

export const applicationsPages: Pick<Pages, 'open' | 'signedIn'> = {
  open: [
    {
      method: 'get',
      path: '/certificate/:code',
      query: verifyCertificate,
      render: verificationPage,
    },
  ],
  signedIn: [
    {
      method: 'get',
      path: '/certificates/:number/paper',
      query: printedCertificate,
      render: certificatePaper,
    },
  ],
};
