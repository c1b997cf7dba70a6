"""Chạy các sổ tay trên một thư mục kết quả; không ghi kết quả vào sổ tay. / Executes the notebooks on a run folder; outputs are not kept.

    python notebooks/chay.py THƯ-MỤC-KẾT-QUẢ

Kết thúc với mã 1 nếu một sổ tay không chạy hết. / Ends with status 1 when a notebook did not run through.
"""

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError


def main():
    os.environ["TINHGON_RUN"] = str(Path(sys.argv[1]).resolve())
    thu_muc = Path(__file__).resolve().parent
    hong = 0
    for tep in sorted(thu_muc.glob("*.ipynb")):
        so_tay = nbformat.read(tep, as_version=4)
        khach = NotebookClient(so_tay, timeout=600, resources={"metadata": {"path": str(thu_muc)}})
        try:
            khach.execute()
        except CellExecutionError as loi:
            hong += 1
            print(f"{tep.name}: {loi.ename}: {loi.evalue}")
            continue
        cuoi = [ra["data"].get("text/plain", "") for ra in so_tay.cells[-1].outputs if "data" in ra]
        print(f"{tep.name}: xong / done. {' '.join(cuoi)[:300]}")
    return 1 if hong else 0


if __name__ == "__main__":
    sys.exit(main())
