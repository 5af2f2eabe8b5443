import { app } from 'electron';

/**
 * No page goes anywhere: navigation, redirects, new windows and webviews are refused, for every web contents the app ever makes.
 */
export function confineWebContents(): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    // WebRTC would find its way past the request filter with UDP.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  });
}
