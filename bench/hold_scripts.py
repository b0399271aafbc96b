"""What voices are measured by: ten messages in English and two in German, and the facts that a caller must hear."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One message as the program would word it."""

    language: str
    sentences: tuple[str, ...]
    facts: tuple[str, ...] = ()
    """Phrases of it: what is affected, times, addresses, what to do."""


def _english(*sentences: str, facts: tuple[str, ...]) -> Script:
    return Script(language="en", sentences=sentences, facts=facts)


SCRIPTS = (
    _english(
        "We know about the problem with card payments.",
        "About one payment in three fails.",
        "You can still pay by bank transfer.",
        "Our next update comes at two thirty p.m. Pacific time.",
        "If you are calling about something else, please stay on the line.",
        facts=(
            "card payments",
            "one payment in three",
            "pay by bank transfer",
            "two thirty pm",
            "pacific time",
            "stay on the line",
        ),
    ),
    _english(
        "We know about the problem with signing in.",
        "Some customers cannot sign in right now.",
        "You do not need to reset your password.",
        "Expect the next update at four fifteen p.m. Eastern time.",
        "You can follow it at status dot acme dot com.",
        facts=(
            "signing in",
            "cannot sign in",
            "reset your password",
            "four fifteen pm",
            "eastern time",
            "status dot acme dot com",
        ),
    ),
    _english(
        "New since nine oh five: we have found what is wrong with refunds.",
        "Orders and deliveries are not affected.",
        "Expect the next update at ten a.m. London time.",
        "You can hang up now, or stay on the line for anything else.",
        facts=(
            "nine oh five",
            "refunds",
            "orders and deliveries",
            "not affected",
            "ten am",
            "london time",
        ),
    ),
    _english(
        "Until the problem with the dashboard is fixed: Use the mobile app to see your balance.",
        "Everything else is working normally.",
        "We will tell you more at eleven forty a.m. Central time.",
        "To ask about anything else, just stay on the line.",
        facts=(
            "the dashboard",
            "use the mobile app",
            "see your balance",
            "eleven forty am",
            "central time",
        ),
    ),
    _english(
        "We know about two problems.",
        "You cannot use text messages right now.",
        "You may find search slow or unreliable.",
        "Our next update comes at noon Irish time.",
        "If you are calling about something else, please stay on the line.",
        facts=(
            "two problems",
            "text messages",
            "slow or unreliable",
            "noon",
            "irish time",
        ),
    ),
    _english(
        "We are doing planned work on the online shop.",
        "You may be unable to order until it is done.",
        "We plan to finish by six p.m. Central European time.",
        "You can also read the news at help dot example dot org.",
        facts=(
            "planned work",
            "the online shop",
            "unable to order",
            "six pm",
            "help dot example dot org",
        ),
    ),
    _english(
        "The problem with phone calls has been fixed since four o'clock Indian time.",
        "If you still hear nothing, please switch your phone off and on again.",
        "If you still see it, please stay on the line.",
        facts=(
            "phone calls",
            "has been fixed",
            "four o'clock",
            "switch your phone off",
            "stay on the line",
        ),
    ),
    _english(
        "We know about the problem with deliveries in our eastern region.",
        "Parcels arrive about one day late.",
        "Nothing is lost, and you keep your place.",
        "Our next update comes at eight twenty a.m. Mountain time.",
        facts=(
            "deliveries",
            "eastern region",
            "one day late",
            "nothing is lost",
            "eight twenty am",
            "mountain time",
        ),
    ),
    _english(
        "We are still fixing the problem with invoices.",
        "Please do not pay twice.",
        "Your account is safe.",
        "Expect the next update at five fifty-five p.m. universal time.",
        "You can hang up now, or stay on the line for anything else.",
        facts=(
            "invoices",
            "do not pay twice",
            "your account is safe",
            "five fifty five pm",
            "universal time",
        ),
    ),
    _english(
        "We know about the problem with the video service.",
        "About half of our customers see no picture.",
        "Calls without video still work.",
        "We will tell you more at one ten p.m. Japanese time.",
        facts=(
            "the video service",
            "half of our customers",
            "no picture",
            "one ten pm",
            "japanese time",
        ),
    ),
    Script(
        language="de",
        sentences=(
            "Wir kennen das Problem mit Kartenzahlungen.",
            "Etwa eine von drei Zahlungen schlägt fehl.",
            "Zahlen Sie bitte per Überweisung.",
            "Die nächste Meldung kommt um vierzehn Uhr dreißig mitteleuropäischer Zeit.",
            "Wenn Sie wegen etwas anderem anrufen, bleiben Sie bitte in der Leitung.",
        ),
    ),
    Script(
        language="de",
        sentences=(
            "Wir beheben noch das Problem mit der Anmeldung.",
            "Ihr Konto ist sicher, und Sie müssen Ihr Passwort nicht ändern.",
            "Rechnen Sie mit der nächsten Meldung um neun Uhr fünfzehn mitteleuropäischer Zeit.",
            "Sie können jetzt auflegen oder für andere Fragen in der Leitung bleiben.",
        ),
    ),
)
