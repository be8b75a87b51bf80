// Until when a task may be put off: an hour, tomorrow at eight, Monday at eight; in the creditor's civil time, as the server reads a
// moment without a zone.
export interface Snooze {
  name: 'hour' | 'tomorrow' | 'monday';
  until: string;
}

const kMorning = 'T08:00:00';
const plusDays = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

export const tomorrowMorning = (today: string) => plusDays(today, 1) + kMorning;

// `today`: the creditor's day (format.today()).
export function snoozeTimes(now: Date, today: string): Snooze[] {
  const toMonday = (8 - new Date(`${today}T00:00:00Z`).getUTCDay()) % 7 || 7;
  const times: Snooze[] = [{ name: 'hour', until: new Date(now.getTime() + 3_600_000).toISOString() }, { name: 'tomorrow', until: tomorrowMorning(today) }];
  if (toMonday > 1) times.push({ name: 'monday', until: plusDays(today, toMonday) + kMorning });
  return times;
}
