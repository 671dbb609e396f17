// SPDX-License-Identifier: MIT
// A figure on the page: title, drawing that follows width and theme, downloads.
import { onThemeChange, theme } from "./colours";
import { h } from "./dom";
import { downloads, type Drawing } from "./download";

export class Figure {
  readonly element: HTMLElement;
  private readonly place = h("div", { class: "drawing" });
  private readonly caption = h("h3");
  private readonly tools = h("span", { class: "tools" });
  private current: Drawing | null = null;
  private width = 0;

  /** `below`: whatever else belongs to it. */
  constructor(title: string, ...below: Node[]) {
    this.caption.textContent = title;
    this.element = h("figure", { class: "card" },
      h("div", { class: "head" }, this.caption, this.tools), this.place, ...below);
    new ResizeObserver(() => {
      const width = Math.floor(this.place.clientWidth);
      if (width === this.width) return;
      this.width = width;
      this.redraw();
    }).observe(this.place);
    onThemeChange(() => this.redraw());
  }

  set title(text: string) {
    this.caption.textContent = text;
  }

  show(drawing: Drawing): void {
    if (this.current === null) this.tools.append(downloads(this.caption.textContent ?? "", () => this.current!));
    this.current = drawing;
    this.redraw();
  }

  /** Puts controls before the downloads. */
  addTools(...controls: Node[]): void {
    this.tools.prepend(...controls);
  }

  /** What lies over the drawing, such as a brush. */
  get drawn(): HTMLElement {
    return this.place;
  }

  onDrawn: ((svg: SVGSVGElement) => void) | null = null;

  private redraw(): void {
    if (!this.current || this.width < 50) return;
    const svg = this.current.draw(theme(), Math.min(this.width, 1000));
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", this.caption.textContent ?? "");
    this.place.replaceChildren(svg);
    this.onDrawn?.(svg);
  }
}
