/** When a sync runs, in plain words or as a cron expression. Pure. */

/** Shown where words aren't understood. */
export const scheduleExamples =
  '"daily at 03:30", "every 6 hours", "hourly", "Mondays at 04:00", or a cron expression such as "30 3 * * *"';

/** When nothing else is said: at night, and not on the hour, when everybody comes. */
const usualTime = { minute: 30, hours: '3' };

const named: Readonly<Record<string, string>> = {
  hourly: '0 * * * *',
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
};

const days: Readonly<Record<string, string>> = {
  sun: '0',
  mon: '1',
  tue: '2',
  wed: '3',
  thu: '4',
  fri: '5',
  sat: '6',
};

/**
 * The cron expression (five fields) that words stand for; "" for never; undefined where they aren't understood. What
 * looks like a cron expression is given back as it is, right or wrong.
 */
export function cronOfWords(given: string): string | undefined {
  const words = given.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  if (['', 'off', 'never', 'none'].includes(words)) return '';
  if (Object.hasOwn(named, words)) return named[words];
  if (/^[\d*][^ ]*(?: [^ ]+){4}$/.test(words)) return given.trim().replaceAll(/\s+/g, ' ');
  const interval = /^every (?:(\d+|other) )?(minute|hour)s?$/.exec(words);
  if (interval !== null) return cronOfInterval(interval[1] ?? '1', interval[2] === 'hour' ? 24 : 60);
  const [, on = '', at] = /^(.*?)(?:(?:^| )at (.+))?$/.exec(words) ?? [];
  const time = at === undefined ? usualTime : timesOf(at);
  const day = dayFieldsOf(on.replace(/^(?:on|every) /, ''));
  return time === undefined || day === undefined ? undefined : `${time.minute} ${time.hours} ${day}`;
}

/** Every so many minutes or hours, where they go into an hour or a day evenly. */
function cronOfInterval(many: string, whole: 24 | 60): string | undefined {
  const step = many === 'other' ? 2 : Number(many);
  if (step < 1 || step > whole || whole % step !== 0) return undefined;
  if (whole === 60) return step === 60 ? '0 * * * *' : `*/${step} * * * *`;
  if (step === 24) return '0 0 * * *';
  return step === 1 ? '0 * * * *' : `0 */${step} * * *`;
}

/** The fields for the day of the month, the month and the day of the week. */
function dayFieldsOf(words: string): string | undefined {
  if (['', 'day', 'days', 'daily', 'night', 'nightly'].includes(words)) return '* * *';
  if (['weekday', 'weekdays'].includes(words)) return '* * 1-5';
  if (['weekend', 'weekends'].includes(words)) return '* * 0,6';
  if (['week', 'weekly'].includes(words)) return '* * 1';
  if (['month', 'monthly'].includes(words)) return '1 * *';
  const found = words.split(/,? and |, ?/).map((word) => {
    const [, name = ''] =
      /^(sun|mon|tue|wed|thu|fri|sat)(?:day|sday|nesday|rsday|urday|s|r|rs)?s?$/.exec(word) ?? [];
    return days[name];
  });
  return found.includes(undefined) ? undefined : `* * ${[...new Set(found)].sort().join(',')}`;
}

/** "06:00 and 18:00": the minute, and the hours. A cron expression has one minute for all of them. */
function timesOf(words: string): { readonly minute: number; readonly hours: string } | undefined {
  const times = words.split(/,? and |, ?/).map(minuteOfDay);
  const known = times.filter((time) => time !== undefined);
  const [first] = known;
  if (first === undefined || known.length < times.length) return undefined;
  if (known.some((time) => time % 60 !== first % 60)) return undefined;
  const hours = [...new Set(known.map((time) => Math.floor(time / 60)))].sort((a, b) => a - b);
  return { minute: first % 60, hours: hours.join(',') };
}

function minuteOfDay(words: string): number | undefined {
  if (words === 'midnight') return 0;
  if (words === 'noon') return 12 * 60;
  const [, hours, minutes, half] = /^(\d{1,2})(?:[:.](\d{2}))?(?: ?h| ?(am|pm))?$/.exec(words) ?? [];
  if (hours === undefined) return undefined;
  const [hour, minute] = [Number(hours), Number(minutes ?? '0')];
  if (minute > 59 || hour > (half === undefined ? 23 : 12)) return undefined;
  if (half === undefined) return hour * 60 + minute;
  return hour === 0 ? undefined : ((hour % 12) + (half === 'pm' ? 12 : 0)) * 60 + minute;
}
