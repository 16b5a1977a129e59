/** The operation of applying: a household's wish, sound or wild. */
import type { Dice } from './dice';
import { fenOf, type Operation, operation, yuanText } from './operation';
import { eligibility, FORBIDDEN_USE, productOf, TERM_MAX, USES } from './rules';
import type { Household, World } from './world';

/** Short terms are frequent, so that a short run sees loans mature. */
const TERMS = [1, 2, 3, 3, 6, 6, 12, 13, 24, 36] as const;

function wish(dice: Dice, household: Household, world: World, wild: boolean) {
  const line = household.line?.fen || 2_000_000;
  const amount = dice.percent(50) ? line : dice.int(100_00, line);
  const others = world.households.flatMap(({ members }) => members);
  const borrower = wild ? dice.pick([...household.members, ...others]) : household.members[0];
  return {
    householdId: household.id,
    memberId: borrower?.id,
    bankId: dice.percent(75) ? world.cast.banks[0] : world.cast.banks[1],
    productCode: productOf(world.today),
    amount: yuanText(wild && dice.percent(30) ? line + dice.int(1, 5_000_000) : amount),
    termMonths: wild && dice.percent(20) ? TERM_MAX + 1 : dice.one(TERMS),
    useCode: wild && dice.percent(15) ? FORBIDDEN_USE : dice.one(USES),
    useDetail: '发展生产',
    repaymentSource: '经营与务工收入',
    witnessName: '见证人韦某',
    consents: { creditInquiry: true, publicNotice: true, dataSharing: true },
  };
}

/** Whether the household could have a modest loan today. */
function mayAsk(world: World, household: Household): boolean {
  const [bank] = world.cast.banks;
  const [member] = household.members;
  const modest = { amountFen: 1, term: 12, use: USES[0], product: productOf(world.today), bank };
  const grounds = member ? eligibility(world, { household, member, ...modest }) : [];
  return grounds.every(([, holds]) => holds === true);
}

export const submit: Operation = operation<Household>({
  act: 'applications.submit',
  weight: 6,
  roles: ['village-worker'],
  records: ({ households }) => households,
  due: (world, household) => mayAsk(world, household),
  place: ({ village }) => ({ region: village }),
  input: wish,
  grounds: ({ world, record, input }) => {
    const member = record.members.find(({ id }) => id === input.memberId);
    if (!member) return [['the borrower is of the household', false]];
    const amountFen = fenOf(input.amount);
    const { productCode: product, termMonths: term, useCode: use, bankId: bank } = input;
    const asked = { household: record, member, product, amountFen, term, use, bank };
    // The register may still be silent about the household when the application is entered.
    return eligibility(world, asked);
  },
  learn: ({ world, record, who, input }, answer) => {
    record.version += 1;
    world.applications.push({
      id: answer.applicationId,
      household: record,
      member: record.members.find(({ id }) => id === input.memberId) ?? record.members[0]!,
      bank: input.bankId,
      product: input.productCode,
      amountFen: fenOf(input.amount),
      term: input.termMonths,
      use: input.useCode,
      enteredOn: world.today,
      state: 'submitted',
      version: answer.version,
      hands: [who],
      decidedBy: null,
      notice: null,
      certificate: null,
      certifiedOn: null,
      presentedOn: null,
    });
    return [];
  },
});
