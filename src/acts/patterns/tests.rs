//! Each pattern in several wordings, and beside them texts that only look like it.

use super::super::read;
use crate::catalog::{Procedure, Step};
use crate::rule::{ActBook, Pattern, RuleFiles};

/// Texts that show a pattern, and texts that do not.
pub(super) fn check(pattern: Pattern, shown: &[&str], others: &[&str]) {
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
            "Người dân nộp đơn tại Trung tâm Phục vụ hành chính công cấp xã. Công an xã xác nhận nơi cư trú của người đề nghị. Ủy ban nhân dân cấp xã gửi hồ sơ về Sở Xây dựng. Sở Xây dựng phê duyệt danh sách.",
            "Cơ sở giáo dục lập danh sách học sinh gửi Ủy ban nhân dân cấp xã xác nhận. Cơ sở giáo dục gửi hồ sơ về Sở Giáo dục và Đào tạo. Sở Giáo dục và Đào tạo ban hành quyết định.",
            "Gia đình làm bản khai có xác nhận của công an phường. Gia đình nộp hồ sơ tại Sở Lao động.",
            "Cá nhân kê khai và xin xác nhận của trưởng ấp. Cá nhân nộp hồ sơ cho Sở Nội vụ. Sở Nội vụ ban hành quyết định.",
            "Cá nhân nộp hồ sơ. UBND cấp xã thẩm tra, ký xác nhận vào đơn và trình UBND tỉnh. UBND tỉnh phê duyệt.",
        ],
        &[
            "Công dân nộp hồ sơ tại Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã kiểm tra hồ sơ, cấp Giấy xác nhận cho công dân.",
            "Công dân nộp hồ sơ tại Sở Xây dựng. Sở Xây dựng xác nhận đã nhận đủ hồ sơ và cấp giấy phép.",
            "Tổ chức nộp hồ sơ cho Bộ Y tế. Bộ Y tế có văn bản xác nhận công bố hợp quy.",
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
            "Người nộp gửi hồ sơ đến Trung tâm Phục vụ hành chính công. Cán bộ tiếp nhận kiểm tra tính đầy đủ của hồ sơ, chuyển Sở Y tế. Sở Y tế kiểm tra tính hợp lệ của hồ sơ, trường hợp hồ sơ chưa hợp lệ thì có văn bản yêu cầu bổ sung.",
            "Doanh nghiệp nộp hồ sơ cho Sở Công Thương. Sở Công Thương kiểm tra hồ sơ và trình Bộ Công Thương. Bộ Công Thương rà soát hồ sơ, cấp giấy phép.",
            "Cá nhân nộp hồ sơ tại Bộ phận Tiếp nhận và Trả kết quả. Bộ phận Tiếp nhận và Trả kết quả kiểm tra hồ sơ, chuyển cho Chi cục Thú y. Trong thời hạn 02 ngày làm việc kể từ ngày nhận hồ sơ, Chi cục Thú y xem xét tính hợp lệ của hồ sơ.",
            "Hợp tác xã gửi hồ sơ đến Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã kiểm tra thành phần hồ sơ, gửi hồ sơ đến Sở Tài chính. Sở Tài chính trong thời hạn 10 ngày kể từ ngày nhận hồ sơ, kiểm tra và ban hành quyết định hỗ trợ.",
            "Cơ sở nộp đơn cho Phòng Y tế. Phòng Y tế soát xét hồ sơ, chuyển Sở Y tế. Sở Y tế kiểm tra lại hồ sơ, nếu đủ điều kiện thì cấp giấy.",
        ],
        &[
            "Tổ chức nộp hồ sơ cho Sở Y tế. Sở Y tế kiểm tra hồ sơ, nếu chưa đầy đủ thì yêu cầu bổ sung. Sở Y tế cấp giấy phép.",
            "Tổ chức nộp hồ sơ cho Sở Y tế. Sở Y tế kiểm tra tính hợp lệ của hồ sơ và chuyển hồ sơ cho Bộ Y tế. Bộ Y tế tổ chức kiểm tra thực tế tại cơ sở.",
            "Tổ chức nộp hồ sơ tại bộ phận một cửa. Bộ phận một cửa kiểm tra hồ sơ; nếu thiếu thì hướng dẫn bổ sung. Sở Xây dựng thẩm định, cấp giấy phép.",
            "Người dân nộp hồ sơ. Cán bộ tiếp nhận hồ sơ tại Trung tâm Phục vụ hành chính công kiểm tra hồ sơ. Nếu hồ sơ chưa đầy đủ thì cán bộ tiếp nhận hồ sơ thông báo cho người dân bổ sung, hoàn thiện hồ sơ. Ủy ban nhân dân cấp xã thẩm tra hồ sơ.",
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
            "Tổ chức nộp hồ sơ cho Sở Y tế. Sở Y tế gửi công văn đề nghị Bảo hiểm xã hội cấp tỉnh cung cấp thông tin về người lao động. Sở Y tế ra quyết định.",
            "Công dân nộp hồ sơ cho Sở Tư pháp. Sở Tư pháp yêu cầu Công an cấp tỉnh tra cứu thông tin lý lịch tư pháp. Sở Tư pháp cấp Phiếu.",
            "Tổ chức nộp hồ sơ cho Bộ Văn hóa. Bộ Văn hóa xin ý kiến bằng văn bản của các bộ liên quan. Bộ Văn hóa cấp phép.",
            "Tổ chức nộp hồ sơ cho Sở Tài nguyên. Sở Tài nguyên gửi phiếu lấy ý kiến đến các cơ quan có liên quan. Sở Tài nguyên cấp phép.",
            "Người lao động nộp hồ sơ cho Sở Nội vụ. Sở Nội vụ có văn bản yêu cầu cơ quan, đơn vị quản lý người lao động cung cấp hồ sơ gốc. Sở Nội vụ ra quyết định.",
            "Doanh nghiệp nộp hồ sơ cho Ban Quản lý. Ban Quản lý gửi hồ sơ lấy ý kiến Sở Công Thương. Ban Quản lý cấp giấy chứng nhận.",
            "Cá nhân nộp hồ sơ cho Sở Giáo dục. Sở Giáo dục có văn bản đề nghị cơ sở đào tạo xác minh văn bằng. Sở Giáo dục trả lời cá nhân.",
            "Tổ chức nộp hồ sơ cho Cục Báo chí. Cục Báo chí hỏi ý kiến cơ quan chủ quản. Cục Báo chí cấp phép.",
        ],
        &[
            "Trường mầm non gửi hồ sơ đến Sở Giáo dục và Đào tạo. Sở Giáo dục và Đào tạo lấy ý kiến của trường mầm non về dự thảo báo cáo.",
            "Doanh nghiệp nộp hồ sơ cho Ủy ban nhân dân cấp tỉnh. Ủy ban nhân dân cấp tỉnh cấp văn bản xác nhận và gửi bản sao văn bản xác nhận tới Bộ Công Thương.",
            "Tổ chức nộp hồ sơ cho Sở Y tế. Sở Y tế có văn bản yêu cầu tổ chức bổ sung hồ sơ.",
            "Tổ chức nộp hồ sơ cho Sở Tư pháp. Sở Tư pháp gửi văn bản đề nghị Ủy ban nhân dân cấp xã nơi thường trú của người đó niêm yết thông báo. Sở Tư pháp ghi vào sổ.",
            "Tổ chức nộp hồ sơ. Sở Y tế thông báo kết quả cho cơ quan thuế để phối hợp quản lý.",
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
            "Công dân nộp hồ sơ cho Sở Tư pháp. Sở Tư pháp đề nghị Công an cấp tỉnh xác minh về nơi cư trú của công dân. Sở Tư pháp ra quyết định.",
            "Doanh nghiệp nộp hồ sơ cho Sở Công Thương. Sở Công Thương có văn bản đề nghị cơ quan thuế xác nhận nghĩa vụ thuế của doanh nghiệp. Sở Công Thương cấp phép.",
            "Người lao động nộp hồ sơ cho Sở Nội vụ. Sở Nội vụ đề nghị Bảo hiểm xã hội cấp tỉnh cung cấp thông tin về quá trình đóng bảo hiểm xã hội. Sở Nội vụ ra quyết định.",
            "Hộ gia đình nộp đơn cho Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã xác nhận tình trạng hôn nhân của người đề nghị, chuyển hồ sơ đến Sở Xây dựng. Sở Xây dựng phê duyệt.",
            "Hộ gia đình nộp đơn cho Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã xác nhận nguồn gốc sử dụng đất và gửi hồ sơ đến Sở Nông nghiệp. Sở Nông nghiệp cấp giấy.",
            "Công dân nộp hồ sơ cho Sở Tư pháp. Sở Tư pháp tiến hành xác minh nhân thân của công dân. Sở Tư pháp cấp thẻ.",
            "Cá nhân nộp hồ sơ cho Sở Giáo dục. Sở Giáo dục gửi công văn đề nghị trường đại học xác minh văn bằng. Sở Giáo dục cấp chứng chỉ.",
        ],
        &[
            "Tổ chức nộp hồ sơ cho Sở Xây dựng. Sở Xây dựng lấy ý kiến của Sở Tài chính về dự toán. Sở Xây dựng cấp giấy phép.",
            "Cá nhân nộp hồ sơ cho Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã xác nhận đơn, chuyển hồ sơ đến Sở Y tế. Sở Y tế quyết định.",
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
            "Cơ sở nộp hồ sơ cho Sở Y tế. Sở Y tế kiểm tra hồ sơ, trường hợp chưa hợp lệ thì yêu cầu sửa đổi, bổ sung. Sở Y tế thẩm định hồ sơ. Trong quá trình thẩm định, Sở Y tế có quyền yêu cầu cơ sở giải trình.",
            "Tổ chức nộp hồ sơ tại Bộ phận một cửa. Bộ phận một cửa hướng dẫn bổ sung nếu hồ sơ chưa đầy đủ, chuyển phòng chuyên môn. Phòng chuyên môn thẩm định hồ sơ, trường hợp cần bổ sung thì có văn bản yêu cầu tổ chức hoàn thiện hồ sơ.",
            "Tổ chức nộp hồ sơ cho Sở Xây dựng. Sở Xây dựng yêu cầu bổ sung hồ sơ. Trường hợp hồ sơ đã bổ sung vẫn chưa đáp ứng, Sở Xây dựng thông báo bằng văn bản để tổ chức tiếp tục hoàn thiện hồ sơ.",
            "Tổ chức nộp hồ sơ cho Bộ Y tế. Bộ Y tế thông báo bổ sung hồ sơ nếu chưa hợp lệ. Hội đồng tư vấn họp thẩm định. Bộ Y tế có văn bản yêu cầu tổ chức sửa đổi theo ý kiến của Hội đồng. Bộ Y tế cấp phép.",
            "Tổ chức nộp hồ sơ cho Bộ Y tế. Bộ Y tế yêu cầu bổ sung lần một. Bộ Y tế yêu cầu bổ sung lần hai nếu vẫn chưa đạt.",
        ],
        &[
            "Tổ chức nộp hồ sơ cho Bộ Y tế. Bộ Y tế kiểm tra hồ sơ, nếu không hợp lệ thì yêu cầu bổ sung. Bộ Y tế thẩm định hồ sơ và cấp giấy phép.",
            "Cơ sở nộp hồ sơ cho Chi cục. Chi cục yêu cầu cơ sở bổ sung hồ sơ còn thiếu. Đoàn thẩm định tiến hành kiểm tra thực tế. Nếu chưa đạt, cơ sở khắc phục và gửi báo cáo kết quả khắc phục để kiểm tra lại. Chi cục cấp giấy.",
            "Tổ chức nộp hồ sơ cho Bộ Y tế. Bộ Y tế yêu cầu bổ sung hồ sơ. Thời gian khắc phục, bổ sung không tính vào thời gian thẩm định. Bộ Y tế thẩm định và cấp giấy phép.",
            "Tổ chức nộp hồ sơ trực tiếp tại Sở; nếu chưa đầy đủ thì hướng dẫn bổ sung. Trường hợp nộp qua bưu chính, nếu chưa đầy đủ thì Sở có văn bản hướng dẫn bổ sung. Sở cấp giấy phép.",
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
            "Cán bộ tiếp nhận đối chiếu bản chụp với bản chính và ký xác nhận.",
            "Công chức tư pháp ghi nội dung vào Sổ đăng ký.",
            "Công chức nhập thông tin hồ sơ vào phần mềm một cửa.",
            "Người nộp xuất trình bản gốc để đối chiếu khi nộp hồ sơ.",
            "Công chức sao chụp giấy tờ và lưu hồ sơ.",
        ],
        &[
            "Cơ quan thẩm định đối chiếu với các quy định của pháp luật để xác định điều kiện.",
            "Tổ chức nộp bản sao có chứng thực từ bản chính.",
            "Đoàn kiểm tra đối chiếu với tiêu chuẩn để đánh giá cơ sở.",
            "Cơ quan cập nhật kết quả vào hệ thống.",
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
            "Người dân nộp đơn tại Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã tổng hợp danh sách, gửi Sở Tài chính. Sở Tài chính phê duyệt.",
            "Tổ chức nộp hồ sơ cho Bộ phận một cửa. Bộ phận một cửa chuyển hồ sơ đến phòng chuyên môn. Phòng chuyên môn thẩm định.",
            "Tổ chức nộp hồ sơ cho Sở Y tế. Sở Y tế cấp giấy phép và chuyển kết quả về Trung tâm Phục vụ hành chính công để trả.",
            "Cơ sở nộp hồ sơ cho Phòng Y tế. Phòng Y tế tiếp nhận hồ sơ và báo cáo Sở Y tế. Sở Y tế trình Chủ tịch Ủy ban nhân dân cấp tỉnh. Chủ tịch Ủy ban nhân dân cấp tỉnh quyết định.",
            "Tổ chức nộp hồ sơ cho Sở Công Thương. Sở Công Thương thẩm định, cấp giấy phép, gửi một bản giấy phép cho Ủy ban nhân dân cấp xã nơi kinh doanh.",
            "Cơ sở nộp hồ sơ cho Sở Y tế. Sở Y tế thành lập đoàn thẩm định. Đoàn thẩm định lập biên bản và gửi biên bản về Sở Y tế để làm căn cứ. Sở Y tế cấp giấy chứng nhận.",
            "Cá nhân nộp đơn cho Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã xác nhận, có văn bản kèm hồ sơ gửi Sở Nội vụ. Sở Nội vụ quyết định.",
        ],
        &[
            "Tổ chức nộp hồ sơ cho Sở Y tế. Sở Y tế thẩm định hồ sơ, cấp giấy phép và gửi kết quả cho tổ chức.",
            "Tổ chức nộp hồ sơ cho Sở Y tế. Sở Y tế lấy ý kiến của Công an cấp tỉnh. Công an cấp tỉnh xác minh và gửi kết quả đến Sở Y tế. Sở Y tế cấp giấy phép.",
            "Tổ chức nộp hồ sơ cho Sở Y tế. Trong thời hạn 05 ngày kể từ ngày Sở Y tế gửi hồ sơ, tổ chức nhận kết quả.",
        ],
    );
}
