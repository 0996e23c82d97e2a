"""Numbers of standards in every printed form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauselight.statements.numbers import canonical, numbers

FORMS = {
    "GA/T1400.3—2017": "GA/T 1400.3-2017",
    "GA-T 1400.3-2017": "GA/T 1400.3-2017",
    "GAT1400": "GA/T 1400",
    "GAT10932023": "GA/T 1093-2023",
    "GA/T 2000.271 20XX": "GA/T 2000.271",
    "DB3708∕T 7-2022": "DB3708/T 7-2022",
    "D B 2 3/T 2 8 5 0 2 0 2 1": "DB23/T 2850-2021",
    "CB3304-91": "GB 3304-1991",
    "GB3304一82": "GB 3304-1982",
    "GB/T 3304": "GB/T 3304",
    "T/CAMET 04010.3-2018": "T/CAMET 04010.3-2018",
    "ISO/IEC 19794-5:2011": "ISO/IEC 19794-5:2011",
    "ITU-T Rec. G.711:1988": "ITU-T G.711:1988",
    "ANSI/NIST-ITL 1-2011": "ANSI/NIST-ITL 1-2011",
    "Q/HK 001-2020": "Q/HK 001-2020",
    "DB99/T 0001-2030": "DB99/T 0001-2030",
}


@pytest.mark.parametrize(("printed", "wanted"), FORMS.items())
def test_a_printed_form_leads_to_one_number(printed: str, wanted: str) -> None:
    assert canonical(printed) == wanted


@pytest.mark.parametrize(
    "text", ["TC100", "SC 5", "DB 12-3", "CH 4", "the EN route", "IPC-2", "3DB 12", "combination 12"]
)
def test_what_is_no_standard(text: str) -> None:
    assert canonical(text) is None


@given(
    st.sampled_from(["GB", "GB/T", "GA/T", "YD/T", "DB41/T"]),
    st.integers(1, 99_999),
    st.integers(1, 9) | st.none(),
    st.integers(1996, 2035),
    st.sampled_from(["-", "—", "－", " - "]),
)
def test_a_number_is_found_where_it_stands(prefix: str, n: int, part: int | None, year: int, dash: str) -> None:
    own = f"{prefix} {n}" + (f".{part}" if part else "")
    text = f"按照{own}{dash}{year}执行"
    (number,) = numbers(text)
    assert number.canonical == f"{own}-{year}"
    assert number.series == own
    assert text[number.start : number.end].strip() == number.printed
