//! Each pattern in several wordings, and beside them texts that only look like it.

use super::super::read;
use crate::catalog::{Procedure, Step};
use crate::rule::{ActBook, Pattern, RuleFiles};

/// Texts that show a pattern, and texts that do not.
fn check(pattern: Pattern, shown: &[&str], others: &[&str]) {
    let book = ActBook::load(&RuleFiles::embedded()).unwrap();
    let finds = |text: &str| {
        let step = Step { text: text.to_owned(), ..Step::default() };
        let told = read(&book, &Procedure { steps: vec![step], ..Procedure::default() });
        told.patterns.iter().any(|p| p.pattern == pattern)
    };
    let missing: Vec<&&str> = shown.iter().filter(|t| !finds(t)).collect();
    let noisy: Vec<&&str> = others.iter().filter(|t| finds(t)).collect();
    assert!(missing.is_empty() && noisy.is_empty(), "{pattern:?}: missing {missing:#?}, noisy {noisy:#?}");
}

#[test]
fn communes_confirm() {
    check(
        Pattern::LocalConfirmation,
        &[
            "Hộ gia đình làm đơn gửi Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã trong thời hạn 04 ngày làm việc kể từ ngày nhận đơn có trách nhiệm xác nhận đơn đề nghị, lập danh sách gửi Sở Y tế. Sở Y tế ban hành quyết định hỗ trợ.",
            "Công dân nộp tờ khai tại Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã kiểm tra, xác nhận vào tờ khai và chuyển hồ sơ đến Sở Nội vụ. Sở Nội vụ quyết định trợ cấp.",
            "Cá nhân gửi bản khai đến Công an cấp xã. Công an cấp xã nơi thường trú trong thời hạn 03 ngày làm việc kể từ ngày nhận bản khai, ký xác nhận bản khai và gửi hồ sơ về Công an cấp tỉnh. Công an cấp tỉnh cấp giấy phép.",
            "Tờ khai có xác nhận của Ủy ban nhân dân cấp xã nơi cư trú được nộp tại Sở Tư pháp. Sở Tư pháp thẩm định hồ sơ.",
            "Người dân nộp hồ sơ cho Ủy ban nhân dân cấp xã. Chủ tịch Ủy ban nhân dân cấp xã rà soát, xác nhận hoàn cảnh của người đề nghị, báo cáo Sở Nội vụ. Sở Nội vụ trình Chủ tịch Ủy ban nhân dân cấp tỉnh quyết định.",
            "Trưởng thôn xác nhận vào đơn của hộ gia đình. Hộ gia đình nộp hồ sơ cho Sở Nông nghiệp.",
            "Cá nhân nộp đơn cho Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã có trách nhiệm sau:\n- Xác nhận đơn;\n- Lập danh sách gửi Sở Nội vụ.\nSở Nội vụ ban hành quyết định.",
            "Thân nhân lập bản khai gửi Ủy ban nhân dân cấp xã. Trong thời hạn 05 ngày làm việc, Ủy ban nhân dân cấp xã có trách nhiệm chứng nhận bản khai, gửi kèm hồ sơ đến cơ quan quản lý hồ sơ. Cơ quan quản lý hồ sơ giải quyết chế độ.",
        ],
        &[
            "Công dân nộp hồ sơ tại Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã kiểm tra hồ sơ, cấp Giấy xác nhận cho công dân.",
            "Công dân nộp hồ sơ tại Sở Xây dựng. Sở Xây dựng xác nhận đã nhận đủ hồ sơ và cấp giấy phép.",
        ],
    );
}

#[test]
fn dossiers_are_checked_twice() {
    check(
        Pattern::DoubleCheck,
        &[
            "Cá nhân gửi bản khai đến Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã có trách nhiệm kiểm tra, xác nhận bản khai và chuyển hồ sơ cho Sở Nội vụ. Sở Nội vụ trong thời hạn 06 ngày làm việc kể từ ngày nhận đủ giấy tờ, có trách nhiệm kiểm tra, cấp giấy giới thiệu cho cá nhân.",
            "Tổ chức nộp hồ sơ tại Bộ phận một cửa. Bộ phận một cửa kiểm tra thành phần hồ sơ và chuyển phòng chuyên môn. Phòng chuyên môn kiểm tra hồ sơ, nếu chưa hợp lệ thì yêu cầu tổ chức bổ sung.",
            "Cơ sở nộp hồ sơ cho Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã kiểm tra hồ sơ và gửi hồ sơ về Sở Y tế. Sở Y tế kiểm tra tính hợp lệ của hồ sơ. Sở Y tế cấp giấy chứng nhận.",
            "Người dân nộp đơn cho Phòng Nội vụ. Phòng Nội vụ kiểm tra hồ sơ, chuyển hồ sơ đến Sở Nội vụ. Sở Nội vụ sau khi tiếp nhận hồ sơ, rà soát và trình Chủ tịch Ủy ban nhân dân cấp tỉnh quyết định.",
            "Trường tiểu học gửi hồ sơ đến Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã tiếp nhận, kiểm tra hồ sơ, lập văn bản gửi xin ý kiến Sở Giáo dục và Đào tạo. Sở Giáo dục và Đào tạo kiểm tra hồ sơ và có văn bản trả lời.",
        ],
        &[
            "Tổ chức nộp hồ sơ cho Sở Y tế. Sở Y tế kiểm tra hồ sơ, nếu chưa đầy đủ thì yêu cầu bổ sung. Sở Y tế cấp giấy phép.",
            "Tổ chức nộp hồ sơ cho Sở Y tế. Sở Y tế kiểm tra tính hợp lệ của hồ sơ và chuyển hồ sơ cho Bộ Y tế. Bộ Y tế tổ chức kiểm tra thực tế tại cơ sở.",
        ],
    );
}

#[test]
fn other_bodies_are_asked() {
    check(
        Pattern::AskOtherAgency,
        &[
            "Tổ chức nộp hồ sơ cho Sở Nội vụ. Sở Nội vụ có văn bản đề nghị nơi quản lý hồ sơ gốc chuyển bản trích lục. Sở Nội vụ ban hành quyết định.",
            "Doanh nghiệp nộp hồ sơ cho Sở Công Thương. Sở Công Thương gửi văn bản yêu cầu đơn vị đang quản lý công trình cung cấp bản vẽ. Sở Công Thương cấp giấy phép.",
            "Cá nhân nộp hồ sơ cho Cục Quản lý Dược. Cục Quản lý Dược tham vấn ý kiến các chuyên gia trước khi cấp giấy phép.",
            "Cá nhân nộp hồ sơ cho Sở Y tế. Sở Y tế trao đổi bằng văn bản với cơ quan cấp bằng. Sở Y tế cấp chứng chỉ.",
            "Tổ chức nộp hồ sơ cho Sở Xây dựng. Sở Xây dựng lấy ý kiến của Sở Tài chính. Sở Xây dựng cấp giấy phép.",
        ],
        &[
            "Trường mầm non gửi hồ sơ đến Sở Giáo dục và Đào tạo. Sở Giáo dục và Đào tạo lấy ý kiến của trường mầm non về dự thảo báo cáo.",
            "Doanh nghiệp nộp hồ sơ cho Ủy ban nhân dân cấp tỉnh. Ủy ban nhân dân cấp tỉnh cấp văn bản xác nhận và gửi bản sao văn bản xác nhận tới Bộ Công Thương.",
            "Tổ chức nộp hồ sơ cho Sở Y tế. Sở Y tế có văn bản yêu cầu tổ chức bổ sung hồ sơ.",
        ],
    );
}

#[test]
fn what_is_held_is_confirmed() {
    check(
        Pattern::HeldDataCheck,
        &[
            "Cá nhân làm đơn gửi Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã cấp giấy xác nhận đối với trường hợp sống độc thân, chuyển hồ sơ đến Sở Nội vụ. Sở Nội vụ ban hành quyết định.",
            "Tổ chức nộp hồ sơ cho Sở Tư pháp. Sở Tư pháp có văn bản đề nghị Công an cấp tỉnh xác minh nhân thân của người đề nghị. Sở Tư pháp cấp giấy phép.",
            "Cá nhân nộp đơn cho Sở Nội vụ. Sở Nội vụ có văn bản đề nghị nơi quản lý hồ sơ chuyển hồ sơ kèm xác nhận chưa được giải quyết chế độ. Sở Nội vụ ban hành quyết định.",
        ],
        &[
            "Tổ chức nộp hồ sơ cho Sở Xây dựng. Sở Xây dựng lấy ý kiến của Sở Tài chính về dự toán. Sở Xây dựng cấp giấy phép.",
        ],
    );
}

#[test]
fn supplements_are_asked_for_again() {
    check(
        Pattern::RepeatSupplement,
        &[
            "Cơ sở nộp hồ sơ cho Sở Y tế. Sở Y tế kiểm tra hồ sơ, nếu chưa đầy đủ thì yêu cầu bổ sung. Sở Y tế tổ chức thẩm định thực tế tại cơ sở. Trường hợp chờ hoàn thiện, thời hạn khắc phục tối đa là 40 ngày, cơ sở nộp báo cáo để thẩm định lại. Sở Y tế cấp giấy chứng nhận.",
            "Tổ chức nộp hồ sơ cho Ngân hàng Nhà nước. Ngân hàng Nhà nước yêu cầu tổ chức bổ sung hồ sơ để tiếp nhận. Ngân hàng Nhà nước có văn bản chấp thuận. Trường hợp hồ sơ chưa đầy đủ, trong thời hạn 06 ngày làm việc Ngân hàng Nhà nước có văn bản yêu cầu tổ chức chỉnh sửa, bổ sung hồ sơ.",
            "Tổ chức nộp hồ sơ cho Bộ Y tế. Bộ Y tế kiểm tra hồ sơ, nếu không hợp lệ thì yêu cầu bổ sung. Bộ Y tế thẩm định hồ sơ. Trong thời hạn 20 ngày kể từ ngày Bộ Y tế có văn bản yêu cầu giải trình mà tổ chức không gửi lại thì hồ sơ bị trả lại.",
            "Trường gửi hồ sơ đến Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã kiểm tra hồ sơ, yêu cầu bổ sung nếu chưa đầy đủ và chuyển hồ sơ đến Sở Giáo dục và Đào tạo. Sở Giáo dục và Đào tạo kiểm tra hồ sơ, thông tin cho trường biết hồ sơ được chấp nhận hoặc yêu cầu tiếp tục hoàn thiện.",
        ],
        &[
            "Tổ chức nộp hồ sơ cho Bộ Y tế. Bộ Y tế kiểm tra hồ sơ, nếu không hợp lệ thì yêu cầu bổ sung. Bộ Y tế thẩm định hồ sơ và cấp giấy phép.",
            "Tổ chức nộp hồ sơ cho Bộ Y tế. Bộ Y tế yêu cầu bổ sung hồ sơ. Thời gian khắc phục, bổ sung không tính vào thời gian thẩm định. Bộ Y tế thẩm định và cấp giấy phép.",
        ],
    );
}

#[test]
fn papers_are_compared() {
    check(
        Pattern::ManualCopy,
        &[
            "Cơ quan quản lý hồ sơ có trách nhiệm đối chiếu hồ sơ đang lưu để cấp lại giấy chứng nhận.",
            "Tổ chức nộp bản sao kèm bản chính để đối chiếu tại Sở Tư pháp.",
            "Công dân nộp bản chụp và xuất trình bản chính để cán bộ tiếp nhận hồ sơ đối chiếu.",
            "Đoàn thẩm định kiểm tra tính thống nhất của hồ sơ gửi cơ quan có thẩm quyền với hồ sơ gốc lưu tại cơ sở.",
            "Người tiếp nhận so sánh giấy tờ với bản chính, ký tiếp nhận.",
            "Công chức kiểm tra bản sao so với bản gốc và tiếp nhận hồ sơ.",
            "Công chức tiếp nhận hồ sơ, vào sổ theo dõi và viết giấy hẹn.",
        ],
        &[
            "Cơ quan thẩm định đối chiếu với các quy định của pháp luật để xác định điều kiện.",
            "Tổ chức nộp bản sao có chứng thực từ bản chính.",
        ],
    );
}

#[test]
fn dossiers_and_results_go_on() {
    check(
        Pattern::PaperForward,
        &[
            "Hộ gia đình nộp đơn cho Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã xác nhận đơn và lập danh sách gửi Sở Nội vụ. Sở Nội vụ ban hành quyết định.",
            "Doanh nghiệp nộp hồ sơ cho Ủy ban nhân dân cấp tỉnh. Ủy ban nhân dân cấp tỉnh cấp văn bản xác nhận và gửi bản sao văn bản xác nhận tới Bộ Công Thương.",
            "Tổ chức nộp hồ sơ cho Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã kiểm tra hồ sơ và gửi hồ sơ của tổ chức về Sở Y tế. Sở Y tế cấp giấy phép.",
        ],
        &[
            "Tổ chức nộp hồ sơ cho Sở Y tế. Sở Y tế thẩm định hồ sơ, cấp giấy phép và gửi kết quả cho tổ chức.",
            "Tổ chức nộp hồ sơ cho Sở Y tế. Sở Y tế lấy ý kiến của Công an cấp tỉnh. Công an cấp tỉnh xác minh và gửi kết quả đến Sở Y tế. Sở Y tế cấp giấy phép.",
        ],
    );
}
