import { mount } from 'svelte';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import App from './App.svelte';
import { overwriteGetLocale } from './messages/compiled/runtime.js';
import { bridgeOf } from './ports/bridge.ts';
import { receiveWorkerPorts } from './ports/worker-port.ts';
import { createBench } from './state/bench/create-bench.ts';
import { Lab } from './state/lab.svelte.ts';
import { PreferencesState } from './state/preferences.svelte.ts';

const bridge = bridgeOf(window);
const preferences = new PreferencesState(
  bridge,
  await bridge.preferences().catch(() => ({ locale: 'en', theme: 'system', screen: 'network' }) as const),
);
// Every message reads the locale from state, so a switch re-words the page in place and nothing is rebuilt.
overwriteGetLocale(() => preferences.locale);

const lab = new Lab(bridge, preferences);
receiveWorkerPorts(window, (port) => lab.attach(port));
mount(App, { target: document.getElementById('app')!, props: { lab, bench: createBench(bridge), bridge } });
lab.start();
