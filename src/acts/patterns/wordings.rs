//! Wordings of each pattern as offices of police, tax, customs, land and farming write them, and beside them texts of the
//! same words that show none.

use super::tests::check;
use crate::rule::Pattern;

#[test]
fn payments_are_a_step_of_their_own() {
    check(
        Pattern::SeparatePayment,
        &[
            "Người nộp hồ sơ nộp hồ sơ tại Công an cấp tỉnh. Cán bộ tiếp nhận kiểm tra hồ sơ, cấp giấy hẹn. Bước 3: Nộp lệ phí. Bước 4: Nhận kết quả.",
            "Tổ chức nộp hồ sơ tại Chi cục Hải quan.\nBước 2: Tổ chức thực hiện nộp thuế vào ngân sách nhà nước.\nBước 3: Chi cục Hải quan thông quan hàng hóa.",
            "Người sử dụng đất nộp hồ sơ tại Văn phòng đăng ký đất đai. Cơ quan thuế ban hành thông báo nghĩa vụ tài chính. Người sử dụng đất nộp tiền sử dụng đất tại Kho bạc Nhà nước và nộp lại chứng từ. Văn phòng đăng ký đất đai trao Giấy chứng nhận.",
            "Công dân nộp hồ sơ tại Phòng Cảnh sát giao thông. Cán bộ kiểm tra hồ sơ, hướng dẫn công dân nộp lệ phí đăng ký xe theo quy định. Phòng Cảnh sát giao thông cấp đăng ký xe.",
            "Doanh nghiệp nộp hồ sơ trực tuyến. Sau khi hồ sơ được tiếp nhận, doanh nghiệp nộp phí thẩm định theo thông báo. Cục Quản lý Dược thẩm định hồ sơ và cấp giấy phép.",
            "Tổ chức gửi hồ sơ đến Bộ Nông nghiệp và Môi trường. Bộ Nông nghiệp và Môi trường kiểm tra hồ sơ, thông báo cho tổ chức nộp phí. Trong thời hạn 10 ngày kể từ ngày nhận được thông báo, tổ chức chuyển phí thẩm định vào tài khoản của Bộ. Bộ Nông nghiệp và Môi trường thẩm định, cấp phép.",
            "Cá nhân nộp hồ sơ tại Sở Xây dựng. Sở Xây dựng kiểm tra hồ sơ. Bước 3: Đóng lệ phí sát hạch. Bước 4: Sở Xây dựng tổ chức sát hạch, cấp giấy phép lái xe.",
            "Người nộp đơn nộp đơn tại Cục Sở hữu trí tuệ. Cục Sở hữu trí tuệ ra thông báo dự định cấp văn bằng và yêu cầu người nộp đơn nộp phí, lệ phí. Nếu người nộp đơn nộp phí, lệ phí đầy đủ, Cục Sở hữu trí tuệ ra quyết định cấp văn bằng.",
            "Công dân nộp hồ sơ đề nghị cấp hộ chiếu tại Phòng Quản lý xuất nhập cảnh. Cán bộ tiếp nhận kiểm tra hồ sơ, nếu hợp lệ thì in giấy biên nhận, chuyển cán bộ thu lệ phí. Công dân nộp lệ phí cho cán bộ thu lệ phí. Phòng Quản lý xuất nhập cảnh cấp hộ chiếu.",
            "Bước 1: Người yêu cầu chứng thực xuất trình bản chính để công chức đối chiếu. Bước 2: Người yêu cầu chứng thực nộp phí chứng thực tại quầy thu phí. Bước 3: Nhận bản sao đã chứng thực.",
            "Người nộp thuế khai hồ sơ khai lệ phí trước bạ gửi cơ quan thuế. Cơ quan thuế ra thông báo nộp lệ phí trước bạ. Người nộp thuế nộp lệ phí trước bạ vào ngân sách nhà nước. Phòng Cảnh sát giao thông cấp đăng ký xe.",
        ],
        &[
            "Tổ chức nộp hồ sơ và phí thẩm định tại Sở Y tế. Sở Y tế thẩm định hồ sơ, cấp giấy phép.",
            "Tổ chức nộp hồ sơ kèm chứng từ nộp phí tại Sở Y tế. Sở Y tế thẩm định hồ sơ, cấp giấy phép.",
            "Tổ chức nộp hồ sơ tại Sở Y tế. Sau khi tổ chức hoàn thành nghĩa vụ tài chính, Sở Y tế cấp giấy phép.",
            "Cá nhân nộp hồ sơ và nộp lệ phí tại Trung tâm Phục vụ hành chính công. Sở Tư pháp cấp Phiếu lý lịch tư pháp.",
            "Cá nhân nhận kết quả tại Bộ phận Một cửa và nộp lệ phí theo quy định.",
            "Cơ quan thuế tiếp nhận hồ sơ, kiểm tra hồ sơ. Cơ quan thuế thông báo cho người nộp thuế bổ sung nếu hồ sơ chưa đầy đủ. Cơ quan thuế ra quyết định.",
        ],
    );
}

#[test]
fn communes_confirm_for_others() {
    check(
        Pattern::LocalConfirmation,
        &[
            "Công dân làm đơn đề nghị. Công an cấp xã xác nhận vào đơn. Công dân nộp hồ sơ tại Công an cấp tỉnh. Công an cấp tỉnh cấp giấy phép.",
            "Người đề nghị khai tờ khai có xác nhận của Công an xã nơi thường trú, nộp tại Phòng Quản lý xuất nhập cảnh Công an tỉnh. Phòng Quản lý xuất nhập cảnh cấp hộ chiếu.",
            "Hộ gia đình viết đơn đề nghị hỗ trợ thiệt hại, có xác nhận của Ủy ban nhân dân cấp xã, gửi Sở Nông nghiệp và Môi trường. Sở Nông nghiệp và Môi trường thẩm định, trình Ủy ban nhân dân cấp tỉnh quyết định.",
            "Người sử dụng đất nộp hồ sơ tại Chi nhánh Văn phòng đăng ký đất đai. Ủy ban nhân dân cấp xã xác nhận hiện trạng sử dụng đất, nguồn gốc sử dụng đất, chuyển hồ sơ đến Văn phòng đăng ký đất đai. Văn phòng đăng ký đất đai cấp Giấy chứng nhận.",
            "Cá nhân nộp hồ sơ tại Công an cấp tỉnh. Công an cấp tỉnh đề nghị Công an cấp xã xác nhận về người đề nghị. Công an cấp tỉnh ra quyết định.",
            "Người lao động nộp bản khai cho tổ trưởng tổ dân phố xác nhận. Người lao động nộp hồ sơ tại Bảo hiểm xã hội. Bảo hiểm xã hội giải quyết chế độ.",
            "Chủ tàu cá nộp hồ sơ tại Chi cục Thủy sản. Hồ sơ phải được Ủy ban nhân dân cấp xã xác nhận. Chi cục Thủy sản cấp giấy phép.",
            "Người khai thác gỗ lập bảng kê lâm sản, đề nghị Ủy ban nhân dân cấp xã xác nhận. Người khai thác gửi bảng kê đến Hạt Kiểm lâm. Hạt Kiểm lâm xác nhận bảng kê.",
            "Bản khai phải được chính quyền địa phương nơi cư trú chứng nhận. Đối tượng nộp bản khai cho Bộ Chỉ huy quân sự cấp tỉnh. Bộ Chỉ huy quân sự cấp tỉnh ra quyết định.",
            "Cá nhân lập tờ khai, xin xác nhận của Ủy ban nhân dân xã nơi cư trú rồi gửi hồ sơ tới Sở Nội vụ. Sở Nội vụ quyết định trợ cấp.",
            "Đơn đề nghị phải có xác nhận của chính quyền địa phương. Cá nhân nộp đơn tại Chi cục Chăn nuôi và Thú y. Chi cục Chăn nuôi và Thú y cấp giấy.",
        ],
        &[
            "Công dân nộp hồ sơ tại Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã kiểm tra, xác nhận vào tờ khai và trả kết quả cho công dân.",
            "Tổ chức nộp hồ sơ tại Sở Công Thương. Sở Công Thương xác nhận hồ sơ hợp lệ và cấp giấy phép.",
            "Người dân nộp tờ khai tại Công an cấp xã. Công an cấp xã kiểm tra, xác nhận thông tin cư trú và trả giấy xác nhận cho người dân.",
            "Ủy ban nhân dân cấp xã tiếp nhận hồ sơ, gửi giấy xác nhận đã tiếp nhận hồ sơ cho người nộp. Ủy ban nhân dân cấp xã cấp giấy phép xây dựng.",
            "Chủ tịch Ủy ban nhân dân cấp xã xem xét, ký Giấy xác nhận và giao cho người đề nghị.",
            "Ủy ban nhân dân cấp xã kiểm tra hồ sơ, xác nhận đăng ký môi trường. Ủy ban nhân dân cấp xã trả kết quả cho chủ cơ sở.",
        ],
    );
}

#[test]
fn posting_makes_wait() {
    check(
        Pattern::PublicPosting,
        &[
            "Ủy ban nhân dân cấp xã niêm yết công khai kết quả kiểm tra hồ sơ tại trụ sở trong thời hạn 15 ngày. Văn phòng đăng ký đất đai cấp Giấy chứng nhận.",
            "Người mất Giấy chứng nhận khai báo với Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã niêm yết thông báo mất giấy trong thời gian 15 ngày. Sau 30 ngày kể từ ngày niêm yết, người mất nộp hồ sơ tại Văn phòng đăng ký đất đai.",
            "Văn phòng đăng ký đất đai đăng tin 03 lần trên phương tiện thông tin đại chúng ở địa phương. Sau 30 ngày kể từ ngày đăng tin lần đầu, Văn phòng đăng ký đất đai cấp lại Giấy chứng nhận.",
            "Sở Nông nghiệp và Môi trường công khai thông tin dự án trên trang thông tin điện tử để lấy ý kiến trong thời hạn 10 ngày. Sở Nông nghiệp và Môi trường cấp giấy phép.",
            "Doanh nghiệp phải thông báo trên ba số báo viết hoặc báo điện tử liên tiếp, sau 10 ngày kể từ ngày thông báo lần cuối mới nộp hồ sơ tại Bộ Công Thương.",
            "Ủy ban nhân dân cấp xã thông báo trên phương tiện thông tin đại chúng trong 07 ngày liên tục để tìm cha mẹ của trẻ. Hết thời hạn niêm yết, Ủy ban nhân dân cấp xã đăng ký khai sinh.",
            "Cục Sở hữu trí tuệ công bố đơn trên Công báo trong thời hạn 02 tháng để người thứ ba có ý kiến. Cục Sở hữu trí tuệ thẩm định đơn.",
            "Ủy ban nhân dân cấp xã công khai danh sách tại trụ sở và nơi sinh hoạt cộng đồng trong 10 ngày làm việc; hết thời hạn công khai, lập hồ sơ gửi Ủy ban nhân dân cấp tỉnh.",
            "Hội đồng bồi thường niêm yết phương án tại trụ sở Ủy ban nhân dân cấp xã, thời gian niêm yết ít nhất là 30 ngày. Ủy ban nhân dân cấp tỉnh phê duyệt.",
            "Cơ quan đăng ký đăng thông báo mất giấy tờ trên báo địa phương 03 số liên tiếp; sau 30 ngày kể từ ngày đăng báo, nếu không có khiếu nại thì cấp lại giấy.",
            "Bước 1: Người sử dụng đất nộp hồ sơ tại Bộ phận Một cửa. Bước 2: Bộ phận Một cửa chuyển hồ sơ đến Ủy ban nhân dân cấp xã. Bước 3: Ủy ban nhân dân cấp xã xác nhận hiện trạng, nguồn gốc sử dụng đất, tình trạng tranh chấp; niêm yết công khai nội dung xác nhận tại trụ sở trong thời gian 15 ngày; gửi hồ sơ đến Văn phòng đăng ký đất đai. Bước 4: Văn phòng đăng ký đất đai trích lục bản đồ, gửi phiếu chuyển thông tin đến cơ quan thuế. Bước 5: Cơ quan có thẩm quyền ký Giấy chứng nhận.",
        ],
        &[
            "Trong thời hạn 05 ngày làm việc kể từ ngày cấp giấy phép, Sở Công Thương công khai trên trang thông tin điện tử.",
            "Sở Y tế công bố thông tin của cơ sở trên cổng thông tin điện tử trong thời hạn 05 ngày làm việc kể từ ngày cấp giấy phép.",
            "Sau khi phê duyệt, Ủy ban nhân dân cấp xã niêm yết danh sách tại trụ sở.",
            "Công ty niêm yết cổ phiếu trên thị trường chứng khoán trong thời hạn 30 ngày.",
            "Bộ Công an công khai danh sách cơ sở được cấp phép trên Cổng thông tin điện tử.",
            "Kết quả được công khai trên Cổng dịch vụ công.",
        ],
    );
}

#[test]
fn somebody_has_to_come() {
    check(
        Pattern::InPersonOnly,
        &[
            "Người đề nghị cấp căn cước phải trực tiếp đến cơ quan Công an để thu nhận vân tay, ảnh khuôn mặt. Công an cấp tỉnh cấp thẻ căn cước.",
            "Người yêu cầu phải có mặt khi đăng ký kết hôn tại Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã cấp Giấy chứng nhận kết hôn.",
            "Công dân trực tiếp nộp hồ sơ tại trụ sở Công an cấp xã. Công an cấp xã cấp giấy.",
            "Người đề nghị phải tự mình đến cơ quan quản lý xuất nhập cảnh để nộp hồ sơ. Phòng Quản lý xuất nhập cảnh cấp hộ chiếu.",
            "Người đề nghị cấp hộ chiếu lần đầu trực tiếp đến Phòng Quản lý xuất nhập cảnh để chụp ảnh, lấy vân tay và nộp tờ khai. Phòng Quản lý xuất nhập cảnh cấp hộ chiếu.",
            "Bước 1: Người nộp hồ sơ đến nộp trực tiếp tại trụ sở Công an cấp huyện vào giờ hành chính. Bước 2: Công an cấp huyện cấp giấy.",
        ],
        &[
            "Công dân nộp hồ sơ trực tiếp hoặc trực tuyến qua Cổng dịch vụ công tại Công an cấp xã. Công an cấp xã cấp giấy.",
            "Tổ chức nộp hồ sơ tại Sở Y tế. Sở Y tế trực tiếp đến kiểm tra cơ sở, cấp giấy phép.",
            "Công dân đến trực tiếp hoặc gửi hồ sơ qua dịch vụ bưu chính đến Công an cấp tỉnh. Công an cấp tỉnh cấp giấy.",
            "Bộ phận Một cửa trực tiếp nhận hồ sơ của tổ chức. Sở Y tế cấp giấy phép.",
            "Tổ chức nộp hồ sơ trực tiếp tại Sở Nông nghiệp và Môi trường hoặc gửi qua đường bưu điện, môi trường mạng. Sở Nông nghiệp và Môi trường cấp giấy phép.",
            "Cá nhân nộp hồ sơ trực tiếp, cán bộ hướng dẫn bổ sung ngay. Trường hợp nộp trực tuyến, cán bộ gửi thông báo bổ sung qua tài khoản. Công an cấp tỉnh cấp giấy phép.",
        ],
    );
}

#[test]
fn bodies_appraise_in_turn() {
    check(
        Pattern::DoubleAppraisal,
        &[
            "Tổ chức nộp hồ sơ tại Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã thẩm định hồ sơ, trình Sở Xây dựng. Sở Xây dựng thẩm định hồ sơ, trình Ủy ban nhân dân cấp tỉnh. Ủy ban nhân dân cấp tỉnh quyết định.",
            "Cá nhân nộp hồ sơ tại Hội đồng cấp cơ sở. Hội đồng cấp cơ sở xét chọn, gửi hồ sơ đến Hội đồng cấp tỉnh. Hội đồng cấp tỉnh xét duyệt, trình Hội đồng cấp Nhà nước. Hội đồng cấp Nhà nước xét duyệt.",
            "Doanh nghiệp nộp hồ sơ tại Sở Công Thương. Sở Công Thương thẩm tra hồ sơ, chuyển hồ sơ kèm ý kiến về Bộ Công Thương. Bộ Công Thương thẩm định và cấp giấy phép.",
            "Cơ sở nộp hồ sơ tại Sở Công Thương. Sở Công Thương thẩm định, có văn bản đề nghị kèm hồ sơ gửi Bộ Công Thương. Bộ Công Thương tổ chức thẩm định và ban hành quyết định.",
            "Trường nộp hồ sơ tại Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã tổ chức thẩm định hồ sơ và trình Ủy ban nhân dân cấp tỉnh. Sở Giáo dục và Đào tạo thẩm định lại hồ sơ, trình Ủy ban nhân dân cấp tỉnh quyết định.",
            "Công an cấp tỉnh thẩm định hồ sơ, báo cáo Bộ Công an. Cục Cảnh sát quản lý hành chính thẩm định hồ sơ, trình Bộ trưởng. Bộ trưởng Bộ Công an quyết định.",
            "Sở Nông nghiệp và Môi trường thẩm định hồ sơ, trình Ủy ban nhân dân cấp tỉnh. Ủy ban nhân dân cấp tỉnh có tờ trình kèm hồ sơ gửi Bộ Nông nghiệp và Môi trường. Bộ Nông nghiệp và Môi trường tổ chức thẩm định, trình Thủ tướng Chính phủ quyết định.",
            "Chi cục Thuế thẩm tra hồ sơ, chuyển hồ sơ đến Cục Thuế. Cục Thuế thẩm định và ra quyết định.",
            "Công an cấp xã xét duyệt hồ sơ, chuyển Công an cấp tỉnh. Công an cấp tỉnh thẩm định hồ sơ và báo cáo Bộ Công an quyết định.",
        ],
        &[
            "Tổ chức nộp hồ sơ và phí thẩm định tại Sở Y tế. Sở Y tế thẩm định hồ sơ, cấp giấy phép.",
            "Tổ chức nộp hồ sơ kèm chứng từ nộp phí tại Sở Y tế. Sở Y tế thẩm định hồ sơ, cấp giấy phép.",
            "Doanh nghiệp nộp hồ sơ tại Sở Tài chính. Sở Tài chính thẩm định hồ sơ, cấp giấy chứng nhận cho doanh nghiệp.",
            "Tổ chức nộp hồ sơ. Bộ Công Thương chỉ được yêu cầu bổ sung hồ sơ một lần. Bộ Công Thương thẩm định, cấp giấy phép.",
            "Tổ chức nộp hồ sơ. Sở Công Thương kiểm tra hồ sơ, nếu chưa đầy đủ thì yêu cầu bổ sung. Trường hợp quá thời hạn không bổ sung thì Sở Công Thương trả lại hồ sơ. Sở Công Thương thẩm định, cấp giấy phép.",
            "Tổ chức nộp hồ sơ. Sở Công Thương kiểm tra hồ sơ, nếu chưa đầy đủ thì yêu cầu bổ sung. Sở Công Thương thẩm định hồ sơ; trường hợp không cấp thì trả lời bằng văn bản, nêu rõ lý do.",
        ],
    );
}

#[test]
fn later_stages_ask_again() {
    check(
        Pattern::RepeatSupplement,
        &[
            "Tổ chức nộp hồ sơ tại Cục Thuế. Cục Thuế kiểm tra hồ sơ, nếu chưa đầy đủ thì thông báo bổ sung. Cục Thuế thẩm định hồ sơ, trường hợp cần làm rõ thì yêu cầu người nộp thuế giải trình, bổ sung thông tin. Cục Thuế ra quyết định.",
            "Người nộp thuế nộp hồ sơ. Cơ quan thuế yêu cầu bổ sung hồ sơ không quá hai lần. Cơ quan thuế ra quyết định.",
            "Người nộp thuế gửi hồ sơ hoàn thuế đến cơ quan thuế. Trường hợp hồ sơ chưa đủ thông tin, cơ quan thuế thông báo giải trình, bổ sung lần 1. Hết thời hạn mà người nộp thuế chưa giải trình thì cơ quan thuế thông báo lần 2. Cơ quan thuế ra quyết định hoàn thuế.",
            "Chủ dự án nộp hồ sơ tại Sở Nông nghiệp và Môi trường. Sở Nông nghiệp và Môi trường kiểm tra hồ sơ; hồ sơ không hợp lệ thì có văn bản yêu cầu bổ sung. Hội đồng thẩm định họp thẩm định báo cáo. Sở Nông nghiệp và Môi trường thông báo kết quả thẩm định để chủ dự án chỉnh sửa, bổ sung báo cáo. Sở Nông nghiệp và Môi trường phê duyệt.",
            "Tổ chức nộp hồ sơ tại Bộ phận Một cửa. Bộ phận Một cửa kiểm tra thành phần hồ sơ, nếu thiếu thì hướng dẫn bổ sung; nếu đủ thì chuyển phòng chuyên môn. Phòng chuyên môn kiểm tra hồ sơ, nếu chưa hợp lệ thì yêu cầu bổ sung.",
            "Cơ sở nộp hồ sơ tại Phòng Cảnh sát phòng cháy chữa cháy. Phòng Cảnh sát phòng cháy chữa cháy kiểm tra hồ sơ, nếu thiếu thì hướng dẫn bổ sung. Phòng Cảnh sát phòng cháy chữa cháy kiểm tra thực tế tại cơ sở; nếu không đạt thì yêu cầu cơ sở khắc phục và đề nghị kiểm tra lại. Phòng Cảnh sát phòng cháy chữa cháy cấp văn bản nghiệm thu.",
            "Tổ chức nộp hồ sơ. Bộ Công Thương yêu cầu bổ sung hồ sơ cho đến khi hồ sơ hợp lệ. Bộ Công Thương cấp giấy phép.",
            "Tổ chức nộp hồ sơ. Cục Hàng không có văn bản yêu cầu bổ sung hồ sơ. Trường hợp hồ sơ sau khi bổ sung vẫn không hợp lệ, Cục Hàng không tiếp tục yêu cầu hoàn thiện. Cục Hàng không cấp giấy phép.",
            "Tổ chức nộp hồ sơ. Bộ Y tế gửi văn bản yêu cầu sửa đổi, bổ sung hồ sơ. Trường hợp hồ sơ sửa đổi, bổ sung không đáp ứng yêu cầu, Bộ Y tế thông báo lại cho tổ chức để tiếp tục bổ sung. Bộ Y tế cấp giấy phép.",
            "Người khai hải quan nộp hồ sơ. Cơ quan hải quan kiểm tra hồ sơ, nếu chưa đầy đủ thì yêu cầu bổ sung. Cơ quan hải quan kiểm tra thực tế hàng hóa. Trường hợp có nghi vấn, cơ quan hải quan yêu cầu người khai hải quan bổ sung chứng từ, giải trình. Cơ quan hải quan ra thông báo.",
            "Tổ chức nộp hồ sơ. Trường hợp hồ sơ chưa đầy đủ, Bộ Công an thông báo để bổ sung. Trong quá trình giải quyết, Bộ Công an có thể yêu cầu tổ chức bổ sung, làm rõ. Bộ Công an cấp giấy phép.",
        ],
        &[
            "Tổ chức nộp hồ sơ. Bộ Công Thương chỉ được yêu cầu bổ sung hồ sơ một lần. Bộ Công Thương thẩm định, cấp giấy phép.",
            "Tổ chức nộp hồ sơ. Sở Công Thương kiểm tra hồ sơ, nếu chưa đầy đủ thì yêu cầu bổ sung. Trường hợp quá thời hạn không bổ sung thì Sở Công Thương trả lại hồ sơ. Sở Công Thương thẩm định, cấp giấy phép.",
            "Tổ chức nộp hồ sơ. Sở Công Thương kiểm tra hồ sơ, nếu chưa đầy đủ thì yêu cầu bổ sung. Sở Công Thương thẩm định hồ sơ; trường hợp không cấp thì trả lời bằng văn bản, nêu rõ lý do.",
            "Tổ chức nộp hồ sơ tại Sở Xây dựng. Sở Xây dựng kiểm tra hồ sơ, trường hợp hồ sơ chưa đầy đủ thì thông báo bổ sung; trường hợp hồ sơ đầy đủ thì thẩm định và cấp giấy phép.",
            "Cơ quan thuế tiếp nhận hồ sơ, kiểm tra hồ sơ. Cơ quan thuế thông báo cho người nộp thuế bổ sung nếu hồ sơ chưa đầy đủ. Cơ quan thuế ra quyết định.",
            "Cơ quan hải quan hướng dẫn người nộp thuế khai bổ sung. Cơ quan hải quan thông quan hàng hóa.",
        ],
    );
}

#[test]
fn letters_want_knowledge() {
    check(
        Pattern::AskOtherAgency,
        &[
            "Cá nhân nộp hồ sơ tại Công an cấp tỉnh. Công an cấp tỉnh đề nghị Công an cấp xã xác nhận về người đề nghị. Công an cấp tỉnh ra quyết định.",
            "Tổ chức nộp hồ sơ tại Bộ Công an. Bộ Công an trao đổi với Bộ Quốc phòng, cơ quan liên quan về hồ sơ trước khi cấp phép. Bộ Công an cấp giấy phép.",
            "Cá nhân nộp hồ sơ tại Sở Tư pháp. Sở Tư pháp gửi phiếu xác minh lý lịch tư pháp đến Công an cấp tỉnh. Công an cấp tỉnh tra cứu và trả lời. Sở Tư pháp cấp Phiếu lý lịch tư pháp.",
            "Doanh nghiệp nộp hồ sơ tại Chi cục Thuế. Chi cục Thuế gửi công văn đến ngân hàng đề nghị xác minh tài khoản của doanh nghiệp và đề nghị Công an cấp xã xác minh nơi cư trú của người đại diện. Chi cục Thuế ra quyết định hoàn thuế.",
            "Người sử dụng đất nộp hồ sơ. Văn phòng đăng ký đất đai gửi phiếu lấy ý kiến Ủy ban nhân dân cấp xã về nguồn gốc sử dụng đất. Văn phòng đăng ký đất đai cấp Giấy chứng nhận.",
            "Tổ chức nộp hồ sơ tại Sở Công Thương. Sở Công Thương có văn bản đề nghị cơ quan thuế cung cấp thông tin về việc chấp hành nghĩa vụ thuế của tổ chức. Sở Công Thương cấp giấy phép.",
            "Cá nhân nộp hồ sơ. Sở Xây dựng có văn bản đề nghị Cục Cảnh sát giao thông xác minh giấy phép lái xe. Sở Xây dựng cấp đổi giấy phép lái xe.",
            "Người lao động nộp hồ sơ tại Trung tâm Dịch vụ việc làm. Trung tâm Dịch vụ việc làm gửi văn bản đến Bảo hiểm xã hội đề nghị xác nhận thời gian đóng bảo hiểm. Trung tâm Dịch vụ việc làm ra quyết định.",
            "Tổ chức nộp hồ sơ tại Bộ Công an. Bộ Công an có văn bản đề nghị cơ quan đăng ký kinh doanh xác minh thông tin đăng ký doanh nghiệp. Bộ Công an cấp giấy phép.",
            "Tổ chức nộp hồ sơ tại Bộ Nông nghiệp và Môi trường. Bộ Nông nghiệp và Môi trường lấy ý kiến Bộ Tài chính về phương án kỹ thuật. Bộ Nông nghiệp và Môi trường cấp phép.",
            "Tổ chức nộp hồ sơ tại Cục Quản lý xuất nhập cảnh. Cục Quản lý xuất nhập cảnh trao đổi ý kiến với Bộ Ngoại giao. Cục Quản lý xuất nhập cảnh cấp thị thực.",
        ],
        &[
            "Công dân gửi hồ sơ đến Công an cấp xã. Công an cấp xã gửi thông báo cho công dân. Công an cấp xã cấp giấy.",
            "Người nộp thuế gửi hồ sơ đề nghị miễn thuế đến cơ quan thuế. Cơ quan thuế ban hành quyết định miễn thuế.",
            "Ủy ban nhân dân cấp xã tiếp nhận hồ sơ, gửi giấy xác nhận đã tiếp nhận hồ sơ cho người nộp. Ủy ban nhân dân cấp xã cấp giấy phép xây dựng.",
            "Sở Y tế gửi thông báo cho Bộ Y tế sau khi cấp giấy phép để tổng hợp.",
            "Công dân đến trực tiếp hoặc gửi hồ sơ qua dịch vụ bưu chính đến Công an cấp tỉnh. Công an cấp tỉnh cấp giấy.",
            "Tổ chức nộp hồ sơ trực tiếp tại Sở Nông nghiệp và Môi trường hoặc gửi qua đường bưu điện, môi trường mạng. Sở Nông nghiệp và Môi trường cấp giấy phép.",
        ],
    );
}

#[test]
fn what_a_register_holds() {
    check(
        Pattern::HeldDataCheck,
        &[
            "Người sử dụng đất nộp hồ sơ tại Chi nhánh Văn phòng đăng ký đất đai. Ủy ban nhân dân cấp xã xác nhận hiện trạng sử dụng đất, nguồn gốc sử dụng đất, chuyển hồ sơ đến Văn phòng đăng ký đất đai. Văn phòng đăng ký đất đai cấp Giấy chứng nhận.",
            "Cá nhân nộp hồ sơ tại Sở Tư pháp. Sở Tư pháp gửi phiếu xác minh lý lịch tư pháp đến Công an cấp tỉnh. Công an cấp tỉnh tra cứu và trả lời. Sở Tư pháp cấp Phiếu lý lịch tư pháp.",
            "Doanh nghiệp nộp hồ sơ tại Chi cục Thuế. Chi cục Thuế gửi công văn đến ngân hàng đề nghị xác minh tài khoản của doanh nghiệp và đề nghị Công an cấp xã xác minh nơi cư trú của người đại diện. Chi cục Thuế ra quyết định hoàn thuế.",
            "Người sử dụng đất nộp hồ sơ. Văn phòng đăng ký đất đai gửi phiếu lấy ý kiến Ủy ban nhân dân cấp xã về nguồn gốc sử dụng đất. Văn phòng đăng ký đất đai cấp Giấy chứng nhận.",
            "Tổ chức nộp hồ sơ tại Sở Công Thương. Sở Công Thương có văn bản đề nghị cơ quan thuế cung cấp thông tin về việc chấp hành nghĩa vụ thuế của tổ chức. Sở Công Thương cấp giấy phép.",
            "Cá nhân nộp hồ sơ. Sở Xây dựng có văn bản đề nghị Cục Cảnh sát giao thông xác minh giấy phép lái xe. Sở Xây dựng cấp đổi giấy phép lái xe.",
            "Người lao động nộp hồ sơ tại Trung tâm Dịch vụ việc làm. Trung tâm Dịch vụ việc làm gửi văn bản đến Bảo hiểm xã hội đề nghị xác nhận thời gian đóng bảo hiểm. Trung tâm Dịch vụ việc làm ra quyết định.",
            "Tổ chức nộp hồ sơ tại Bộ Công an. Bộ Công an có văn bản đề nghị cơ quan đăng ký kinh doanh xác minh thông tin đăng ký doanh nghiệp. Bộ Công an cấp giấy phép.",
            "Đơn xin nhập quốc tịch kèm giấy xác nhận của Công an cấp xã về nơi cư trú được nộp tại Sở Tư pháp. Sở Tư pháp thẩm tra hồ sơ, trình Ủy ban nhân dân cấp tỉnh. Chủ tịch nước quyết định.",
            "Công dân nộp hồ sơ thôi quốc tịch tại Sở Tư pháp. Sở Tư pháp đề nghị Công an cấp tỉnh xác minh về nhân thân của người xin thôi quốc tịch. Chủ tịch nước quyết định.",
            "Người nộp hồ sơ. Cơ quan hải quan gửi văn bản đề nghị cơ quan đăng ký xe xác minh thông tin đăng ký xe. Cơ quan hải quan ra quyết định.",
        ],
        &[
            "Trong thời hạn 05 ngày làm việc kể từ ngày cấp giấy phép, Sở Công Thương công khai trên trang thông tin điện tử.",
            "Sở Y tế công bố thông tin của cơ sở trên cổng thông tin điện tử trong thời hạn 05 ngày làm việc kể từ ngày cấp giấy phép.",
            "Người dân nộp tờ khai tại Công an cấp xã. Công an cấp xã kiểm tra, xác nhận thông tin cư trú và trả giấy xác nhận cho người dân.",
            "Bộ Công an công khai danh sách cơ sở được cấp phép trên Cổng thông tin điện tử.",
            "Cán bộ tiếp nhận khai thác thông tin cư trú trên Cơ sở dữ liệu quốc gia về dân cư. Công an cấp xã cấp giấy.",
            "Cơ quan thuế tra cứu thông tin đăng ký kinh doanh trên hệ thống để giải quyết. Cơ quan thuế ra thông báo.",
        ],
    );
}

#[test]
fn papers_go_from_desk_to_desk() {
    check(
        Pattern::PaperForward,
        &[
            "Người sử dụng đất nộp hồ sơ tại Bộ phận Một cửa. Văn phòng đăng ký đất đai gửi phiếu chuyển thông tin địa chính đến cơ quan thuế để xác định nghĩa vụ tài chính. Cơ quan thuế ban hành thông báo nộp tiền. Văn phòng đăng ký đất đai trao Giấy chứng nhận.",
            "Người sử dụng đất nộp hồ sơ tại Văn phòng đăng ký đất đai. Văn phòng đăng ký đất đai gửi thông tin địa chính đến cơ quan thuế để xác định và thông báo thu nghĩa vụ tài chính. Văn phòng đăng ký đất đai ghi nội dung biến động vào Giấy chứng nhận.",
            "Công dân nộp hồ sơ tại Công an cấp xã. Công an cấp xã kiểm tra hồ sơ, chuyển hồ sơ lên Công an cấp tỉnh. Công an cấp tỉnh cấp thẻ căn cước.",
            "Tổ chức nộp hồ sơ tại Bộ phận Một cửa. Bộ phận Một cửa bàn giao hồ sơ cho Phòng nghiệp vụ. Phòng nghiệp vụ thẩm định, cấp giấy phép.",
            "Cá nhân nộp hồ sơ tại Bộ phận Một cửa. Phòng chuyên môn thẩm định hồ sơ, ký giấy phép và chuyển giấy phép cho Bộ phận Một cửa. Bộ phận Một cửa trả kết quả cho cá nhân.",
            "Người nộp thuế gửi hồ sơ đến Chi cục Thuế. Bộ phận một cửa tiếp nhận hồ sơ, đóng dấu ngày nhận và chuyển đến bộ phận xử lý. Bộ phận xử lý kiểm tra hồ sơ và ra thông báo.",
            "Doanh nghiệp nộp hồ sơ tại Sở Tài chính. Sở Tài chính tổng hợp, trình Ủy ban nhân dân cấp tỉnh. Ủy ban nhân dân cấp tỉnh quyết định.",
            "Hộ gia đình nộp hồ sơ tại Văn phòng đăng ký đất đai. Văn phòng đăng ký đất đai chuyển thông tin sang cơ quan thuế. Cơ quan thuế xác định nghĩa vụ tài chính, thông báo cho hộ gia đình. Hộ gia đình thực hiện nghĩa vụ tài chính theo thông báo. Văn phòng đăng ký đất đai trao Giấy chứng nhận.",
            "Người dân khai báo thiệt hại với trưởng thôn. Trưởng thôn xác nhận và gửi danh sách cho Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã tổng hợp, trình Ủy ban nhân dân cấp tỉnh quyết định.",
            "Tổ chức nộp hồ sơ tại Cảng vụ. Cảng vụ tiếp nhận và gửi hồ sơ về Cục Hàng hải. Cục Hàng hải thẩm định và cấp giấy phép.",
            "Công dân nộp hồ sơ tại Công an cấp xã. Công an cấp xã tổng hợp, báo cáo Công an cấp tỉnh. Công an cấp tỉnh ra quyết định.",
        ],
        &[
            "Công dân gửi hồ sơ đến Công an cấp xã. Công an cấp xã gửi thông báo cho công dân. Công an cấp xã cấp giấy.",
            "Người nộp thuế gửi hồ sơ đề nghị miễn thuế đến cơ quan thuế. Cơ quan thuế ban hành quyết định miễn thuế.",
            "Ủy ban nhân dân cấp xã tiếp nhận hồ sơ, gửi giấy xác nhận đã tiếp nhận hồ sơ cho người nộp. Ủy ban nhân dân cấp xã cấp giấy phép xây dựng.",
            "Sở Y tế gửi thông báo cho Bộ Y tế sau khi cấp giấy phép để tổng hợp.",
            "Tổ chức chuyển hồ sơ đến Cục Thuế. Cục Thuế thẩm định, ra quyết định.",
            "Công dân đến trực tiếp hoặc gửi hồ sơ qua dịch vụ bưu chính đến Công an cấp tỉnh. Công an cấp tỉnh cấp giấy.",
        ],
    );
}

#[test]
fn papers_are_entered_by_hand() {
    check(
        Pattern::ManualCopy,
        &[
            "Công dân nộp bản sao giấy tờ và xuất trình bản chính để đối chiếu tại Công an cấp xã. Công an cấp xã cấp giấy.",
            "Cán bộ tiếp nhận kiểm tra, đối chiếu hồ sơ với thông tin trong Cơ sở dữ liệu quốc gia về dân cư. Công an cấp xã cấp giấy.",
            "Công chức hải quan kiểm tra, đối chiếu thông tin khai trên tờ khai hải quan với chứng từ. Chi cục Hải quan quyết định thông quan.",
            "Công chức tư pháp - hộ tịch ghi vào Sổ đăng ký khai sinh, cùng người đi đăng ký ký tên vào Sổ. Chủ tịch Ủy ban nhân dân cấp xã cấp Giấy khai sinh.",
            "Văn phòng đăng ký đất đai tiếp nhận hồ sơ, ghi đầy đủ thông tin vào Sổ tiếp nhận hồ sơ và trả kết quả, trao Giấy tiếp nhận cho người nộp. Văn phòng đăng ký đất đai cấp Giấy chứng nhận.",
            "Cán bộ nhập thông tin vào phần mềm, in phiếu hẹn. Công an cấp tỉnh cấp giấy phép.",
            "Người nhận hồ sơ so sánh bản chụp với bản chính và ký xác nhận vào bản chụp. Sở Tư pháp cấp giấy.",
            "Cơ quan quản lý hồ sơ trích sao hồ sơ, lý lịch và xác nhận cho người đề nghị. Bộ Quốc phòng ra quyết định.",
            "Bước 1: Người yêu cầu chứng thực xuất trình bản chính để công chức đối chiếu. Bước 2: Người yêu cầu chứng thực nộp phí chứng thực tại quầy thu phí. Bước 3: Nhận bản sao đã chứng thực.",
            "Công chức tiếp nhận kiểm tra bản chụp với bản chính, ký xác nhận đã đối chiếu.",
            "Cán bộ tiếp nhận cập nhật đầy đủ thông tin của hồ sơ vào hệ thống một cửa điện tử và lưu hồ sơ giấy.",
            "Công chức thuế nhập tờ khai giấy vào ứng dụng quản lý thuế. Chi cục Thuế ra thông báo.",
            "Cán bộ sao chụp bản chính và lưu hồ sơ. Công an cấp xã cấp giấy.",
            "Công dân nộp đơn. Công an cấp tỉnh căn cứ hồ sơ gốc cấp lại bản sao giấy chứng nhận.",
        ],
        &[
            "Cơ quan hải quan đối chiếu với quy định của pháp luật để quyết định.",
            "Cơ quan có thẩm quyền đối chiếu với điều kiện quy định để cấp giấy phép.",
            "Sau khi cấp giấy phép, Sở Y tế cập nhật kết quả vào hệ thống.",
            "Cơ sở nộp hồ sơ tại Sở Y tế. Sở Y tế cấp giấy phép, cập nhật giấy phép vào hệ thống.",
            "Công dân sao chụp bản chính và nộp hồ sơ tại Công an cấp xã. Công an cấp xã cấp giấy.",
            "Cơ quan đăng ký sao gửi quyết định cho các bên.",
        ],
    );
}

#[test]
fn two_desks_check() {
    check(
        Pattern::DoubleCheck,
        &[
            "Tổ chức nộp hồ sơ tại Bộ phận Một cửa. Bộ phận Một cửa kiểm tra thành phần hồ sơ, nếu thiếu thì hướng dẫn bổ sung; nếu đủ thì chuyển phòng chuyên môn. Phòng chuyên môn kiểm tra hồ sơ, nếu chưa hợp lệ thì yêu cầu bổ sung.",
            "Công dân nộp hồ sơ tại Công an cấp xã. Công an cấp xã kiểm tra tính pháp lý và nội dung hồ sơ, chuyển hồ sơ về Công an cấp tỉnh. Công an cấp tỉnh kiểm tra lại hồ sơ, cấp giấy phép.",
            "Tổ chức nộp hồ sơ tại Bộ phận Một cửa. Bộ phận Một cửa kiểm tra tính đầy đủ của hồ sơ, chuyển Văn phòng đăng ký đất đai. Văn phòng đăng ký đất đai kiểm tra hồ sơ, trích đo địa chính, cập nhật.",
            "Công dân nộp hồ sơ tại Công an cấp xã. Công an cấp xã tiếp nhận, kiểm tra tính hợp lệ của hồ sơ, chuyển đến Phòng Quản lý xuất nhập cảnh. Phòng Quản lý xuất nhập cảnh rà soát hồ sơ, nếu thiếu thì thông báo bổ sung.",
            "Bộ phận Một cửa kiểm tra tính đầy đủ của hồ sơ. Phòng chuyên môn kiểm tra tính hợp lệ của hồ sơ; nếu không hợp lệ thì trả lại.",
            "Hồ sơ được nộp tại Đội Quản lý hành chính. Cán bộ tiếp nhận kiểm tra thành phần hồ sơ, chuyển hồ sơ đến cán bộ thụ lý. Cán bộ thụ lý kiểm tra hồ sơ, nếu thiếu thì yêu cầu bổ sung. Trưởng Công an cấp xã ký duyệt.",
            "Cán bộ Bộ phận Một cửa kiểm tra thành phần hồ sơ rồi chuyển phòng chuyên môn. Chuyên viên kiểm tra hồ sơ, nếu hồ sơ không hợp lệ thì thông báo trả lại.",
        ],
        &[
            "Công dân nộp hồ sơ tại Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã kiểm tra, xác nhận vào tờ khai và trả kết quả cho công dân.",
            "Tổ chức nộp hồ sơ. Sở Công Thương kiểm tra hồ sơ, nếu chưa đầy đủ thì yêu cầu bổ sung. Trường hợp quá thời hạn không bổ sung thì Sở Công Thương trả lại hồ sơ. Sở Công Thương thẩm định, cấp giấy phép.",
            "Tổ chức nộp hồ sơ. Sở Công Thương kiểm tra hồ sơ, nếu chưa đầy đủ thì yêu cầu bổ sung. Sở Công Thương thẩm định hồ sơ; trường hợp không cấp thì trả lời bằng văn bản, nêu rõ lý do.",
            "Tổ chức nộp hồ sơ tại Sở Xây dựng. Sở Xây dựng kiểm tra hồ sơ, trường hợp hồ sơ chưa đầy đủ thì thông báo bổ sung; trường hợp hồ sơ đầy đủ thì thẩm định và cấp giấy phép.",
            "Cơ quan thuế tiếp nhận hồ sơ, kiểm tra hồ sơ. Cơ quan thuế thông báo cho người nộp thuế bổ sung nếu hồ sơ chưa đầy đủ. Cơ quan thuế ra quyết định.",
            "Tổ chức nộp hồ sơ tại Sở Y tế. Sở Y tế trực tiếp đến kiểm tra cơ sở, cấp giấy phép.",
        ],
    );
}

#[test]
fn bodies_examine_one_after_the_other() {
    check(
        Pattern::DoubleAppraisal,
        &[
            "Tổ chức nộp hồ sơ đến Sở Tài chính. Sở Tài chính thẩm định hồ sơ, trình Bộ Tài chính thẩm định. Bộ Tài chính cấp giấy phép.",
            "Hộ gia đình nộp đơn tại Ủy ban nhân dân cấp xã. Ủy ban nhân dân cấp xã thẩm định, gửi Chi cục Kiểm lâm xét duyệt. Chi cục Kiểm lâm phê duyệt.",
            "Cá nhân nộp đơn. Tổ chức hội nghị xét duyệt. Bộ Chỉ huy quân sự cấp tỉnh hoàn thành việc xét duyệt, báo cáo Cục Chính trị quân khu. Cục Chính trị quân khu hoàn thành việc thẩm định. Tư lệnh quân khu ra quyết định.",
        ],
        &[
            "Tổ chức nộp hồ sơ đến Sở Tài chính. Sở Tài chính thẩm định hồ sơ và gửi kết quả thẩm định cho tổ chức. Sở Tài chính cấp giấy phép.",
            "Tổ chức nộp hồ sơ đến Sở Tài chính. Sở Tài chính tiếp nhận hồ sơ, gửi Phòng chuyên môn thẩm định. Sở Tài chính cấp giấy phép.",
        ],
    );
}

#[test]
fn what_was_asked_is_told_by_its_answer() {
    check(
        Pattern::AskOtherAgency,
        &[
            "Tổ chức nộp hồ sơ đến Bộ Nông nghiệp và Môi trường. Trường hợp cần lấy ý kiến của Bộ Quốc phòng, thời hạn kéo dài thêm 10 ngày. Bộ cấp giấy phép.",
            "Doanh nghiệp nộp hồ sơ đến Cục Thuế. Cục Thuế ra quyết định sau khi trao đổi ý kiến với Chi cục Hải quan.",
        ],
        &[
            "Công dân nộp hồ sơ tại Công an cấp xã. Công an cấp xã kiểm tra hồ sơ và có văn bản gửi Công an cấp tỉnh. Công an cấp tỉnh cấp giấy.",
            "Sở Công Thương thống nhất với người nộp hồ sơ về thời gian đánh giá. Sở Công Thương cấp giấy phép.",
        ],
    );
}
