// Until when a task may be put off: an hour, tomorrow at eight, Monday at eight; of the user's own clock.
export interface Snooze {
  name: 'hour' | 'tomorrow' | 'monday';
  until: Date;
}

export function snoozeTimes(now: Date): Snooze[] {
  const atEight = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 8);
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const times: Snooze[] = [{ name: 'hour', until: new Date(now.getTime() + 3_600_000) }, { name: 'tomorrow', until: atEight(1) }];
  if (toMonday > 1) times.push({ name: 'monday', until: atEight(toMonday) });
  return times;
}
