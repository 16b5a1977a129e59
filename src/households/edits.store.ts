/**
 * 修改记录: every edit of a household's facts leaves one row that is never changed: who, from where, which fields,
 * by hand or in bulk. Whether the editor's organisation stands outside the household's township is settled here,
 * on the day itself, because organisations and households move.
 */
import { organisationById } from '../identity';
import { regionCovers } from '../platform/authority';
import { insertRows } from '../platform/db/store';
import type { Work } from '../platform/work';
import { HouseholdEdit } from './household.entity';

/** One edit as its act tells it. */
export interface Edit {
  householdId: string;
  /** The household's village on this day, 12 digits. */
  regionCode: string;
  memberId?: string;
  /** Names of the fields that changed. */
  fields: readonly string[];
  /** Old and new form, masked where it is personal; at most 200 characters. */
  detail?: string;
}

interface Editor {
  region: string;
  orgId: string | null;
}

/** Notes the edits of one act, or of one step of a long task when `taskId` is given (bulk edits). */
export class EditStore {
  private editor: Promise<Editor> | undefined;

  constructor(
    private readonly work: Work,
    private readonly act: string,
    private readonly taskId: string | null = null,
  ) {}

  async add(...edits: readonly Edit[]): Promise<void> {
    if (edits.length === 0) return;
    this.editor ??= editorOf(this.work);
    const editor = await this.editor;
    const { work, act, taskId } = this;
    const rows = edits.map((edit) => ({
      id: work.newId(),
      householdId: edit.householdId,
      memberId: edit.memberId ?? null,
      regionCode: edit.regionCode,
      act,
      fields: edit.fields.join(),
      detail: edit.detail ?? null,
      editedBy: work.actor.id,
      editorName: work.actor.name,
      editorRegion: editor.region,
      editorOrgId: editor.orgId,
      outside: !standsBy(editor.region, edit.regionCode),
      taskId,
      editedOn: work.today,
      editedAt: work.now,
    }));
    await insertRows(work.tx, HouseholdEdit, rows);
  }
}

async function editorOf(work: Work): Promise<Editor> {
  const { organisation, region } = work.actor;
  const own = organisation && (await organisationById(work.tx, organisation.id));
  return { region: own?.regionCode ?? region, orgId: organisation?.id ?? null };
}

/** Whether a place is the village's township, lies in it, or lies above it. */
export function standsBy(place: string, village: string): boolean {
  const township = village.slice(0, 9).padEnd(12, '0');
  return regionCovers(place, township) || regionCovers(township, place);
}
