/**
 * Grades of a card: bands of the score from 0 to the full mark. A score exactly on a border belongs to the upper
 * grade; other tools get this wrong, so every border is tested.
 */
import type { NextGrade } from './rating-content';
import type { Grade, Scorecard } from './scorecard';

/** Grades from the best down. */
function descending(card: Scorecard): Grade[] {
  return [...card.grades].sort((a, b) => b.minScoreHundredths - a.minScoreHundredths);
}

/** The grade of a score in hundredths of a point; exactly on the border counts for the upper one. */
export function gradeOf(card: Scorecard, scoreHundredths: number): Grade {
  const grades = descending(card);
  const found = grades.find((grade) => scoreHundredths >= grade.minScoreHundredths);
  // The lowest band begins at 0 (a law of the card) and no score is negative.
  return found ?? (grades.at(-1) as Grade);
}

/** The grade with this code, which the card has (a law for its veto grade). */
export function gradeByCode(card: Scorecard, code: string): Grade {
  return card.grades.find((grade) => grade.code === code) as Grade;
}

/** The grade above the one of this score; null at the top. */
export function nextGrade(card: Scorecard, scoreHundredths: number): NextGrade | null {
  const above = descending(card)
    .reverse()
    .find((grade) => grade.minScoreHundredths > scoreHundredths);
  return above
    ? {
        grade: above.code,
        gradeName: above.name,
        missingHundredths: above.minScoreHundredths - scoreHundredths,
      }
    : null;
}

/** Hundredths of a point as text: 8650 gives "86.50". Not negative. */
export function scoreText(hundredths: number): string {
  const digits = String(hundredths).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
