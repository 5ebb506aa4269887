// A problem below an edge is data: a code from words/ and the values its sentence needs. Only an edge says it aloud.

export type Problem = { code: string; values: Record<string, string | number> };

/** Thrown where something a person did or set up cannot go on. `words/` has a sentence for every code. */
export class Refusal extends Error {
  readonly problem: Problem;

  constructor(code: string, values: Problem['values'] = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(values)}`, options);
    this.name = 'Refusal';
    this.problem = { code, values };
  }
}
