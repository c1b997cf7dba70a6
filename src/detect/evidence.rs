//! What the detectors look at: the catalogue, everything read from it, and the day.

use crate::acts::ProcedureActs;
use crate::catalog::{Catalog, Procedure, Request};
use crate::reading::Assessment;
use crate::relation::{Group, Item, Paper};
use crate::rule::{RelationBook, RuleBook};
use crate::volumes::Volumes;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::HashMap;
use std::ops::Range;

/// Everything known before the detectors start.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// Kinds, databases, grounds.
    pub book: &'a RuleBook,
    /// How names of papers are taken apart and compared.
    pub relation: &'a RelationBook,
    /// The catalogue.
    pub catalog: &'a Catalog,
    /// What each request asks for, in the order of the catalogue.
    pub assessments: &'a [Assessment],
    /// What the steps do, one a procedure in the order of the catalogue; empty when they were not read.
    pub acts: &'a [ProcedureActs],
    /// Groups of the same request over the items of [`request_items`]; empty when they were not made.
    pub groups: &'a [Group],
    /// Dossiers a year; none when they are not known.
    pub volumes: Option<&'a Volumes>,
    /// Replaces the clock.
    pub as_of: Date,
}

/// What was given, with what several detectors need of it.
#[derive(Debug)]
pub struct Evidence<'a> {
    /// See [`Given::book`].
    pub book: &'a RuleBook,
    /// See [`Given::relation`].
    pub relation: &'a RelationBook,
    /// See [`Given::catalog`].
    pub catalog: &'a Catalog,
    /// See [`Given::groups`].
    pub groups: &'a [Group],
    /// See [`Given::volumes`].
    pub volumes: Option<&'a Volumes>,
    /// See [`Given::as_of`].
    pub as_of: Date,
    acts: &'a [ProcedureActs],
    assessments: &'a [Assessment],
    of_request: HashMap<&'a str, Range<usize>>,
    papers: HashMap<&'a str, Paper>,
}

impl<'a> Evidence<'a> {
    /// Puts the evidence together.
    #[must_use]
    pub fn new(given: Given<'a>) -> Self {
        let Given { book, relation, catalog, assessments, acts, groups, volumes, as_of } = given;
        let mut of_request: HashMap<&str, Range<usize>> = HashMap::new();
        for (at, a) in assessments.iter().enumerate() {
            of_request.entry(a.request_id.as_str()).or_insert(at..at).end = at + 1;
        }
        let requests: Vec<&Request> = catalog.requests().map(|(_, r)| r).collect();
        let papers = requests.par_iter().map(|r| (r.id.as_str(), paper(relation, r))).collect();
        Evidence { book, relation, catalog, groups, volumes, as_of, acts, assessments, of_request, papers }
    }

    /// What a request asks for.
    #[must_use]
    pub fn assessments_of(&self, request: &Request) -> &'a [Assessment] {
        self.of_request.get(request.id.as_str()).and_then(|r| self.assessments.get(r.clone())).unwrap_or_default()
    }

    /// The paper of a request, taken apart.
    #[must_use]
    pub fn paper_of(&self, request: &Request) -> Option<&Paper> {
        self.papers.get(request.id.as_str())
    }

    /// Every procedure with what its steps do, in the order of the catalogue.
    pub fn procedures_with_acts(&self) -> impl Iterator<Item = (&'a Procedure, &'a ProcedureActs)> {
        self.catalog.procedures.iter().zip(self.acts)
    }
}

fn paper(relation: &RelationBook, request: &Request) -> Paper {
    let files: Vec<&str> = request.form_file.split(';').filter(|f| !f.is_empty()).collect();
    Paper::read(relation, &request.text, &files)
}

/// Every row that demands something, notes left out, in the order of the catalogue.
pub fn demands(catalog: &Catalog) -> impl Iterator<Item = (&Procedure, &Request)> {
    catalog.requests().filter(|(_, r)| !r.is_note)
}

/// The [`demands`] as they are grouped.
#[must_use]
pub fn request_items(catalog: &Catalog) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    for (p, r) in demands(catalog) {
        let agency = if p.agency.is_empty() { &p.publisher } else { &p.agency };
        items.push(Item { id: &r.id, procedure: &p.id, agency, text: &r.text, form_file: &r.form_file });
    }
    items
}
