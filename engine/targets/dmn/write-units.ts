import type { PlainTimeRule } from '../../intermediate/form.ts';
import type { Entry } from './write-xml.ts';
import { feel, those, total } from './feel.ts';

/** The time rule of a period as a context, step by step as `PlainTimeRule` tells it. */
export function timeContext(rule: PlainTimeRule): readonly Entry[] {
  const { method, codes, minutesPerUnit: mpu, minimumMinutes } = rule;
  const shares = method === 'total-time';
  const midpoint = Math.floor(mpu / 2) + 1;
  const unitsOf = (minutes: string) =>
    `(if ${minutes} < ${midpoint} then 0 else floor((${minutes} - ${midpoint}) / ${mpu}) + 1)`;
  const ofCode = (list: string, what: string) =>
    total(list, 'entry', `if entry.code = each_code then ${what} else 0`);
  const units = {
    'per-service': unitsOf('divided_code.minutes'),
    'full-units': 'divided_code.whole',
    'total-time': '(divided_code.whole + (if divided_code.ahead < remaining then 1 else 0))',
  };
  const isAhead =
    'rival.rest > this_code.rest or (rival.rest = this_code.rest and ((rival.wanted > this_code.wanted) or (rival.wanted = this_code.wanted and rival.first < this_code.first)))';
  const ofTheLine = (what: string) =>
    total('supported', 'code_units', `if code_units.code = timed_line.code then ${what} else 0`);
  return [
    {
      name: 'timed',
      says: 'lines with a timed code; open where the record was not supplied',
      feel: those(
        'lines',
        'line',
        feel.holds(feel.list(codes.map(feel.text)), 'line.line_code'),
        '{position: line.position, code: line.line_code, billed: if line.line_units = null then 0 else line.line_units, minutes: if line.record_minutes = null then 0 else line.record_minutes, open: not(line.record_supplied)}',
      ),
    },
    { name: 'open_codes', feel: those('timed', 'timed_line', 'timed_line.open', 'timed_line.code') },
    {
      name: 'decidable',
      says: shares ? 'one open code leaves all units unknown' : 'an open code leaves its own units unknown',
      feel: those(
        'timed',
        'timed_line',
        shares ? 'count(open_codes) = 0' : 'not(list contains(open_codes, timed_line.code))',
        'timed_line',
      ),
    },
    { name: 'each', feel: 'distinct values(for timed_line in decidable return timed_line.code)' },
    {
      name: 'raw',
      feel: `for each_code in each return {code: each_code, first: min(${those('decidable', 'entry', 'entry.code = each_code', 'entry.position')}), billed: ${ofCode('decidable', 'entry.billed')}, spent: ${ofCode('decidable', 'entry.minutes')}}`,
    },
    {
      name: 'divided',
      says: 'minutes of each code, its whole units and what is left',
      feel: `for raw_code in raw return {code: raw_code.code, first: raw_code.first, billed: raw_code.billed, minutes: if raw_code.spent < ${minimumMinutes} then 0 else raw_code.spent, whole: floor(minutes / ${mpu}), rest: minutes - ${mpu} * whole, wanted: if billed > whole then 1 else 0}`,
    },
    { name: 'all_minutes', feel: total('divided', 'divided_code', 'divided_code.minutes') },
    {
      name: 'remaining',
      says: 'units of the total that are not whole units of a code',
      feel: `${unitsOf('all_minutes')} - ${total('divided', 'divided_code', 'divided_code.whole')}`,
    },
    {
      name: 'ranked',
      says: 'how many codes come before: larger rests first, of equal ones those that billed more than their whole units, then in the order of the claim',
      feel: `for this_code in divided return {code: this_code.code, first: this_code.first, billed: this_code.billed, minutes: this_code.minutes, whole: this_code.whole, ahead: count(${those('divided', 'rival', isAhead, '1')})}`,
    },
    {
      name: 'supported',
      feel: `for divided_code in ranked return {code: divided_code.code, first: divided_code.first, billed: divided_code.billed, units: ${units[method]}}`,
    },
    {
      name: 'shared',
      says: 'lines of a code take what they billed in their order, the first what none billed',
      feel: `for timed_line in decidable return {position: timed_line.position, code_total: ${ofTheLine('code_units.units')}, code_billed: ${ofTheLine('code_units.billed')}, code_first: ${ofTheLine('code_units.first')}, taken: ${total('decidable', 'entry', 'if entry.code = timed_line.code and entry.position < timed_line.position then entry.billed else 0')}, spare: if code_total > taken then code_total - taken else 0, own: if timed_line.billed < spare then timed_line.billed else spare, units: own + (if position = code_first and code_total > code_billed then code_total - code_billed else 0)}`,
    },
    {
      name: 'units',
      says: 'of each line of the claim, null where there are none',
      feel: `for line in lines return if (some share in shared satisfies share.position = line.position) then ${total('shared', 'share', 'if share.position = line.position then share.units else 0')} else null`,
    },
    {
      name: 'known',
      feel: 'for line in lines return (every timed_line in timed satisfies timed_line.position != line.position) or (some share in shared satisfies share.position = line.position)',
    },
    { name: 'visit_timedMinutes_known', feel: 'count(open_codes) = 0' },
    { name: 'visit_timedMinutes', feel: 'if visit_timedMinutes_known then all_minutes else null' },
    { name: 'visit_supportableUnits_known', feel: 'count(open_codes) = 0' },
    {
      name: 'visit_supportableUnits',
      feel: `if visit_supportableUnits_known then ${shares ? unitsOf('all_minutes') : total('supported', 'code_units', 'code_units.units')} else null`,
    },
    { name: 'visit_billedTimedUnits_known', feel: 'true' },
    { name: 'visit_billedTimedUnits', feel: total('timed', 'timed_line', 'timed_line.billed') },
  ];
}
