//! Pairs of requests and what they are to each other.

use super::{Kind, judge};
use crate::rule::{RelationBook, RuleFiles};
use proptest::prelude::*;
use std::sync::OnceLock;

static BOOK: OnceLock<RelationBook> = OnceLock::new();

fn book() -> RelationBook {
    RelationBook::load(&RuleFiles::embedded()).unwrap()
}

#[test]
fn relations_of_written_pairs() {
    relate(&[
        ("Bản sao thẻ hội viên", "- Thẻ hội viên (bản sao có chứng thực);", Kind::Same),
        ("02 ảnh 3x4", "Ảnh chân dung cỡ 3 cm x 4 cm", Kind::Same),
        ("02 ảnh 3x4", "02 ảnh 4x6", Kind::Variant),
        ("Đơn đề nghị cấp giấy phép bến bãi", "Đơn đề nghị gia hạn giấy phép bến bãi", Kind::Variant),
        ("Đơn đề nghị cấp giấy phép bến bãi theo Mẫu số 1", "Giấy đề nghị cấp giấy phép bến bãi", Kind::Same),
        ("Đơn đề nghị mở bến thuyền theo Mẫu BTH01-B", "Đơn đề nghị mở bến thuyền", Kind::Same),
        (
            "Đơn đề nghị thuê bến theo Mẫu số 12 Phụ lục IIA ban hành kèm theo Nghị định số 42/2026/NĐ-CP",
            "Đơn đề nghị thuê bến theo Mẫu số 13 Phụ lục IIA ban hành kèm theo Nghị định số 42/2026/NĐ-CP",
            Kind::Variant,
        ),
        ("Các tài liệu khác có liên quan", "Tài liệu kỹ thuật của bến thuyền", Kind::Different),
        ("Văn bản ủy quyền bằng tiếng Việt", "Văn bản ủy quyền", Kind::Same),
        ("Đơn theo mẫu quy định", "Đơn theo mẫu", Kind::Variant),
        ("Tờ khai theo mẫu;Mau 7.2.docx", "Tờ khai theo mẫu;Mau 7.2 (1).docx", Kind::Same),
        ("Hợp đồng thuê kho", "Danh sách kho thuê", Kind::Different),
        ("Giấy khai sinh", "Giấy khai sinh, hộ chiếu", Kind::Variant),
        ("Giấy phép vận tải giữa nước A và nước B", "Giấy phép vận tải giữa nước A, Lào và nước B", Kind::Variant),
        ("Đơn đề nghị công nhận ao nuôi tôm sú", "Đơn đề nghị công nhận cụm ao nuôi tôm sú", Kind::Variant),
        ("Văn bản xác nhận nơi thực tập", "Giấy xác nhận nơi thực tập", Kind::Same),
        ("02 tờ khai đăng ký tàu", "02 tờ khai xóa đăng ký tàu", Kind::Variant),
        ("Thẻ an toàn tiền chất thuốc nổ", "Thẻ an toàn TCTN", Kind::Same),
        ("Biên bản nghiệm thu bến thuyền", "Biên bản nghiệm thu phần mềm kế toán của quỹ", Kind::Variant),
        ("Biên bản bàn giao bến thuyền", "Biên bản nghiệm thu phần mềm kế toán của quỹ", Kind::Different),
        ("Thẻ hội viên", "Thẻ hội viên cũ để cơ quan tiếp nhận kiểm tra", Kind::Same),
        ("Danh sách hội viên, có xác nhận của chủ tịch hội", "Danh sách hội viên", Kind::Same),
        ("Sổ quỹ được lập chậm nhất 15 ngày trước ngày nộp", "Sổ quỹ", Kind::Same),
        ("Danh sách hội viên, có xác nhận của cơ quan, đơn vị nơi làm việc", "Danh sách hội viên", Kind::Same),
        (
            "Biên bản cuộc diễn tập và huấn luyện hằng năm của kế hoạch an ninh bến thuyền",
            "Kế hoạch an ninh bến thuyền",
            Kind::Different,
        ),
        ("+ Sổ quỹ của hội + Danh sách hội viên của hội", "Danh sách hội viên của hội", Kind::Variant),
        ("Đơn đề nghị cấp lại giấy phép", "a) Đơn đề nghị cấp lại giấy phép;", Kind::Same),
        ("Đơn đề nghị cấp lại giấy phép;M1.doc", "Đơn đề nghị cấp lại giấy phép;M2.doc", Kind::Variant),
        ("Đơn đề nghị cấp lại giấy phép;M1.doc", "Đơn đề nghị cấp lại giấy phép;M1.doc", Kind::Same),
        (
            "Báo cáo thu chi của quỹ hội viên",
            "Báo cáo trong đó nêu rõ nhân sự, tài sản, số thu chi của quỹ hội viên ba năm liền kề, dự kiến mua sắm, sửa \
             chữa trụ sở và thuê kho bãi cho các năm tiếp theo",
            Kind::Variant,
        ),
        ("Báo cáo tài chính 02 năm gần nhất của quỹ", "Báo cáo tài chính 03 năm gần nhất của quỹ", Kind::Variant),
        // who speaks does not matter, what it says does
        (
            "Nghị quyết của Ban quản trị quỹ mới thành lập về việc mua trụ sở",
            "Nghị quyết của Hội đồng quản trị quỹ về việc mua trụ sở",
            Kind::Same,
        ),
        ("Văn bản của hội đề nghị cấp thẻ", "Văn bản của hội cam kết trả thẻ", Kind::Different),
        ("Giấy đề nghị giám định bến", "Bến không đủ tiêu chuẩn", Kind::Different),
        // choices
        ("Đơn khiếu nại hoặc bản ghi lời khiếu nại", "Đơn khiếu nại", Kind::Same),
        ("Giấy khai sinh hoặc hộ chiếu", "Giấy khai sinh", Kind::Variant),
        // a word in another's place, even under one form number
        (
            "Đơn đề nghị cấp giấy phép mở bến thuyền theo Mẫu số 01 Nghị định số 1/2024/NĐ-CP",
            "Đơn đề nghị cấp giấy phép mở bến xe theo Mẫu số 01 Nghị định số 1/2024/NĐ-CP",
            Kind::Variant,
        ),
        // what it must say
        ("Danh sách hội viên của hội", "Danh sách hội viên của hội, gồm: họ tên; năm sinh; chức vụ", Kind::Same),
        // whose it is, said by one alone
        ("Bản kê trang thiết bị y tế", "Bản kê trang thiết bị y tế của cơ sở khám bệnh", Kind::Same),
        ("Kế hoạch xả thải từ ngày được cấp phép", "Kế hoạch xả thải từ ngày được cấp giấy phép", Kind::Same),
        ("Thông tin giấy khai sinh", "Bản sao giấy khai sinh", Kind::Same),
        ("02 ảnh 04 cm x 06 cm", "Ảnh 4x6", Kind::Same),
        ("Dự thảo di chúc", "Dự thảo điều lệ", Kind::Different),
        ("Giấy phép mở bến", "Giấy chứng nhận cửa hàng đủ điều kiện bán thuyền", Kind::Variant),
        ("Trường hợp giấy phép hết hạn thì hội lập danh sách gửi sở", "Giấy phép mở bến", Kind::Different),
    ]);
}

#[test]
fn relations_of_kinds_that_say_nothing_of_their_matter() {
    relate(&[
        // a decision says by its kind alone nothing of its matter; a resolution is the word of the same owners
        ("Quyết định cử cán bộ đi học", "Quyết định phê duyệt giá nước sạch", Kind::Different),
        ("Nghị quyết mở thêm kho bãi", "Nghị quyết thông qua giá thuê bến thuyền của xã viên", Kind::Variant),
        ("Hợp đồng vận chuyển gạo ra cảng", "Hợp đồng dạy nghề may", Kind::Different),
        ("Văn bản đồng ý cho học nghề", "Văn bản phê duyệt giá thuê bến", Kind::Different),
        ("Bản thuyết minh giống lúa mới", "Thuyết minh cách bố trí phòng cháy trong kho bãi", Kind::Different),
        ("Đơn đề nghị hỗ trợ theo Mẫu số 2", "Tờ khai đề nghị hỗ trợ", Kind::Variant),
        (
            "Dự toán kho bãi theo Mẫu số 02 ban hành kèm theo Thông tư số 4/2025/TT-BKHCN",
            "Dự toán kho bãi theo Mẫu số 15 ban hành kèm theo Thông tư số 4/2025/TT-BKHCN",
            Kind::Variant,
        ),
        (
            "Dự toán kho bãi theo Mẫu số 02 ban hành kèm theo Thông tư số 4/2025/TT-BKHCN",
            "Dự toán kho bãi theo Mẫu số 15 ban hành kèm theo Thông tư số 7/2023/TT-BKHCN",
            Kind::Same,
        ),
        (
            "Quyết định miễn thuế trong trường hợp hợp đồng thuê thuyền không quy định định mức",
            "Hợp đồng thuê thuyền có quy định định mức",
            Kind::Different,
        ),
        ("Hồ sơ hoàn công (đối với bến mới)", "Đơn đề nghị theo Mẫu số 27", Kind::Different),
        (
            "Giấy xác nhận thời gian nuôi tôm giống",
            "Giấy xác nhận chỗ đậu thuyền của trung tâm du lịch",
            Kind::Different,
        ),
        ("Sơ đồ vị trí bến thuyền", "Bản vẽ thi công kho lạnh và mái che", Kind::Different),
        ("Hồ sơ đề nghị chi là ủy nhiệm chi", "Ủy nhiệm chi", Kind::Same),
        ("Giấy đăng ký thuê kho bãi", "Bản đăng ký thuê kho bãi", Kind::Same),
        ("Bảng kê chi ngân sách nhà nước", "Bảng kê chi NSNN", Kind::Same),
        ("Đơn xin chuyển kho của cha mẹ hội viên", "Đơn xin chuyển kho", Kind::Same),
        // how many copies, and what would do instead
        ("Sổ quỹ: 01 bản chính, và 01 bản sao", "Sổ quỹ (nếu có): 01 bản chụp", Kind::Same),
        ("Sổ quỹ: 01 bản chụp. (Trường hợp có bản điện tử thì hội viên được miễn)", "Sổ quỹ", Kind::Same),
        ("Sổ quỹ hoặc các chứng từ thu chi khác có giá trị tương đương", "Sổ quỹ", Kind::Same),
        ("Thẻ căn cước hoặc hộ chiếu", "Giấy thông hành hoặc hộ chiếu", Kind::Same),
        ("Thẻ căn cước hoặc hộ chiếu của cha", "Giấy thông hành hoặc hộ chiếu của người giám hộ", Kind::Variant),
        // what asks for no paper is no variant of one
        ("Hội viên có kho riêng thì không phải gửi giấy rút vốn của quỹ", "Giấy rút vốn của quỹ", Kind::Different),
        ("Bản in sổ quỹ; hội viên mới không phải nộp sổ quỹ", "Danh sách hội viên; bản in sổ quỹ", Kind::Variant),
        ("Hồ sơ đề nghị cấp thẻ hội viên bao gồm:", "Đơn đề nghị cấp thẻ hội viên", Kind::Different),
        ("Vận tải đơn (01 bản chụp)", "Vận đơn", Kind::Same),
        ("Vận tải đơn", "Đơn đề nghị vận tải", Kind::Different),
        ("Bảng đối chiếu giờ công của thợ", "Bảng đối chiếu tiền ăn học viên", Kind::Variant),
        ("Giấy rút dự toán của hội", "Giấy rút vốn của quỹ kho bãi", Kind::Variant),
        (
            "Xe vào kho (không thuộc trường hợp: xe mượn, xe thuê; xe chạy thử): xuất trình sổ theo dõi xe",
            "Xe vào kho (không thuộc trường hợp: xe mượn, xe thuê): xuất trình sổ theo dõi xe",
            Kind::Same,
        ),
        (
            "Báo cáo tồn kho đến thời điểm nộp hồ sơ đề nghị cấp giấy phép bến bãi",
            "Báo cáo tồn kho trước ngày nộp hồ sơ đề nghị gia hạn giấy phép kho",
            Kind::Same,
        ),
        ("Đơn đề nghị thuê kho bãi", "Đơn đề nghị (bổ sung) thuê kho bãi", Kind::Variant),
        (
            "Đơn đề nghị thuê kho bãi theo Mẫu số 1 Nghị định số 1/2021/NĐ-CP (đã được sửa đổi, bổ sung tại Nghị định số 5/2025/NĐ-CP)",
            "Đơn đề nghị thuê kho bãi",
            Kind::Same,
        ),
        (
            "Hồ sơ của hội đề nghị cấp giấy phép đo đạc và bản đồ, gồm:",
            "Đơn đề nghị cấp giấy phép đo đạc và bản đồ",
            Kind::Different,
        ),
        (
            "Tài liệu về nội dung đề nghị bổ sung danh mục bến thuyền",
            "Đơn đề nghị bổ sung danh mục bến thuyền",
            Kind::Different,
        ),
        (
            "Giấy tờ hợp pháp chứng minh về quyền sử dụng đất",
            "Giấy tờ hợp pháp chứng minh thời gian học nghề",
            Kind::Different,
        ),
        ("Kết luận thanh tra kho bãi", "Kết luận giám định thương tật của xã viên", Kind::Different),
        ("Thông báo nghỉ lễ của hội", "Giấy mời dự tập huấn trồng nấm", Kind::Different),
        ("Kết quả thi lý thuyết lái thuyền", "Kết quả đánh giá phòng thử nghiệm của nhà máy", Kind::Different),
        ("Bản khai đề nghị gia hạn thẻ", "Văn bản đề nghị xác nhận kho bãi", Kind::Variant),
        ("Mẫu nhãn chế phẩm nuôi tôm", "Nhãn chế phẩm đang bán ra ở các nước láng giềng", Kind::Variant),
    ]);
}

#[test]
fn relations_of_what_is_no_paper_and_of_choices() {
    relate(&[
        // a moment, and what a paper must say, ask for no paper
        (
            "Giấy khám sức khỏe cấp không quá 12 tháng tính đến ngày nộp hồ sơ đề nghị cấp thẻ hội viên",
            "Phiếu lý lịch tư pháp cấp không quá 06 tháng tính đến ngày nộp hồ sơ đề nghị cấp thẻ hội viên",
            Kind::Different,
        ),
        (
            "Báo cáo tình hình hội viên, trong đó nêu rõ: (i) Số hội viên; (ii) Dự kiến sửa trụ sở và kế hoạch mua kho",
            "Phương án sửa bến, trong đó tối thiểu bao gồm các nội dung: kế hoạch mua kho, kế hoạch thuê thuyền",
            Kind::Different,
        ),
        // what an authorisation is for
        (
            "Văn bản ủy quyền theo quy định của pháp luật trong trường hợp ủy quyền thực hiện việc mở bến",
            "Văn bản ủy quyền (được chứng thực) theo quy định của pháp luật trong trường hợp ủy quyền thực hiện việc mở bến",
            Kind::Same,
        ),
        (
            "Văn bản ủy quyền theo quy định của pháp luật trong trường hợp ủy quyền thực hiện việc mở bến",
            "Văn bản ủy quyền theo quy định của pháp luật trong trường hợp ủy quyền thực hiện việc xóa tên thuyền",
            Kind::Variant,
        ),
        // declarations and data have names of their own
        ("Bản khai kho bãi", "Bản khai kiểm dịch thuyền", Kind::Different),
        ("Thông tin kinh nghiệm lái thuyền", "Thông tin bên mua kho", Kind::Different),
        ("Yêu cầu sửa đổi danh sách hội viên", "Bản khai sửa đổi danh sách hội viên", Kind::Variant),
        // a choice of which each is nearly the other's
        (
            "Đơn xin mở bến thuyền du lịch hoặc bản ghi lời xin; sơ đồ bến",
            "Đơn xin mở bến thuyền; sơ đồ bến",
            Kind::Variant,
        ),
        (
            "Nghị quyết hoặc quyết định về việc mua trụ sở",
            "Nghị quyết của Hội đồng quản trị quỹ về việc mua trụ sở",
            Kind::Same,
        ),
        (
            "Giấy chứng minh nhân dân hoặc hộ chiếu",
            "Hộ chiếu hoặc chứng minh nhân dân hoặc thẻ căn cước công dân",
            Kind::Same,
        ),
        ("Thẻ căn cước hoặc hộ chiếu", "Căn cước hoặc hộ chiếu", Kind::Same),
        ("Thẻ căn cước công dân", "Căn cước công dân", Kind::Same),
        ("CCCD", "Căn cước công dân", Kind::Same),
        ("CMND", "Giấy chứng minh nhân dân", Kind::Same),
        ("Phiếu lý lịch tư pháp", "Lý lịch tư pháp", Kind::Same),
        ("Căn cước công dân", "Chứng minh nhân dân", Kind::Variant),
    ]);
}

fn relate(pairs: &[(&str, &str, Kind)]) {
    let book = BOOK.get_or_init(book);
    for (a, b, kind) in pairs {
        let relation = judge(book, a, b);
        assert_eq!(relation.kind, *kind, "{a} | {b}: {relation:?}");
    }
}

proptest! {
    #[test]
    fn the_order_of_two_papers_does_not_matter(
        a in "(Đơn |Giấy phép |Bản sao |)(đề nghị |cấp lại |hoạt động |0[12] |3x4 |hoặc ){0,4}(bến|bên|kho|)( theo mẫu|;Mau 1.docx|)",
        b in "(Đơn |Giấy phép |Bản sao |)(đề nghị |cấp lại |hoạt động |0[12] |3x4 |hoặc ){0,4}(bến|bên|kho|)( theo mẫu|;Mau 1.docx|)",
    ) {
        let book = BOOK.get_or_init(book);
        let (one, other) = (judge(book, &a, &b), judge(book, &b, &a));
        prop_assert_eq!(one.kind, other.kind);
        prop_assert_eq!(one.reason, other.reason);
        prop_assert!((one.score - other.score).abs() < 1e-12);
        prop_assert!((0.0..=1.0).contains(&one.score));
    }
}
