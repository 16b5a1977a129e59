/** Where the demonstration plays: a real village of Longsheng county (reference/regions/450328.csv). */
export const DEMO_PLACES = {
  county: '450328000000',
  township: '450328100000',
  village: '450328100203',
} as const;
