"""What the owners say of exceptions: first those that the planted changes explain, then chance and season."""

from __future__ import annotations

from typing import Final

from data.demo.story.lines import Answer, Fate, Task
from journal.words import ActionState, ExceptionKind, Outcome

SIGNAL, TARGET, PROMISE = ExceptionKind.SIGNAL, ExceptionKind.TARGET, ExceptionKind.PROMISE
RELAUNCHED, OUTBID, LONGER_FORM, SORTED_TWICE, NO_SIZE, MIXED = -55, -41, -27, -76, -69, -18

_SITE: Final = (
    Answer(
        SIGNAL,
        ("organic_clicks",),
        rising=True,
        since=RELAUNCHED,
        happened="The English site was relaunched. Impressions are what they were; more of them become visits.",
        means="Better titles and positions, not more demand: the same searches bring about a fifth more clicks.",
        recommended="Count the limits anew from the relaunch, and keep the old addresses redirected.",
        text="The relaunch changed the process: the old limits describe a site that is gone.",
        outcome=Outcome.NEW_NORMAL,
        wheeler=(
            "Yes: click rate and position moved together, and only on the site that was relaunched.",
            "Yes: the relaunch of brightwater.example.",
            "Yes: more visits from the same searches is what the project was for.",
            "Yes: the pages stay. We look again when eight weeks are in.",
        ),
    ),
    Answer(
        SIGNAL,
        ("organic_ctr", "top10_queries", "top3_queries", "ranked_keywords_top10", "query_coverage"),
        rising=True,
        since=RELAUNCHED,
        happened="Moved in the week after the relaunch, like the clicks.",
        means="The same cause seen from another side.",
        text="The relaunch. Looked at together with the clicks from search.",
    ),
    Answer(
        SIGNAL,
        ("average_position",),
        rising=False,
        since=RELAUNCHED,
        happened="More than a position better since the relaunch.",
        means="Pages load faster and titles say what is on them.",
        text="The relaunch. Looked at together with the clicks from search.",
    ),
)
_ADS: Final = (
    Answer(
        SIGNAL,
        ("cost_per_conversion",),
        rising=True,
        since=OUTBID,
        happened="A competitor bids on the searches we live from. Clicks cost 1.4 times as much; as many convert.",
        means="Our ads are as good as before, the auction is dearer. It will not go away by itself.",
        recommended="Do not bid higher. Move money to comparisons and to the names of systems, where nobody bids yet.",
        text="The competitor's bids. We look for searches where they are not.",
        outcome=Outcome.INVESTIGATING,
        task=Task(
            "piotr",
            "paid_acquisition",
            "List the searches that convert and that the competitor does not bid on",
            12,
        ),
    ),
    Answer(
        SIGNAL,
        ("cpc", "cpm", "spend"),
        rising=True,
        since=OUTBID,
        happened="Search clicks of Brightwater Integration cost more since a competitor joined the auction.",
        means="We pay more for the same visitors. Social and Poland are as they were.",
        recommended="Leave the bids as they are until we know what the dearer clicks bring.",
        text="The competitor's bids on our searches; nothing that we changed.",
    ),
    Answer(
        SIGNAL,
        ("roas", "closed_loop_roas"),
        rising=False,
        since=OUTBID,
        happened="The same revenue for dearer clicks.",
        means="Still above what a click has to bring back, with less to spare every week.",
        recommended="Cut what converts worst before anything else.",
        text="Follows the price of clicks.",
    ),
    Answer(
        SIGNAL,
        ("conversion_rate", "conversions"),
        rising=False,
        since=LONGER_FORM,
        happened="Fewer people finish the lead form on Brightwater Social since it has two more mandatory fields.",
        means="We lose four of ten there. Whether the rest is better, sales will see in a month.",
        recommended="Keep the company's size, make the phone number optional.",
        text="The longer lead form. We said we would pay this price for better leads; now we see how high it is.",
    ),
    Answer(
        SIGNAL,
        ("wasted_spend_share",),
        rising=True,
        happened="Display | Industry portals goes on costing ten euro a day without a conversion.",
        means="Small money, but for nothing.",
        recommended="Stop it.",
        text="One campaign, known by name.",
    ),
    Answer(
        SIGNAL,
        ("cost_per_lead", "cost_per_qualified_lead", "cost_per_content_lead"),
        rising=True,
        since=OUTBID,
        happened="Dearer clicks, and since the enquiry form no longer asks for the company's size fewer leads qualify.",
        means="Two causes at once: the price per click and the quality of leads.",
        recommended="First repair the form: that is ours to decide.",
        text="Dearer clicks and fewer qualified leads, both known.",
    ),
)
_LEADS: Final = (
    Answer(
        SIGNAL,
        ("qualification_rate",),
        rising=False,
        since=NO_SIZE,
        happened="More enquiries come from companies too small to buy. The form no longer asks for their size.",
        means="Sales spend their mornings on leads that cannot become customers.",
        recommended="Ask for the size again, as a choice of four.",
        text="We know the field is gone, not yet what it takes to bring it back.",
        outcome=Outcome.INVESTIGATING,
        task=Task(
            "timur",
            "lead_generation",
            "Ask the web agency what it takes to put the company's size back on the enquiry form",
            -14,
            fate=Fate(-16, "Half a day of work; free in the week after next."),
        ),
    ),
    Answer(
        SIGNAL,
        ("qualified_leads", "accepted_leads", "lead_value"),
        rising=False,
        since=NO_SIZE,
        happened="As many leads as before, fewer of them worth a visit.",
        means="Follows from the form that no longer asks for the company's size.",
        text="The enquiry form, together with the share that qualifies.",
    ),
    Answer(
        TARGET,
        ("hours_to_first_contact",),
        happened="Two hours were promised to the management. Leads are called after about five working hours.",
        means="Whoever writes after four in the afternoon waits overnight: counted by the clock it is most of a day.",
        recommended="Count working hours, or pay for somebody in the evening. As it is, two hours are luck.",
        text="The target is out of reach of the process as it is. First we look where the hours go.",
        outcome=Outcome.INVESTIGATING,
        task=Task(
            "kasia",
            "lead_generation",
            "Write down for two weeks when each lead came in and when it was called",
            -62,
            fate=Fate(-63, "Daytime leads: within two hours. Leads after 16:00 and on Fridays: the next working day."),
        ),
    ),
)
_SERVICE: Final = (
    Answer(
        SIGNAL,
        (
            "first_response_hours",
            "first_response_calendar_hours",
            "resolution_hours",
            "resolution_hours_p90",
            "backlog",
        ),
        rising=False,
        since=SORTED_TWICE,
        happened="Requests are sorted twice a day, so whoever can answer sees them at once.",
        means="The first answer comes in less than half the time, with the same people.",
        recommended="Keep the rota through the holidays: with nobody sorting we are back within a week.",
        text="What we decided, and it works.",
    ),
    Answer(
        SIGNAL,
        ("sla_attainment",),
        rising=True,
        since=SORTED_TWICE,
        happened="Fewer requests miss their time since they are sorted twice a day.",
        means="Follows from faster first answers.",
        text="Sorting twice a day.",
    ),
    Answer(
        SIGNAL,
        ("mixed_audience_mailings",),
        rising=True,
        since=MIXED,
        happened="“Our offer to everybody” went to customers and to strangers alike.",
        means="Customers were offered what they have already bought. The template had no segment set.",
        recommended="No mailing leaves without a second pair of eyes on its segment.",
        text="One mailing, one missing setting. A check before sending prevents the next.",
    ),
    Answer(
        SIGNAL,
        ("open_rate", "click_rate", "unsubscribe_rate"),
        since=MIXED,
        happened="The mailing to everybody reached people it was not meant for.",
        means="What customers think of our mails is at stake, not one week's rate.",
        text="The mixed mailing; the next ones went to one segment each.",
    ),
    Answer(
        PROMISE,
        (),
        happened="It is not done yet.",
        means="It matters as much as it did when it was promised.",
        recommended="A new day, and a note in the calendar of whoever does it.",
        text="The account manager wanted to be there and was ill. New day agreed.",
    ),
)
_SEASON: Final = (
    "clicks",
    "impressions",
    "spend",
    "conversions",
    "organic_clicks",
    "organic_impressions",
    "leads",
    "qualified_leads",
    "requests_received",
    "requests_solved",
    "query_clicks",
    "query_impressions",
)
_CHANCE: Final = (
    Answer(
        SIGNAL,
        _SEASON,
        rising=False,
        happened="Quieter than the half-year before, everywhere at once.",
        means="Business customers search and ask less in these weeks; the same weeks of last year look alike.",
        text="Season: nothing to do about it, and nothing to do because of it.",
    ),
    Answer(
        SIGNAL,
        _SEASON,
        rising=True,
        happened="Busier than the half-year before, everywhere at once.",
        means="People are back at their desks; the same weeks of last year look alike.",
        text="Season: welcome, but not our doing.",
    ),
    Answer(
        SIGNAL,
        (),
        happened="Looked through the week's rows: no single campaign, page or person stands out.",
        means="Nothing that we changed explains it. If it stays, it was more than chance.",
        text="No cause found after a quarter of an hour of looking. It comes back by itself if it lasts.",
    ),
    Answer(
        TARGET,
        (),
        happened="Missed for months, not just last week.",
        means="The target asks for another process, not for more effort in this one.",
        recommended="Change the process or the target; asking again each week changes neither.",
        text="Known. The owner brings a proposal when the target is due for review.",
    ),
)
ANSWERS: Final = (*_SITE, *_ADS, *_LEADS, *_SERVICE, *_CHANCE)
"""The first that fits is what is said."""
DROPPED: Final = ActionState.DROPPED
