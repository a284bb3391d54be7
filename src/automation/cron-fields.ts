/** The values that a cron expression names, in order; undefined where it's all of them. */
export interface CronFields {
  readonly minutes: readonly number[] | undefined;
  readonly hours: readonly number[] | undefined;
  readonly days: readonly number[] | undefined;
  readonly months: readonly number[] | undefined;
  /** 0 is Sunday. */
  readonly weekdays: readonly number[] | undefined;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Reads a cron expression of five fields, which is known to be right. Pure. */
export function cronFields(cron: string): CronFields {
  const [minute = '*', hour = '*', day = '*', month = '*', weekday = '*'] = cron.toLowerCase().split(' ');
  return {
    minutes: valuesOf(minute, 0, 59),
    hours: valuesOf(hour, 0, 23),
    days: valuesOf(day, 1, 31),
    months: valuesOf(month, 1, 12, (name) => months.indexOf(name) + 1),
    // Sunday is 0 and 7.
    weekdays: valuesOf(weekday, 0, 7, (name) => weekdays.indexOf(name), 7),
  };
}

function valuesOf(
  field: string,
  least: number,
  most: number,
  numberOf: (name: string) => number = () => Number.NaN,
  modulo = Infinity,
): readonly number[] | undefined {
  const read = (text: string): number => (/^\d+$/.test(text) ? Number(text) : numberOf(text));
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', step = '1'] = part.split('/');
    const [first = '', last] = range.split('-');
    const from = first === '*' ? least : read(first);
    const to = first === '*' ? most : last === undefined ? from : read(last);
    for (let value = from; value <= to; value += Number(step)) values.add(value % modulo);
  }
  const all = modulo === Infinity ? most - least + 1 : modulo;
  return values.size === all ? undefined : [...values].sort((a, b) => a - b);
}

/** What the timers of systemd understand: one expression, or two where a day of the month or a weekday will do. Pure. */
export function systemdCalendars(cron: string): readonly string[] {
  const fields = cronFields(cron);
  const list = (values: readonly number[] | undefined): string =>
    values?.map((value) => String(value).padStart(2, '0')).join(',') ?? '*';
  const time = `${list(fields.hours)}:${list(fields.minutes)}:00`;
  const names = fields.weekdays?.map((day) => capital(weekdays[day] ?? '')).join(',');
  const onWeekdays = names === undefined ? [] : [`${names} *-${list(fields.months)}-* ${time}`];
  const onDays = `*-${list(fields.months)}-${list(fields.days)} ${time}`;
  return fields.days === undefined && names !== undefined ? onWeekdays : [onDays, ...onWeekdays];
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
