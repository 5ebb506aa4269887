// Weeks as ISO 8601 counts them.

/** The week (1 to 53) of a day, which is the day of `at` in UTC: the week of a day is the week of its Thursday. */
export function isoWeek(at: Date): number {
  const thursday = new Date(at.getTime() + (4 - (at.getUTCDay() || 7)) * 86_400_000);
  return Math.ceil(((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) / 7);
}
