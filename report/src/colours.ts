// SPDX-License-Identifier: MIT
import { interpolateCividis, interpolateViridis } from "d3-scale-chromatic";

export type Rgb = [number, number, number];
export type PaletteName = "viridis" | "cividis";

const interpolators = { viridis: interpolateViridis, cividis: interpolateCividis };

function rgbOf(text: string): Rgb {
  if (text.startsWith("#")) return [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16)) as Rgb;
  return text.match(/\d+/g)!.slice(0, 3).map(Number) as Rgb;
}

/** 256 colours of a palette. */
export function palette(name: PaletteName): Rgb[] {
  return Array.from({ length: 256 }, (_, i) => rgbOf(interpolators[name](i / 255)));
}

/** What a pixel's status is called, and its colour: told apart with any colour vision, and by brightness. */
export const statusKinds = [
  { name: "good", colour: "#0072b2" },
  { name: "bad", colour: "#e69f00" },
  { name: "not found", colour: "#d55e00" },
  { name: "cut", colour: "#3a3a3a" },
  { name: "masked", colour: "#b8b8b8" },
] as const;
export const statusColours: Rgb[] = statusKinds.map(({ colour }) => rgbOf(colour));

/** What figures are drawn in. */
export interface Theme { dark: boolean; ink: string; soft: string; line: string; data: string; fit: string; other: string; paper: string }
export const lightTheme: Theme = {
  dark: false, ink: "#1c2430", soft: "#56606e", line: "#d5dae1", data: "#0b5d94", fit: "#b34700", other: "#00785a", paper: "#ffffff",
};
export const darkTheme: Theme = {
  dark: true, ink: "#e6eaf0", soft: "#a3adba", line: "#3b4554", data: "#6bb7ec", fit: "#ff9a57", other: "#4fd0a5", paper: "#171c24",
};

const darkWanted = () => window.matchMedia("(prefers-color-scheme: dark)");
let printing = false;
let chosen: "auto" | "light" | "dark" = "auto";

export function theme(): Theme {
  if (printing) return lightTheme;
  return chosen === "dark" || (chosen === "auto" && darkWanted().matches) ? darkTheme : lightTheme;
}

export function chooseTheme(value: typeof chosen): void {
  chosen = value;
  document.documentElement.dataset.theme = value;
  window.dispatchEvent(new Event("themechange"));
}

/** Calls back whenever colours are others: the system's setting, the reader's choice, printing. */
export function onThemeChange(redraw: () => void): void {
  darkWanted().addEventListener("change", redraw);
  window.addEventListener("themechange", redraw);
  window.addEventListener("beforeprint", () => { printing = true; redraw(); });
  window.addEventListener("afterprint", () => { printing = false; redraw(); });
}
