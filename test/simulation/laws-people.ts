/** Laws of who may do what after whom: chains, notices, signatures. */
import { type Law, lawOf } from './law';

export const peopleLaws: readonly Law[] = [
  lawOf(
    'no-two-steps-by-one',
    'nobody takes two steps of one application',
    () => `SELECT application_id AS told FROM application_step
            GROUP BY application_id, actor_id HAVING COUNT(*) > 1`,
  ),
  lawOf(
    'steps-in-order',
    'a certificate stands on all the steps before it, and money on the bank’s decision',
    () => `SELECT a.number AS told FROM application a
            WHERE (a.certificate_number IS NOT NULL AND 5 >
                   (SELECT COUNT(*) FROM application_step s WHERE s.application_id = a.id
                       AND s.outcome = 'passed' AND s.step <> 'bank-decision'))
               OR (a.loan_id IS NOT NULL AND 6 >
                   (SELECT COUNT(*) FROM application_step s
                     WHERE s.application_id = a.id AND s.outcome = 'passed'))`,
  ),
  lawOf(
    'four-hands-at-the-bank',
    'who decided does not sign, who signed does not pay out, four different people sign a rating',
    () => `SELECT number AS told FROM loan
            WHERE signed_by = decided_by OR signed_by = disbursed_by
            UNION ALL SELECT id AS told FROM rating WHERE decided_by = rated_by
            UNION ALL SELECT r.id AS told FROM rating r
             WHERE r.state IN ('confirmed', 'superseded') AND 4 >
                   (SELECT COUNT(DISTINCT s.person_id) FROM rating_step s WHERE s.rating_id = r.id)`,
  ),
  lawOf(
    'no-money-before-the-notice',
    'nothing is paid out before the three boards hung, photographed, for five days and nobody’s objection stands',
    (sql) => `SELECT l.number AS told FROM loan l
                LEFT JOIN notice_item i ON i.subject_kind = 'application'
                      AND i.subject_id = l.application_id
                LEFT JOIN notice n ON n.id = i.notice_id
               WHERE n.ends_on IS NULL OR l.signed_on <= n.ends_on
                  OR ${sql.dialect.daysBetween('n.starts_on', 'n.ends_on')} < 5
                  OR (SELECT COUNT(*) FROM notice_level b
                       WHERE b.notice_id = n.id AND b.posted_on <= n.starts_on
                         AND b.photo_file_id IS NOT NULL) < 3
                  OR EXISTS (SELECT 1 FROM objection o WHERE o.item_id = i.id AND o.state <> 'dismissed')`,
  ),
  lawOf(
    'boards-by-three',
    'the boards of one notice are posted by different people, and objections checked and decided by others',
    () => `SELECT notice_id AS told FROM notice_level
            GROUP BY notice_id, posted_by HAVING COUNT(*) > 1
            UNION ALL
           SELECT o.id AS told FROM objection o JOIN notice_item i ON i.id = o.item_id
             LEFT JOIN notice_level b ON b.notice_id = o.notice_id AND b.level = o.level
            WHERE o.decided_by = i.announced_by OR o.decided_by = b.posted_by
               OR o.checked_by = b.posted_by OR o.checked_by = o.decided_by`,
  ),
  lawOf(
    'certificate-of-the-loan',
    'a loan is paid out on a certificate issued for its application after the notice',
    () => `SELECT l.number AS told FROM loan l
             LEFT JOIN certificate c ON c.application_id = l.application_id
             LEFT JOIN notice_item i ON i.subject_kind = 'application'
                   AND i.subject_id = l.application_id
             LEFT JOIN notice n ON n.id = i.notice_id
            WHERE c.number IS NULL OR c.issued_on <= n.ends_on OR c.issued_on > l.signed_on`,
  ),
  lawOf(
    'claims-signed-by-three-bodies',
    'a paid claim has the signatures of three people of the three bodies, none of them the claimant, under its content',
    () => `SELECT c.id AS told FROM fund_claim c WHERE c.state IN ('signed', 'paid') AND 3 <>
             (SELECT COUNT(DISTINCT s.actor_id) FROM fund_signature s
                JOIN app_user u ON u.id = s.actor_id
                JOIN organisation o ON o.id = u.organisation_id AND o.kind = s.seat
               WHERE s.claim_id = c.id AND s.actor_id <> c.claimed_by
                 AND s.content_digest = c.content_digest)
            UNION ALL
           SELECT claim_id AS told FROM fund_signature
            GROUP BY claim_id HAVING COUNT(*) <> COUNT(DISTINCT seat) OR COUNT(*) > 3`,
  ),
  lawOf(
    'subsidies-by-three',
    'a quarter is proposed, approved and paid by three people',
    () => `SELECT period_code AS told FROM subsidy_run
            WHERE proposed_by = approved_by OR proposed_by = paid_by OR approved_by = paid_by
               OR (state = 'paid' AND (approved_by IS NULL OR paid_by IS NULL))`,
  ),
];
