/** The day where the learner is, YYYY-MM-DD. */
export function localDate(moment: Date): string {
  const pad = (value: number, width: number): string => String(value).padStart(width, '0');
  const { year, month, day } = {
    year: moment.getFullYear(),
    month: moment.getMonth() + 1,
    day: moment.getDate(),
  };
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}
