/** Early ends on screens (提前终止): those that wait for a decision, and those of a loan. */
import { defineQuery, type Page, pageOf } from '../platform/query';
import { shape } from '../platform/shape';
import {
  type AskedList,
  askedListFields,
  type Named,
  namedFields,
  readAsked,
} from './asked.queries';
import type { AskedFace } from './asked-face';
import { type TerminationOwn, terminationFace, terminationFields } from './termination';

type Row = AskedFace & TerminationOwn;
type Item = ReturnType<typeof terminationFace> & Named;

const COLUMNS = 'c.ends_on AS endsOn, c.surcharge_ppm AS surchargePpm';

/** Early ends, waiting ones where neither loan nor state is asked for, the oldest first. */
export const listTerminations = defineQuery<AskedList, Page<Item>>({
  name: 'loans.terminations',
  title: '提前终止清单',
  permission: 'loans.read',
  input: shape<AskedList>(askedListFields),
  answer: pageOf(shape<Item>({ ...terminationFields, ...namedFields })),
  run: async (read, input) => {
    const { items, next } = await readAsked<Row>(read, 'loan_termination', COLUMNS, input);
    const shown = items.map((row) => {
      const { loanNumber, borrowerName } = row;
      return { ...terminationFace(row), loanNumber, borrowerName };
    });
    return { items: shown, next };
  },
});
