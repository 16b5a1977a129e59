/**
 * What the bank may grant: as computed; less, with a reason, in the same or a lower grade; or more, up to the
 * most of the computed grade's band, once a second person agrees. Pure.
 */
import type { Fen } from '../platform/money';
import type { FieldProblem } from '../platform/problems';
import type { Granted } from './in-force';
import { CreditProblem } from './problems';
import type { Rating } from './rating.entity';
import type { Grade, Scorecard } from './scorecard';

type Computed = Pick<Rating, 'grade' | 'gradeName' | 'lineFen'>;

/** As computed. */
export function asComputed({ grade, gradeName, lineFen }: Computed): Granted {
  return { grade, gradeName, lineFen };
}

/** What was asked for: a grade of the card, a line in fen. */
export interface Asked {
  grade?: string;
  line?: Fen;
}

/**
 * Less than computed: a lower grade with its line or less, or less line in the same grade.
 * @throws Problem credit.decision-invalid
 */
export function lowered(card: Scorecard, computed: Computed, asked: Asked): Granted {
  const own = gradeIn(card, computed.grade);
  const grade = asked.grade === undefined ? own : gradeIn(card, asked.grade);
  if (grade.minScoreHundredths > own.minScoreHundredths) {
    throw invalid('grade', '不得高于测算等级');
  }
  const lineFen = asked.line ?? least(grade.lineFen, computed.lineFen);
  if (lineFen > computed.lineFen) throw invalid('line', '不得高于测算额度');
  if (lineFen > grade.lineMaxFen) throw invalid('line', '超过所定等级的最高额度');
  if (grade.code === own.code && lineFen === computed.lineFen) {
    throw invalid('line', '没有低于测算结果');
  }
  return { grade: grade.code, gradeName: grade.name, lineFen };
}

/**
 * More than computed, within the grade's band.
 * @throws Problem credit.decision-invalid, raise-too-high
 */
export function raised(card: Scorecard, computed: Computed, asked: Asked): Granted {
  if (asked.grade !== undefined && asked.grade !== computed.grade) {
    throw invalid('grade', '提高额度不改变等级');
  }
  if (asked.line === undefined) throw invalid('line', '必填');
  const { lineMaxFen } = gradeIn(card, computed.grade);
  if (asked.line <= computed.lineFen || asked.line > lineMaxFen) {
    throw CreditProblem.raiseTooHigh({
      fields: [{ field: 'line', reason: '须高于测算额度且不超过该等级的最高额度' }],
    });
  }
  return { ...asComputed(computed), lineFen: asked.line };
}

/** A plain confirmation names neither grade nor line. @throws Problem credit.decision-invalid */
export function requireNothingAsked({ grade, line }: Asked): void {
  if (grade !== undefined) throw invalid('grade', '此处不填');
  if (line !== undefined) throw invalid('line', '此处不填');
}

function gradeIn(card: Scorecard, code: string): Grade {
  const found = card.grades.find((grade) => grade.code === code);
  if (!found) throw invalid('grade', '不在评分表的等级内');
  return found;
}

function invalid(field: string, reason: string) {
  const fields: FieldProblem[] = [{ field, reason }];
  return CreditProblem.decisionInvalid({ fields, detail: reason });
}

const least = (a: Fen, b: Fen): Fen => (a < b ? a : b);
