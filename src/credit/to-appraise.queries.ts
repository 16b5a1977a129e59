/**
 * What an appraiser needs and no more: the files of the village that still wait for the own sheet, and the questions
 * of one. What others said, and what has been collected, stays out of sight.
 */
import type { BusinessDate } from '../platform/dates';
import { defineQuery, pageFields, pageOf, readPage } from '../platform/query';
import { answer, idField, listOf, shape } from '../platform/shape';
import { policyRow } from '../policy';
import { CreditProblem } from './problems';
import { scorecardParameter } from './scorecard-parameter';

interface Waiting {
  id: string;
  householdId: string;
  householdCode: string;
  headName: string;
  regionCode: string;
  openedOn: BusinessDate;
}

const COLUMNS = `c.id AS id, c.household_id AS householdId, c.household_code AS householdCode,
  c.head_name AS headName, c.region_code AS regionCode, c.opened_on AS openedOn`;

const waitingFields = {
  id: idField('评级档案编号'),
  householdId: idField(),
  householdCode: answer.text(),
  headName: answer.text(),
  regionCode: answer.text(),
  openedOn: answer.date(),
};

/** 待我评议: files under collection without a sheet of the caller's own login, oldest first. */
export const toAppraise = defineQuery({
  name: 'credit.to-appraise',
  title: '待我评议的农户',
  permission: 'credit.appraise',
  input: shape<{ after?: string; size?: number }>({ ...pageFields }),
  answer: pageOf(shape(waitingFields)),
  run: (read, input) =>
    readPage<Waiting>(
      read,
      `SELECT ${COLUMNS} FROM rating_case c
        WHERE {scope:c.region_code} AND {after} AND c.state = 'collecting'
          AND NOT EXISTS (SELECT 1 FROM appraisal_sheet s
                           WHERE s.case_id = c.id AND s.appraiser_id = :me)`,
      { me: read.actor.id },
      { keys: [{ sql: 'c.id', field: 'id' }], direction: 'asc' },
      input,
    ),
});

const choice = shape({ code: answer.text(), name: answer.text() });

/** 评议表: the questions of the card under which the file was opened, without their points; also once it is computed. */
export const appraisalForm = defineQuery({
  name: 'credit.appraisal-form',
  title: '评议表',
  permission: 'credit.appraise',
  input: shape<{ caseId: string }>({ caseId: idField('评级档案编号') }),
  answer: shape({
    ...waitingFields,
    items: listOf(
      shape({ code: answer.text(), name: answer.text(), options: listOf(choice) }),
    ).description('每项选一档'),
    vetoes: listOf(choice).description('可提出的否决情形'),
  }),
  run: async (read, { caseId }) => {
    const row = await read.one<Waiting & { scorecardRowId: string }>(
      `SELECT ${COLUMNS}, c.scorecard_row_id AS scorecardRowId FROM rating_case c
        WHERE {scope:c.region_code} AND c.id = :caseId`,
      { caseId },
    );
    if (!row) throw CreditProblem.caseAbsent();
    const { scorecardRowId, ...waiting } = row;
    const sql = read.unscoped('the card is the same for every place under it');
    const { value: card } = await policyRow(sql, scorecardParameter, scorecardRowId);
    const plain = ({ code, name }: { code: string; name: string }) => ({ code, name });
    return {
      ...waiting,
      // Points would tempt an appraiser to aim at a grade instead of answering.
      items: card.appraisal.items.map((item) => ({
        ...plain(item),
        options: item.options.map(plain),
      })),
      vetoes: card.vetoes.map(plain),
    };
  },
});
