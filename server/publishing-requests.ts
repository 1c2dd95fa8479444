import type { Publishing, PublishRequest } from '../publishing/publishing.ts';
import { badBody } from './bad-request.ts';

type Body = Readonly<Record<string, unknown>>;
type DecideRequest = Parameters<Publishing['decide']>[0];

/** Names and reasons stand in a release for good, so none is empty or endless. */
const longestWords = 2000;

export function decideRequestIn({ verdict, items, who, why }: Body): DecideRequest {
  const isVerdict = verdict === 'accept' || verdict === 'reject';
  const areItems =
    items === 'all' || (Array.isArray(items) && items.every((item) => typeof item === 'string'));
  if (!isVerdict || !areItems || !areWords(who) || !areWords(why))
    throw badBody(
      '{"verdict": "accept" or "reject", "items": [id] or "all", "who": name, "why": reason}, name and reason not empty',
    );
  return { verdict, items, who, why };
}

export function publishRequestIn({ who, why, overrides, seen }: Body): PublishRequest {
  const areOverrides = Array.isArray(overrides) && overrides.every(isOverride);
  if (!areWords(who) || !areWords(why) || !areOverrides || !(seen === null || isSeen(seen)))
    throw badBody(
      '{"who": name, "why": reason, "overrides": [{"what": reason not to publish, "reason": reason}], "seen": {"against": hash or null, "files": hash} or null}, name and reasons not empty',
    );
  return { who, why, overrides, seen };
}

function areWords(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= longestWords;
}

function isOverride(value: unknown): value is PublishRequest['overrides'][number] {
  return isRecord(value) && typeof value['what'] === 'string' && areWords(value['reason']);
}

function isSeen(value: unknown): value is NonNullable<PublishRequest['seen']> {
  if (!isRecord(value)) return false;
  const { against, files } = value;
  return (against === null || typeof against === 'string') && typeof files === 'string';
}

function isRecord(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
