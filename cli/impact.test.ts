import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createWorkspace, decisions, judge, verdictOf } from '#engine';
import { asOrdinaryUser } from '../storage/disk/as-ordinary-user.ts';
import { call, folderWith } from './testing/run-cli.ts';
import type { Answer } from './testing/run-cli.ts';
import { below, smallCorpus, tenMinutes } from './testing/small-corpus.ts';
import { smallWorkspace } from './testing/small-workspace.ts';

const never = () => new Promise<void>(() => undefined);
const corpus = smallCorpus(60);
const files = { ...smallWorkspace, ...below('ten', tenMinutes), 'claims.ndjson': lines(corpus) };

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}

/** `proviso impact draft ten …`, as somebody gives it who waits for the end. */
function impact(folder: string, words: readonly string[], more: Parameters<typeof call>[2] = {}) {
  return call(folder, ['impact', 'draft', 'ten', '--encounters', ...words], { untilStopped: never, ...more });
}

interface Tally {
  readonly count: number;
  readonly cents: number;
}
interface Told {
  readonly encounters: number;
  readonly changed: number;
  readonly decisions: readonly { readonly decision: string; readonly before: Tally; readonly after: Tally }[];
  readonly unreadable: { readonly count: number; readonly listed: readonly unknown[] };
}

const told = ({ out }: Answer) => JSON.parse(out) as Told;
/** Without how long it took. */
const counted = (answer: Answer) => ({ ...told(answer), seconds: 0 });

describe('what is counted', () => {
  test('is what judging every encounter alone gives', async () => {
    const folder = await folderWith(files);
    const answer = await impact(folder, ['claims.ndjson', '--json', '--changed', 'changed.ndjson']);
    expect({ code: answer.code, err: answer.err }).toEqual({ code: 0, err: '' });

    const all = alone();
    const total = (end: 'before' | 'after', decision: string): Tally => {
      const some = all.filter((one) => one[end].decision === decision);
      return { count: some.length, cents: some.reduce((sum, { cents }) => sum + cents, 0) };
    };
    const changed = all.filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
    expect(told(answer)).toMatchObject({
      before: 'draft',
      after: 'ten',
      complete: true,
      encounters: 60,
      changed: changed.length,
      decisions: decisions.flatMap((decision) => {
        const [before, after] = [total('before', decision), total('after', decision)];
        return before.count + after.count === 0 ? [] : [{ decision, before, after }];
      }),
      linesWithoutCharge: 60,
      unreadable: { count: 0, listed: [] },
      files: 1,
      passedOver: 0,
    });
    expect(changed).toHaveLength(3);
    const written = (await readFile(path.join(folder, 'changed.ndjson'), 'utf8')).trimEnd().split('\n');
    expect(written.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(
      changed.map(({ id }) => id),
    );
    expect((await stat(path.join(folder, 'changed.ndjson'))).mode & 0o077).toBe(0);
  });

  test('can be read by people', async () => {
    const { out } = await impact(await folderWith(files), ['claims.ndjson']);
    expect(out.replace(/\nCounted in .*\n/, '')).toMatchInlineSnapshot(`
      "Before: draft, after: ten.
      3 of 60 encounters are decided otherwise, as a whole or in a line (5.0 %).

      Encounters by decision:
        decision      before    charged  after    charged  difference
        deny              16    $684.60     19    $816.90          +3
        review             8    $345.80      8    $345.80           0
        needs record       4    $172.40      4    $172.40           0
        pay               32  $1,377.20     29  $1,244.90          −3

      Encounters that are decided otherwise as a whole:
        decision    encounters  charged
        pay → deny           3  $132.30

      Claim lines by decision:
        decision      before    charged  after    charged  difference
        deny              16    $684.60     19    $816.90          +3
        needs record       6    $258.60      6    $258.60           0
        pay               98  $1,636.80     95  $1,504.50          −3

      Lines by code, where anything changes:
         code  decision    number  charged  of
        97110  pay → deny       1   $45.10  20
        97530  pay → deny       2   $87.20  40

      Encounters by payer, where anything changes:
        payer        decision    number  charged  of
        Acme Health  pay → deny       3  $132.30  60

      Rules that say otherwise:
        rule             violated before  violated after  charged, difference  open before  open after
        acme-time/floor               16              19              $132.30            6           6

      60 claim lines without a charge count as nothing charged.
      "
    `);
  });

  test('names file, line, bytes, decisions and rules of what changed, and `run` shows that encounter', async () => {
    const folder = await folderWith(files);
    await impact(folder, ['claims.ndjson', '--changed', 'changed.ndjson']);
    const [first] = (await readFile(path.join(folder, 'changed.ndjson'), 'utf8')).split('\n');
    const row = JSON.parse(first!) as { id: string; file: string; line: number; offset: number };
    expect(row).toEqual({
      id: corpus[row.line - 1]!.match(/e-\d+/)![0],
      file: 'claims.ndjson',
      line: row.line,
      offset: lines(corpus.slice(0, row.line - 1)).length,
      before: 'pay',
      after: 'deny',
      lines: [{ line: 1, before: 'pay', after: 'deny' }],
      rules: [{ rule: 'acme-time/floor', line: 1, before: 'met', after: 'violated' }],
    });
    const shown = await call(folder, ['run', `${row.file}:${row.line}`, '--workspace', 'ten', '--json']);
    expect(JSON.parse(shown.out)).toMatchObject({ encounter: row.id, decision: 'deny' });
    expect((await call(folder, ['run', 'claims.ndjson:61'])).err).toContain('has 60 lines, and no line 61.');
  });

  test('is the same of folders and files of every kind', async () => {
    const part = (from: number, to: number) => lines(corpus.slice(from, to));
    const folder = await folderWith({
      ...files,
      'more/a/one.json': corpus[0]!,
      'more/a/two.encounter.yaml': `# made up\n${corpus[1]!}\n`,
      'more/b.ndjson': `\uFEFF${part(2, 20).replaceAll('\n', '\r\n')}\n\n`,
      'more/c.jsonl.gz': gzipSync(part(20, 40)),
      'more/d.suite.yaml': 'suite: none\n',
      'more/.hidden/e.json': corpus[0]!,
      'rest.ndjson': part(40, 60).trimEnd(),
    });
    const [whole, split] = [
      await impact(folder, ['claims.ndjson', '--json']),
      await impact(folder, ['more', 'rest.ndjson', '--json']),
    ];
    expect(counted(split)).toEqual({ ...counted(whole), files: 5, passedOver: 1 });
  });

  test('leaves out what cannot be read, says where and why, and repeats nothing of it', async () => {
    const secret = 'Jane Doe';
    const folder = await folderWith({
      ...files,
      'claims.ndjson': lines([
        corpus[0]!,
        `{"encounter":"${secret}"}`,
        corpus[1]!.replace('"units":1', '"units":1,"patientName":"Jane Doe"'),
        corpus[2]!.replace('"97530"', `"${secret}"`).replace('"97110"', `"${secret}"`),
        corpus[3]!.replace('acme', 'nobody'),
        corpus[4]!.slice(0, 40),
        `{"a":"${'x'.repeat(2_000_001)}"}`,
        corpus[5]!,
      ]),
      'latin.ndjson': Uint8Array.of(0x7b, 0xff, 0x0a),
      'broken.ndjson.gz': gzipSync(lines(smallCorpus(200))).subarray(0, 900),
      'none.ndjson.gz': 'not zipped',
    });
    const inputs = ['claims.ndjson', 'latin.ndjson', 'broken.ndjson.gz', 'none.ndjson.gz'];
    const answer = await impact(folder, [...inputs, '--json']);
    expect(answer.code).toBe(0);
    const { encounters, unreadable } = told(answer);
    const listed = unreadable.listed as readonly { file: string; line: number; reason: string }[];
    expect(listed.slice(0, 7).map(({ file, line, reason }) => `${file}:${line} ${reason}`)).toEqual([
      'claims.ndjson:2 encounter: a name is not written as names are, and 2 more',
      'claims.ndjson:3 lines[0]: a fact is not in the vocabulary',
      'claims.ndjson:4 lines[0].code: a code is not written as codes are',
      'claims.ndjson:5 visit.payer: a payer is not in the list of payers',
      expect.stringMatching(/^claims\.ndjson:6 /),
      'claims.ndjson:7 it is larger than 2 MB, the most that an encounter may have',
      'latin.ndjson:1 it is not UTF-8 text',
    ]);
    const rest = listed.slice(7);
    expect(rest.map(({ file, reason }) => `${file} ${reason}`)).toEqual([
      'broken.ndjson.gz the rest of the file is missing: the zipped file breaks off',
      'none.ndjson.gz the rest of the file is not zipped as it should be',
    ]);
    expect(encounters).toBe(2 + rest[0]!.line - 1);
    const text = await impact(folder, [...inputs, '--changed', 'changed.ndjson']);
    expect(text.out).toContain('9 encounters could not be read and are not counted:');
    expect(answer.out + text.out + text.err).not.toMatch(/Jane|Doe|patientName|xxx/);
  });

  test('with hashed ids: none of them is written, and the same one is the same hash', async () => {
    const folder = await folderWith({ ...files, 'claims.ndjson': lines([...corpus, ...corpus]) });
    const run = async () => {
      const { code } = await impact(folder, ['claims.ndjson', '--hash-ids', '--changed', 'changed.ndjson']);
      expect(code).toBe(0);
      const text = await readFile(path.join(folder, 'changed.ndjson'), 'utf8');
      expect(text).not.toMatch(/e-\d/);
      return text
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { id: string }).id);
    };
    const [first, second] = [await run(), await run()];
    const half = first.length / 2;
    expect(first.slice(0, half)).toEqual(first.slice(half));
    expect(new Set(first).size).toBe(half);
    // The key is forgotten, so that nobody can try ids until one fits.
    expect(second.filter((id) => first.includes(id))).toEqual([]);
  });
});

describe('a run that was stopped', () => {
  test('says what it has counted, and the next one goes on and comes to the same', async () => {
    const many = Array.from({ length: 90 }, () => corpus).flat();
    const folder = await folderWith({ ...files, 'claims.ndjson': lines(many) });
    const words = ['claims.ndjson', '--json', '--changed', 'c.ndjson', '--keep', 'kept'];
    const whole = await impact(folder, ['claims.ndjson', '--json', '--changed', 'whole.ndjson']);
    const stopped = await impact(folder, words, { untilStopped: () => Promise.resolve() });
    expect(stopped.code).toBe(1);
    expect(stopped.err).toContain('Stopped after 4,000 encounters, which are counted above.');
    expect(told(stopped)).toMatchObject({ complete: false, encounters: 4000 });
    expect((await readdir(folder)).filter((name) => /^(?:c\.|kept)/.test(name))).toEqual([
      'c.ndjson.part',
      'kept.part',
    ]);

    const rest = await impact(folder, words);
    expect({ code: rest.code, err: rest.err }).toEqual({
      code: 0,
      err: 'An earlier run was ended after 4,000 encounters; counting goes on from there.\n',
    });
    expect(counted(rest)).toEqual(counted(whole));
    expect(await readFile(path.join(folder, 'c.ndjson'), 'utf8')).toBe(
      await readFile(path.join(folder, 'whole.ndjson'), 'utf8'),
    );
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(await readdir(path.join(folder, '.state/impact'))).toEqual([]);

    const again = await impact(folder, words);
    expect(again.err).toBe('The encounters are taken from the kept file and not read again.\n');
    expect(counted(again)).toEqual(counted(whole));
  });

  test.each([
    [
      'the version after',
      (folder: string) =>
        writeFile(
          path.join(folder, 'ten/rules/acme/acme-time/2020-01-01.policy.yaml'),
          smallWorkspace['rules/acme/acme-time/2020-01-01.policy.yaml']!.replace(
            '{ value: 8,',
            '{ value: 11,',
          ),
        ),
      'The version after is another one than in the interrupted run; counting begins anew.\n',
    ],
    [
      'the encounters',
      (folder: string) => writeFile(path.join(folder, 'claims.ndjson'), lines(corpus)),
      'The encounters have changed since the interrupted run; counting begins anew.\n',
    ],
    [
      'an output that is gone',
      (folder: string) => rm(path.join(folder, 'c.ndjson.part')),
      /^`.*c\.ndjson\.part` of the interrupted run is gone or shorter than it was; counting begins anew\.\n$/,
    ],
    [
      'what was written down',
      async (folder: string) => {
        const states = path.join(folder, '.state/impact');
        const [name] = await readdir(states);
        await writeFile(path.join(states, name!), '{"format":1,');
      },
      'What an earlier run had written down cannot be read; counting begins anew.\n',
    ],
  ])('is not gone on with where something has changed: %s', async (_, change, said) => {
    const many = Array.from({ length: 70 }, () => corpus).flat();
    const folder = await folderWith({ ...files, 'claims.ndjson': lines(many) });
    const words = ['claims.ndjson', '--json', '--changed', 'c.ndjson'];
    await impact(folder, words, { untilStopped: () => Promise.resolve() });
    await change(folder);
    const next = await impact(folder, words);
    expect(next.err).toEqual(typeof said === 'string' ? said : expect.stringMatching(said));
    expect(counted(next)).toEqual(counted(await impact(folder, ['claims.ndjson', '--json'])));
  });

  test('is forgotten with --fresh', async () => {
    const many = Array.from({ length: 70 }, () => corpus).flat();
    const folder = await folderWith({ ...files, 'claims.ndjson': lines(many) });
    await impact(folder, ['claims.ndjson'], { untilStopped: () => Promise.resolve() });
    const { code, err, out } = await impact(folder, ['claims.ndjson', '--fresh', '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ encounters: 4200 });
  });
});

describe('kept encounters', () => {
  test('are made anew where the files or the facts are others', async () => {
    const folder = await folderWith(files);
    const words = ['claims.ndjson', '--json', '--keep', 'kept'];
    const first = await impact(folder, words);
    await writeFile(path.join(folder, 'claims.ndjson'), lines(corpus.slice(0, 50)));
    const second = await impact(folder, words);
    expect(second.err).toBe('The kept file is of other encounters or facts, and is made anew.\n');
    expect([told(first).encounters, told(second).encounters]).toEqual([60, 50]);
    expect((await impact(folder, words)).err).toContain('taken from the kept file');
    await writeFile(
      path.join(folder, 'rules/more.vocabulary.yaml'),
      'vocabulary: more\ntitle: More\nfacts:\n  - { path: note.mood, type: text, meaning: The mood., example: good }\n',
    );
    expect((await impact(folder, words)).err).toContain('is made anew');
    await writeFile(path.join(folder, 'kept'), 'something else');
    expect((await impact(folder, words)).err).toBe('');
  });
});

describe('what cannot be', () => {
  test.each([
    [['impact', 'draft'], 'name two versions'],
    [['impact', 'draft', 'ten'], 'name the encounters: `--encounters'],
    [['impact', 'draft', 'ten', '--encounters', 'gone.ndjson'], 'there is no file or folder `gone.ndjson`.'],
    [['impact', 'draft', 'ten', '--encounters', 'rules'], 'there are no encounters in `rules`.'],
    [['impact', 'draft', 'ten', '--encounters', 'rules/lists/payers.list.yaml'], 'is no file of encounters.'],
    [['impact', 'draft', 'gone', '--encounters', 'claims.ndjson'], 'there is no file or folder `gone`'],
    [
      ['impact', 'draft', 'ten', '--encounters', 'claims.ndjson', '--changed', './claims.ndjson'],
      '`claims.ndjson` is named for two things.',
    ],
    [
      ['impact', 'draft', 'ten', '--encounters', 'claims.ndjson', '--changed', 'no/where'],
      'no/where` cannot be written: there is no such folder.',
    ],
    [
      ['impact', 'draft', 'ten', '--encounters', 'claims.ndjson', '--state', 'claims.ndjson/x'],
      'cannot be written: a part of its path is a file.',
    ],
  ])('%j', async (words, message) => {
    const { code, err, out } = await call(await folderWith(files), words, { untilStopped: never });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  test('facts of two kinds under one name', async () => {
    const facts = (type: string) =>
      `vocabulary: more\ntitle: More\nfacts:\n  - { path: note.mood, type: ${type}, meaning: The mood., example: 1 }\n`;
    const folder = await folderWith({
      ...files,
      'rules/more.vocabulary.yaml': facts('text'),
      'ten/rules/more.vocabulary.yaml': facts('number'),
    });
    const { code, err } = await impact(folder, ['claims.ndjson']);
    expect(code).toBe(2);
    expect(err).toContain('the fact `note.mood` is another kind of thing in the two versions');
  });

  test('nothing that could be judged is no answer', async () => {
    const folder = await folderWith({ ...files, 'bad.ndjson': '{}\n' });
    expect(await impact(folder, ['bad.ndjson'])).toMatchObject({ code: 1 });
  });

  test('folders that may only be read', async () => {
    const folder = await folderWith(files);
    await mkdir(path.join(folder, 'state'));
    await mkdir(path.join(folder, 'out'));
    await chmod(folder, 0o755);
    await asOrdinaryUser(async () => {
      const state = await impact(folder, ['claims.ndjson', '--state', 'state/s.json']);
      expect(state.err).toContain('state/s.json` cannot be written: the system does not permit it.');
    });
    await chmod(path.join(folder, 'state'), 0o777);
    await asOrdinaryUser(async () => {
      const words = ['claims.ndjson', '--state', 'state/s.json', '--changed', 'out/c.ndjson'];
      const changed = await impact(folder, words);
      expect(changed).toMatchObject({ code: 2, out: '' });
      expect(changed.err).toContain('out/c.ndjson` cannot be written: the system does not permit it.');
    });
    expect(await readdir(path.join(folder, 'state'))).toEqual([]);
  });

  test('the same run twice at once; the lock of a process that is gone holds nobody back', async () => {
    const folder = await folderWith(files);
    const words = ['claims.ndjson', '--state', 's.json'];
    await writeFile(path.join(folder, 's.json.lock'), '1');
    const second = await impact(folder, words);
    expect(second.err).toContain('the same comparison is being made by another process (1).');
    await writeFile(path.join(folder, 's.json.lock'), '999999999');
    expect(await impact(folder, words)).toMatchObject({ code: 0 });
    expect((await readdir(folder)).filter((name) => name.startsWith('s.json'))).toEqual([]);
  });
});

/** Every encounter judged by itself, with what is charged for it. */
function alone() {
  const workspaces = [smallWorkspace, tenMinutes].map((texts) =>
    createWorkspace([
      ...Object.entries(texts).map(([name, text]) => ({ path: name, text })),
      ...corpus.map((text, index) => ({ path: `testcases/c/${index}.encounter.yaml`, text })),
    ]),
  );
  return corpus.map((text, index) => {
    const [before, after] = workspaces.map(({ encounters, program }) => {
      const { table } = encounters.find(({ path: file }) => file === `testcases/c/${index}.encounter.yaml`)!;
      const verdict = verdictOf(judge(program, table!));
      return { decision: verdict.decision, lines: verdict.lines.map(({ decision }) => decision) };
    });
    const { encounter, lines: ofClaim } = JSON.parse(text) as {
      encounter: string;
      lines: readonly { charge?: number }[];
    };
    const cents = ofClaim.reduce((sum, { charge = 0 }) => sum + Math.round(charge * 100), 0);
    return { id: encounter, cents, before: before!, after: after! };
  });
}
