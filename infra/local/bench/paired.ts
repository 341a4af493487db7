export type Interval = { low: number; middle: number; high: number };

/**
 * Where the middle of differences lies (Hodges and Lehmann), and between what with Wilcoxon's signed ranks: some that
 * are far off move neither.
 *
 * @param deviations of the normal distribution that stand for how certain that is: 2.58 for 99 %.
 */
export function middleOf(differences: number[], deviations: number): Interval {
  const n = differences.length;
  const means = Float64Array.from(
    differences.flatMap((one, at) => differences.slice(at).map((other) => (one + other) / 2)),
  ).sort();
  const last = means.length - 1;
  const off = deviations * Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24);
  const at = (rank: number) => means[Math.min(last, Math.max(0, Math.round(rank)))] ?? Number.NaN;
  return { low: at(last / 2 - off), middle: at(last / 2), high: at(last / 2 + off) };
}
