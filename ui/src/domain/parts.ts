// What the program tells has changed: the stores that show it ask again.
import type { ChangedPart, PartChanged, Scope } from '../host';

type Follower = (scope: Scope | null) => void;

const followers = new Map<ChangedPart, Set<Follower>>();

/** Asks again whenever this part changes; the company is told where it is one's. */
export function onPart(part: ChangedPart, follow: Follower): () => void {
  const all = followers.get(part) ?? new Set();
  followers.set(part, all.add(follow));
  return () => void all.delete(follow);
}

export function partChanged({ part, scope }: PartChanged): void {
  followers.get(part)?.forEach((follow) => follow(scope));
}

interface Stores<T> {
  known: (scope: Scope) => T | undefined;
  all: () => T[];
}

/** The stores of companies: the one that is meant asks again, or all that were ever shown. */
export function onPartOf<T>(part: ChangedPart, stores: Stores<T>, ask: (store: T) => unknown): () => void {
  return onPart(part, (scope) => {
    const one = scope === null ? undefined : stores.known(scope);
    for (const store of scope === null ? stores.all() : one === undefined ? [] : [one]) void ask(store);
  });
}
