use super::*;
use proptest::prelude::*;

fn bundle(needs: &[usize], worth: u64) -> Bundle {
    Bundle { needs: needs.to_vec(), worth }
}

fn brute_force(instance: &Instance, limits: Limits) -> u64 {
    let sets = (0u32..1 << instance.costs.len())
        .map(|bits| (0..instance.costs.len()).filter(|at| bits >> at & 1 == 1).collect::<Vec<_>>());
    sets.filter(|s| instance.within(limits, s)).map(|s| instance.worth(&s)).max().unwrap_or_default()
}

/// What one gets by connecting, each time, the database that frees most at once.
fn greedy(instance: &Instance, count: usize) -> u64 {
    let mut chosen: Vec<usize> = Vec::new();
    for _ in 0..count {
        let left = (0..instance.costs.len()).filter(|at| !chosen.contains(at));
        let worth = |at: usize| instance.worth(&chosen.iter().copied().chain([at]).collect::<Vec<_>>());
        let Some(next) = left.max_by_key(|at| (worth(*at), std::cmp::Reverse(*at))) else { break };
        chosen.push(next);
    }
    instance.worth(&chosen)
}

/// Two papers that nobody can drop alone, and decoys that free a little at once: greedy takes the decoys.
fn planted() -> Instance {
    Instance {
        costs: vec![1; 4],
        bundles: vec![bundle(&[0, 1], 1000), bundle(&[2], 10), bundle(&[3], 9), bundle(&[0, 2], 1)],
    }
}

#[test]
fn greedy_gets_less_than_half_where_papers_go_only_together() {
    let instance = planted();
    let choice = best_set(&instance, Limits { count: Some(2), budget: None });
    assert_eq!((choice.chosen.as_slice(), choice.worth, choice.gap()), ([0, 1].as_slice(), 1000, 0));
    assert_eq!(greedy(&instance, 2), 19);
    assert!(greedy(&instance, 2) * 2 <= choice.worth);
}

#[test]
fn the_ranking_shows_where_it_leaves_the_optimum() {
    let instance = planted();
    let ranks = ranking(&instance);
    // the best single database is 2, the best pair 0 and 1: the list cannot run through both
    let list: Vec<(usize, u64, u64)> = ranks.iter().map(|r| (r.source, r.cumulative, r.optimum.worth)).collect();
    assert_eq!(list, [(2, 10, 10), (0, 11, 1000), (1, 1011, 1011), (3, 1020, 1020)]);
    assert_eq!(ranks.iter().map(Rank::is_optimal).collect::<Vec<_>>(), [true, false, true, true]);
}

#[test]
fn costs_and_budget_are_kept_and_idle_databases_dropped() {
    let instance = Instance {
        costs: vec![5, 5, 3, 0],
        bundles: vec![bundle(&[0, 1], 100), bundle(&[2], 60), bundle(&[3], 1), bundle(&[], 7), bundle(&[9], 500)],
    };
    for (budget, chosen, worth) in
        [(10, vec![0, 1, 3], 108), (9, vec![2, 3], 68), (0, vec![3], 8), (13, vec![0, 1, 2, 3], 168)]
    {
        let choice = best_set(&instance, Limits { count: None, budget: Some(budget) });
        assert_eq!((choice.chosen, choice.worth), (chosen, worth), "{budget}");
    }
    let none = best_set(&Instance::default(), Limits::default());
    assert_eq!((none.chosen.len(), none.worth, none.gap()), (0, 0, 0));
}

fn instances(sources: usize) -> impl Strategy<Value = Instance> {
    (1..=sources).prop_flat_map(|n| {
        let bundles = prop::collection::vec((prop::collection::btree_set(0..n, 0..5usize.min(n + 1)), 0u64..50), 0..40);
        (prop::collection::vec(0u64..9, n), bundles).prop_map(|(costs, bundles)| Instance {
            costs,
            bundles: bundles
                .into_iter()
                .map(|(needs, worth)| bundle(&needs.into_iter().collect::<Vec<_>>(), worth))
                .collect(),
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_choice_equals_brute_force(instance in instances(16), count in prop::option::of(0usize..17), budget in prop::option::of(0u64..60)) {
        let limits = Limits { count, budget };
        let expected = brute_force(&instance, limits);
        let choice = best_set(&instance, limits);
        prop_assert!(instance.within(limits, &choice.chosen));
        prop_assert_eq!((choice.worth, instance.worth(&choice.chosen), choice.bound), (expected, expected, expected));
        // both ways of proof, whichever was taken
        let searched = branch::search(&instance, &instance.collapse(), limits);
        prop_assert_eq!((searched.worth, searched.gap()), (expected, 0));
    }

    #[test]
    fn the_ranking_is_an_order_that_never_beats_the_optimum(instance in instances(8)) {
        let ranks = ranking(&instance);
        let mut seen: Vec<usize> = ranks.iter().map(|r| r.source).collect();
        for (place, rank) in ranks.iter().enumerate() {
            prop_assert_eq!(rank.cumulative, instance.worth(&seen[..=place]));
            prop_assert_eq!(rank.optimum.worth, brute_force(&instance, Limits { count: Some(place + 1), budget: None }));
            prop_assert!(rank.cumulative <= rank.optimum.worth);
        }
        prop_assert!(ranks.windows(2).all(|pair| pair[0].cumulative <= pair[1].cumulative));
        seen.sort_unstable();
        prop_assert_eq!(seen, (0..instance.costs.len()).collect::<Vec<_>>());
    }
}

fn option(gain: u64, effort: u64, needs: &[usize], by_city: bool, year: i16) -> EffortOption {
    EffortOption { gain, effort, needs: needs.to_vec(), by_city, year }
}

#[test]
fn the_city_comes_first_and_what_cannot_be_reached_is_said() {
    let options = vec![
        option(10, 1, &[], true, 2026),
        option(20, 5, &[], true, 2026),
        option(30, 1, &[0], false, 2028),
        option(30, 1, &[1], false, 2028),
        option(40, 1, &[], false, 2031),
    ];
    let plan = |percent, by| {
        let instance = EffortInstance { connections: vec![7, 2], options: options.clone(), baseline: 100, percent, by };
        least_effort(&instance)
    };
    for (percent, by, chosen, effort, reached) in [
        // the city alone, at the least effort
        (10, 2030, vec![0], 1, true),
        (20, 2030, vec![1], 5, true),
        // all the city may do, then the cheaper connection
        (40, 2030, vec![0, 1, 3], 9, true),
        (90, 2030, vec![0, 1, 2, 3], 17, true),
        // not within reach by 2030, and how far it gets
        (91, 2030, vec![0, 1, 2, 3], 17, false),
        (91, 2031, vec![0, 1, 3, 4], 10, true),
        (31, 2026, vec![0, 1], 6, false),
    ] {
        let plan = plan(percent, by);
        assert_eq!(
            (&plan.chosen, plan.effort, plan.is_reached, plan.gap()),
            (&chosen, effort, reached, 0),
            "{percent} {by}"
        );
    }
    let short = plan(91, 2030);
    assert_eq!((short.needed, short.reachable, short.gain, short.gain_by_city, short.too_late), (91, 90, 90, 30, 40));
}

fn efforts() -> impl Strategy<Value = EffortInstance> {
    let option = (1u64..30, 0u64..9, prop::collection::btree_set(0usize..4, 0..3), any::<bool>()).prop_map(
        |(gain, effort, needs, by_city)| EffortOption {
            gain,
            effort,
            needs: needs.into_iter().collect(),
            by_city,
            year: 2030,
        },
    );
    (prop::collection::vec(option, 0..10), prop::collection::vec(0u64..20, 4), 1u32..100).prop_map(
        |(options, connections, percent)| {
            let baseline = options.iter().map(|o| o.gain).sum::<u64>() + 20;
            EffortInstance { connections, options, baseline, percent, by: 2030 }
        },
    )
}

/// The least effort by looking at every set of options, with the city's own taken first.
fn brute_effort(instance: &EffortInstance, needed: u64) -> Option<u64> {
    let sets = |from: Vec<usize>, base: Vec<usize>| {
        (0u32..1 << from.len())
            .map(|bits| {
                from.iter()
                    .enumerate()
                    .filter(|(n, _)| bits >> n & 1 == 1)
                    .map(|(_, at)| *at)
                    .chain(base.clone())
                    .collect::<Vec<_>>()
            })
            .filter(|set| instance.gain(set) >= needed)
            .map(|set| instance.effort(&set))
            .min()
    };
    let (city, others): (Vec<usize>, Vec<usize>) =
        (0..instance.options.len()).partition(|at| instance.options[*at].by_city);
    sets(city.clone(), Vec::new()).or_else(|| sets(others, city))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_plan_equals_brute_force(instance in efforts()) {
        let plan = least_effort(&instance);
        match brute_effort(&instance, plan.needed) {
            Some(expected) => prop_assert_eq!((plan.is_reached, plan.effort, plan.bound), (true, expected, expected)),
            None => prop_assert!(!plan.is_reached && plan.gain == plan.reachable && plan.gain < plan.needed),
        }
        // the way taken for large models keeps to the target and its bound is one
        let all: Vec<usize> = (0..instance.options.len()).collect();
        if plan.is_reached {
            let groups = effort::tests_only(&instance, &all, plan.needed);
            prop_assert!(instance.gain(&groups.0) >= plan.needed && groups.1 <= instance.effort(&groups.0));
        }
    }
}
