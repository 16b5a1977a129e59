/**
 * The rules of credit lines (授信管理规则): how far a line may be raised and on which grounds, what brings it down
 * by itself, and how long a household may appeal. Dated rows of `credit.line-rules`.
 */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { divideHalfUp, type Fen, fen } from '../platform/money';
import { type Ppm, WHOLE_PPM } from '../platform/rate';
import { codeField, Joi, listOf, shape, textField } from '../platform/shape';
import { defineParameter, type InForce, policyAsOf } from '../policy';
import { mayChange } from './credit-line';
import type { LineState } from './credit-line.entity';

/** What a trigger does to a line: nothing can be lent, a lower line, or no line. */
export const TRIGGER_EFFECTS = ['FREEZE', 'LOWER', 'CANCEL'] as const;
export type TriggerEffect = (typeof TRIGGER_EFFECTS)[number];

/** An effect; `lowerToPpm` is the share of the rating's line that LOWER leaves, and stands with it alone. */
export interface Effect {
  effect: TriggerEffect;
  lowerToPpm?: Ppm;
}

/** The rules of one place and day. */
export interface LineRules {
  /** No line is raised above it, whatever the grade. */
  ceilingFen: Fen;
  raiseGrounds: { code: string; name: string }[];
  /** A household that is late for more than `daysOver` days. */
  overdue: Effect & { daysOver: number };
  /** A loan was found to be used for something else. */
  useCheckFailed: Effect;
  appeal: {
    /** Calendar days after the decision within which the household may appeal; the last day counts. */
    withinDays: number;
    /** Working days within which the appeal is decided. */
    decideWorkingDays: number;
  };
}

const effect = {
  effect: codeField(TRIGGER_EFFECTS, '后果'),
  lowerToPpm: Joi.number().integer().min(0).max(WHOLE_PPM).optional().description('调减后的占比'),
};
const whole = (max: number) => Joi.number().integer().min(0).max(max);

/** LOWER says to how much; the others do not. */
function brokenEffect({ overdue, useCheckFailed }: LineRules): string | null {
  const broken = [overdue, useCheckFailed].some(
    (one) => (one.effect === 'LOWER') !== (one.lowerToPpm !== undefined),
  );
  return broken ? '调减须写明调减后的占比，冻结和取消不得写' : null;
}

export const lineRulesParameter = defineParameter<LineRules>({
  key: 'credit.line-rules',
  title: '授信额度管理规则',
  schema: shape<LineRules>({
    ceilingFen: Joi.number().integer().min(1),
    raiseGrounds: listOf(
      shape<LineRules['raiseGrounds'][number]>({
        code: Joi.string().pattern(/^[A-Z][A-Z0-9_]{0,39}$/, '大写字母代码'),
        name: textField(60, '增信理由'),
      }),
    )
      .min(1)
      .unique('code'),
    overdue: shape<LineRules['overdue']>({ daysOver: whole(10_000), ...effect }),
    useCheckFailed: shape<LineRules['useCheckFailed']>(effect),
    appeal: shape<LineRules['appeal']>({
      withinDays: whole(3650).min(1),
      decideWorkingDays: whole(250).min(1),
    }),
  }).custom((rules: LineRules, helpers) => {
    const broken = brokenEffect(rules);
    return broken === null ? rules : helpers.message({ custom: broken });
  }),
});

/** The rules of a place on a day. @throws Problem policy.no-row-in-force */
export function lineRulesOn(
  sql: Sql,
  region: string,
  date: BusinessDate,
): Promise<InForce<LineRules>> {
  return policyAsOf(sql, lineRulesParameter, { region, date });
}

/** The total that LOWER leaves: its share of the rating's line, to the fen, and never more than there is. */
export function loweredTotal(ratingLineFen: Fen, totalFen: Fen, lowerToPpm: Ppm): Fen {
  const share = divideHalfUp(BigInt(ratingLineFen) * BigInt(lowerToPpm), BigInt(WHOLE_PPM));
  return fen(Math.min(Number(share), totalFen));
}

/** A line as far as an effect looks at it. */
export interface AffectedLine {
  state: LineState;
  totalFen: Fen;
  /** The line of the rating it rests on. */
  ratingLineFen: Fen;
}

/** What an effect changes of a line; null when the line is already as low, or over. */
export function changeBy(
  { effect, lowerToPpm }: Effect,
  { state, totalFen, ratingLineFen }: AffectedLine,
): { cause: TriggerEffect; totalFen?: Fen } | null {
  if (!mayChange(state, effect)) return null;
  if (effect !== 'LOWER') return { cause: effect };
  const lowered = loweredTotal(ratingLineFen, totalFen, lowerToPpm ?? WHOLE_PPM);
  return lowered < totalFen ? { cause: effect, totalFen: lowered } : null;
}

/** The rules of one date by county, each asked for once. */
export class LineRulesOfTheDay {
  private readonly known = new Map<string, InForce<LineRules>>();

  constructor(
    private readonly sql: Sql,
    private readonly date: BusinessDate,
  ) {}

  async of(regionCode: string): Promise<InForce<LineRules>> {
    const county = `${regionCode.slice(0, 6)}000000`;
    const known = this.known.get(county) ?? (await lineRulesOn(this.sql, county, this.date));
    this.known.set(county, known);
    return known;
  }
}
