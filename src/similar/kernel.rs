//! The arithmetic of a measure: what a token adds, and how much two texts can still share.
//!
//! Sums are integers. What is in `f64` here are the bounds and the score.

/// The threshold that every bound uses: lower than the one asked for by far more than the rounding of a few operations in
/// `f64`, so that no pair is lost to rounding; those let through by it are scored exactly. Roots that nearly coincide would
/// magnify a rounding after the fact, so the slack goes into the threshold and not onto the bounds.
pub(super) fn loose(threshold: f64) -> f64 {
    threshold * (1.0 - 1e-9)
}

/// A measure in terms of *mass* (what a text has), *overlap* (what two share) and *excess*.
///
/// `t` is [`loose`] everywhere. With `X` the mass of text `x`: a pair qualifies when `overlap ≥ need(t, X, Y)`. The overlap over any set of tokens is at
/// most `spare(mass of x there, mass of y there, excess of x, excess of y)`.
pub(super) trait Kernel: Copy + Send + Sync + 'static {
    /// What a token of weight `w` that occurs `n` times adds to the mass of its text.
    fn mass(n: u64, w: u64) -> u64;
    /// What a token adds to the overlap of two texts that hold it `m` and `n` times.
    fn overlap(m: u64, n: u64, w: u64) -> u64;
    /// By how much the overlap of a token can be more than the other text's mass of it.
    fn excess(n: u64, w: u64) -> u64;
    /// The score of two texts. Symmetric, bit for bit.
    fn score(overlap: u64, x: u64, y: u64) -> f64;
    /// The least overlap with which two texts reach the threshold.
    fn need(t: f64, x: f64, y: f64) -> f64;
    /// The most that can be shared by parts of these masses.
    fn spare(x: f64, y: f64, excess_x: f64, excess_y: f64) -> f64;
    /// The least overlap with which two texts reach the threshold is this share of `√(X·Y)` or more. By the inequality of
    /// Cauchy and Schwarz the overlap over any set of tokens is at most `√(mass of x there · mass of y there)`.
    fn near(t: f64) -> f64;
    /// Share of its mass that a text must have left at the first token it shares with any partner.
    fn share_any(t: f64) -> f64;
    /// The same with partners at least as heavy, on the near side of their [`Kernel::unreachable`] gap, whose excess is at
    /// most `e` of their mass.
    fn share_heavier(t: f64, e: f64) -> f64;
    /// The gap in the masses of lighter partners: a text of mass `x` reaches none that is strictly inside.
    fn unreachable(t: f64, x: f64, excess: f64) -> (f64, f64);
    /// The most mass of a partner, not heavier than `x` and with excess at most `e` of its mass, when the first shared token
    /// leaves `rest` of the mass `x`.
    fn heaviest(t: f64, rest: f64, x: f64, e: f64) -> f64;
}

/// Cosine: mass is the squared norm.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cosine;

impl Kernel for Cosine {
    fn mass(n: u64, w: u64) -> u64 {
        n * n * w
    }

    fn overlap(m: u64, n: u64, w: u64) -> u64 {
        m * n * w
    }

    /// `m·n − m² = m(n − m) ≤ n²/4`.
    fn excess(n: u64, w: u64) -> u64 {
        n * n / 4 * w
    }

    fn score(overlap: u64, x: u64, y: u64) -> f64 {
        // A rounding of the root must not lift a score over 1.
        (overlap as f64 / (x as f64 * y as f64).sqrt()).min(1.0)
    }

    fn need(t: f64, x: f64, y: f64) -> f64 {
        t * (x * y).sqrt()
    }

    /// The first two because `m·n ≤ m² + excess(n)`, the third is the inequality of Cauchy and Schwarz.
    fn spare(x: f64, y: f64, excess_x: f64, excess_y: f64) -> f64 {
        (x + excess_y).min(y + excess_x).min((x * y).sqrt())
    }

    fn near(t: f64) -> f64 {
        t
    }

    /// `√(rest·Y) ≥ t·√(X·Y)`.
    fn share_any(t: f64) -> f64 {
        t * t
    }

    /// `rest ≥ t·√(X·Y) − e·Y`, whose right side is least at `Y = X` for every `Y` in reach over the gap of `unreachable`
    /// (that takes `e ≤ t²/4`); and `share_any` holds anyway.
    fn share_heavier(t: f64, e: f64) -> f64 {
        if 4.0 * e <= t * t { (t - e).max(t * t) } else { t * t }
    }

    /// With `u = √Y`: `u² + excess ≥ t·√X·u` fails between the roots.
    fn unreachable(t: f64, x: f64, excess: f64) -> (f64, f64) {
        let tx = t * x.sqrt();
        let root = tx * tx - 4.0 * excess;
        if root <= 0.0 {
            return (0.0, 0.0);
        }
        let high = f64::midpoint(tx, root.sqrt());
        let low = excess / high;
        (low * low, high * high)
    }

    /// With `u = √Y ≤ √X`: `rest + e·u² ≥ t·√X·u` holds up to the smaller root.
    fn heaviest(t: f64, rest: f64, x: f64, e: f64) -> f64 {
        let tx = t * x.sqrt();
        let root = tx * tx - 4.0 * e * rest;
        if root <= 0.0 {
            return f64::INFINITY;
        }
        let u = 2.0 * rest / (tx + root.sqrt());
        u * u
    }
}

/// Weighted Jaccard: mass is the sum of weights.
#[derive(Debug, Clone, Copy)]
pub(super) struct Jaccard;

impl Kernel for Jaccard {
    fn mass(n: u64, w: u64) -> u64 {
        n * w
    }

    fn overlap(m: u64, n: u64, w: u64) -> u64 {
        m.min(n) * w
    }

    fn excess(_: u64, _: u64) -> u64 {
        0
    }

    fn score(overlap: u64, x: u64, y: u64) -> f64 {
        overlap as f64 / (x + y - overlap) as f64
    }

    fn need(t: f64, x: f64, y: f64) -> f64 {
        t / (1.0 + t) * (x + y)
    }

    fn spare(x: f64, y: f64, _: f64, _: f64) -> f64 {
        x.min(y)
    }

    /// `X + Y ≥ 2√(X·Y)`, and what two texts share of a token is at most the root of the product of what each has.
    fn near(t: f64) -> f64 {
        2.0 * t / (1.0 + t)
    }

    /// The lightest partner has `Y = t·X`.
    fn share_any(t: f64) -> f64 {
        t
    }

    fn share_heavier(t: f64, _: f64) -> f64 {
        2.0 * t / (1.0 + t)
    }

    fn unreachable(t: f64, x: f64, _: f64) -> (f64, f64) {
        (0.0, t * x)
    }

    fn heaviest(t: f64, rest: f64, x: f64, _: f64) -> f64 {
        rest * (1.0 + t) / t - x
    }
}
