import { mount } from 'svelte';
import App from './App.svelte';
import { followDrags, provideHost, type Host } from './host';
import './lib/tokens.css';
import './lib/base.css';
import './lib/controls.css';
import './lib/dialog.css';

const host = await chosenHost();
provideHost(host);
followDrags(host);

const target = document.getElementById('app');
if (target !== null) mount(App, { target });

/** The demonstration without a program around it exists in builds with `--mode demo` only. */
async function chosenHost(): Promise<Host> {
  if (import.meta.env.MODE === 'demo') {
    const { demoHostFromAddress } = await import('./host/demo');
    return demoHostFromAddress();
  }
  const { tauriHost } = await import('./host/tauri');
  return tauriHost;
}
