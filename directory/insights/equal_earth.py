"""Where places of the world stand on its maps: the Equal Earth projection.

Equal areas stay equal, which a map of how many cities of each region belong somewhere must keep.
The formula is that of B. Šavrič, T. Patterson and B. Jenny, "The Equal Earth map projection",
International Journal of Geographical Information Science 33 (2019), 454–465,
https://doi.org/10.1080/13658816.2018.1504949. With latitude φ and longitude λ in radians:

    sin θ = √3/2 · sin φ
    x = 2√3 λ cos θ / (3 (9 A4 θ⁸ + 7 A3 θ⁶ + 3 A2 θ² + A1))
    y = θ (A4 θ⁸ + A3 θ⁶ + A2 θ² + A1)

The drawing is ``WIDTH`` by ``HEIGHT`` units, its first corner at the upper left.
"""

import math

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
HALF_ROOT = math.sqrt(3) / 2

WIDTH, HEIGHT = 2000, 974


def equal_earth(latitude: float, longitude: float) -> tuple[float, float]:
    """Return x and y on a globe of radius 1, from degrees; y grows to the north."""
    theta = math.asin(HALF_ROOT * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square * square * square
    slope = 9 * A4 * sixth * square + 7 * A3 * sixth + 3 * A2 * square + A1
    x = math.radians(longitude) * math.cos(theta) / (HALF_ROOT * slope)
    y = theta * (A4 * sixth * square + A3 * sixth + A2 * square + A1)
    return x, y


def on_map(latitude: float, longitude: float) -> tuple[float, float]:
    """Return x and y in units of the drawing; y grows to the south."""
    x, y = equal_earth(latitude, longitude)
    return WIDTH / 2 + x * SCALE, HEIGHT / 2 - y * SCALE


# The whole equator is as wide as the drawing.
SCALE = WIDTH / 2 / equal_earth(0, 180)[0]
