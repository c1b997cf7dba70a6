//! A frame does not change the act: the same words in many sentences, for many bodies. Nor does what stands in a step before.

use super::read;
use crate::catalog::{Procedure, Step};
use crate::rule::{ActBook, ActClass, RuleFiles};
use ActClass::*;

/// What bodies of the state do, in the words of many ministries.
const ACTS: &[(ActClass, &str)] = &[
    (Receive, "tiếp nhận hồ sơ"),
    (Receive, "cấp giấy biên nhận hồ sơ"),
    (Receive, "đóng dấu tiếp nhận hồ sơ"),
    (Receive, "tiếp nhận đơn"),
    (CheckCompleteness, "kiểm tra thành phần hồ sơ"),
    (CheckCompleteness, "kiểm tra tính đầy đủ, hợp lệ của hồ sơ"),
    (CheckCompleteness, "rà soát hồ sơ"),
    (CheckCompleteness, "xem xét tính hợp lệ của hồ sơ"),
    (CheckCompleteness, "kiểm tra hồ sơ"),
    (CheckCompleteness, "kiểm tra tính pháp lý và nội dung hồ sơ"),
    (CheckCompleteness, "soát xét thành phần hồ sơ"),
    (CheckCompleteness, "kiểm tra sự đầy đủ của hồ sơ"),
    (RequestSupplement, "yêu cầu bổ sung hồ sơ"),
    (RequestSupplement, "hướng dẫn người nộp hoàn thiện hồ sơ"),
    (RequestSupplement, "thông báo bằng văn bản yêu cầu doanh nghiệp bổ sung hồ sơ"),
    (RequestSupplement, "có văn bản đề nghị doanh nghiệp sửa đổi, bổ sung hồ sơ"),
    (RequestSupplement, "trả lại hồ sơ và hướng dẫn hoàn thiện"),
    (RequestSupplement, "đề nghị doanh nghiệp giải trình, bổ sung tài liệu"),
    (RequestSupplement, "ra thông báo về nội dung cần sửa đổi, bổ sung"),
    (Forward, "chuyển hồ sơ đến phòng chuyên môn"),
    (Forward, "gửi hồ sơ đến Bộ Y tế"),
    (Forward, "luân chuyển hồ sơ cho cơ quan giải quyết"),
    (Forward, "bàn giao hồ sơ cho cơ quan chuyên môn"),
    (Forward, "chuyển kết quả về Bộ phận Một cửa"),
    (Forward, "gửi Phiếu chuyển thông tin đến cơ quan thuế"),
    (Forward, "chuyển trả kết quả cho Bộ phận tiếp nhận"),
    (AskOpinion, "lấy ý kiến của các cơ quan liên quan"),
    (AskOpinion, "gửi văn bản xin ý kiến Bộ Quốc phòng"),
    (AskOpinion, "có văn bản đề nghị Sở Xây dựng cho ý kiến"),
    (AskOpinion, "trao đổi ý kiến với Bộ Công an"),
    (AskOpinion, "gửi văn bản đề nghị cơ quan công an xác minh"),
    (AskOpinion, "gửi hồ sơ lấy ý kiến của Bộ Tài chính"),
    (AskOpinion, "có văn bản gửi Sở Tư pháp đề nghị cung cấp thông tin"),
    (Verify, "xác minh thông tin trong hồ sơ"),
    (Verify, "tra cứu thông tin trong Cơ sở dữ liệu quốc gia về dân cư"),
    (Verify, "tiến hành xác minh"),
    (Verify, "xác minh điều kiện của người đề nghị"),
    (Verify, "thẩm tra, xác minh hồ sơ"),
    (Verify, "khai thác thông tin trên Cơ sở dữ liệu đất đai"),
    (Inspect, "kiểm tra thực tế tại cơ sở"),
    (Inspect, "tổ chức kiểm tra thực địa"),
    (Inspect, "thẩm định thực tế tại cơ sở"),
    (Inspect, "khảo sát hiện trường"),
    (Inspect, "kiểm tra hiện trạng sử dụng đất"),
    (Inspect, "đánh giá thực tế tại cơ sở"),
    (Inspect, "kiểm tra thực tế hàng hóa"),
    (Inspect, "kiểm tra thực trạng hàng hóa"),
    (Inspect, "kiểm tra điều kiện cơ sở vật chất"),
    (Appraise, "thẩm định hồ sơ"),
    (Appraise, "xem xét hồ sơ"),
    (Appraise, "thẩm tra hồ sơ"),
    (Appraise, "thụ lý giải quyết hồ sơ"),
    (Appraise, "tổ chức thẩm định"),
    (Appraise, "đánh giá hồ sơ"),
    (Appraise, "nghiên cứu hồ sơ"),
    (Appraise, "thẩm định nội dung phương án"),
    (Council, "thành lập Hội đồng thẩm định"),
    (Council, "tổ chức họp Hội đồng thẩm định"),
    (Council, "ra quyết định thành lập đoàn kiểm tra"),
    (Council, "thành lập đoàn đánh giá"),
    (SubmitForSignature, "trình Chủ tịch Ủy ban nhân dân cấp tỉnh"),
    (SubmitForSignature, "báo cáo Bộ trưởng Bộ Y tế"),
    (SubmitForSignature, "trình lãnh đạo"),
    (SubmitForSignature, "trình Thủ tướng Chính phủ"),
    (SubmitForSignature, "tham mưu Ủy ban nhân dân cấp tỉnh"),
    (Decide, "cấp Giấy phép"),
    (Decide, "cấp Giấy chứng nhận đủ điều kiện"),
    (Decide, "ban hành Quyết định công nhận"),
    (Decide, "phê duyệt phương án"),
    (Decide, "chấp thuận bằng văn bản"),
    (Decide, "có văn bản chấp thuận"),
    (Decide, "ra quyết định"),
    (Decide, "quyết định cho phép thành lập"),
    (Decide, "gia hạn Giấy phép"),
    (Decide, "cấp lại Giấy phép"),
    (Decide, "cấp đổi Thẻ"),
    (Decide, "điều chỉnh Giấy phép"),
    (Decide, "thu hồi Giấy phép"),
    (Decide, "công nhận kết quả"),
    (Decide, "cấp Chứng chỉ hành nghề"),
    (Decide, "ký Giấy chứng nhận"),
    (Decide, "xem xét, cấp Giấy phép"),
    (Decide, "ban hành văn bản thỏa thuận"),
    (Decide, "cấp mã số"),
    (Decide, "cấp tài khoản"),
    (Decide, "hủy bỏ đăng ký"),
    (Decide, "quyết định thông quan hàng hóa"),
    (NotifyFee, "thông báo nộp lệ phí"),
    (NotifyFee, "thông báo nghĩa vụ tài chính cho người sử dụng đất"),
    (NotifyFee, "ban hành thông báo nộp tiền sử dụng đất"),
    (NotifyFee, "thông báo số tiền thuế phải nộp"),
    (PostPublicly, "niêm yết công khai danh sách tại trụ sở"),
    (PostPublicly, "công bố trên Cổng thông tin điện tử"),
    (PostPublicly, "đăng tải thông tin trên Trang thông tin điện tử"),
    (PostPublicly, "công khai kết quả trên Trang thông tin điện tử"),
    (PostPublicly, "đăng báo trong 03 số liên tiếp"),
    (ReturnResult, "trả kết quả cho người nộp hồ sơ"),
    (ReturnResult, "giao Giấy chứng nhận cho chủ cơ sở"),
    (ReturnResult, "trả Giấy phép cho doanh nghiệp"),
    (ReturnResult, "trao Giấy chứng nhận cho người sử dụng đất"),
    (ReturnResult, "gửi kết quả cho doanh nghiệp"),
    (ReturnResult, "trả thẻ cho công dân"),
    (Other, "cập nhật thông tin vào hệ thống"),
    (Other, "thông báo thời gian, địa điểm làm việc cho doanh nghiệp"),
    (Other, "chi trả trợ cấp cho người lao động"),
    (Other, "ký hợp đồng với nhà đầu tư"),
    (Other, "thu nhận thông tin sinh trắc học"),
    (Other, "nhập thông tin vào Hệ thống thông tin quốc gia"),
];

const BODIES: &[&str] = &[
    "Sở Y tế",
    "Bộ Công Thương",
    "Công an cấp xã",
    "Chi cục Chăn nuôi và Thú y",
    "Kho bạc Nhà nước",
    "Ủy ban nhân dân cấp tỉnh",
    "Cục Bảo vệ thực vật",
];

/// Sentences: `{B}` is the body, `{v}` what it does.
const FRAMES: &[&str] = &[
    "{B} {v}.",
    "{B} có trách nhiệm {v}.",
    "{B} phải {v}.",
    "Trong thời hạn 05 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ, {B} {v}.",
    "{B} trong thời hạn 05 ngày làm việc kể từ ngày nhận hồ sơ có trách nhiệm {v}.",
    "Trường hợp hồ sơ đầy đủ, hợp lệ, {B} {v}.",
    "Trường hợp hồ sơ hợp lệ, trong thời hạn 10 ngày làm việc, {B} {v}.",
    "Sau khi nhận đủ hồ sơ, {B} {v}.",
    "Khi nhận được hồ sơ, {B} {v}.",
    "Bước 2: {B} {v}.",
    "{B} sẽ {v}.",
    "{B} nơi doanh nghiệp đặt trụ sở {v}.",
    "{B} (sau đây gọi là cơ quan giải quyết) {v}.",
];

#[test]
fn frames_do_not_change_the_act() {
    let book = ActBook::load(&RuleFiles::embedded()).unwrap();
    let mut wrong = Vec::new();
    for (place, (class, words)) in ACTS.iter().enumerate() {
        for (turn, frame) in FRAMES.iter().enumerate() {
            let body = BODIES[(place + turn) % BODIES.len()];
            let sentence = frame.replace("{B}", body).replace("{v}", words);
            let step = |text: &str| Step { text: text.to_owned(), ..Step::default() };
            let steps = vec![step("Doanh nghiệp nộp hồ sơ theo quy định."), step(&sentence)];
            let told = read(&book, &Procedure { steps, ..Procedure::default() });
            let got: Vec<ActClass> = told.acts.iter().skip(1).map(|a| a.class).collect();
            if got != [*class] {
                wrong.push(format!("{sentence}: {got:?} instead of {class:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), ACTS.len() * FRAMES.len(), wrong.join("\n"));
}

/// What a colon opens within a line ends with that line: the title of the next step has no doer.
#[test]
fn a_list_in_a_line_ends_before_the_next_step() {
    let book = ActBook::load(&RuleFiles::embedded()).unwrap();
    let step = |text: &str| Step { label: "-".to_owned(), text: text.to_owned(), ..Step::default() };
    let steps = vec![
        step("Nộp hồ sơ\n+ Hợp tác xã nộp hồ sơ.\n+ Cơ quan giải quyết hồ sơ gồm: Sở Công Thương."),
        step("Tiếp nhận, thẩm định\n+ Bộ phận Một cửa tiếp nhận hồ sơ. Sở Công Thương thẩm định hồ sơ."),
    ];
    let told = read(&book, &Procedure { steps, ..Procedure::default() });
    let got: Vec<ActClass> = told.acts.iter().map(|a| a.class).collect();
    assert_eq!(got, [Submit, Receive, Appraise]);
}
