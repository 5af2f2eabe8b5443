import { expect, test } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { electronPath, launchArguments, launchLab, ready, workerPids, type LaunchedLab } from './launch.ts';
import { animationFrames } from './run.ts';

/** As reliability.md has it, word for word. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; " +
  "worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Offers ipcRenderer.invoke to a page, as a compromised one would have it. */
const probePreload = `
  const { contextBridge, ipcRenderer } = require('electron');
  contextBridge.exposeInMainWorld('probe', (channel, ...payloads) =>
    ipcRenderer.invoke(channel, ...payloads).then((answer) => ({ answer }), (error) => ({ error: error.message })));
`;
type Probe = (channel: string, ...payloads: unknown[]) => Promise<{ answer?: unknown; error?: string }>;

let lab: LaunchedLab;
let folder: string;
/** Stands for all that is outside: counts who gets through to it. */
let outside: Server;
let outsideAddress: string;
let visits = 0;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'convolens-security-'));
  outside = createServer((_request, response) => {
    visits += 1;
    response.setHeader('Access-Control-Allow-Origin', '*').end('outside');
  }).listen(0, '127.0.0.1');
  await once(outside, 'listening');
  outsideAddress = `http://127.0.0.1:${String((outside.address() as AddressInfo).port)}/`;
  lab = await launchLab({ env: { SECRET_TOKEN: 'not for the worker', NODE_OPTIONS: '' } });
});

test.afterAll(async () => {
  await lab.close();
  outside.close();
  rmSync(folder, { recursive: true, force: true });
});

// First, before the tests below break it on purpose.
test('the page itself breaks no content policy', async () => {
  // Again, because what it did before the first launch handed it over was not heard.
  await lab.page.reload();
  await ready(lab.page);
  expect(lab.complaints.filter((complaint) => complaint.includes('Content Security Policy'))).toEqual([]);
});

test('the window is sandboxed and isolated, and every way to Node in it is closed', async () => {
  const preferences = await lab.app.evaluate(({ BrowserWindow }) => {
    // Not in Electron's types, though its own documentation on security names it.
    type Contents = { getLastWebPreferences(): Record<string, unknown> };
    return (BrowserWindow.getAllWindows()[0]?.webContents as unknown as Contents).getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    webSecurity: true,
    allowRunningInsecureContent: false,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    experimentalFeatures: false,
  });
  // These are told only when they are on.
  for (const name of ['nodeIntegrationInWorker', 'plugins', 'navigateOnDragDrop']) {
    expect(preferences[name] || false, name).toBe(false);
  }
  expect(await lab.app.evaluate(({ session }) => session.defaultSession.isSpellCheckerEnabled())).toBe(false);
});

test('the page has no require, process, module, Buffer or global', async () => {
  const found = await lab.page.evaluate(() =>
    ['require', 'process', 'module', 'exports', 'Buffer', 'global', '__dirname'].filter((name) => name in globalThis),
  );
  expect(found).toEqual([]);
});

test('the preload exposes exactly the functions of the contract', async () => {
  const exposed = await lab.page.evaluate(() =>
    Object.entries(window.convolens).map(([name, value]) => `${name}: ${typeof value}`),
  );
  expect(exposed.sort()).toEqual(
    [
      'onMenu: function',
      'onRepairProgress: function',
      'allowCamera: function',
      'onWorkerExit: function',
      'preferences: function',
      'repairDataset: function',
      'saveFile: function',
      'savePreferences: function',
      'showSavedFile: function',
      'startWorker: function',
    ].sort(),
  );
});

test('the page is served from app://, never from file://', async () => {
  expect(new URL(lab.page.url()).href).toBe('app://convolens/index.html');
  expect(await lab.page.evaluate(() => [location.origin, isSecureContext])).toEqual(['app://convolens', true]);
});

for (const [what, path, status] of [
  ['the page', '/index.html', 200],
  ['the start address', '/', 200],
  ['what does not exist', '/nothing-here.js', 404],
] as const) {
  test(`${what} is answered with ${String(status)}, the content policy and nosniff`, async () => {
    const answer = await lab.page.evaluate(async (address) => {
      const response = await fetch(address);
      const header = (name: string): string | null => response.headers.get(name);
      return {
        status: response.status,
        csp: header('Content-Security-Policy'),
        nosniff: header('X-Content-Type-Options'),
      };
    }, path);
    expect(answer).toEqual({ status, csp: policy, nosniff: 'nosniff' });
  });
}

test('only GET is answered', async () => {
  expect(await lab.page.evaluate(async () => (await fetch('/index.html', { method: 'POST' })).status)).toBe(405);
});

for (const path of [
  'app://convolens/../package.json',
  'app://convolens/../../package.json',
  'app://convolens/..%2fpackage.json',
  'app://convolens/..%2f..%2fpackage.json',
  'app://convolens/%2e%2e%2f%2e%2e%2fpackage.json',
  'app://convolens/assets/..%2f..%2f..%2fpackage.json',
  'app://convolens/..%5c..%5cpackage.json',
  'app://convolens/index.html%00.png',
]) {
  test(`${path} leads out of nothing`, async () => {
    const status = await lab.page.evaluate(async (address) => (await fetch(address)).status, path);
    expect(status).toBe(404);
  });
}

test('another host of the scheme is not reachable', async () => {
  const reached = await lab.page.evaluate(() =>
    fetch('app://elsewhere/index.html').then(
      () => true,
      () => false,
    ),
  );
  expect(reached).toBe(false);
});

test('an inline script does not run', async () => {
  const ran = await lab.page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.head.append(script);
    await new Promise((resolve) => setTimeout(resolve, 100));
    script.remove();
    return 'inlineRan' in window;
  });
  expect(ran).toBe(false);
});

test('neither eval nor a compiled WebAssembly module runs', async () => {
  // From a timer: code that the test itself evaluates is exempt from the policy.
  const outcome = await lab.page.evaluate(
    () =>
      new Promise((resolve) => {
        setTimeout(() => {
          const attempts = [
            () => eval('1') as unknown,
            // eslint-disable-next-line @typescript-eslint/no-implied-eval -- that it throws is what is tested
            () => new Function('return 1'),
            () => new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])),
          ];
          resolve(
            attempts.map((attempt) => {
              try {
                return `ran: ${String(attempt())}`;
              } catch (error) {
                return (error as Error).name;
              }
            }),
          );
        }, 0);
      }),
  );
  expect(outcome).toEqual(['EvalError', 'EvalError', 'CompileError']);
});

test('no frame, not even of our own page, can be put into the page', async () => {
  const loaded = await lab.page.evaluate(async () => {
    const frame = document.createElement('iframe');
    frame.src = '/index.html';
    document.body.append(frame);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const reached = frame.contentDocument?.querySelector('#app') instanceof Element;
    frame.remove();
    return reached;
  });
  expect(loaded).toBe(false);
});

test('the page reaches no other address', async () => {
  visits = 0;
  const reached = await lab.page.evaluate(async (address) => {
    const image = new Image();
    const drawn = new Promise<string>((resolve) => {
      image.onload = () => resolve('image');
      image.onerror = () => resolve('');
    });
    image.src = address;
    const fetched = fetch(address).then(
      () => 'fetch',
      () => '',
    );
    const socket = new Promise<string>((resolve) => {
      try {
        const opened = new WebSocket(address.replace('http', 'ws'));
        opened.onopen = () => resolve('socket');
        opened.onerror = () => resolve('');
      } catch {
        resolve('');
      }
    });
    navigator.sendBeacon(address, 'x');
    return (await Promise.all([drawn, fetched, socket])).filter(Boolean);
  }, outsideAddress);
  expect(reached).toEqual([]);
  await animationFrames(lab.page, 20);
  expect(visits).toBe(0);
});

test('where no content policy stands in the way, the request filter does', async () => {
  visits = 0;
  const outcomes = await lab.app.evaluate(
    async ({ BrowserWindow, session }, addresses) => {
      const window = new BrowserWindow({ show: false });
      const answers: string[] = [];
      for (const address of addresses) {
        answers.push(
          await window.loadURL(address).then(
            () => 'loaded',
            (error: unknown) => (error as Error).message,
          ),
        );
      }
      window.destroy();
      answers.push(
        await session.defaultSession.fetch(addresses[0] ?? '').then(
          () => 'fetched',
          (error: unknown) => (error as Error).message,
        ),
      );
      return answers;
    },
    [outsideAddress, 'file:///etc/hostname', 'data:text/html,x'],
  );
  for (const outcome of outcomes) expect(outcome).toContain('ERR_BLOCKED_BY_CLIENT');
  expect(visits).toBe(0);
});

test('from start to end the app looks up no name and opens no connection', async () => {
  const log = join(folder, 'net-log.json');
  const offline = await launchLab({ switches: [`--log-net-log=${log}`] });
  // A dictionary that Chromium wants by itself is asked for within the first second.
  await animationFrames(offline.page, 180);
  await offline.close();
  type NetLog = { constants: { logEventTypes: Record<string, number> }; events: { type: number }[] };
  const { constants, events } = JSON.parse(readFileSync(log, 'utf8')) as NetLog;
  const seen = new Set(events.map(({ type }) => type));
  const names = Object.entries(constants.logEventTypes).flatMap(([name, type]) => (seen.has(type) ? [name] : []));
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => /^(HOST_RESOLVER|DNS_TRANSACTION|TCP_|UDP_|URL_REQUEST_START)/.test(name))).toEqual([]);
});

test('the page opens no window', async () => {
  const opened = await lab.page.evaluate((address) => {
    const link = Object.assign(document.createElement('a'), { href: address, target: '_blank' });
    document.body.append(link);
    link.click();
    link.remove();
    return [window.open(address), window.open('/index.html')].map((other) => other !== null);
  }, outsideAddress);
  expect(opened).toEqual([false, false]);
  expect(await lab.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('the page navigates nowhere', async () => {
  visits = 0;
  const before = lab.page.url();
  for (const target of [outsideAddress, 'file:///etc/hostname', 'app://convolens/other.html', 'data:text/html,x']) {
    await lab.page.evaluate((address) => {
      const link = Object.assign(document.createElement('a'), { href: address });
      document.body.append(link);
      link.click();
      link.remove();
      location.assign(address);
    }, target);
    await animationFrames(lab.page, 10);
    expect(lab.page.url()).toBe(before);
  }
  expect(visits).toBe(0);
});

test('a <webview> is an unknown element like any other', async () => {
  expect(await lab.page.evaluate(() => document.createElement('webview').constructor.name)).toBe('HTMLElement');
});

test('every permission is denied', async () => {
  const answers = await lab.page.evaluate(async () => {
    const settled = (promise: Promise<unknown>): Promise<string> =>
      promise.then(
        () => 'granted',
        (error: unknown) => (error as Error).name,
      );
    const stateOf = async (name: string): Promise<string> =>
      (await navigator.permissions.query({ name: name as PermissionName })).state;
    return {
      camera: await settled(navigator.mediaDevices.getUserMedia({ video: true })),
      microphone: await settled(navigator.mediaDevices.getUserMedia({ audio: true })),
      screen: await settled(navigator.mediaDevices.getDisplayMedia()),
      clipboard: await settled(navigator.clipboard.readText()),
      location: await new Promise((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          (error) => resolve(error.code === error.PERMISSION_DENIED ? 'denied' : `error ${String(error.code)}`),
        );
      }),
      notifications: await Notification.requestPermission(),
      midi: await settled(navigator.requestMIDIAccess()),
      states: await Promise.all(
        ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read'].map(stateOf),
      ),
    };
  });
  expect(answers).not.toHaveProperty('camera', 'granted');
  expect(answers).not.toHaveProperty('microphone', 'granted');
  expect(answers).not.toHaveProperty('screen', 'granted');
  expect(answers).not.toHaveProperty('midi', 'granted');
  expect(answers).toMatchObject({ clipboard: 'NotAllowedError', location: 'denied', notifications: 'denied' });
  expect(answers.states).toEqual(Array.from({ length: 5 }, () => 'denied'));
});

test('the page may put things on the clipboard, as its user copies them, and never read it', async () => {
  const answers = await lab.page.evaluate(async () => {
    const stateOf = async (name: string): Promise<string> =>
      (await navigator.permissions.query({ name: name as PermissionName })).state;
    return [await stateOf('clipboard-write'), await stateOf('clipboard-read')];
  });
  expect(answers).toEqual(['granted', 'denied']);
});

test('a file of an unknown kind, without bytes, or with a name too long is not even asked for', async () => {
  await lab.app.evaluate(({ dialog }) => {
    const asked: unknown[] = [];
    Object.assign(globalThis, { dialogsAsked: asked });
    dialog.showSaveDialog = (...call: unknown[]) => {
      asked.push(call);
      return Promise.resolve({ canceled: true, filePath: '' });
    };
  });
  const answers = await lab.page.evaluate(async () => {
    const bridge = window.convolens as { saveFile(name: unknown, bytes: unknown): Promise<unknown> };
    const bytes = new Uint8Array(4);
    const attempts: [unknown, unknown][] = [
      ['.bashrc', bytes],
      ['figure.desktop', bytes],
      ['figure.png.sh', bytes],
      ['figure', bytes],
      [`${'a'.repeat(117)}.png`, bytes],
      ['figure.png', 'text'],
      ['figure.png', [1, 2, 3]],
      ['figure.png', undefined],
      [undefined, bytes],
    ];
    return await Promise.all(
      attempts.map(([name, contents]) =>
        bridge.saveFile(name, contents).then(
          () => 'taken',
          (error: unknown) => (error as Error).message,
        ),
      ),
    );
  });
  for (const answer of answers) expect(answer).not.toBe('taken');
  const asked = await lab.app.evaluate(() => (globalThis as unknown as { dialogsAsked: unknown[] }).dialogsAsked);
  expect(asked).toEqual([]);
});

test('a payload that does not fit is refused and changes nothing', async () => {
  const outcome = await lab.page.evaluate(async () => {
    const bridge = window.convolens as unknown as Record<string, (payload?: unknown) => Promise<unknown>>;
    const before = JSON.stringify(await bridge['preferences']?.());
    const attempts: [string, unknown][] = [
      ['savePreferences', { locale: 'xx', theme: 'dark' }],
      ['savePreferences', { locale: 'he' }],
      ['savePreferences', null],
      ['savePreferences', undefined],
      ['repairDataset', '../mnist'],
      ['repairDataset', ['mnist']],
      ['allowCamera', 'yes'],
      ['allowCamera', undefined],
    ];
    const answers = await Promise.all(
      attempts.map(async ([name, payload]) => {
        try {
          await bridge[name]?.(payload);
          return 'taken';
        } catch (error) {
          return (error as Error).message;
        }
      }),
    );
    return { answers, unchanged: before === JSON.stringify(await bridge['preferences']?.()) };
  });
  for (const answer of outcome.answers) expect(answer).toContain('something it cannot take');
  expect(outcome.unchanged).toBe(true);
});

test('an unknown channel is answered by nobody, and a known one only to our own page', async () => {
  const preload = join(folder, 'probe.cjs');
  writeFileSync(preload, probePreload);

  const elsewhere = await lab.app.evaluate(async ({ BrowserWindow }, path) => {
    const window = new BrowserWindow({ show: false, webPreferences: { preload: path } });
    await window.loadURL('app://convolens/nothing-here');
    const ask = async (channel: string): Promise<unknown> =>
      await window.webContents.executeJavaScript(`probe(${JSON.stringify(channel)})`);
    const answers = [await ask('preferences'), await ask('start-worker')];
    window.destroy();
    return answers;
  }, preload);
  for (const answer of elsewhere) expect(answer).toMatchObject({ error: expect.stringContaining('own window only') });

  await lab.app.evaluate(({ BrowserWindow, session }, path) => {
    session.defaultSession.setPreloads([path]);
    BrowserWindow.getAllWindows()[0]?.webContents.reload();
  }, preload);
  await lab.page.waitForFunction(() => 'probe' in window);
  await ready(lab.page);
  const here = await lab.page.evaluate(async () => {
    const { probe } = window as unknown as { probe: Probe };
    return {
      known: await probe('preferences'),
      unknown: await probe('read-file', '/etc/hostname'),
      tooMuch: await probe('preferences', undefined, 'more'),
    };
  });
  await lab.app.evaluate(({ session }) => session.defaultSession.setPreloads([]));
  expect(here.known.answer).toEqual({ locale: 'en', theme: 'system', screen: 'network' });
  expect(here.unknown.error).toContain('No handler registered');
  expect(here.tooMuch.error).toContain('something it cannot take');
});

test('the worker is given no more of the environment than it needs', async () => {
  test.skip(process.platform !== 'linux', 'Reads /proc.');
  const [pid] = await workerPids(lab.app);
  const environment = readFileSync(`/proc/${String(pid)}/environ`, 'utf8')
    .split('\0')
    .map((entry) => entry.split('=')[0]);
  expect(environment).toContain('PATH');
  expect(environment).not.toContain('SECRET_TOKEN');
  expect(environment).not.toContain('DISPLAY');
});

test('a second instance hands over to the first and ends', async () => {
  const asked = lab.app.evaluate(
    ({ app }) => new Promise((resolve) => app.once('second-instance', () => resolve(true))),
  );
  const second = spawn(electronPath, launchArguments(lab.profile), { stdio: 'ignore' });
  const [code] = (await once(second, 'exit')) as [number];
  expect(code).toBe(0);
  expect(await asked).toBe(true);
  expect(await lab.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});
