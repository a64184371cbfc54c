"""Mail leaves from here: after the commit, outside any request, again if it must."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from harmonia.commons.notices.models import MAIL, Notice

PAUSES = [timedelta(minutes=m) for m in (5, 20, 80, 320, 1280)]  # between tries; then it is given up
HUNG = timedelta(minutes=15)  # longer than any mail server takes to answer


@task()
def deliver_many(notices: list[int]) -> int:
    """Mail these notices, one after the other; returns how many were sent.

    A sweep is planned first: should this process die half way, the rest still goes out.
    """
    if retry.get_backend().supports_defer:
        retry.using(run_after=timezone.now() + HUNG + PAUSES[0]).enqueue()
    return sum(deliver.call(notice) == "sent" for notice in notices)


@task()
def deliver(notice: int) -> str:
    """Mail one notice, once; returns the state of its mail, "" if there was nothing to send."""
    ready = [state for state, goals in MAIL.steps.items() if "sending" in goals]
    claimed = Notice.objects.filter(pk=notice, mail_state__in=ready).update(
        mail_state="sending", mail_tries=F("mail_tries") + 1, mail_tried_at=timezone.now()
    )
    if not claimed:
        return ""
    found = Notice.objects.select_related("person").get(pk=notice)
    try:
        _mail(found).send()
    except (OSError, ValueError) as error:  # what smtplib, sockets and unfit addresses raise
        return _failed(found, f"{type(error).__name__}: {error}")
    return _close(found, "sent", "")


def _mail(notice: Notice) -> EmailMessage:
    with translation.override(notice.person.language or settings.LANGUAGE_CODE):
        parts = [_("Hello %(name)s,") % {"name": notice.person.name}, notice.text]
        if notice.link:
            parts.append(_address(notice.link))
        why = _("You hear this by mail because you chose so. Change it here: %(link)s")
        parts.append(why % {"link": _address("/notices/preferences/")})
    return EmailMessage(notice.subject, "\n\n".join(parts) + "\n", to=[notice.person.email or ""])


def _address(path: str) -> str:
    return f"{settings.CONFIG.site_address}{path}"


def _failed(notice: Notice, reason: str) -> str:
    tries = notice.mail_tries
    if tries > len(PAUSES):
        return _close(notice, "lost", reason)
    state = _close(notice, "failed", reason)
    if deliver.get_backend().supports_defer:
        deliver.using(run_after=timezone.now() + PAUSES[tries - 1]).enqueue(notice.pk)
    return state


def _close(notice: Notice, state: str, reason: str) -> str:
    MAIL.check(notice.mail_state, state)
    Notice.objects.filter(pk=notice.pk).update(mail_state=state, mail_error=reason[:200])
    return state


@task()
def retry() -> int:
    """Send what a crash or a missing worker left behind; returns how many mails were tried."""
    now = timezone.now()
    hung = Notice.objects.filter(mail_state="sending", mail_tried_at__lt=now - HUNG)
    hung.update(mail_state="failed", mail_error="the worker stopped while sending")
    left = Notice.objects.filter(
        Q(mail_state="waiting", at__lt=now - HUNG)
        | Q(mail_state="failed", mail_tried_at__lt=now - PAUSES[-1])
    )
    numbers = list(left.order_by("at").values_list("pk", flat=True)[:500])
    return sum(bool(deliver.call(number)) for number in numbers)
