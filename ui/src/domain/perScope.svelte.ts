import type { Scope } from '../host';

export function scopeKey(scope: Scope): string {
  return `${scope.nip}/${scope.environment}`;
}

/** One store for each company in each environment, made when it is first asked for. Nothing crosses from one to another. */
export function perScope<T>(make: (scope: Scope) => T): { of: (scope: Scope) => T; known: (scope: Scope) => T | undefined; all: () => T[]; forget: () => void } {
  const made = new Map<string, T>();
  return {
    of(scope) {
      const key = scopeKey(scope);
      const found = made.get(key) ?? lasting(() => make({ ...scope }));
      made.set(key, found);
      return found;
    },
    known: (scope) => made.get(scopeKey(scope)),
    all: () => [...made.values()],
    forget: () => made.clear(),
  };
}

/** A store outlives the screens that show it: what it derives belongs to none of them. */
function lasting<T>(make: () => T): T {
  const kept: { store?: T } = {};
  $effect.root(() => {
    kept.store = make();
  });
  return kept.store ?? make();
}
