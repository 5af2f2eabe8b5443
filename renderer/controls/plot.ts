import uPlot from 'uplot';

/** A chart that fills its host. */
export type Plot = {
  setData(data: uPlot.AlignedData): void;
  /** Reads the theme's colours again. */
  recolour(): void;
  destroy(): void;
};

/** Reads a colour of the theme: one that tokens.css registers as a colour, or it comes back unresolved. */
export function themeColour(host: HTMLElement, token: string): string {
  return getComputedStyle(host).getPropertyValue(token);
}

/** What all our axes have in common. */
export function plainAxis(host: HTMLElement): uPlot.Axis {
  return {
    stroke: () => themeColour(host, '--curve-ink'),
    font: '11px "IBM Plex Mono"',
    grid: { stroke: () => themeColour(host, '--curve-grid'), width: 1 },
    ticks: { show: false },
    gap: 4,
  };
}

/** A chart without legend and cursor that fills `host` and follows its size. */
export function createPlot(host: HTMLElement, options: Omit<uPlot.Options, 'width' | 'height'>): Plot {
  const empty: uPlot.AlignedData = [[], ...options.series.slice(1).map(() => [])];
  const plot = new uPlot(
    { width: 100, height: 60, legend: { show: false }, cursor: { show: false }, padding: [6, 8, 0, 0], ...options },
    empty,
    host,
  );
  let isShown = true;
  /** What came while the chart was not to be seen. */
  let waiting: uPlot.AlignedData | null = null;
  const observer = new ResizeObserver(([entry]) => {
    const { width, height } = entry!.contentRect;
    isShown = width > 0 && height > 0;
    if (!isShown) return;
    plot.setSize({ width, height });
    if (waiting) plot.setData(waiting);
    waiting = null;
  });
  observer.observe(host);
  return {
    setData(data) {
      if (isShown) plot.setData(data);
      else waiting = data;
    },
    recolour: () => plot.redraw(false),
    destroy() {
      observer.disconnect();
      plot.destroy();
    },
  };
}
