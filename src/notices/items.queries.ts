/** The items of a sheet as everybody sees them: they were masked when they were put on it. */
import type { Reader } from '../platform/query';
import { answer, shape } from '../platform/shape';
import type { PublicField } from './masking';

/** The shape of one line of an item. */
export const field = shape({ code: answer.text(), name: answer.text(), value: answer.text() });

interface ItemRow {
  id: string;
  subjectKind: string;
  subjectId: string;
  state: 'shown' | 'stopped';
  position: number;
  content: string;
}

/** The items of a notice that the caller found within its scope, in their order. */
export async function itemsOf(read: Reader, noticeId: string) {
  const rows = await read.unscoped('items of a notice that was found within scope').rows<ItemRow>(
    `SELECT i.id AS id, i.subject_kind AS subjectKind, i.subject_id AS subjectId, i.state AS state,
            i.content AS content, i.position AS position
       FROM notice_item i WHERE i.notice_id = :noticeId ORDER BY i.position`,
    { noticeId },
  );
  return rows.map(({ content, ...item }) => ({
    ...item,
    fields: JSON.parse(content) as PublicField[],
  }));
}
