"""The rules of a well-mannered fetcher, each with the tests that prove it.

The numbers are those of the house's list of thirty-five; the sentences say what we hold to. A rule
with several parts has tests for every part. `test_rules` sees to it that what is named here exists,
runs and is not skipped, and that whatever is proved on the wire stands here.
"""

from __future__ import annotations

Parts = dict[str, tuple[str, ...]]  # what is promised -> the tests that hold us to it

RULES: dict[int, Parts] = {
    # ---- A. The request ---------------------------------------------------------------------
    1: {
        "Nothing but GET is ever sent.": (
            "tests/manners/test_request.py::test_a_first_request_is_these_bytes",
            "tests/manners/test_request.py::test_feeds_pages_icons_and_pictures_are_asked_for_by_get_and_under_one_name",
        ),
        "Finding and adding a feed takes one request, and what it brought is what is read.": (
            "tests/manners/test_request.py::test_looking_for_a_feed_and_adding_it_is_one_request",
            "tests/engine/test_subscribe.py::test_the_address_of_a_feed_is_the_candidate_and_is_not_fetched_again",
        ),
    },
    2: {
        "One name with our version and an address for complaints, and nothing borrowed.": ("tests/manners/test_request.py::test_our_name_says_who_asks_which_version_and_where_to_complain",),
        "It is the same on every request.": (
            "tests/manners/test_request.py::test_feeds_pages_icons_and_pictures_are_asked_for_by_get_and_under_one_name",
            "tests/fetch/test_client.py::test_every_request_is_one_get_with_the_same_headers_and_no_others",
        ),
        "Only the user's own hand gives a feed another name; a refusal never does.": (
            "tests/manners/test_identity.py::test_a_feed_under_another_name_is_asked_for_whole_and_the_name_is_the_users_own",
            "tests/manners/test_identity.py::test_refusals_never_change_the_name_we_give",
            "tests/fetch/test_wire.py::test_the_users_own_name_for_a_feed_is_sent_if_it_fits",
        ),
    },
    3: {
        "No cookies, no Referer, no Cache-Control, nothing else unasked.": (
            "tests/manners/test_request.py::test_cookies_are_not_sent_back_nor_anything_that_was_not_asked_for",
            "tests/manners/test_request.py::test_icons_and_pictures_carry_no_referer_and_no_cookies",
        ),
        "Path and query go out as they came in, byte for byte.": (
            "tests/manners/test_request.py::test_path_and_query_are_sent_byte_for_byte",
            "tests/fetch/test_wire.py::test_path_and_query_are_sent_as_they_were_written",
        ),
    },
    4: {
        "We name the packings we can undo, and undo them.": (
            "tests/manners/test_request.py::test_a_first_request_is_these_bytes",
            "tests/manners/test_request.py::test_what_was_packed_on_our_invitation_is_unpacked",
        ),
        "What grows past the limit is refused, in the packet and out of it.": (
            "tests/manners/test_request.py::test_a_bomb_is_refused_and_costs_nothing_that_was_known",
            "tests/content/test_unpacking.py::test_a_bomb_stops_at_the_limit",
            "tests/fetch/test_transport.py::test_a_body_without_end_is_cut_at_the_limit",
        ),
    },
    5: {
        "Accept names Atom, RSS, JSON Feed and XML.": ("tests/manners/test_request.py::test_a_first_request_is_these_bytes",),
        "Only what is new may be sent (226), and takes nothing away.": ("tests/manners/test_request.py::test_an_answer_that_holds_only_what_is_new_takes_nothing_away",),
    },
    6: {
        "Connecting and the whole answer have their time limits.": (
            "tests/manners/test_request.py::test_connecting_may_take_fifteen_seconds_and_a_whole_feed_a_minute",
            "tests/manners/test_request.py::test_a_host_that_hangs_is_given_up",
            "tests/fetch/test_transport.py::test_a_host_that_falls_silent_is_given_up_before_the_time_for_large_feeds_is_over",
        ),
        "One request at a time per host.": (
            "tests/manners/test_request.py::test_one_host_is_asked_one_thing_at_a_time",
            "tests/fetch/test_politeness.py::test_a_host_is_asked_one_thing_at_a_time_with_a_gap_between_two",
        ),
        "Some sixteen at once in all.": ("tests/manners/test_request.py::test_so_many_hosts_are_asked_at_once_and_no_more",),
    },
    7: {
        "What is typed is looked at before anybody is asked.": (
            "tests/manners/test_request.py::test_what_is_no_web_address_is_refused_before_anybody_is_asked",
            "tests/fetch/test_address.py::test_what_is_no_address_is_refused",
        ),
        "Only http and https, from outlines and redirections too.": (
            "tests/manners/test_safety.py::test_an_outline_brings_no_address_that_is_not_of_the_web",
            "tests/fetch/test_client.py::test_a_redirection_leads_to_http_and_https_only",
        ),
    },
    # ---- B. Validators ----------------------------------------------------------------------
    8: {
        "Both are kept exactly as received.": (
            "tests/manners/test_validators.py::test_an_etag_goes_back_byte_for_byte_after_a_restart",
            "tests/manners/test_validators.py::test_a_date_goes_back_as_it_was_written_after_a_restart",
        ),
        "Of a document that did not come whole nothing is taken.": (
            "tests/manners/test_validators.py::test_a_part_that_nobody_asked_for_is_no_whole_document",
        ),
        "They are replaced together; one that is missing is cleared.": (
            "tests/manners/test_validators.py::test_the_pair_is_replaced_as_one",
            "tests/store/test_fetching.py::test_validators_come_back_byte_for_byte_and_only_as_a_pair",
        ),
    },
    9: {
        "What was received is sent back, each in its own line.": (
            "tests/manners/test_request.py::test_a_conditional_request_has_two_lines_more",
            "tests/manners/test_validators.py::test_an_etag_goes_back_byte_for_byte_after_a_restart",
        ),
        "No date is ever made up.": (
            "tests/manners/test_validators.py::test_no_date_is_made_up",
            "tests/fetch/test_client.py::test_no_validator_is_made_up",
        ),
    },
    10: {
        "They go to the address that gave them and to no other.": ("tests/manners/test_identity.py::test_validators_go_to_the_address_that_gave_them_and_to_no_other_hop",),
        "Another address forgets them.": (
            "tests/manners/test_identity.py::test_a_feed_at_a_new_address_is_asked_for_whole",
            "tests/store/test_feeds.py::test_a_feed_at_a_new_address_forgets_its_validators",
        ),
        "Another name or password forgets them.": (
            "tests/manners/test_identity.py::test_a_feed_under_another_name_is_asked_for_whole_and_the_name_is_the_users_own",
            "tests/manners/test_identity.py::test_a_feed_that_wants_a_password_is_asked_again_with_it_and_for_the_whole",
            "tests/store/test_fetching.py::test_another_name_or_other_credentials_forget_what_was_learnt_and_end_the_wait",
        ),
    },
    11: {
        "They outlive a restart.": (
            "tests/manners/test_validators.py::test_an_etag_goes_back_byte_for_byte_after_a_restart",
            "tests/engine/test_refresh.py::test_validators_are_kept_as_a_pair_and_sent_back_after_a_restart",
        ),
        "They outlive an upgrade of the store.": ("tests/store/test_migrations.py::test_a_store_of_the_first_version_keeps_everything",),
        "They outlive errors, pauses and silence.": ("tests/manners/test_validators.py::test_validators_outlive_whatever_goes_wrong_between",),
        "They are never kept of articles that are not.": (
            "tests/manners/test_validators.py::test_a_crash_between_articles_and_validators_asks_for_the_whole_document_again",
            "tests/manners/test_validators.py::test_of_a_body_that_breaks_off_news_are_kept_and_the_whole_is_asked_for_again",
        ),
    },
    12: {
        "Not modified is not parsed, and is a success.": (
            "tests/manners/test_validators.py::test_not_modified_may_name_new_validators_and_only_those_it_names",
            "tests/manners/test_failures.py::test_not_modified_is_a_success_too",
        ),
        "It may name new validators.": ("tests/manners/test_validators.py::test_not_modified_may_name_new_validators_and_only_those_it_names",),
        "It moves the next visit.": ("tests/manners/test_validators.py::test_not_modified_moves_the_next_visit",),
    },
    13: {
        "Eight days of not modified against a feed's rhythm: one request for the whole, in eight days.": (
            "tests/manners/test_validators.py::test_a_server_that_says_not_modified_for_ever_is_asked_for_the_whole_every_eight_days",
            "tests/manners/test_validators.py::test_a_server_that_knows_nothing_but_not_modified_is_doubted_no_more_often",
        ),
        "A slow feed is believed.": (
            "tests/manners/test_validators.py::test_a_feed_that_is_slow_by_nature_is_believed",
            "tests/engine/test_decide.py::test_not_modified_is_doubted_after_eight_days_against_the_rhythm",
        ),
    },
    14: {
        "A date in 2038 is a broken clock.": ("tests/manners/test_validators.py::test_a_date_of_2038_is_a_broken_clock_and_not_sent",),
    },
    15: {
        "The same bytes are not parsed twice.": (
            "tests/manners/test_validators.py::test_the_same_bytes_are_not_parsed_although_they_came_whole",
            "tests/engine/test_refresh.py::test_the_same_bytes_are_not_parsed_again",
        ),
    },
    # ---- C. When next -----------------------------------------------------------------------
    16: {
        "The longest of the server's and the document's wishes decides.": (
            "tests/manners/test_when_next.py::test_the_longest_wish_decides_within_its_bounds",
            "tests/engine/test_decide.py::test_the_longest_of_the_wishes_decides",
        ),
        "Age is taken off max-age; Expires counts from the answer's own Date; no-cache says nothing.": (
            "tests/fetch/test_freshness.py::test_age_is_taken_off_max_age",
            "tests/fetch/test_freshness.py::test_expires_is_counted_from_the_answers_own_date",
            "tests/fetch/test_freshness.py::test_no_cache_and_no_store_say_nothing_about_when",
        ),
        "Forbidden hours and days, of Greenwich, are left out.": (
            "tests/manners/test_when_next.py::test_hours_and_days_that_a_feed_forbids_are_left_out",
            "tests/manners/test_when_next.py::test_forbidden_hours_hold_for_not_modified_too_and_for_weeks",
            "tests/engine/test_decide.py::test_skipped_hours_are_gmt_whatever_the_readers_zone",
        ),
    },
    17: {
        "Never sooner than an hour, never later than a day for what was only a hint.": (
            "tests/manners/test_when_next.py::test_the_longest_wish_decides_within_its_bounds",
            "tests/engine/test_decide.py::test_a_feed_that_says_nothing_is_due_after_the_usual_time_and_never_under_an_hour",
            "tests/manners/test_when_next.py::test_a_clock_that_was_wrong_for_once_silences_no_feed",
        ),
        "Once a day where there are no validators.": (
            "tests/manners/test_when_next.py::test_a_feed_with_neither_validator_is_asked_once_a_day",
            "tests/manners/test_by_hand.py::test_a_month_of_ordinary_feeds_is_mostly_not_modified",
            "tests/manners/test_when_next.py::test_a_feed_without_validators_is_asked_less_than_once_in_24_hours_all_month",
        ),
    },
    18: {
        "A feed's own rhythm, between an hour and a day, of its newest twenty items.": (
            "tests/manners/test_when_next.py::test_a_feed_has_its_own_rhythm_between_an_hour_and_a_day",
            "tests/engine/test_decide.py::test_the_rhythm_is_half_the_median_gap_of_the_newest_twenty",
        ),
    },
    19: {
        "Ten per cent sooner or later, the same for a feed every time.": (
            "tests/manners/test_when_next.py::test_the_jitter_is_a_feeds_own_and_survives_a_restart",
            "tests/engine/test_decide.py::test_the_jitter_of_a_feed_is_its_own_and_stays",
        ),
        "After a week away: portions, the longest overdue first.": (
            "tests/manners/test_when_next.py::test_after_a_week_away_feeds_are_asked_in_portions_the_longest_overdue_first",
            "tests/engine/test_schedule.py::test_after_a_week_away_the_feeds_are_spread_over_minutes",
        ),
        "A second between two feeds of one host.": (
            "tests/manners/test_request.py::test_one_host_is_asked_one_thing_at_a_time",
            "tests/fetch/test_politeness.py::test_a_host_is_asked_one_thing_at_a_time_with_a_gap_between_two",
        ),
    },
    20: {
        "By hand is conditional, and not sooner than five minutes after the last.": (
            "tests/manners/test_by_hand.py::test_a_refresh_by_hand_is_conditional_and_not_sooner_than_five_minutes_even_after_a_restart",
            "tests/manners/test_by_hand.py::test_an_impatient_hand_costs_one_request_in_five_minutes",
        ),
        "A reload for the whole is a deed of its own.": ("tests/manners/test_by_hand.py::test_an_unconditional_reload_is_a_deed_of_its_own",),
    },
    21: {
        "A feed is asked once, however often it is named or subscribed to.": (
            "tests/manners/test_by_hand.py::test_an_address_however_it_is_written_can_be_subscribed_to_once",
            "tests/manners/test_safety.py::test_one_address_in_several_spellings_is_one_subscription",
            "tests/manners/test_by_hand.py::test_a_feed_named_several_times_at_once_is_asked_once",
        ),
        "Pictures and favicons are fetched once, not with each refresh nor at each start.": (
            "tests/manners/test_pictures.py::test_a_picture_is_asked_for_once_however_often_the_feed_is_read_and_the_program_started",
            "tests/manners/test_pictures.py::test_feeds_of_one_site_share_one_favicon",
            "tests/manners/test_by_hand.py::test_a_start_asks_for_nothing_that_is_not_due",
            "tests/manners/test_pictures.py::test_a_picture_in_two_feeds_is_asked_for_once_and_one_host_gets_one_request_at_a_time",
            "tests/manners/test_pictures.py::test_a_redirected_favicon_is_asked_for_once_too",
        ),
        "What cannot be had is left alone for days.": (
            "tests/manners/test_pictures.py::test_a_picture_that_cannot_be_had_is_not_asked_for_again_for_a_week",
            "tests/manners/test_picture_care.py::test_a_picture_over_the_limit_is_left_where_it_is",
            "tests/manners/test_pictures.py::test_a_picture_whose_host_is_in_trouble_is_asked_for_once_a_day",
        ),
        "They have validators of their own, and are counted.": (
            "tests/manners/test_picture_care.py::test_a_favicon_is_looked_at_again_after_weeks_with_its_validators",
            "tests/manners/test_picture_care.py::test_requests_for_pictures_and_favicons_are_counted",
        ),
    },
    22: {
        "Without a network nothing is asked and nothing is marked; its return goes on.": (
            "tests/manners/test_by_hand.py::test_without_a_network_nothing_is_marked_and_its_return_goes_on_with_what_is_due",
            "tests/engine/test_refresh_cut_short.py::test_without_a_network_nothing_is_marked_as_failed",
            "tests/engine/test_schedule_asleep.py::test_a_network_that_goes_is_told_and_one_that_returns_ends_the_sleep_within_seconds",
            "tests/engine/test_pictures.py::test_pictures_of_a_time_without_a_network_are_not_marked_as_failed",
        ),
        "A machine that slept goes on where it was, in portions.": (
            "tests/engine/test_schedule_asleep.py::test_a_machine_that_slept_is_noticed_and_given_some_seconds",
            "tests/engine/test_schedule_asleep.py::test_after_a_night_asleep_what_is_due_comes_in_portions",
        ),
        "One host that is gone is no lost network.": ("tests/manners/test_by_hand.py::test_one_host_that_is_gone_is_no_lost_network",),
    },
    # ---- D. Answers -------------------------------------------------------------------------
    23: {
        "Retry-After is seconds or a date of any form; nonsense is a quarter of an hour; a week at most.": (
            "tests/manners/test_overload.py::test_the_host_rests_as_long_as_it_asks",
            "tests/fetch/test_freshness.py::test_retry_after_is_seconds_or_a_date",
        ),
        "Without a hint twice as long each time, up to a day.": ("tests/manners/test_overload.py::test_a_host_that_names_no_time_rests_twice_as_long_each_time_up_to_a_day",),
        "The whole host rests, its queue is dropped, a restart does not wake it.": (
            "tests/manners/test_overload.py::test_one_such_answer_drops_the_hosts_queue_and_nobody_elses",
            "tests/manners/test_overload.py::test_a_host_that_others_point_to_rests_too",
            "tests/manners/test_overload.py::test_a_redirection_does_not_lead_to_a_host_that_rests",
            "tests/manners/test_overload.py::test_many_feeds_behind_one_host_cost_it_one_request_when_it_has_enough",
            "tests/manners/test_overload.py::test_a_longer_rest_is_not_made_shorter",
            "tests/manners/test_overload.py::test_other_failures_leave_the_host_to_its_other_feeds",
        ),
        "For pictures as for feeds.": (
            "tests/manners/test_picture_care.py::test_a_host_of_pictures_that_asks_to_be_left_alone_is",
            "tests/manners/test_picture_care.py::test_a_host_that_rests_is_not_asked_for_pictures_or_its_favicon",
        ),
    },
    24: {
        "A move is believed when all of its hops are for good, on the second day.": (
            "tests/manners/test_moves.py::test_a_move_for_good_is_believed_on_the_second_day",
            "tests/manners/test_moves.py::test_a_move_that_is_taken_back_or_changes_its_mind_begins_anew",
        ),
        "Only to a feed, never from https to http.": (
            "tests/manners/test_moves.py::test_a_move_to_what_is_no_feed_is_never_believed",
            "tests/fetch/test_client.py::test_only_permanent_hops_over_https_to_a_page_that_is_no_log_in_are_a_move",
        ),
        "The person is told, once.": ("tests/manners/test_notices.py::test_a_move_that_is_believed_is_told_once",),
        "Two feeds of one address become one, with the articles of both.": (
            "tests/manners/test_notices.py::test_a_move_to_a_feed_that_is_subscribed_makes_one_of_the_two",
            "tests/store/test_merging.py::test_merging_loses_nothing_and_undoing_it_leaves_no_trace",
        ),
    },
    25: {
        "What is for now is followed and not kept.": ("tests/manners/test_moves.py::test_what_is_for_now_in_any_part_is_followed_and_never_believed",),
        "Ten hops, and no loop.": ("tests/manners/test_moves.py::test_ten_hops_are_followed_and_no_more_and_a_loop_ends",),
        "Credentials stay with their origin.": (
            "tests/manners/test_moves.py::test_credentials_stay_with_the_origin_they_are_for",
            "tests/manners/test_moves.py::test_another_port_of_the_same_host_is_another_origin",
            "tests/fetch/test_errand.py::test_a_password_goes_on_to_https_at_the_usual_ports_and_never_back",
            "tests/manners/test_moves.py::test_a_password_in_the_address_is_shown_to_its_host_and_to_nobody_else",
        ),
    },
    26: {
        "What is gone is not polled, and keeps its articles.": ("tests/manners/test_failures.py::test_what_is_gone_is_not_polled_and_keeps_its_articles",),
        "It is told once.": ("tests/manners/test_notices.py::test_what_is_gone_is_told_once",),
    },
    27: {
        "Who wants a password waits for one, and is asked again with it.": (
            "tests/manners/test_failures.py::test_a_feed_that_wants_a_password_waits_for_one",
            "tests/manners/test_identity.py::test_a_feed_that_wants_a_password_is_asked_again_with_it_and_for_the_whole",
            "tests/manners/test_identity.py::test_a_password_that_holds_no_more_is_told_once_and_waited_for",
        ),
        "Refusals back off from an hour to a day, to a week after a fortnight, and never end it.": (
            "tests/manners/test_failures.py::test_failures_are_asked_again_ever_more_seldom_over_a_month_and_never_given_up",
            "tests/engine/test_decide.py::test_failures_back_off_from_an_hour_to_a_day_and_then_to_a_week",
        ),
    },
    28: {
        "So do broken servers, lost connections and what is no feed.": (
            "tests/manners/test_failures.py::test_failures_are_asked_again_ever_more_seldom_over_a_month_and_never_given_up",
            "tests/manners/test_failures.py::test_whatever_goes_wrong_is_asked_again_after_one_two_and_four_hours_and_costs_nothing",
            "tests/manners/test_failures.py::test_a_host_that_falls_silent_backs_off_too",
        ),
        "Something else in a feed's place changes nothing that is known, validators least.": (
            "tests/manners/test_validators.py::test_validators_outlive_whatever_goes_wrong_between",
            "tests/engine/test_refresh.py::test_something_else_in_place_of_a_feed_changes_nothing_but_the_failure",
        ),
        "A bad certificate is named as such, and never overlooked.": (
            "tests/manners/test_failures.py::test_a_certificate_that_does_not_hold_is_said_and_never_overlooked",
            "tests/fetch/test_certificates.py::test_what_is_wrong_with_a_certificate_is_said",
        ),
    },
    29: {
        "A success ends it.": ("tests/manners/test_failures.py::test_a_success_ends_the_back_off",),
        "A restart does not.": ("tests/manners/test_failures.py::test_failures_are_asked_again_ever_more_seldom_over_a_month_and_never_given_up",),
    },
    30: {
        "A browser check is said to be one, and left alone for a day.": (
            "tests/manners/test_overload.py::test_a_browser_check_is_said_and_left_alone_for_a_day",
            "tests/manners/test_overload.py::test_a_browser_check_may_ask_for_more_than_a_day",
            "tests/fetch/test_client.py::test_a_browser_check_is_recognised",
        ),
    },
    31: {
        "A log-in page is never where a feed has moved to.": (
            "tests/manners/test_moves.py::test_a_log_in_page_is_never_a_move_even_if_it_calls_itself_permanent_and_sends_a_feed",
            "tests/manners/test_moves.py::test_the_log_in_page_of_a_network_takes_nothing_away",
        ),
        "It is told as one, and nothing is marked.": (
            "tests/manners/test_notices.py::test_behind_a_log_in_page_nothing_is_marked_and_the_page_is_named",
            "tests/manners/test_notices.py::test_a_network_that_says_itself_that_it_wants_a_log_in_is_believed",
            "tests/manners/test_notices.py::test_a_service_that_has_ended_is_no_log_in_page_however_quickly_it_says_so",
            "tests/manners/test_notices.py::test_a_service_that_many_feeds_lead_to_and_that_is_in_trouble_is_no_log_in_page",
        ),
    },
    # ---- E. Content -------------------------------------------------------------------------
    32: {
        "An item without an id has one of its own, the same each time.": (
            "tests/manners/test_safety.py::test_an_item_without_an_id_is_the_same_the_next_time",
            "tests/manners/test_safety.py::test_items_without_an_id_are_told_from_each_other",
            "tests/parse/test_feed.py::test_identity_is_the_id_else_the_link_else_a_hash",
        ),
        "Undated items have times in the order of the feed, and keep them.": (
            "tests/manners/test_safety.py::test_undated_items_stand_in_the_order_of_the_feed_and_never_move",
            "tests/store/test_arrivals.py::test_undated_items_get_their_arrival_time_in_feed_order_and_keep_it",
        ),
        "Dates in a document decide nothing.": ("tests/manners/test_safety.py::test_dates_in_a_document_decide_nothing_about_the_fetching",),
    },
    33: {
        "What was deleted is no news again, in the feed or half a year after.": (
            "tests/manners/test_safety.py::test_what_was_deleted_does_not_come_back_however_long_the_feed_holds_it",
            "tests/manners/test_safety.py::test_what_left_the_feed_and_returns_after_half_a_year_is_no_news",
            "tests/store/test_arrivals.py::test_a_dropped_article_does_not_come_back_with_the_next_fetch",
        ),
    },
    34: {
        "Links that run or embed are gone after parsing.": (
            "tests/manners/test_safety.py::test_a_link_that_runs_reaches_no_article",
            "tests/parse/test_feed.py::test_links_that_run_or_embed_are_dropped",
        ),
        "Titles are text, decoded once.": (
            "tests/manners/test_safety.py::test_a_title_is_text_decoded_once",
            "tests/parse/test_feed.py::test_titles_are_text_with_entities_decoded_once",
        ),
        "What strangers write does not make us ask the reader's own network.": (
            "tests/manners/test_own_network.py::test_a_strangers_pictures_are_not_fetched_from_the_readers_own_network",
            "tests/manners/test_own_network.py::test_a_strangers_icon_is_not_fetched_from_the_readers_own_network",
            "tests/manners/test_own_network.py::test_a_strangers_picture_leads_nobody_into_the_readers_own_network",
            "tests/manners/test_own_network.py::test_pictures_of_a_feed_in_the_readers_own_network_are_fetched",
            "tests/fetch/test_address.py::test_a_number_is_the_same_however_it_is_written",
        ),
        "Only what is on the list stays.": ("tests/content/test_sanitize.py::test_nothing_executable_remains",),
    },
    35: {
        "The links a page names come first; nothing is guessed unasked.": (
            "tests/manners/test_safety.py::test_the_feeds_a_page_names_are_offered_and_nothing_is_guessed",
            "tests/manners/test_safety.py::test_usual_places_are_tried_only_when_the_person_asks_for_it_and_one_at_a_time",
            "tests/parse/test_discover.py::test_links_in_the_text_are_the_second_choice",
        ),
        "Private addresses go to nobody else.": ("tests/manners/test_safety.py::test_a_private_address_is_told_to_its_own_host_and_to_nobody_else",),
        "... nor into outlines unsaid.": ("tests/manners/test_safety.py::test_an_outline_for_others_can_leave_secrets_out_and_names_what_they_are",),
    },
}  # fmt: skip
