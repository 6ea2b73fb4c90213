// The rate of a draft that was begun on another day.
import { describe, expect, it } from 'vitest';
import { Exchange } from '../src/domain/editor/exchange.svelte';
import { provideHost, type ExchangeDraft } from '../src/host';
import { createDemo } from '../src/host/demo';
import * as make from '../src/host/demo/fixtures';
import { furnished, SANDBOX } from './app';

const OLD: ExchangeDraft = { rate: '4,1111', day: '2026-11-10', table: '217/A/NBP/2026' };
const NEW: ExchangeDraft = { rate: '4,2537', day: '2026-11-20', table: '225/A/NBP/2026' };

async function opened(exchange: ExchangeDraft, fails: Record<string, ReturnType<typeof make.problem>> = {}) {
  const demo = createDemo(furnished(SANDBOX, { fails }));
  provideHost(demo.host);
  let shown = exchange;
  const store = new Exchange(SANDBOX, (now) => (shown = now));
  store.begin('EUR', '2026-11-21', exchange);
  await store.follow('EUR', '2026-11-21', exchange);
  return { store, demo, shown: () => shown };
}

describe('the rate of a draft that is opened again', () => {
  it('is asked for anew where a table gave it', async () => {
    const { store, shown, demo } = await opened(OLD);
    expect(shown()).toEqual(NEW);
    await store.follow('EUR', '2026-11-21', shown());
    expect(demo.calls).toHaveLength(1);
  });

  it('stays when it was typed', async () => {
    const typed = { rate: '4,30', day: '', table: '' };
    const { shown, demo } = await opened(typed);
    expect(shown()).toEqual(typed);
    expect(demo.calls).toEqual([]);
  });

  it('stays, with a word, when there is no answer', async () => {
    const { store, shown } = await opened(OLD, { exchangeRate: make.problem('rate.offline', 'checkNetwork') });
    expect(shown()).toEqual(OLD);
    expect(store.problem?.code).toBe('rate.offline');
  });
});
