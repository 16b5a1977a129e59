/** What acts answer, as far as the model looks at it. */
// biome-ignore lint/suspicious/noExplicitAny: answers of all acts, checked against their shapes by the pipeline.
export type Answer = Record<string, any>;
