import type { Command } from './command.ts';
import { approve } from './commands/approve.ts';
import { check } from './commands/check.ts';
import { compare } from './commands/compare.ts';
import { exportPolicies } from './commands/export.ts';
import { format } from './commands/format.ts';
import { history } from './commands/history.ts';
import { impact } from './commands/impact.ts';
import { init } from './commands/init.ts';
import { keys } from './commands/keys.ts';
import { newFile } from './commands/new.ts';
import { notice } from './commands/notice.ts';
import { open } from './commands/open.ts';
import { publish } from './commands/publish.ts';
import { run } from './commands/run.ts';
import { serve } from './commands/serve.ts';
import { test } from './commands/test.ts';
import { timeline } from './commands/timeline.ts';
import { units } from './commands/units.ts';
import { verify } from './commands/verify.ts';

/** Every command, in the order of the help: what one does first comes first. */
export const allCommands: readonly Command[] = [
  open,
  init,
  check,
  test,
  run,
  compare,
  notice,
  timeline,
  impact,
  approve,
  publish,
  history,
  exportPolicies,
  verify,
  keys,
  units,
  format,
  newFile,
  serve,
];
