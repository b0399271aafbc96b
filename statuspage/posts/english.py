"""Holding updates in English."""

from __future__ import annotations

import re

from statuspage.model import Status
from statuspage.posts.catalogue import PostCatalogue
from statuspage.render.words import MONTHS

_INVESTIGATING = (
    "Since {since} we have learned nothing new. Our update at that time said: “{said}” "
    "People are looking for the cause, and we will write again by {next}.",
    "We still do not know the cause, so there is nothing to add since {since}. What we told you then: “{said}” "
    "The search goes on. You will hear from us by {next}.",
    "We have no news for you since {since}. This is what we knew then: “{said}” "
    "Our people are still on it. The next update comes by {next}.",
    "We owe you an update, and all we can truly say is that we know nothing new since {since}. "
    "Back then we wrote: “{said}” We keep looking until we find the cause. Look here again at {next}.",
    "We have not found the cause yet, and nothing has come to light since {since}. "
    "In our update then you could read: “{said}” The work has not stopped, and by {next} we will say where it stands.",
    "It is not fixed, and we have found out nothing new since {since}. In short, this was our report: “{said}” "
    "Our team stays with it. At {next} we speak again.",
    "We are still asking why this happens, and we have had no answer since {since}. Our words at that time: “{said}” "
    "Someone is working on it now. Expect the next word by {next}.",
    "There is no new finding since {since}. What you could read here: “{said}” "
    "We go on with the search, and we will be back here by {next}.",
)
_IDENTIFIED = (
    "The repair goes on, and there is nothing new to tell since {since}. We said then: “{said}” "
    "The next report comes by {next}.",
    "We know the cause, but it is not put right yet. Nothing new has come in since {since}. "
    "Our note at that time read: “{said}” People are at work on it, and we will tell you how it goes by {next}.",
    "There is no change to report since {since}. Here is what we wrote: “{said}” "
    "We are still putting it right. You will read how far we are by {next}.",
    "The fix is not done, and we have no new facts since {since}. The last person to write here said: “{said}” "
    "Our team keeps working on the fix. Come back at {next} for the next word.",
    "We are still at work on the cause that we found. There is no more to say than at {since}. It was this: “{said}” "
    "By {next} we will say how the repair stands.",
    "To put this right takes time, and we know of nothing new since {since}. We had told you: “{said}” "
    "The people on it carry on. Our next message is here by {next}.",
    "Since {since} nothing has changed that we could tell you about. Our report said: “{said}” "
    "The cause is known, and the work on it has not stopped. We write again at {next}, fixed or not.",
)
_MONITORING = (
    "A fix is in place, and we are still watching it. There is nothing new to report since {since}. "
    "We put it this way: “{said}” By {next} we will say how it looks.",
    "We keep an eye on the fix, and there is no news of it since {since}. Our update from then told you: “{said}” "
    "We want to be sure before we say that it is over. Please look in again at {next}.",
    "Nothing new is known since {since}. What you were told then: “{said}” "
    "We are watching the fix, and we will report by {next}.",
    "We have nothing to add since {since}. We then said of the fix: “{said}” "
    "Our people are still checking that it lasts. By {next} you will have our next update.",
    "The fix is still being watched, and no one has had news for us since {since}. The state of things then: “{said}” "
    "We keep on watching, and by {next} we tell you what we saw.",
    "Our watch over the fix goes on, and we have no new findings since {since}. We had put it like this: “{said}” "
    "The next that you hear from us comes by {next}.",
    "We do not know more about the fix than we did at {since}. Our message was: “{said}” "
    "We stay on watch, and we write here at {next}.",
)
_SCHEDULED = (
    "We have nothing new about this planned work since {since}. We said at the time: “{said}” "
    "We are still getting it ready, and we will write about it by {next}.",
    "The plan is as we told you, and there is no news of it since {since}. It read: “{said}” "
    "Our people keep making things ready for it. Look for the next word by {next}.",
    "We promised you a word about this work, and we have none to add since {since}. "
    "So we can only say this once more: “{said}” We go on with our plans. You will get an update by {next}.",
    "We know of no change to this planned work since {since}. Our notice said: “{said}” "
    "The team is still on it. We will tell you by {next} if the plan has changed.",
    "We have heard nothing new about this work since {since}. When we wrote, it was this: “{said}” "
    "We keep working on the plan. At {next} we will be back with an update.",
    "Since {since} there is no fresh news of the plan. You may have read: “{said}” "
    "Those who get it ready are still at it. Our next note on the plan comes by {next}.",
)
_IN_PROGRESS = (
    "The planned work goes on, and there is nothing new to say of it since {since}. We told you this: “{said}” "
    "Our people are at it, and we will write by {next}.",
    "We are still doing this work, and we have had no news of it since {since}. As we put it then: “{said}” "
    "You can read how it goes here by {next}.",
    "The work is not done yet, and we know no more than at {since}. What we have said of it: “{said}” "
    "The team carries on with it. We tell you where we are by {next}.",
    "There is no news from this work since {since}. The update of that time said: “{said}” "
    "The people who do it are still busy. Look here at {next} for the next one.",
    "We have heard nothing new from those who do this work since {since}. We had said about it: “{said}” "
    "They are still at it, and we pass on what they say by {next}.",
    "This work is still under way. We have nothing to put into our report since {since}. That report was: “{said}” "
    "We keep going, and the next report comes at {next}.",
)
_VERIFYING = (
    "We are still checking what was done. There is nothing new to tell you since {since}. "
    "Our update then was this: “{said}” We will say by {next} how the checks stand.",
    "The checks go on, and we have no result to share since {since}. You were told: “{said}” "
    "Our people are on them. The next word on the checks comes by {next}.",
    "Since {since} the checks have brought no news that we know of. We wrote of them: “{said}” "
    "We keep testing, and we will report again at {next}.",
    "We know nothing new about the checks since {since}. What we wrote before: “{said}” "
    "People are still going through them. By {next} we will tell you what they have shown.",
    "We want to be sure that all is well, and we cannot say so yet. No news has come since {since}. "
    "This was our report from then: “{said}” The testing goes on. We will be in touch here by {next}.",
    "This work is still being tested, and we have no more to say than at {since}. We summed it up like this: “{said}” "
    "The team is on it, and you will hear how the tests go by {next}.",
)
_IN_PROGRESS_PAST_END = (
    "This work takes longer than we planned. We have no word on it since {since}. We told you before: “{said}” "
    "People are still doing it, and we will say by {next} how far they are.",
    "We have run past our planned end, and we know nothing new since {since}. What we said was this: “{said}” "
    "Our people work on. You get the next update by {next}.",
    "The time that we planned is over, and the work is not. We can add nothing since {since}. "
    "Here is what we wrote of it: “{said}” The team stays until we say that it is done. Look in at {next} for news.",
    "We planned to be done by now. There is no fresh word from the work since {since}. "
    "From our update then: “{said}” It goes on, and at {next} we will tell you where we stand.",
    "The work needs more time than we gave it, and nothing else is new since {since}. We had put it so: “{said}” "
    "Those who do it are not done. We will be here again by {next}.",
    "We are late with this work, and we have no new end to name since {since}. Our note said: “{said}” "
    "We keep at it. By {next} we will write once more.",
)
_VERIFYING_PAST_END = (
    "The checks take longer than we planned, and we know no more than we did at {since}. We said of them: “{said}” "
    "People are still testing. You will read more of the checks by {next}.",
    "Our planned end has passed, and we are not through with the tests. There is no result since {since}. "
    "We told you earlier: “{said}” The tests go on until we are sure. We will let you know by {next} how far they are.",
    "We gave the checks too little time. We have no news of them since {since}. Our words about them were: “{said}” "
    "Our team goes on with them, and we write at {next}.",
    "The work runs late, as we are still checking it. We have had nothing to tell since {since}. "
    "It stood like this: “{said}” Someone is on the checks now. At {next} you can read the next word here.",
    "We thought that the tests would be over by now. Since {since} they have told us nothing new. "
    "So far we have said: “{said}” They are still running, and our next report on them comes by {next}.",
    "It takes us more time than planned to be sure. We have learned no more since {since}. "
    "We had written: “{said}” We go on with the checks, and you can read of them here by {next}.",
)

ENGLISH = PostCatalogue(
    by_status={
        Status.INVESTIGATING: _INVESTIGATING,
        Status.IDENTIFIED: _IDENTIFIED,
        Status.MONITORING: _MONITORING,
        Status.SCHEDULED: _SCHEDULED,
        Status.IN_PROGRESS: _IN_PROGRESS,
        Status.VERIFYING: _VERIFYING,
    },
    past_end={Status.IN_PROGRESS: _IN_PROGRESS_PAST_END, Status.VERIFYING: _VERIFYING_PAST_END},
    clock="{clock}",
    clock_and_zone="{clock} {zone}",
    day="on {day} {month}",
    months=tuple(MONTHS),
    zones={},
    unquotable=re.compile(
        r"\bupdate (?:is|comes|came)\b.*\blate\b|(?:\bwill|['’]ll)\b.*\d{1,2}[:.]\d\d|\bnext (?:update|word)\b",
        re.IGNORECASE,
    ),
)
