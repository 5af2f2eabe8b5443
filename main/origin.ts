/** The scheme and host the page is served from: never file://, whose pages may read each other. */
export const appScheme = 'app';
export const appHost = 'convolens';

/** The only origin that may load anything or call main. */
export const appOrigin = `${appScheme}://${appHost}`;

export const startPage = `${appOrigin}/index.html`;
