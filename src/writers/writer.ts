/** What is known of one writer's layout. Templates are explained in pieces.ts. */
export interface Writer {
  /** For people. */
  name: string;
  /**
   * Each list is proof by itself: all of its templates were met below one and the same root, the folder before the template.
   * A template stands here only if this writer alone leaves such a key, or if all of the list together do.
   */
  marks: readonly (readonly [string, ...string[]])[];
  /** Everything that may lie below a root. Without it, whatever lies there is the writer's. */
  holds?: readonly string[];
  /** Ids of writers whose layout may be a part of this one, which then gives its name to the whole. */
  contains?: readonly string[];
  /** True for a label that several writers share: it yields to a writer of `contains` that explains everything alone. */
  shared?: true;
  /** Where the layout is documented. */
  source: string;
  /** What to know, for the page; null if nothing. */
  note: string | null;
}
