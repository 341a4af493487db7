import { expect, test } from "vitest";
import { middleOf } from "./paired";

const VALUES = [4.7, 4.8, 4.9, 5, 5, 5.1, 5.2, 5.3];

test("the middle is where most differences are, whatever a few are", () => {
  expect(middleOf(VALUES, 2.58).middle).toBeCloseTo(5);
  expect(middleOf([...VALUES, 900], 2.58).middle).toBeCloseTo(5, 0);
});

test("it is known the better the more there are, and the worse the more certain one is to be", () => {
  const width = (values: number[], deviations: number) => {
    const { low, middle, high } = middleOf(values, deviations);
    expect(low).toBeLessThanOrEqual(middle);
    expect(high).toBeGreaterThanOrEqual(middle);
    return high - low;
  };
  const many = Array.from({ length: 8 }, () => VALUES).flat();
  expect(width(many, 2.58)).toBeLessThan(width(VALUES, 2.58) / 2);
  expect(width(many, 3.29)).toBeGreaterThan(width(many, 2.58));
});

/** Hollander, Wolfe and Chicken, Nonparametric Statistical Methods, example 3.1: depression scores before and after. */
test("it is what a textbook has", () => {
  const differences = [-0.952, 0.147, -1.022, -0.43, -0.62, -0.59, -0.49, 0.08, -0.01];
  expect(middleOf(differences, 1.96).middle).toBeCloseTo(-0.46, 2);
});
