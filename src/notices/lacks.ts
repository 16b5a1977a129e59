/** What a notice lacks to be whole, board by board, and how that is made good. Pure. */
import type { BusinessDate } from '../platform/dates';
import { LEVEL_NAMES, type Level, type NoticeState } from './notice';

/** `BOARD`: not posted; `PHOTO`: no photo kept; `TAKE_DOWN`: still hanging, or nobody said that it does not. */
export const LACKS = ['BOARD', 'PHOTO', 'TAKE_DOWN'] as const;
export type Lack = (typeof LACKS)[number];

/** One thing that is missing, with the remedy in Chinese. */
export interface Missing {
  level: Level;
  lack: Lack;
  remedy: string;
}

interface Whole {
  state: NoticeState;
  endsOn: BusinessDate | null;
  levels: readonly Level[];
  /** What the rule demands of each board. */
  demands: { photo: boolean; takeDown: boolean };
}

interface Board {
  level: Level;
  photoFileId: string | null;
  takenDownOn: BusinessDate | null;
}

const REMEDIES: Readonly<Record<Lack, (name: string) => string>> = {
  BOARD: (name) => `请${name}人员张贴并登记；公示期自最后一级张贴之日起算`,
  PHOTO: (name) => `请${name}人员拍摄公示栏并上传照片`,
  TAKE_DOWN: (name) => `公示期已满，请${name}人员撤下名单并登记`,
};

/** What is missing on the date, in the order of the levels. */
export function lacksOf(notice: Whole, boards: readonly Board[], today: BusinessDate): Missing[] {
  const hangs = notice.state === 'posting' || notice.state === 'running';
  const over = !hangs || (notice.endsOn !== null && today > notice.endsOn);
  return notice.levels.flatMap((level) => {
    const board = boards.find((one) => one.level === level);
    const lacks: Lack[] = [];
    if (!board && hangs) lacks.push('BOARD');
    if (board && notice.demands.photo && board.photoFileId === null) lacks.push('PHOTO');
    if (board && notice.demands.takeDown && over && board.takenDownOn === null) {
      lacks.push('TAKE_DOWN');
    }
    return lacks.map((lack) => ({ level, lack, remedy: REMEDIES[lack](LEVEL_NAMES[level]) }));
  });
}
