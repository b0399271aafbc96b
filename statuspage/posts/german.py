"""Holding updates in German."""

from __future__ import annotations

import re

from statuspage.model import Status
from statuspage.posts.catalogue import PostCatalogue

_MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"

_INVESTIGATING = (
    "Seit {since} haben wir nichts Neues erfahren. Zu diesem Zeitpunkt schrieben wir: „{said}“ "
    "Wir suchen weiter nach der Ursache und melden uns bis {next} wieder.",
    "Die Ursache kennen wir noch nicht, deshalb gibt es seit {since} nichts zu ergänzen. Hier stand: „{said}“ "
    "Die Suche geht weiter. Bis {next} hören Sie wieder von uns.",
    "Wir haben seit {since} keine Neuigkeiten für Sie. Das war unser Stand: „{said}“ "
    "Unsere Leute sind weiter dran. Die nächste Meldung kommt bis {next}.",
    "Wir schulden Ihnen eine Meldung, und ehrlich gesagt wissen wir seit {since} nichts Neues. "
    "Vorher hieß es: „{said}“ Wir suchen, bis wir die Ursache haben. Schauen Sie um {next} wieder vorbei.",
    "Gefunden haben wir die Ursache noch nicht, und seit {since} ist uns nichts Neues bekannt. "
    "Sie lasen damals: „{said}“ Die Arbeit ruht nicht, und bis {next} sagen wir, wie es steht.",
    "Behoben ist es noch nicht, und seit {since} haben wir nichts herausgefunden. Kurz gesagt meldeten wir: „{said}“ "
    "Unser Team bleibt dabei. Um {next} melden wir uns erneut.",
    "Wir fragen uns weiter, woran es liegt, und haben seit {since} keine Antwort. Unsere Worte waren: „{said}“ "
    "Daran wird jetzt gearbeitet. Rechnen Sie bis {next} mit der nächsten Nachricht.",
    "Neue Erkenntnisse gibt es seit {since} nicht. Hier konnten Sie lesen: „{said}“ "
    "Wir forschen weiter nach und sind bis {next} wieder hier.",
)
_IDENTIFIED = (
    "Die Reparatur läuft, und seit {since} gibt es nichts Neues zu sagen. Wir schrieben da: „{said}“ "
    "Der nächste Bericht kommt bis {next}.",
    "Wir kennen die Ursache, doch behoben ist sie noch nicht. Neues kam seit {since} nicht herein. "
    "In unserer Notiz hieß es: „{said}“ Wir arbeiten daran und sagen Ihnen bis {next}, wie es läuft.",
    "Seit {since} haben wir keine Änderung zu melden. Das haben wir Ihnen geschrieben: „{said}“ "
    "Wir bringen es weiter in Ordnung. Wie weit wir sind, lesen Sie bis {next}.",
    "Fertig sind wir noch nicht, und neue Fakten haben wir seit {since} keine. Zu lesen war hier: „{said}“ "
    "Unser Team arbeitet weiter an der Lösung. Kommen Sie um {next} für die nächste Nachricht wieder.",
    "Wir arbeiten weiter an der Ursache, die wir gefunden haben. Mehr als um {since} können wir nicht sagen. "
    "Es war dies: „{said}“ Bis {next} sagen wir, wie es um die Reparatur steht.",
    "Die Sache braucht ihre Zeit, und seit {since} wissen wir von nichts Neuem. Wir hatten Ihnen gesagt: „{said}“ "
    "Die Arbeit daran geht weiter. Unsere nächste Meldung steht bis {next} hier.",
    "Seit {since} hat sich nichts ergeben, was wir Ihnen sagen könnten. In unserem Bericht stand: „{said}“ "
    "Die Ursache ist bekannt, und wir sind weiter dabei. Wir schreiben um {next} wieder, behoben oder nicht.",
)
_MONITORING = (
    "Eine Korrektur ist im Einsatz, und wir beobachten sie noch. Seit {since} gibt es nichts Neues zu berichten. "
    "Wir sagten es so: „{said}“ Bis {next} sagen wir, wie es aussieht.",
    "Wir behalten die Lösung im Auge, und seit {since} gibt es dazu nichts Neues. Sie lasen von uns: „{said}“ "
    "Wir wollen sicher sein, bevor wir sagen, dass es vorbei ist. Schauen Sie bitte um {next} noch einmal herein.",
    "Seit {since} ist nichts Neues bekannt. Das sagten wir Ihnen damals: „{said}“ "
    "Wir beobachten weiter und berichten bis {next}.",
    "Wir haben seit {since} nichts zu ergänzen. Über die Lösung schrieben wir: „{said}“ "
    "Unsere Leute prüfen weiter, ob sie hält. Bis {next} haben Sie unsere nächste Meldung.",
    "Die Lösung steht weiter unter Beobachtung, und seit {since} hatte niemand Neues für uns. "
    "So war der Stand: „{said}“ Wir schauen weiter hin und sagen Ihnen bis {next}, was wir gesehen haben.",
    "Wir wachen weiter über die Lösung und haben seit {since} keine neuen Erkenntnisse. Wir fassten es so: „{said}“ "
    "Das Nächste hören Sie von uns bis {next}.",
    "Über die Lösung wissen wir nicht mehr als um {since}. Unsere Nachricht war: „{said}“ "
    "Wir bleiben aufmerksam und schreiben hier um {next}.",
)
_SCHEDULED = (
    "Zu diesen geplanten Arbeiten haben wir seit {since} nichts Neues. Wir sagten dazu: „{said}“ "
    "Wir bereiten sie weiter vor und schreiben bis {next} darüber.",
    "Der Plan ist, wie wir ihn genannt haben, und seit {since} gibt es dazu keine Neuigkeit. "
    "Er lautete: „{said}“ Unsere Leute bereiten alles weiter vor. Die nächste Nachricht finden Sie hier bis {next}.",
    "Wir hatten Ihnen ein Wort zu diesen Arbeiten versprochen, haben aber seit {since} keines hinzuzufügen. "
    "Wir können nur dies wiederholen: „{said}“ Wir planen weiter. Bis {next} bekommen Sie eine neue Meldung.",
    "Von einer Änderung an diesen Arbeiten wissen wir seit {since} nichts. In unserer Ankündigung stand: „{said}“ "
    "Das Team ist weiter damit befasst. Wir sagen Ihnen bis {next}, ob sich am Plan etwas geändert hat.",
    "Über diese Arbeiten haben wir seit {since} nichts Neues gehört. Als wir schrieben, war es dies: „{said}“ "
    "Wir arbeiten weiter am Plan. Um {next} sind wir mit einer Meldung zurück.",
    "Seit {since} gibt es zum Plan keine frische Nachricht. Vielleicht haben Sie gelesen: „{said}“ "
    "Wer die Arbeiten vorbereitet, ist weiter dabei. Unsere nächste Notiz zum Plan kommt bis {next}.",
)
_IN_PROGRESS = (
    "Die geplanten Arbeiten laufen, und seit {since} gibt es davon nichts Neues. Wir sagten Ihnen dies: „{said}“ "
    "Unsere Leute sind dabei, und wir schreiben bis {next}.",
    "Wir sind noch mitten in diesen Arbeiten und haben seit {since} nichts Neues darüber. Da hieß es: „{said}“ "
    "Wie es läuft, können Sie bis {next} hier lesen.",
    "Fertig sind die Arbeiten noch nicht, und wir wissen nicht mehr als um {since}. Wir hatten dazu gesagt: „{said}“ "
    "Das Team macht weiter. Wo wir stehen, sagen wir Ihnen bis {next}.",
    "Von diesen Arbeiten gibt es seit {since} keine Nachricht. Die Meldung sagte: „{said}“ "
    "Alle Beteiligten sind noch beschäftigt. Die nächste Meldung dazu finden Sie um {next} hier.",
    "Von denen, die diese Arbeiten machen, haben wir seit {since} nichts Neues gehört. Wir sagten damals: „{said}“ "
    "Sie sind weiter am Werk, und was sie sagen, geben wir bis {next} weiter.",
    "Diese Arbeiten sind noch im Gange. Unserem Bericht haben wir seit {since} nichts hinzuzufügen. "
    "Der Bericht war: „{said}“ Wir machen weiter, und der nächste Bericht kommt um {next}.",
)
_VERIFYING = (
    "Wir prüfen noch, was gemacht wurde. Seit {since} können wir Ihnen nichts Neues sagen. "
    "Unsere Meldung war diese: „{said}“ Bis {next} sagen wir, wie es um die Prüfung steht.",
    "Die Prüfung geht weiter, und seit {since} haben wir kein Ergebnis für Sie. Sie bekamen von uns zu lesen: „{said}“ "
    "Unsere Leute sind damit befasst. Das nächste Wort zur Prüfung kommt bis {next}.",
    "Seit {since} hat die Prüfung nichts Neues gebracht, von dem wir wüssten. Wir schrieben darüber: „{said}“ "
    "Wir testen weiter und berichten um {next} erneut.",
    "Über die Prüfung wissen wir seit {since} nichts Neues. Was wir vorher schrieben: „{said}“ "
    "Wir gehen noch alles durch. Bis {next} sagen wir Ihnen, was sich gezeigt hat.",
    "Wir wollen sicher sein, dass alles stimmt, und das können wir noch nicht sagen. Neues kam seit {since} nicht. "
    "Das war unser Bericht: „{said}“ Die Tests laufen. Bis {next} melden wir uns hier.",
    "Die Arbeiten werden noch getestet, und mehr als um {since} haben wir nicht zu sagen. "
    "Wir fassten es so zusammen: „{said}“ Das Team ist dabei, und Sie hören bis {next}, wie es mit den Tests steht.",
)
_IN_PROGRESS_PAST_END = (
    "Diese Arbeiten dauern länger als geplant. Seit {since} haben wir nichts Neues darüber gehört. "
    "Unser Stand dazu war: „{said}“ Es wird weiter gearbeitet, und bis {next} sagen wir, wie weit wir sind.",
    "Das geplante Ende ist überschritten, und seit {since} wissen wir nichts Neues. Wir hatten berichtet: „{said}“ "
    "Unsere Leute arbeiten weiter. Die nächste Meldung bekommen Sie bis {next}.",
    "Die geplante Zeit ist vorbei, die Arbeit nicht. Hinzufügen können wir seit {since} nichts. "
    "Hier ist, was wir schrieben: „{said}“ Das Team bleibt, bis wir fertig sind. Schauen Sie um {next} nach Neuem.",
    "Wir wollten inzwischen fertig sein. Von den Arbeiten kam seit {since} keine neue Nachricht. "
    "Aus unserer Meldung von damals: „{said}“ Es geht weiter, und um {next} sagen wir Ihnen, wo wir stehen.",
    "Die Arbeiten brauchen mehr Zeit, als wir ihnen gaben, und sonst ist seit {since} nichts neu. "
    "Wir hatten es so gesagt: „{said}“ Wer daran arbeitet, ist noch nicht fertig. Wir sind bis {next} wieder da.",
    "Wir sind mit diesen Arbeiten im Verzug und können seit {since} kein neues Ende nennen. "
    "Unsere Notiz besagte: „{said}“ Wir bleiben dran. Bis {next} schreiben wir noch einmal.",
)
_VERIFYING_PAST_END = (
    "Die Prüfung dauert länger als geplant, und wir wissen nicht mehr als um {since}. Wir sagten darüber: „{said}“ "
    "Es wird noch getestet. Mehr von der Prüfung lesen Sie bis {next}.",
    "Das geplante Ende ist vorbei, und wir sind mit den Tests nicht durch. Ein Ergebnis gibt es seit {since} nicht. "
    "Vorher sagten wir Ihnen: „{said}“ Wir testen, bis wir sicher sind. Bis {next} sagen wir, was noch fehlt.",
    "Für die Prüfung hatten wir zu wenig Zeit vorgesehen. Seit {since} gibt es davon nichts Neues. "
    "Unsere Worte dazu waren: „{said}“ Unser Team prüft weiter, und wir schreiben um {next}.",
    "Wir sind später dran als geplant, weil wir noch prüfen. Seit {since} hatten wir nichts zu sagen. "
    "So stand es: „{said}“ Daran sind wir jetzt. Um {next} lesen Sie hier das nächste Wort.",
    "Wir dachten, die Tests wären jetzt vorbei. Seit {since} haben sie uns nichts Neues gezeigt. "
    "Bisher sagten wir: „{said}“ Sie laufen noch, und unser nächster Bericht dazu kommt bis {next}.",
    "Wir brauchen mehr Zeit als geplant, um sicher zu sein. Seit {since} haben wir nichts dazugelernt. "
    "Wir hatten geschrieben: „{said}“ Wir setzen die Prüfung fort und melden uns dazu bis {next}.",
)

GERMAN = PostCatalogue(
    by_status={
        Status.INVESTIGATING: _INVESTIGATING,
        Status.IDENTIFIED: _IDENTIFIED,
        Status.MONITORING: _MONITORING,
        Status.SCHEDULED: _SCHEDULED,
        Status.IN_PROGRESS: _IN_PROGRESS,
        Status.VERIFYING: _VERIFYING,
    },
    past_end={Status.IN_PROGRESS: _IN_PROGRESS_PAST_END, Status.VERIFYING: _VERIFYING_PAST_END},
    clock="{clock} Uhr",
    clock_and_zone="{clock} Uhr ({zone})",
    day="am {day}. {month}",
    months=tuple(_MONTHS.split()),
    zones={"CET": "MEZ", "CEST": "MESZ", "EET": "OEZ", "EEST": "OESZ"},
    unquotable=re.compile(
        r"\b(?:update|meldung|nachricht)\b.*\b(?:spät|verspätet)\b|\bbis \d{1,2}[:.]\d\d"
        r"|\bnächste[ns]? (?:update|meldung|nachricht)\b|\bmelden uns\b",
        re.IGNORECASE,
    ),
)
