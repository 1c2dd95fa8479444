// Proves a bundle of policies, on the receiver's own machine and with the receiver's own program.
//
//   node conformance/verify.mjs                        checks the bundle, then runs its JavaScript module
//   node conformance/verify.mjs --key public.pem       takes the bundle only if it was signed with this key
//   node conformance/verify.mjs --cmd "your-runner"    runs your program instead of the module
//
// Your program gets one encounter a line on its standard input, as JSON, and writes one answer a line, in the same order.
// With --one-by-one it is started anew for each encounter. Needs Node 18 or later, and nothing else.
//
// First everything is checked: the manifest, the hash of every file, that nothing is missing or was added, the signature.
// INVARIANT: nothing of the bundle is run, and no encounter leaves it, before all of that has come out well.

import { spawn } from 'node:child_process';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { lstatSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';

const manifestPath = 'manifest.json';
const signaturePath = 'signature.dsse.json';
const kitPath = 'conformance/kit.jsonl';
const modulePath = 'targets/javascript/policy.mjs';

/** @type {Signature} */
const refusedSignature = { kind: 'refused' };

const usage = `node conformance/verify.mjs [folder] [options]

  --key <file>        the public key of whoever you take bundles from (PEM, Ed25519); unsigned bundles are then refused
  --cmd <command>     your own program; left out, the JavaScript module of the bundle is run
  --one-by-one        starts the program anew for each encounter
  --wait <seconds>    how long to wait for an answer, after which your program is stopped; 60 if left out
  --show <number>     how many differences are shown; 5 if left out
  --check-only        checks the bundle and runs nothing
  --json              prints one JSON document

The folder is that of the unpacked bundle; left out, the one above this file.
Exit codes: 0 all is well, 1 the bundle is refused or an answer differs, 2 the command could not be understood.
`;

/** @typedef {{ kind: string, path: string | null, message: string }} Problem */
/** @typedef {{ id: string, tag: string, encounter: unknown, expected: unknown }} KitLine */
/** @typedef {{ at: string, expected: string, answered: string }} Difference */
/** @typedef {{ id: string, tag: string, differences: Difference[] }} Differing */
/** @typedef {{ total: number, identical: number, differing: Differing[], trouble: string | null }} KitResult */
/** @typedef {{ folder: string, key: string | null, cmd: string | null, oneByOne: boolean, wait: number, show: number, checkOnly: boolean, json: boolean }} Options */
/** @typedef {{ kind: 'unsigned' | 'refused' } | { kind: 'unchecked', keyId: string } | { kind: 'good', keyId: string, exported: string }} Signature */

/** What cannot be carried out as it was asked for. */
class UsageError extends Error {}

async function main() {
  const options = readOptions(process.argv.slice(2));
  const checked = checkBundle(options.folder, options.key === null ? null : readKey(options.key));
  const { manifest, problems } = checked;
  /** @type {KitResult | null} */
  let kit = null;
  let ran = null;
  if (problems.length === 0 && !options.checkOnly) {
    const lines = readKit(checked.files);
    if (options.cmd === null && !checked.files.has(modulePath)) {
      throw new UsageError(`The bundle has no \`${modulePath}\`; name your own program with --cmd.`);
    }
    ran = options.cmd ?? modulePath;
    kit =
      options.cmd === null ? await runModule(options, lines) : await runCommand(options.cmd, options, lines);
  }
  if (options.json) {
    const { revision, signature } = checked;
    print(`${JSON.stringify({ revision, signature, problems, ran, kit }, null, 2)}\n`);
  } else {
    print(bundleText(checked, manifest) + (kit === null ? '' : kitText(kit, String(ran), options.show)));
  }
  const well =
    problems.length === 0 && (kit === null || (kit.trouble === null && kit.identical === kit.total));
  process.exitCode = well ? 0 : 1;
}

/**
 * @param {string[]} words
 * @returns {Options}
 */
function readOptions(words) {
  /** @type {Options} */
  const options = {
    folder: path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'),
    key: null,
    cmd: null,
    oneByOne: false,
    wait: 60,
    show: 5,
    checkOnly: false,
    json: false,
  };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    const value = () => {
      at += 1;
      if (words[at] === undefined) throw new UsageError(`\`${word}\` needs a value.`);
      return String(words[at]);
    };
    const number = () => {
      const written = value();
      if (!/^\d{1,6}$/.test(written))
        throw new UsageError(`\`${word}\` needs a whole number, not \`${written}\`.`);
      return Number(written);
    };
    if (word === '--key') options.key = value();
    else if (word === '--cmd') options.cmd = value();
    else if (word === '--one-by-one') options.oneByOne = true;
    else if (word === '--wait') options.wait = number();
    else if (word === '--show') options.show = number();
    else if (word === '--check-only') options.checkOnly = true;
    else if (word === '--json') options.json = true;
    else if (word === undefined || word.startsWith('-'))
      throw new UsageError(`There is no option \`${word}\`.`);
    else options.folder = path.resolve(word);
  }
  return options;
}

// ------------------------------------------------------------------------------------------------ the bundle

/**
 * @param {string} folder
 * @param {{ id: string, key: import('node:crypto').KeyObject } | null} key
 */
function checkBundle(folder, key) {
  /** @type {Problem[]} */
  const problems = [];
  /** @type {(kind: string, path: string | null, message: string) => void} */
  const refuse = (kind, path, message) => void problems.push({ kind, path, message });
  const files = readFolder(folder, refuse);
  const written = files.get(manifestPath);
  if (written === undefined) {
    refuse(
      'manifest-missing',
      manifestPath,
      `There is no \`${manifestPath}\`: this is no bundle, or not a whole one.`,
    );
    return { files, manifest: null, revision: null, signature: refusedSignature, problems };
  }
  const revision = sha256(written);
  const manifest = readManifest(written, refuse);
  if (manifest !== null) checkFiles(manifest, files, refuse);
  return { files, manifest, revision, signature: checkSignature(files, revision, key, refuse), problems };
}

/**
 * Every file by its path with slashes. A link could lead anywhere, so it is no file of a bundle.
 *
 * @param {string} folder
 * @param {(kind: string, path: string | null, message: string) => void} refuse
 */
function readFolder(folder, refuse) {
  /** @type {Map<string, Buffer>} */
  const files = new Map();
  /** @param {string} inside */
  const walk = (inside) => {
    for (const name of readdirSync(path.join(folder, inside)).sort()) {
      const at = inside === '' ? name : `${inside}/${name}`;
      const status = lstatSync(path.join(folder, at));
      if (status.isDirectory()) walk(at);
      else if (status.isFile()) files.set(at, readFileSync(path.join(folder, at)));
      else
        refuse(
          'not-a-file',
          at,
          `\`${at}\` is no file but a link or something else; a bundle holds files only.`,
        );
    }
  };
  try {
    walk('');
  } catch (error) {
    throw new UsageError(`The folder of the bundle cannot be read: ${messageOf(error)}`);
  }
  return files;
}

/**
 * @param {Buffer} bytes
 * @param {(kind: string, path: string | null, message: string) => void} refuse
 */
function readManifest(bytes, refuse) {
  const text = bytes.toString('utf8');
  const value = parse(text);
  /** @param {string} why */
  const changed = (why) => {
    refuse('manifest-tampered', manifestPath, `\`${manifestPath}\` was changed: it ${why}.`);
    return null;
  };
  if (value === undefined) return changed('is not JSON');
  if (!isRecord(value) || value.format !== 'proviso-bundle-1') {
    return changed('does not say `"format": "proviso-bundle-1"`');
  }
  const { files } = value;
  const sound =
    Array.isArray(files) &&
    files.every(
      (file) =>
        isRecord(file) &&
        typeof file.path === 'string' &&
        typeof file.sha256 === 'string' &&
        Number.isSafeInteger(file.bytes),
    );
  if (!sound) return changed('has no sound `files`');
  // One text for each value, so nothing can hide in its layout, nor a key stand in it twice.
  if (!Buffer.from(`${JSON.stringify(sorted(value), null, 2)}\n`).equals(bytes)) {
    return changed('is not laid out as Proviso writes it');
  }
  return { ...value, files: /** @type {{ path: string, bytes: number, sha256: string }[]} */ (files) };
}

/**
 * @param {{ files: { path: string, bytes: number, sha256: string }[] }} manifest
 * @param {Map<string, Buffer>} found
 * @param {(kind: string, path: string | null, message: string) => void} refuse
 */
function checkFiles({ files }, found, refuse) {
  const listed = new Map(files.map((file) => [file.path, file]));
  if (files.some((file, index) => file.path <= (files[index - 1]?.path ?? ''))) {
    refuse(
      'reordered',
      manifestPath,
      `\`${manifestPath}\` was changed: its files are not in the order of their paths, each once.`,
    );
  }
  for (const path of [manifestPath, signaturePath]) {
    if (listed.has(path)) {
      refuse(
        'manifest-tampered',
        manifestPath,
        `\`${manifestPath}\` was changed: it lists \`${path}\`, which it cannot vouch for.`,
      );
    }
  }
  if (!listed.has(kitPath)) {
    refuse(
      'manifest-tampered',
      manifestPath,
      `\`${manifestPath}\` was changed: it does not list \`${kitPath}\`.`,
    );
  }
  for (const { path, bytes, sha256: expected } of files) {
    const content = found.get(path);
    if (content === undefined) {
      refuse('missing', path, `\`${path}\` is missing: the manifest lists it.`);
    } else if (sha256(content) !== expected || content.length !== bytes) {
      refuse('tampered', path, `\`${path}\` was changed since the bundle was made.`);
    }
  }
  for (const path of found.keys()) {
    if (path !== manifestPath && path !== signaturePath && !listed.has(path)) {
      refuse('added', path, `\`${path}\` was added: the manifest does not list it.`);
    }
  }
}

/**
 * A DSSE envelope with an in-toto statement about the manifest, signed with Ed25519.
 *
 * @param {Map<string, Buffer>} files
 * @param {string} revision
 * @param {{ id: string, key: import('node:crypto').KeyObject } | null} key
 * @param {(kind: string, path: string | null, message: string) => void} refuse
 * @returns {Signature}
 */
function checkSignature(files, revision, key, refuse) {
  const written = files.get(signaturePath);
  /** @param {string} kind @param {string} message */
  const no = (kind, message) => {
    refuse(kind, signaturePath, message);
    return refusedSignature;
  };
  if (written === undefined) {
    return key === null
      ? { kind: 'unsigned' }
      : no('unsigned', 'The bundle is not signed, and with a key only signed ones are taken.');
  }
  const envelope = parse(written.toString('utf8'));
  const type = isRecord(envelope) ? envelope.payloadType : null;
  const payload = isRecord(envelope) ? fromBase64(envelope.payload) : null;
  const signatures = isRecord(envelope) && Array.isArray(envelope.signatures) ? envelope.signatures : [];
  const statement = payload === null ? undefined : parse(payload.toString('utf8'));
  const subject = isRecord(statement) && Array.isArray(statement.subject) ? statement.subject[0] : null;
  const digest = isRecord(subject) && isRecord(subject.digest) ? subject.digest.sha256 : null;
  const exported = isRecord(statement) && isRecord(statement.predicate) ? statement.predicate.exported : null;
  if (
    type !== 'application/vnd.in-toto+json' ||
    payload === null ||
    signatures.length === 0 ||
    !signatures.every(
      (one) => isRecord(one) && typeof one.keyid === 'string' && fromBase64(one.sig) !== null,
    ) ||
    !isRecord(statement) ||
    statement._type !== 'https://in-toto.io/Statement/v1' ||
    statement.predicateType !== 'urn:proviso:bundle-proof:1' ||
    typeof exported !== 'string'
  ) {
    return no('signature-unreadable', `\`${signaturePath}\` is no signature of a bundle.`);
  }
  if (digest !== revision) {
    return no(
      'other-bundle',
      'The signature is that of another bundle, or the manifest was changed after it was signed.',
    );
  }
  const claimed = String(signatures[0].keyid);
  if (key === null) return { kind: 'unchecked', keyId: claimed };
  const signed = Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${type} ${payload.length} `), payload]);
  if (signatures.some((one) => verify(null, signed, key.key, Buffer.from(one.sig, 'base64')))) {
    return { kind: 'good', keyId: key.id, exported };
  }
  return signatures.some((one) => one.keyid === key.id)
    ? no(
        'wrong-signature',
        'The signature is not right: what was signed or the signature itself was changed.',
      )
    : no(
        'wrong-key',
        `The bundle was signed with another key (${claimed}) than the one that is trusted (${key.id}).`,
      );
}

/** @param {string} file */
function readKey(file) {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`The key cannot be read: ${messageOf(error)}`);
  }
  if (/PRIVATE KEY/.test(text))
    throw new UsageError(`\`${file}\` is a private key; a bundle is checked with the public one.`);
  try {
    const key = createPublicKey(text);
    if (key.asymmetricKeyType !== 'ed25519') throw new Error('another kind of key');
    return { key, id: sha256(key.export({ type: 'spki', format: 'der' })) };
  } catch {
    throw new UsageError(`\`${file}\` holds no public key of the kind Ed25519, in PEM.`);
  }
}

// --------------------------------------------------------------------------------------------------- the kit

/**
 * @param {Map<string, Buffer>} files
 * @returns {KitLine[]}
 */
function readKit(files) {
  const written = files.get(kitPath)?.toString('utf8') ?? '';
  const lines = written.split('\n').filter((line) => line !== '');
  return lines.map((line, index) => {
    const { id, tag, encounter, expected } = record(parse(line));
    if (typeof id === 'string' && typeof tag === 'string') return { id, tag, encounter, expected };
    throw new UsageError(`Line ${index + 1} of \`${kitPath}\` is no encounter with its expected answer.`);
  });
}

/**
 * @param {Options} options
 * @param {KitLine[]} kit
 * @returns {Promise<KitResult>}
 */
async function runModule({ folder }, kit) {
  /** @type {unknown[]} */
  const answers = [];
  try {
    const { judge } = await import(pathToFileURL(path.join(realpathSync(folder), modulePath)).href);
    for (const { encounter } of kit) answers.push(judge(encounter));
  } catch (error) {
    return compared(kit, answers, `The module failed: ${messageOf(error)}`);
  }
  // What a module answers is held to what JSON can say, as with any other program.
  return compared(kit, JSON.parse(JSON.stringify(answers)), null);
}

/**
 * @param {string} command
 * @param {Options} options
 * @param {KitLine[]} kit
 * @returns {Promise<KitResult>}
 */
async function runCommand(command, { oneByOne, wait }, kit) {
  if (!oneByOne) {
    const { answers, trouble } = await converse(command, kit, wait);
    return compared(kit, answers, trouble);
  }
  /** @type {unknown[]} */
  const answers = [];
  for (const line of kit) {
    const one = await converse(command, [line], wait);
    if (one.trouble !== null) return compared(kit, answers, `${one.trouble} (encounter ${line.id})`);
    answers.push(...one.answers);
  }
  return compared(kit, answers, null);
}

/**
 * Starts the program, gives it an encounter a line and takes an answer a line, both at once, so neither waits on the other.
 *
 * @param {string} command
 * @param {KitLine[]} kit
 * @param {number} wait in seconds
 * @returns {Promise<{ answers: unknown[], trouble: string | null }>}
 */
function converse(command, kit, wait) {
  return new Promise((resolve) => {
    /** @type {unknown[]} */
    const answers = [];
    /** @type {string | null} */
    let trouble = null;
    // The command is the receiver's own and is written as for a shell. A group of its own, so that it ends as a whole.
    const grouped = process.platform !== 'win32';
    const child = spawn(command, { shell: true, detached: grouped, stdio: ['pipe', 'pipe', 'inherit'] });
    const end = () => {
      try {
        if (grouped && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
        else child.kill('SIGKILL');
      } catch {
        // It has ended by itself.
      }
    };
    /** @param {string} what */
    const stop = (what) => {
      trouble ??= what;
      end();
    };
    const interrupted = () => {
      end();
      process.exit(130);
    };
    process.once('SIGINT', interrupted);
    process.once('SIGTERM', interrupted);
    const late = () => {
      const time = wait === 1 ? '1 second' : `${wait} seconds`;
      stop(
        answers.length === kit.length
          ? `The program answered every encounter and then did not end within ${time}; it was stopped.`
          : `The program did not answer for ${time} and was stopped.`,
      );
    };
    let clock = setTimeout(late, wait * 1000);

    const lines = createInterface({ input: child.stdout, crlfDelay: Infinity });
    lines.on('line', (line) => {
      if (line.trim() === '' || trouble !== null) return;
      clearTimeout(clock);
      clock = setTimeout(late, wait * 1000);
      const answer = parse(line);
      if (answer === undefined)
        stop(`Line ${answers.length + 1} of its answers is not JSON: ${excerpt(line)}`);
      else if (answers.length === kit.length)
        stop(`The program wrote more answers than there are encounters (${kit.length}).`);
      else answers.push(answer);
    });
    // A program that ends early closes its input; that it did is told when it has ended.
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => stop(`The program could not be started: ${messageOf(error)}`));
    child.on('close', (code, signal) => {
      clearTimeout(clock);
      process.removeListener('SIGINT', interrupted);
      process.removeListener('SIGTERM', interrupted);
      if (code !== 0) trouble ??= `The program failed (${signal === null ? `exit code ${code}` : signal}).`;
      if (answers.length < kit.length) {
        trouble ??= `The program answered ${answers.length} of ${kit.length} encounters and ended.`;
      }
      resolve({ answers, trouble });
    });

    let next = 0;
    const feed = () => {
      for (let line = kit[next]; line !== undefined; line = kit[next]) {
        next += 1;
        const more = child.stdin.write(`${JSON.stringify(line.encounter)}\n`);
        if (!more) return void child.stdin.once('drain', feed);
      }
      child.stdin.end();
    };
    feed();
  });
}

/**
 * @param {KitLine[]} kit
 * @param {unknown[]} answers
 * @param {string | null} trouble
 * @returns {KitResult}
 */
function compared(kit, answers, trouble) {
  const judged = kit.slice(0, answers.length).map(({ id, tag, expected }, index) => ({
    id,
    tag,
    differences: differencesOf(expected, answers[index]),
  }));
  const differing = judged.filter(({ differences }) => differences.length > 0);
  const proof = { total: kit.length, identical: judged.length - differing.length, differing };
  return {
    ...proof,
    trouble: kit.length === 0 ? 'The kit holds no encounters, so nothing is proven.' : trouble,
  };
}

/**
 * What an answer says otherwise than expected: decisions, violated and undecided rules, supportable units. Rules may come
 * in any order, and what an answer says besides is not looked at.
 *
 * @param {unknown} expected
 * @param {unknown} given
 * @returns {Difference[]}
 */
function differencesOf(expected, given) {
  const [wanted, found] = [normal(expected), normal(given)];
  if (wanted.refused !== null || found.refused !== null) {
    const [a, b] = [refusalText(wanted), refusalText(found)];
    // Where something is wrong must agree; in which words it is said is the program's own affair.
    return a === b ? [] : [{ at: 'the encounter', expected: a, answered: b }];
  }
  const [a, b] = [record(wanted.answer), record(found.answer)];
  /** @type {Difference[]} */
  const differences = [];
  /** @param {string} at @param {unknown} expected @param {unknown} answered */
  const compare = (at, expected, answered) => {
    if (text(expected) !== text(answered))
      differences.push({ at, expected: text(expected), answered: text(answered) });
  };
  compare('decision', a.decision, b.decision);
  const [ours, theirs] = [list(a.lines).map(record), list(b.lines).map(record)];
  compare('number of lines', ours.length, theirs.length);
  for (const [index, line] of ours.entries()) {
    const other = theirs[index];
    if (other === undefined) break;
    const at = `line ${line.line ?? index + 1}`;
    compare(at, line.line, other.line);
    compare(`${at}, decision`, line.decision, other.decision);
    compare(`${at}, supportable units`, line.supportableUnits, other.supportableUnits);
    compare(`${at}, violated rules`, rules(line.violated), rules(other.violated));
    compare(`${at}, undecided rules`, rules(line.undetermined), rules(other.undetermined));
  }
  const [visit, otherVisit] = [record(a.visit), record(b.visit)];
  compare('visit, violated rules', rules(visit.violated), rules(otherVisit.violated));
  compare('visit, undecided rules', rules(visit.undetermined), rules(otherVisit.undetermined));
  return differences;
}

/**
 * An answer comes bare or as `answer`; an encounter that cannot be judged comes as `refused`, with the places.
 *
 * @param {unknown} value
 * @returns {{ answer: unknown, refused: unknown[] | null }}
 */
function normal(value) {
  if (!isRecord(value)) return { answer: value, refused: null };
  if (Array.isArray(value.refused)) return { answer: null, refused: value.refused };
  return { answer: 'answer' in value ? value.answer : value, refused: null };
}

/** @param {{ answer: unknown, refused: unknown[] | null }} side */
function refusalText({ answer, refused }) {
  if (refused === null) return text(record(answer).decision);
  const places = refused.map((one) => text(record(one).at)).sort();
  return `refused because of ${places.join(', ')}`;
}

/** @param {unknown} value */
function rules(value) {
  return Array.isArray(value) ? (value.length === 0 ? 'none' : value.map(String).sort().join(', ')) : value;
}

/**
 * A value as it is shown and compared.
 *
 * @param {unknown} value
 */
function text(value) {
  if (value === undefined) return 'nothing';
  if (value === null) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** @param {unknown} value */
function list(value) {
  return Array.isArray(value) ? value : [];
}

/** @param {unknown} value */
function record(value) {
  return isRecord(value) ? value : {};
}

// ------------------------------------------------------------------------------------------------- the words

/**
 * @param {ReturnType<typeof checkBundle>} checked
 * @param {Record<string, unknown> | null} manifest
 */
function bundleText({ revision, signature, problems, files }, manifest) {
  const lines = [`Bundle ${revision ?? 'without a manifest'}`];
  for (const policy of list(manifest?.policies).map(record)) {
    const received = isRecord(policy.received) ? ` and claims received ${periodText(policy.received)}` : '';
    const period = periodText(record(policy.effective));
    lines.push(`  ${text(policy.id)}, for dates of service ${period}${received}`);
  }
  for (const { kind, message } of problems) lines.push(`${kind}: ${message}`);
  if (problems.length > 0) {
    lines.push('', 'The bundle is refused, and nothing of it was run.');
    return `${lines.map(plain).join('\n')}\n`;
  }
  lines.push(`Whole: ${files.size} files, each as it was when the bundle was made.`);
  if (signature.kind === 'good')
    lines.push(`Signed with the key that you trust, ${signature.keyId}; exported ${signature.exported}.`);
  if (signature.kind === 'unsigned') lines.push('Not signed: nobody vouches for who made it.');
  if (signature.kind === 'unchecked') {
    lines.push(
      `Signed, it says, with key ${signature.keyId}; that was not checked. Name the public key with --key.`,
    );
  }
  return `${lines.map(plain).join('\n')}\n`;
}

/** @param {Record<string, unknown>} period */
function periodText({ from, to }) {
  if (to === null) return `since ${text(from)}`;
  return from === null ? `up to ${text(to)}` : `from ${text(from)} to ${text(to)}`;
}

/**
 * @param {KitResult} kit
 * @param {string} ran
 * @param {number} show
 */
function kitText({ total, identical, differing, trouble }, ran, show) {
  const lines = ['', `${ran}: ${identical} of ${total} answers are identical.`];
  if (trouble !== null) lines.push(trouble);
  for (const { id, tag, differences } of differing.slice(0, show)) {
    lines.push('', `${id} (${tag})`);
    for (const { at, expected, answered } of differences)
      lines.push(`  ${at}: expected ${expected}; answered ${answered}`);
  }
  if (differing.length > show)
    lines.push(
      '',
      `… and ${differing.length - show} more that differ; --show ${differing.length} shows all.`,
    );
  if (differing.length > 0)
    lines.push('', `The encounters are in ${kitPath}, one a line; look for their id.`);
  return `${lines.map(plain).join('\n')}\n`;
}

/**
 * Text of others as it may go to a terminal.
 *
 * @param {string} line
 */
function plain(line) {
  return line.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, '\ufffd');
}

/** @param {string} line */
function excerpt(line) {
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}

/** @param {string} words */
function print(words) {
  process.stdout.write(words);
}

// --------------------------------------------------------------------------------------------------- helpers

/** @param {import('node:crypto').BinaryLike} bytes */
function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Null for what is not written in the one way for its bytes.
 *
 * @param {unknown} text
 */
function fromBase64(text) {
  if (typeof text !== 'string') return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

/**
 * With the keys of every object in the order of their code units.
 *
 * @param {unknown} value
 * @returns {unknown}
 */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, any>}
 */
function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * @param {string} text
 * @returns {unknown}
 */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${plain(error.message)}\n\n${usage}`);
  process.exitCode = 2;
}
