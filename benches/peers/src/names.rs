//! Synthetic names of papers, the same for the same number.

use std::collections::HashSet;
use std::fmt::Write as _;

const HEADS: &[&str] = &[
    "đơn đề nghị",
    "tờ khai",
    "văn bản đề nghị",
    "giấy đề nghị",
    "bản sao",
    "danh sách",
    "báo cáo",
    "phương án",
    "biên bản",
    "hợp đồng",
    "bản kê khai",
    "quyết định",
    "giấy xác nhận",
    "tài liệu chứng minh",
    "hồ sơ",
    "bản thuyết minh",
];
const ACTIONS: &[&str] = &[
    "cấp",
    "cấp lại",
    "gia hạn",
    "điều chỉnh",
    "thu hồi",
    "chuyển nhượng",
    "công nhận",
    "thẩm định",
    "phê duyệt",
    "kiểm tra",
    "đăng ký",
    "sửa đổi, bổ sung",
    "thay đổi nội dung",
    "chấm dứt",
    "tạm dừng",
    "mở rộng",
];
const PAPERS: &[&str] = &[
    "giấy phép hoạt động",
    "giấy chứng nhận đủ điều kiện",
    "chứng chỉ hành nghề",
    "quyền sử dụng mặt nước",
    "giấy phép khai thác",
    "chứng nhận chất lượng",
    "quyết định công nhận",
    "giấy phép lưu hành",
    "kế hoạch bảo vệ môi trường",
    "giấy phép vận chuyển",
    "sổ theo dõi",
    "giấy phép thăm dò",
    "chứng nhận kiểm dịch",
    "văn bản chấp thuận",
    "giấy phép nhập khẩu",
    "thẻ an toàn",
];
const THINGS: &[&str] = &[
    "cơ sở sản xuất giống cây trồng",
    "phòng khám chuyên khoa",
    "trung tâm ngoại ngữ",
    "bãi đỗ xe ngoài trời",
    "cửa hàng thuốc thú y",
    "cơ sở giết mổ tập trung",
    "trạm nạp khí dầu mỏ",
    "kho lạnh thủy sản",
    "bến phà ngang sông",
    "làng nghề truyền thống",
    "cơ sở lưu trú du lịch",
    "tàu đánh bắt xa bờ",
    "lò nung gạch tuynel",
    "trường mầm non tư thục",
    "cơ sở in xuất bản phẩm",
    "đại lý phân bón",
    "câu lạc bộ thể thao dưới nước",
    "phòng thử nghiệm vật liệu",
    "khu nuôi tôm công nghệ cao",
    "nhà máy nước sạch",
    "hợp tác xã vận tải",
    "cơ sở bảo trợ xã hội",
    "bãi chôn lấp chất thải",
    "sân tập lái xe",
    "xưởng đóng tàu vỏ gỗ",
    "vườn ươm cây lâm nghiệp",
    "trạm quan trắc không khí",
    "quầy đổi ngoại tệ",
    "cơ sở dịch vụ nổ mìn",
    "điểm truy cập mạng công cộng",
];
const PLACES: &[&str] = &[
    "vùng ven biển",
    "khu vực biên giới",
    "địa bàn miền núi",
    "đô thị loại một",
    "khu kinh tế",
    "cụm công nghiệp",
    "hải đảo",
    "khu dân cư nông thôn",
    "vùng đệm rừng đặc dụng",
    "lưu vực sông liên tỉnh",
    "khu công nghệ",
    "hành lang an toàn",
];
const TAILS: &[&str] =
    &["", "", "", " (nếu có)", " theo quy định", " đã được phê duyệt", " còn hiệu lực", " có xác nhận"];

/// `SplitMix64`: the same names on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap()
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// Distinct names of papers: templates, numbers, and in one of ten a slip of the typist.
pub fn names(n: usize) -> Vec<String> {
    let mut random = Random(n as u64);
    let mut seen = HashSet::with_capacity(n);
    let mut names = Vec::with_capacity(n);
    while names.len() < n {
        let mut name = format!("{} {} {}", random.of(HEADS), random.of(ACTIONS), random.of(PAPERS));
        write!(name, " của {}", random.of(THINGS)).unwrap();
        if random.below(2) == 0 {
            write!(name, " tại {}", random.of(PLACES)).unwrap();
        }
        if random.below(2) == 0 {
            write!(name, " số {:02}", random.below(100)).unwrap();
        }
        name.push_str(random.of(TAILS));
        if random.below(10) == 0 {
            let at = random.below(name.chars().count());
            name = name.chars().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| c).collect();
        }
        if seen.insert(name.clone()) {
            names.push(name);
        }
    }
    names
}
