/** Extensions on screens (展期): those that wait for a decision, and those of a loan. */
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
import { type ExtensionOwn, extensionFace, extensionFields } from './extension';

type Row = AskedFace & ExtensionOwn;
type Item = ReturnType<typeof extensionFace> & Named;

const COLUMNS =
  'c.matures_on AS maturesOn, c.new_matures_on AS newMaturesOn, c.reason_code AS reasonCode';

/** Extensions, waiting ones where neither loan nor state is asked for, the oldest first. */
export const listExtensions = defineQuery<AskedList, Page<Item>>({
  name: 'loans.extensions',
  title: '展期清单',
  permission: 'loans.read',
  input: shape<AskedList>(askedListFields),
  answer: pageOf(shape<Item>({ ...extensionFields, ...namedFields })),
  run: async (read, input) => {
    const { items, next } = await readAsked<Row>(read, 'loan_extension', COLUMNS, input);
    const shown = items.map((row) => {
      const { loanNumber, borrowerName } = row;
      return { ...extensionFace(row), loanNumber, borrowerName };
    });
    return { items: shown, next };
  },
});
