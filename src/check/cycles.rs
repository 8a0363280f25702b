//! Steps that wait for each other, and people who report to each other in a ring.
//!
//! Invariant: no recursion. A chain of 20,000 steps is as good as one of two.

use std::collections::{BTreeMap, VecDeque};

use super::known::Known;
use crate::base::diag::Diagnostic;

/// Names that a printed ring holds before its middle is left out.
const MOST_NAMES: usize = 8;

/// Rings of `needs`, each once, printed as a path.
pub(super) fn of_steps(known: &Known<'_>, findings: &mut Vec<Diagnostic>) {
    let steps: Vec<_> = known.steps.values().copied().collect();
    let number: BTreeMap<&str, usize> = steps
        .iter()
        .enumerate()
        .map(|(n, at)| (at.step.id.as_str(), n))
        .collect();
    let edges: Vec<Vec<usize>> = steps
        .iter()
        .map(|at| {
            // What a retired step needs stops nobody.
            let needs = at.step.needs.iter().filter(|_| !at.step.retired);
            needs.filter_map(|id| number.get(id.as_str()).copied()).collect()
        })
        .collect();
    for ring in rings(&edges) {
        let names: Vec<&str> = ring.iter().map(|n| steps[*n].step.id.as_str()).collect();
        let (first, next) = (steps[ring[0]], names[1 % names.len()]);
        let need = first
            .step
            .needs
            .iter()
            .position(|id| id.as_str() == next)
            .unwrap_or(0);
        let message = match names.as_slice() {
            [one] => format!("the step {one} needs itself"),
            _ => format!("steps wait for each other: {}", path(&names)),
        };
        let mut finding = Diagnostic::error("U205", first.place(&format!("needs.{need}")), message)
            .labelled("the ring goes on here")
            .helped("remove one of these needs");
        for n in ring.iter().skip(1).take(MOST_NAMES) {
            finding = finding.and_here(steps[*n].place("needs"), "and here");
        }
        findings.push(finding);
    }
}

/// A ring as `a -> b -> a`, the middle of a long one left out.
pub(super) fn path(names: &[&str]) -> String {
    let mut shown: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    if names.len() > MOST_NAMES {
        let left_out = names.len() - MOST_NAMES;
        shown.splice(MOST_NAMES - 1..names.len() - 1, [format!("({left_out} more)")]);
    }
    shown.extend(names.first().map(|name| (*name).to_owned()));
    shown.join(" -> ")
}

/// For each knot of a graph one of its shortest rings, from its smallest node; sorted.
pub(super) fn rings(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let knot = knots(edges);
    let mut smallest: BTreeMap<usize, usize> = BTreeMap::new();
    let mut size: BTreeMap<usize, usize> = BTreeMap::new();
    for (node, of) in knot.iter().enumerate() {
        smallest.entry(*of).or_insert(node);
        *size.entry(*of).or_insert(0) += 1;
    }
    let mut rings: Vec<Vec<usize>> = smallest
        .into_iter()
        .filter(|(of, node)| size.get(of).is_some_and(|n| *n > 1) || edges[*node].contains(node))
        .filter_map(|(_, node)| ring_through(node, edges, &knot))
        .collect();
    rings.sort_unstable();
    rings
}

/// The shortest way from a node back to itself inside its knot.
fn ring_through(start: usize, edges: &[Vec<usize>], knot: &[usize]) -> Option<Vec<usize>> {
    let mut came_from: BTreeMap<usize, usize> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        for next in edges[node]
            .iter()
            .copied()
            .filter(|next| knot[*next] == knot[start])
        {
            if next == start {
                let mut ring = vec![node];
                let mut at = node;
                while at != start {
                    at = *came_from.get(&at)?;
                    ring.push(at);
                }
                ring.reverse();
                return Some(ring);
            }
            if let std::collections::btree_map::Entry::Vacant(entry) = came_from.entry(next) {
                entry.insert(node);
                queue.push_back(next);
            }
        }
    }
    None
}

/// The knot each node belongs to: nodes that lead to each other have the same number (Tarjan, without recursion).
fn knots(edges: &[Vec<usize>]) -> Vec<usize> {
    const NONE: usize = usize::MAX;
    let mut order = vec![NONE; edges.len()];
    let mut lowest = vec![NONE; edges.len()];
    let mut knot = vec![NONE; edges.len()];
    let mut open = Vec::new();
    let mut next_order = 0;
    for root in 0..edges.len() {
        if order[root] != NONE {
            continue;
        }
        let mut path: Vec<(usize, usize)> = vec![(root, 0)];
        while let Some((node, edge)) = path.pop() {
            if edge == 0 {
                order[node] = next_order;
                lowest[node] = next_order;
                next_order += 1;
                open.push(node);
            }
            if let Some(next) = edges[node].get(edge).copied() {
                path.push((node, edge + 1));
                if order[next] == NONE {
                    path.push((next, 0));
                } else if knot[next] == NONE {
                    lowest[node] = lowest[node].min(order[next]);
                }
                continue;
            }
            if lowest[node] == order[node] {
                while let Some(member) = open.pop() {
                    knot[member] = node;
                    if member == node {
                        break;
                    }
                }
            }
            if let Some((parent, _)) = path.last() {
                lowest[*parent] = lowest[*parent].min(lowest[node]);
            }
        }
    }
    knot
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_knot_gives_one_ring() {
        assert_eq!(rings(&[vec![1], vec![2], vec![]]), Vec::<Vec<usize>>::new());
        assert_eq!(rings(&[vec![0]]), [vec![0]]);
        assert_eq!(rings(&[vec![1], vec![2], vec![0]]), [vec![0, 1, 2]]);
        // Two rings that share a node are one knot; the shortest ring from its smallest node is shown.
        assert_eq!(rings(&[vec![1], vec![2, 0], vec![0]]), [vec![0, 1]]);
        assert_eq!(
            rings(&[vec![1], vec![0], vec![3], vec![2], vec![0, 2]]),
            [vec![0, 1], vec![2, 3]]
        );
    }

    #[test]
    fn long_chains_and_rings_need_no_stack() {
        let chain: Vec<Vec<usize>> = (0..200_000)
            .map(|n| if n == 0 { vec![] } else { vec![n - 1] })
            .collect();
        assert!(rings(&chain).is_empty());
        let ring: Vec<Vec<usize>> = (0..200_000).map(|n| vec![(n + 1) % 200_000]).collect();
        assert_eq!(rings(&ring)[0].len(), 200_000);
    }

    #[test]
    fn a_long_ring_is_cut_in_the_middle() {
        assert_eq!(path(&["a", "b"]), "a -> b -> a");
        let names: Vec<String> = (0..5_000).map(|n| format!("s{n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(
            path(&names),
            "s0 -> s1 -> s2 -> s3 -> s4 -> s5 -> s6 -> (4992 more) -> s4999 -> s0"
        );
    }
}
