"""Tariffs and tiers as they were published, to test against. Amounts in whole units of the currency.

Sources: M-Pesa Kenya consumer tariff January 2021 (hapakenya.com) and 2024 (kahawatungu.com; the fees include 15 % excise
since July 2023), MTN MoMo Uganda 2024 with its 0.5 % tax on withdrawals (how.africa), tiers of Tanzania (all operators),
Ghana from 2024-03-01 (Bank of Ghana) and Nigeria 2017 (Central Bank, BPS/DIR/GEN/CIR/04/007).
"""

from __future__ import annotations

# (from, to, sending, withdrawing); None: not offered
MPESA_2024 = (
    (1, 49, 0, None), (50, 100, 0, 11), (101, 500, 7, 29), (501, 1_000, 13, 29), (1_001, 1_500, 23, 29), (1_501, 2_500, 33, 29),
    (2_501, 3_500, 53, 52), (3_501, 5_000, 57, 69), (5_001, 7_500, 78, 87), (7_501, 10_000, 90, 115), (10_001, 15_000, 100, 167),
    (15_001, 20_000, 105, 185), (20_001, 35_000, 108, 197), (35_001, 50_000, 108, 278), (50_001, 250_000, 108, 309),
)  # fmt: skip
MPESA_2021 = (
    (1, 100, 0, 0), (101, 500, 6, 27), (501, 1_000, 12, 28), (1_001, 1_500, 22, 28), (1_501, 2_500, 32, 28), (2_501, 3_500, 51, 50),
    (3_501, 5_000, 55, 67), (5_001, 7_500, 75, 84), (7_501, 10_000, 87, 112), (10_001, 15_000, 97, 162), (15_001, 20_000, 102, 180),
    (20_001, 35_000, 105, 191), (35_001, 50_000, 105, 270), (50_001, 150_000, 105, 300),
)  # fmt: skip
MTN_UGANDA_2024 = (
    (500, 2_500, 100, 330), (2_501, 5_000, 100, 440), (5_001, 15_000, 500, 700), (15_001, 30_000, 500, 880), (30_001, 45_000, 500, 1_210),
    (45_001, 60_000, 500, 1_500), (60_001, 125_000, 1_000, 1_925), (125_001, 250_000, 1_000, 3_575), (250_001, 500_000, 1_000, 7_000),
    (500_001, 1_000_000, 1_000, 12_500),
)  # fmt: skip
UGANDA_TAX = ((500, 3), (2_500, 13), (15_000, 75), (125_000, 625))  # printed beside the tariff: half a shilling goes up

# country -> currency, digits, {tier: (once, day, balance, month or year)}; None: no bound
TIERS = {
    "Tanzania": ("TZS", 2, {1: (1_000_000, 1_000_000, 2_000_000, ("year", 30_000_000)), 2: (3_000_000, 3_000_000, 5_000_000, ("year", 200_000_000)),
                            3: (10_000_000, 50_000_000, 50_000_000, None)}),
    "Ghana": ("GHS", 2, {1: (None, 3_000, 5_000, ("month", 10_000)), 2: (None, 15_000, 40_000, None), 3: (None, 25_000, 75_000, None)}),
    "Ghana before": ("GHS", 2, {1: (None, 2_000, 3_000, ("month", 6_000)), 2: (None, 10_000, 25_000, None), 3: (None, 15_000, 50_000, None)}),
    "Nigeria": ("NGN", 2, {1: (None, 50_000, 300_000, None), 2: (None, 200_000, 500_000, None), 3: (None, 5_000_000, None, None)}),
}  # fmt: skip
