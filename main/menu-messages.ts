import type { Locale } from '../shared/contract.ts';

/** The native menu's own strings: the catalogues of the renderer are built for the page and are not reachable from main. */
export type MenuMessages = Readonly<
  Record<
    | 'file'
    | 'quit'
    | 'run'
    | 'train'
    | 'pause'
    | 'step'
    | 'stop'
    | 'view'
    | 'network'
    | 'bench'
    | 'zoomIn'
    | 'zoomOut'
    | 'resetZoom'
    | 'fullScreen'
    | 'language'
    | 'reload'
    | 'developerTools'
    | 'help'
    | 'shortcuts'
    | 'about',
    string
  >
>;

export const menuMessages: Readonly<Record<Locale, MenuMessages>> = {
  en: {
    file: '&File',
    quit: 'Quit Convolens',
    run: '&Run',
    train: 'Train',
    pause: 'Pause',
    step: 'One Step',
    stop: 'Stop',
    view: '&View',
    network: 'Network',
    bench: 'Bench',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    resetZoom: 'Actual Size',
    fullScreen: 'Full Screen',
    language: 'Language',
    reload: 'Reload',
    developerTools: 'Developer Tools',
    help: '&Help',
    shortcuts: 'Keyboard Shortcuts',
    about: 'About Convolens',
  },
  he: {
    file: 'קובץ',
    quit: 'יציאה מ־Convolens',
    run: 'הרצה',
    train: 'אימון',
    pause: 'השהיה',
    step: 'צעד אחד',
    stop: 'עצירה',
    view: 'תצוגה',
    network: 'רשת',
    bench: 'שולחן ניסויים',
    zoomIn: 'הגדלה',
    zoomOut: 'הקטנה',
    resetZoom: 'גודל רגיל',
    fullScreen: 'מסך מלא',
    language: 'שפה',
    reload: 'טעינה מחדש',
    developerTools: 'כלי פיתוח',
    help: 'עזרה',
    shortcuts: 'קיצורי מקלדת',
    about: 'אודות Convolens',
  },
};

/** Each language in its own words, so that whoever needs it can read it. */
export const languageNames: Readonly<Record<Locale, string>> = { en: 'English', he: 'עברית' };
