// Facts about the layout of the page that it is evaluated in, for test_layout.py: a function of what
// to look for, so that nothing stays behind in the page.
(what) => {
  const TARGETS = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const FOCUSABLE = `${TARGETS}, [tabindex]`;
  const LEAST = 24;
  const isRightToLeft = getComputedStyle(document.body).direction === "rtl";

  const isShown = (element) => {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    // What is only read aloud stands on one pixel.
    return !element.closest(".visually-hidden:not(:focus)");
  };
  const named = (element) => {
    const text = (element.innerText || element.value || element.id || "").trim().slice(0, 40);
    return `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") || ""}"> ${text}`;
  };

  // A rectangle without what boxes that scroll or cut off do not show of it; null where none is left.
  const seen = (rectangle, element) => {
    let { left, top, right, bottom } = rectangle;
    for (let box = element; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      if (style.display === "inline") continue;
      const around = box.getBoundingClientRect();
      left = Math.max(left, around.left);
      top = Math.max(top, around.top);
      right = Math.min(right, around.right);
      bottom = Math.min(bottom, around.bottom);
    }
    return right > left && bottom > top ? { left, top, right, bottom } : null;
  };

  const overflow = () => {
    const limit = document.documentElement.clientWidth;
    const width = document.scrollingElement.scrollWidth;
    return width > limit ? [`${width} px wide on ${limit} px`] : [];
  };

  // The lines of all texts, and the controls, each with its owner and the room that is its own.
  const things = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walker.nextNode()) {
      const owner = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || owner.closest("select, script, textarea")) continue;
      if (!isShown(owner)) continue;
      range.selectNodeContents(walker.currentNode);
      for (const line of range.getClientRects()) {
        const part = seen(line, owner);
        // Letters reach less far than the boxes of their font.
        const spare = 0.22 * (line.bottom - line.top);
        if (part) found.push({ owner, ...part, top: part.top + spare, bottom: part.bottom - spare });
      }
    }
    for (const owner of document.querySelectorAll("button, input:not([type=hidden]), select, textarea")) {
      const part = isShown(owner) && seen(owner.getBoundingClientRect(), owner);
      if (part) found.push({ owner, ...part, isControl: true });
    }
    return found.sort((one, other) => one.top - other.top);
  };
  const overlaps = () => {
    const found = [];
    const all = things();
    all.forEach((one, index) => {
      for (const other of all.slice(index + 1)) {
        if (other.top >= one.bottom - 1) break;
        const shared = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        if (shared <= 1.5) continue;
        const isSame = one.owner === other.owner;
        const isInside =
          (one.isControl && one.owner.contains(other.owner)) ||
          (other.isControl && other.owner.contains(one.owner));
        if (!isSame && !isInside) found.push(`${named(one.owner)} / ${named(other.owner)}`);
      }
    });
    return found;
  };

  // WCAG 2.2, 2.5.8: 24 by 24 px, but for links in a line of text, and for those with room around them.
  const targets = () =>
    [...document.querySelectorAll(TARGETS)].filter(isShown).flatMap((element) => {
      const boxes = [element, ...(element.labels || [])].map((each) => each.getBoundingClientRect());
      const part = seen(
        {
          left: Math.min(...boxes.map((box) => box.left)),
          top: Math.min(...boxes.map((box) => box.top)),
          right: Math.max(...boxes.map((box) => box.right)),
          bottom: Math.max(...boxes.map((box) => box.bottom)),
        },
        element,
      );
      return part ? [{ element, ...part }] : [];
    });
  const isInText = (element) => {
    if (getComputedStyle(element).display !== "inline") return false;
    let block = element.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    const said = [...block.querySelectorAll(TARGETS)].map((each) => each.textContent).join("");
    return block.textContent.replace(/\s/g, "").length > said.replace(/\s/g, "").length;
  };
  const isSmall = (target) =>
    target.right - target.left < LEAST - 0.1 || target.bottom - target.top < LEAST - 0.1;
  const distance = (x, y, box) =>
    Math.hypot(
      Math.max(box.left - x, 0, x - box.right),
      Math.max(box.top - y, 0, y - box.bottom),
    );
  const smallTargets = () => {
    const all = targets();
    const middle = (target) => [(target.left + target.right) / 2, (target.top + target.bottom) / 2];
    return all
      .filter((target) => isSmall(target) && !isInText(target.element))
      .filter((target) => {
        const [x, y] = middle(target);
        return all.some((other) => {
          if (other === target || other.element.contains(target.element)) return false;
          if (distance(x, y, other) < LEAST / 2 - 0.1) return true;
          const [otherX, otherY] = middle(other);
          return isSmall(other) && Math.hypot(x - otherX, y - otherY) < LEAST - 0.1;
        });
      })
      .map(({ element, left, top, right, bottom }) =>
        `${named(element)}: ${(right - left).toFixed(1)} x ${(bottom - top).toFixed(1)}`);
  };

  const focusable = () =>
    [...document.querySelectorAll(FOCUSABLE)].filter(
      (element) => element.tabIndex >= 0 && !element.disabled &&
        element.checkVisibility({ visibilityProperty: true }),
    );
  // Within each box, what comes later stands below or further on, as one reads.
  const jumps = () => {
    const found = [];
    const boxes = new Map();
    for (const element of focusable()) {
      if (!isShown(element)) continue;
      let child = element;
      while (child !== document.body) {
        const parent = child.parentElement;
        if (!boxes.has(parent)) boxes.set(parent, new Set());
        boxes.get(parent).add(child);
        child = parent;
      }
    }
    for (const children of boxes.values()) {
      const inOrder = [...children];
      inOrder.slice(1).forEach((later, index) => {
        const [one, other] = [inOrder[index], later].map((each) => each.getBoundingClientRect());
        const isFurther = isRightToLeft ? other.right <= one.left + 1 : other.left >= one.right - 1;
        const isBefore = isRightToLeft ? other.left >= one.right - 1 : other.right <= one.left + 1;
        const isAbove = other.bottom <= one.top + 1;
        const isInRow = other.top < one.bottom - 1 && one.top < other.bottom - 1;
        if ((isAbove && !isFurther) || (isInRow && isBefore))
          found.push(`${named(later)} stands before ${named(inOrder[index])}`);
      });
    }
    return found;
  };

  const places = () =>
    [...document.querySelectorAll("body *")]
      .map((element) => element.getBoundingClientRect())
      .map(({ left, top, right, bottom }) => [left, top, right, bottom].map(Math.round).join())
      .join(";");

  const withoutFocusRing = () => {
    const found = [];
    const before = document.activeElement;
    for (const element of focusable()) {
      element.focus({ focusVisible: true, preventScroll: true });
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
      const isThere = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && !/ 0\)$/.test(outlineColor);
      const [box] = element.getClientRects();
      if (document.activeElement !== element || !isThere || !box || box.width < 2)
        found.push(`${named(element)}: ${outlineStyle} ${outlineWidth} ${outlineColor}`);
    }
    before.focus({ preventScroll: true });
    document.activeElement.blur();
    return found;
  };

  const facts = {
    layout: () => ({ overflow: overflow(), overlaps: overlaps(), small: smallTargets(), jumps: jumps() }),
    places,
    withoutFocusRing,
    tabbable: () => focusable().map((element, place) => {
      element.dataset.place = place;
      return element.tabIndex;
    }),
    focused: () => Number(document.activeElement.dataset.place ?? -1),
  };
  return facts[what]();
}
