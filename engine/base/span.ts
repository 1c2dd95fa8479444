/** A half-open range [from, to) of offsets into a text, in UTF-16 units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
