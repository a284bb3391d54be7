/** A line of a picture: how much of its values lie above, or up to, each threshold. */
export interface Curve {
  readonly name: string;
  readonly values: readonly number[];
  /** Rejected: above the threshold. Accepted: up to it. */
  readonly counts: 'rejected' | 'accepted';
  readonly color: string;
}

export interface Panel {
  readonly title: string;
  readonly curves: readonly Curve[];
  /** Where HARMONI draws its lines. */
  readonly thresholds: readonly { readonly name: string; readonly at: number }[];
}

const panel = { width: 440, height: 300, left: 56, top: 44, gap: 64 };
/** The lowest share that is shown; the scale is logarithmic. */
const least = 0.0001;
const most = 0.5;
const steps = 200;
const lineHeight = 18;

/** The panels side by side, with one legend below, as an SVG. Pure. */
export function drawCurves(panels: readonly Panel[]): string {
  const names = panels[0]?.curves ?? [];
  const width = panel.left + panels.length * (panel.width + panel.gap);
  const legendTop = panel.top + panel.height + 56;
  const height = legendTop + Math.ceil(names.length / 2) * lineHeight + 12;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...panels.flatMap((one, index) => drawPanel(one, panel.left + index * (panel.width + panel.gap))),
    ...names.map(({ name, color, counts }, index) => {
      const x = panel.left + (index % 2) * (panel.width + panel.gap);
      const y = legendTop + Math.floor(index / 2) * lineHeight;
      return `<path d="M${x} ${y}h24" stroke="${color}" stroke-width="2"${dashOf(counts)}/>${text(x + 32, y + 4, name)}`;
    }),
    '</svg>\n',
  ].join('\n');
}

function drawPanel({ title, curves, thresholds }: Panel, left: number): readonly string[] {
  const bottom = panel.top + panel.height;
  const shares = [1, 0.1, 0.01, 0.001, least];
  return [
    text(left, panel.top - 26, title, 'start', 'font-weight="bold"'),
    ...shares.map(
      (share) =>
        `<path d="M${left} ${yOf(share)}h${panel.width}" stroke="#ddd"/>${text(left - 6, yOf(share) + 4, `${share * 100} %`, 'end')}`,
    ),
    ...[0, 0.1, 0.2, 0.3, 0.4, 0.5].map((error) =>
      text(left + xOf(error), bottom + 18, String(error), 'middle'),
    ),
    text(left + panel.width / 2, bottom + 36, 'threshold: share of wrong bits', 'middle'),
    ...thresholds.map(
      ({ name, at }) =>
        `<path d="M${left + xOf(at)} ${panel.top}v${panel.height}" stroke="#888" stroke-dasharray="2 3"/>${text(left + xOf(at), panel.top - 6, name, 'middle')}`,
    ),
    ...curves.map(
      (curve) =>
        `<path d="${pathOf(curve, left)}" fill="none" stroke="${curve.color}" stroke-width="2"${dashOf(curve.counts)}/>`,
    ),
    `<path d="M${left} ${panel.top}v${panel.height}h${panel.width}" fill="none" stroke="#333"/>`,
  ];
}

function pathOf({ values, counts }: Curve, left: number): string {
  const points = Array.from({ length: steps + 1 }, (_, step) => {
    const threshold = (most * step) / steps;
    const accepted = values.filter((value) => value <= threshold).length / values.length;
    return { threshold, share: counts === 'accepted' ? accepted : 1 - accepted };
  });
  // None can't be shown on this scale: the line ends below it.
  return points
    .filter(
      ({ share }, index) =>
        share > 0 || (points[index - 1]?.share ?? 0) > 0 || (points[index + 1]?.share ?? 0) > 0,
    )
    .map(
      ({ threshold, share }, index) =>
        `${index === 0 ? 'M' : 'L'}${(left + xOf(threshold)).toFixed(1)} ${yOf(share).toFixed(1)}`,
    )
    .join('');
}

function xOf(error: number): number {
  return (error / most) * panel.width;
}

function yOf(share: number): number {
  const logarithm = Math.log10(Math.max(least, share));
  return panel.top + (logarithm / Math.log10(least)) * panel.height;
}

function dashOf(counts: Curve['counts']): string {
  return counts === 'accepted' ? '' : ' stroke-dasharray="6 3"';
}

function text(x: number, y: number, words: string, anchor = 'start', more = ''): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" ${more}>${words}</text>`;
}
