"""Which texts a named person must read before they go live: those about money, PINs and consent, by flow and by notice."""

from __future__ import annotations

REVIEWERS = {
    "money": "a treasurer who speaks the language",
    "PIN": "the person responsible for security, and a native speaker",
    "consent": "whoever answers for data protection, and a native speaker",
}
FLOWS = {
    "money": frozenset(
        "last_news "
        "send send_to agree pay_in pay_group pay_shop pay put_in take_out withdraw advance repay loans balance last_five deliveries statement money shortcuts "
        "group_loans ask_loan my_loan agree_loan "
        "group_money airtime undo ask_back standing standing_new standing_list fees leave points record_cash post_need my_need fair buy_together waiting "
        "add_to_need dial_for pay_bill sms_balance sms_mini sms_airtime sms_airtime_for sms_kilo sms_points sms_wrong standing_group agents_near".split()
    ),
    "PIN": frozenset(
        "home share_phone join change_pin guardians vouch forgot_pin forgot_here other_sim lost_phone pin_and_guardians pin_forgotten practise".split()
    ),
    "consent": frozenset(
        "details traits about_me hours reminders weekly only_money sms_kinds new_idea need share_tools can_will_should circle trust sealed people "
        "follow_person helper_near test_group my_group group_votes group_vote sms_stop sms_start sms_stop_topic sms_start_topic sms_my_data sms_sealed".split()
    ),
}
NOTICES = {
    "money": frozenset(
        "sent received not_sent paid withdrawn pay_out cashed_in airtime airtime_failed produce corrected payday advance repaid reward gave_back got_back "
        "bill_paid bill_received "
        "asked_back not_given_back standing_failed cash_asked not_agreed balance payment held_safe from_safe points_paid cash_written cash_agreed cash_not_now "
        "cash_denied cash_not_so dividend airtime_for_points points_kept paid_already news_sent news_under_way news_not_sent pay_reminder digest digest_milk "
        "digest_alone prepared prepared_stopped took_too_long our_fault five_minutes five_minutes_share need_added loan_asked loan_lent "
        "loan_not_now loan_failed loan_due".split()
    ),
    "PIN": frozenset(
        "pin_changed pin_locked now_a_guardian no_more_guardian guardian_ask guardians_agreed chose_new_pin new_pin never_by_sms never_by_sms_stranger new_sim "
        "sim_refused sim_off welcome phone_lost shared_phone_lost phone_found phone_stays_lost office_opened new_pin_at_office".split()
    ),
    "consent": frozenset(
        "may_dial dials_no_more dial_ended_by_us copy_asked delete_asked data_deleted data_called_off "
        "one_voice name_opened staff_looked written_down come_and_join may_i_follow panel_ask panel_in staff_is_you staff_it_is staff_it_is_not "
        "borrow_ask borrow_yes ballot_counted ballot_not_now group_vote "
        "group_vote_choices invited be_keeper you_are_chosen you_are_picked may_they_call call_them".split()
    ),
}


def review_of(where: str) -> str:
    """The class of a text by the place that says it; nothing where nobody in particular must read it.

    >>> review_of("send.pin"), review_of("notice new_pin"), review_of("tips.tip")
    ('money', 'PIN', '')
    """
    named, _, name = where.partition(" ")
    known = NOTICES if named == "notice" else FLOWS
    return next((kind for kind, names in known.items() if (name or named.partition(".")[0]) in names), "")
