//! The closed vocabularies of steps: acts, who does them, the needless patterns, the words that govern a clause.

use serde::Deserialize;

/// Declares a closed vocabulary: its words in rule files and tables are the snake case of its variants.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// Every word, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The word in rule files and tables.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }

            /// What a word stands for.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|w| w.as_str() == word)
            }
        }
    };
}

vocabulary! {
    /// What is done in a step.
    ActClass {
        /// Chuẩn bị hồ sơ.
        Prepare = "prepare",
        /// Nộp hồ sơ.
        Submit = "submit",
        /// Tiếp nhận hồ sơ.
        Receive = "receive",
        /// Kiểm tra thành phần, tính đầy đủ, hợp lệ.
        CheckCompleteness = "check_completeness",
        /// Yêu cầu bổ sung, hoàn thiện.
        RequestSupplement = "request_supplement",
        /// Chuyển hồ sơ, kết quả.
        Forward = "forward",
        /// Lấy ý kiến, đề nghị xác minh bằng văn bản.
        AskOpinion = "ask_opinion",
        /// Xác minh, xác nhận.
        Verify = "verify",
        /// Kiểm tra thực tế.
        Inspect = "inspect",
        /// Thẩm định, xem xét hồ sơ.
        Appraise = "appraise",
        /// Hội đồng họp, đánh giá.
        Council = "council",
        /// Trình, báo cáo người quyết định.
        SubmitForSignature = "submit_for_signature",
        /// Quyết định, cấp, chấp thuận.
        Decide = "decide",
        /// Thông báo phí, thuế.
        NotifyFee = "notify_fee",
        /// Nộp phí, thuế.
        Pay = "pay",
        /// Niêm yết, công bố.
        PostPublicly = "post_publicly",
        /// Trả kết quả.
        ReturnResult = "return_result",
        /// Từ chối, nêu rõ lý do.
        Refuse = "refuse",
        /// Việc khác.
        Other = "other",
    }
}

vocabulary! {
    /// Who does it.
    Party {
        /// Người nộp hồ sơ.
        Applicant = "applicant",
        /// Bộ phận một cửa, trung tâm phục vụ hành chính công.
        Desk = "desk",
        /// Cơ quan cấp xã.
        Commune = "commune",
        /// Cơ quan cấp tỉnh: sở, ủy ban nhân dân cấp tỉnh.
        Department = "department",
        /// Cơ quan trung ương: bộ, cục, tổng cục.
        Ministry = "ministry",
        /// Hội đồng.
        Council = "council",
        /// Cơ quan nhà nước mà tên gọi không nói cấp.
        Agency = "agency",
    }
}

impl Party {
    /// Whether it is a body of the state.
    #[must_use]
    pub fn is_state(self) -> bool {
        self != Party::Applicant
    }
}

vocabulary! {
    /// A needless or duplicated step, as in the guide of step patterns.
    Pattern {
        /// Completeness is checked twice.
        DoubleCheck = "double_check",
        /// Two bodies appraise one after the other.
        DoubleAppraisal = "double_appraisal",
        /// A step only carries the dossier on.
        PaperForward = "paper_forward",
        /// Another agency is asked in writing.
        AskOtherAgency = "ask_other_agency",
        /// What is verified is held by a state database.
        HeldDataCheck = "held_data_check",
        /// The commune confirms something about the applicant.
        LocalConfirmation = "local_confirmation",
        /// A step only to pay.
        SeparatePayment = "separate_payment",
        /// The dossier may be sent back at more than one stage.
        RepeatSupplement = "repeat_supplement",
        /// Only coming in person is possible.
        InPersonOnly = "in_person_only",
        /// Posting with a waiting time.
        PublicPosting = "public_posting",
        /// The officer copies or compares by hand.
        ManualCopy = "manual_copy",
    }
}

vocabulary! {
    /// What words do to the clause they stand in.
    ClauseClass {
        /// Opens a condition: what follows up to the comma or "thì" is no act.
        Condition = "condition",
        /// Opens a time or a ground: what follows up to the comma is no act.
        Background = "background",
        /// Ends a condition or background without a comma.
        End = "end",
        /// Makes the body that follows the receiver or owner, not the doer.
        Toward = "toward",
        /// The same, but a list does not go on after a comma: "của các bộ, Sở trình …".
        Of = "of",
        /// The same, for places and owners: the body is not asked to do what follows.
        Place = "place",
        /// The body that follows has done what its verb says, or does it to what stands before.
        Passive = "passive",
        /// Opens what something is done for: what follows up to the comma is no act of its own.
        Purpose = "purpose",
        /// How time is counted, what is valid: a clause that opens with a time or a thing tells no act.
        Aside = "aside",
        /// A paper, a time: where a clause opens with it, the clause speaks of it and not of what somebody does.
        Thing = "thing",
        /// Closes a condition ("thì"): up to it commas do not end the condition.
        Then = "then",
        /// The dossier is said to be incomplete or not valid.
        Incomplete = "incomplete",
        /// The dossier is said to be complete.
        Complete = "complete",
        /// The answer is said to be negative.
        Refusal = "refusal",
        /// One of several ways of submitting: what is told for each is told once.
        Channel = "channel",
        /// Opens a list that tells no acts: conditions, papers.
        Heading = "heading",
        /// A verb right behind it is a noun or says which paper, body or time is meant; holds for the cues of every act.
        Noun = "noun",
        /// Opens another section of the procedure that stands in the text of the steps: the rest of the step tells no acts.
        Rest = "rest",
    }
}

/// The state of things that a clause speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The dossier is complete, as far as is told.
    Complete,
    /// It is incomplete.
    Incomplete,
    /// The answer is negative.
    Refusal,
}
