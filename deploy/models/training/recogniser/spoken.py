"""Numbers, money, dates and times as people say them in Mandarin."""

from __future__ import annotations

import random

DIGITS = "零一二三四五六七八九"
UNITS = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))


def _below_ten_thousand(value: int, leading: bool) -> str:
    said, gap = "", False
    for size, name in UNITS:
        digit = value // size % 10
        if digit == 0:
            gap = True
            continue
        if gap and said:
            said += "零"
        gap = False
        if size == 10 and digit == 1 and leading and not said:
            said += "十"
        elif size >= 100 and digit == 2:
            said += "两" + name
        else:
            said += DIGITS[digit] + name
    return said


def cardinal(value: int) -> str:
    """The reading of 0 ≤ value < 100,000,000: 230 is 两百三十."""
    if value == 0:
        return DIGITS[0]
    high, low = divmod(value, 10_000)
    if high == 0:
        return _below_ten_thousand(low, leading=True)
    said = ("两" if high == 2 else _below_ten_thousand(high, leading=True)) + "万"
    if low == 0:
        return said
    return said + ("零" if low < 1000 else "") + _below_ten_thousand(low, leading=False)


def counted(value: int) -> str:
    """The reading in front of a measure word: 2 is 两."""
    return "两" if value == 2 else cardinal(value)


def digits(text: str) -> str:
    """Digit by digit, as years and discounts are said."""
    return "".join(DIGITS[int(c)] for c in text if c.isdigit())


def number(r: random.Random) -> str:
    """A count as it occurs in sales talk."""
    kind = r.random()
    if kind < 0.35:
        return counted(r.randint(2, 20))
    if kind < 0.6:
        return counted(r.randint(2, 99))
    if kind < 0.85:
        return cardinal(r.choice((10, 20, 30, 50, 80, 100, 120, 150, 200, 300, 500, 600, 800, 1000, 2000)))
    return cardinal(r.randint(100, 9999))


def money(r: random.Random) -> str:
    """An amount: 三万五, 十二块五, 八千六百元."""
    kind = r.random()
    if kind < 0.2:
        return counted(r.randint(1, 99)) + r.choice("块元")
    if kind < 0.3:
        return counted(r.randint(1, 99)) + "块" + DIGITS[r.randint(1, 9)]
    if kind < 0.5:
        return counted(r.randint(1, 99)) + "万" + r.choice(("", "元", "块"))
    if kind < 0.62:
        return counted(r.randint(1, 30)) + "万" + DIGITS[r.randint(1, 9)]
    if kind < 0.72:
        return cardinal(r.randint(1, 99)) + "点" + DIGITS[r.randint(1, 9)] + r.choice(("万", "万元", "元", "亿"))
    if kind < 0.9:
        return cardinal(r.randint(1, 99) * 100) + r.choice("元块")
    return cardinal(r.randint(1000, 99_999)) + r.choice("元块")


def percent(r: random.Random) -> str:
    """百分之二十五, sometimes with a decimal."""
    whole = r.choice((r.randint(1, 99), r.choice((5, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100))))
    point = "点" + DIGITS[r.randint(1, 9)] if r.random() < 0.12 else ""
    return "百分之" + cardinal(whole) + point


def date(r: random.Random) -> str:
    """A day, month or year."""
    month, day = cardinal(r.randint(1, 12)), cardinal(r.randint(1, 31))
    kind = r.random()
    if kind < 0.5:
        return f"{month}月{day}{r.choice('号日')}"
    if kind < 0.65:
        return f"{day}号"
    if kind < 0.8:
        return f"{digits(str(r.randint(2023, 2029)))}年{month}月"
    about = r.choice(("明年", "今年", "下个月", "去年"))
    return about + (f"{month}月份" if r.random() < 0.4 else "")


def clock(r: random.Random) -> str:
    """A time of day on some day."""
    day = r.choice(("今天", "明天", "后天", "周一", "周二", "周三", "周四", "周五", "星期六", ""))
    hour = counted(r.randint(1, 12))
    part = r.choice(("上午", "下午", "早上", "晚上"))
    return day + part + hour + "点" + r.choice(("", "", "半", "一刻", "二十", "四十"))


def span(r: random.Random) -> str:
    """A length of time."""
    unit = r.choice(("天", "天", "天", "个星期", "个月", "个工作日", "个小时"))
    return counted(r.choice((1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, r.randint(1, 30)))) + unit


def discount(r: random.Random) -> str:
    """八折, 九五折."""
    return digits(str(r.choice((9, 8, 7, 6, 85, 95, 78, 88, 92, 98, 75)))) + "折"
