// The whole interface on the program in memory.
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import axe from 'axe-core';
import { expect } from 'vitest';
import App from '../src/App.svelte';
import { followDrags, provideHost, type Scope } from '../src/host';
import { createDemo, emptyState, type Demo, type DemoState } from '../src/host/demo';
import * as make from '../src/host/demo/fixtures';

export { make };

export const SANDBOX: Scope = { nip: make.NIP, environment: 'sandbox' };

export interface Opened {
  demo: Demo;
  user: UserEvent;
}

/** A company with all credentials, unless the change says otherwise. */
export function furnished(scope: Scope = SANDBOX, change: Partial<DemoState> = {}): DemoState {
  return emptyState({
    companies: [make.company(scope.nip, 'Kowalski Hurt sp. z o.o.', scope.environment)],
    credentials: { [`${scope.nip}/${scope.environment}`]: make.allCredentials() },
    ...structuredClone(change),
  });
}

export async function open(state: DemoState): Promise<Opened> {
  const demo = createDemo(state);
  provideHost(demo.host);
  followDrags(demo.host);
  render(App);
  await waitFor(() => expect(document.querySelector('main h1')).not.toBeNull());
  return { demo, user: userEvent.setup() };
}

export const get = (testid: string): HTMLElement => screen.getByTestId(testid);
export const find = (testid: string): Promise<HTMLElement> => screen.findByTestId(testid);
export const all = (testid: string): HTMLElement[] => screen.queryAllByTestId(testid);
export const inside = (element: HTMLElement, testid: string): HTMLElement => within(element).getByTestId(testid);

/** The codes of the problems that can be seen in a part of the page. */
export function codes(part: Element = document.body): string[] {
  return [...part.querySelectorAll<HTMLElement>('[data-testid="problem"]')].map((note) => note.dataset['code'] ?? '');
}

/** Names of the commands that were called. */
export const called = (demo: Demo): string[] => demo.calls.map(({ name }) => name);

/** What axe finds wrong. Colours are judged elsewhere: there is no layout here. */
export async function faults(): Promise<string[]> {
  const { violations } = await axe.run(document.body, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
