/** What the caller of the API did wrong, as against what the storage cannot do. */
export class BadRequest extends Error {}

export function badBody(shape: string): BadRequest {
  return new BadRequest(`The body must be JSON of the form ${shape}.`);
}
