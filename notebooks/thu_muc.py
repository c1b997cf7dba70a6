"""Đọc bảng của một thư mục kết quả; báo rõ khi thư mục thiếu hoặc hỏng. / Reads the tables of a run folder."""

import json
import os
from pathlib import Path

import polars as pl


class ThuMucHong(Exception):
    """Thư mục kết quả thiếu hoặc hỏng, kèm việc cần làm. / The run folder is not whole, with what to do."""

    # Jupyter in riêng thông báo này thay cho cả chuỗi lời gọi hàm. / Jupyter shows the message alone.
    def _render_traceback_(self):
        return [f"ThuMucHong: {self}"]


class ThuMuc:
    """Một thư mục do `tinhgon run` ghi. / A folder written by `tinhgon run`."""

    def __init__(self, duong_dan=None):
        self.duong_dan = Path(duong_dan or os.environ.get("TINHGON_RUN", "../ket-qua"))
        self.ban_ke = self._ban_ke("")
        if self.ban_ke.get("kind") != "run":
            raise ThuMucHong(
                f"{self.duong_dan}: không phải thư mục của tinhgon run. Hãy đặt biến TINHGON_RUN trỏ tới thư mục đúng. / "
                f"{self.duong_dan}: not the folder of a tinhgon run. Let TINHGON_RUN name the right one."
            )
        so_lieu = self.bang("", "figures")
        self.danh_muc = so_lieu["catalog"].unique(maintain_order=True).to_list()
        self.moi_nhat = self.danh_muc[-1]

    def _ban_ke(self, thu_muc):
        tep = self.duong_dan / thu_muc / "manifest.json"
        try:
            return json.loads(tep.read_text(encoding="utf-8"))
        except (OSError, ValueError) as loi:
            raise self._hong(tep, loi) from None

    def _hong(self, tep, loi):
        return ThuMucHong(
            f"{tep}: thiếu hoặc hỏng ({loi}). Hãy kiểm tra: tinhgon verify {self.duong_dan}, rồi chạy lại: tinhgon run. / "
            f"{tep}: missing or broken. Check it: tinhgon verify {self.duong_dan}, then run again: tinhgon run."
        )

    def co(self, thu_muc):
        """Lần chạy có giai đoạn này không. / Whether the run has this stage."""
        return (self.duong_dan / thu_muc).is_dir()

    def bang(self, thu_muc, ten):
        """Một bảng, đủ số dòng mà bản kê ghi. / A table with as many rows as the manifest says."""
        tep = self.duong_dan / thu_muc / f"{ten}.parquet"
        try:
            bang = pl.read_parquet(tep)
        except (OSError, pl.exceptions.PolarsError) as loi:
            raise self._hong(tep, loi) from None
        if thu_muc:
            so_dong = self._ban_ke(thu_muc)["counts"].get(ten)
            if so_dong is not None and so_dong != bang.height:
                raise self._hong(tep, f"{bang.height} dòng, bản kê ghi {so_dong}")
        return bang

    def so_lieu(self, danh_muc, thuoc_do):
        """Một con số của chương trình. / A figure of the program."""
        bang = self.bang("", "figures")
        return bang.filter((pl.col("catalog") == danh_muc) & (pl.col("measure") == thuoc_do))["value"].item()


def so(gia_tri, le=0):
    """Số theo cách viết Việt Nam: 1.234,5. / A number as written in Vietnam."""
    return f"{gia_tri:,.{le}f}".translate(str.maketrans(",.", ".,"))
