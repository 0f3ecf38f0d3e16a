#pragma once

#include "core/base/Id.h"
#include "core/base/MailState.h"
#include "core/console/orders/Members.h"

#include <tuple>

namespace warder {

/// A mail of the outbox, or the request for one. What it says is nobody's but its recipient's.
struct MailView
{
    Id id;                  ///< Also its Message-ID.
    QString kind;           ///< "verify_email"; of a request what was asked for: "forgot_password".
    bool isRequest = false; ///< Nobody has looked yet whether there is somebody to write to.
    QString recipient;
    std::optional<Id> user;
    QString language; ///< Empty: `mail.language`.
    MailState state = MailState::Queued;
    int attempts = 0;
    TimePoint createdAt;
    std::optional<TimePoint> dueAt; ///< When it is tried next; only of one that waits.
    std::optional<TimePoint> endedAt;
    TimePoint useBy;       ///< From then on it is not sent any more.
    QString lastLine;      ///< What the mail server said last, or why it was dropped; English. Empty: nothing yet.
    bool mayRetry = false; ///< RetryMails would have it tried at once.
    bool mayDrop = false;

    bool operator==(const MailView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("id"_L1, v.id, "kind"_L1, v.kind, "is_request"_L1, v.isRequest, "recipient"_L1, v.recipient, "user"_L1, v.user, "language"_L1,
              v.language, "state"_L1, v.state, "attempts"_L1, v.attempts, "created_at"_L1, v.createdAt, "due_at"_L1, v.dueAt, "ended_at"_L1,
              v.endedAt, "use_by"_L1, v.useBy, "last_line"_L1, v.lastLine, "may_retry"_L1, v.mayRetry, "may_drop"_L1, v.mayDrop);
    }
};

/// Where mails go, and how they fare.
struct MailOverview
{
    QString transport;          ///< "smtp", as the setting.
    QString place;              ///< In words: "the mail server smtp.example.com:587".
    QString from;               ///< The address that mails are from.
    QString whyNot;             ///< Why nothing can be sent as the settings are; empty: it can. English.
    QStringList warnings;       ///< Of the settings, in English, a sentence each.
    QStringList templateFaults; ///< Of templates of one's own, a line each; the built-in ones are used in their place.
    QString templateFolder;
    QStringList kinds;     ///< For PreviewMail.
    QStringList languages; ///< In which there are texts.
    QString language;      ///< Of people of whom nobody knows theirs.
    qint64 queued = 0;     ///< How many are in each state.
    qint64 sending = 0;
    qint64 sent = 0; ///< These within the last week.
    qint64 dropped = 0;
    qint64 failed = 0;
    qint64 sentLastHour = 0;
    qint64 mostAnHour = 0;

    static void members(auto &visit, auto &v)
    {
        visit("transport"_L1, v.transport, "place"_L1, v.place, "from"_L1, v.from, "why_not"_L1, v.whyNot, "warnings"_L1, v.warnings,
              "template_faults"_L1, v.templateFaults, "template_folder"_L1, v.templateFolder, "kinds"_L1, v.kinds, "languages"_L1,
              v.languages, "language"_L1, v.language, "queued"_L1, v.queued, "sending"_L1, v.sending, "sent"_L1, v.sent, "dropped"_L1,
              v.dropped, "failed"_L1, v.failed, "sent_last_hour"_L1, v.sentLastHour, "most_an_hour"_L1, v.mostAnHour);
    }
};

/// What became of a test mail.
struct MailTestView
{
    bool sent = false;
    int code = 0; ///< The mail server's last answer; 0: it gave none.
    QString line; ///< That answer, or what went wrong, in English.
    QString place;

    static void members(auto &visit, auto &v) { visit("sent"_L1, v.sent, "code"_L1, v.code, "line"_L1, v.line, "place"_L1, v.place); }
};

/// What a mail looks like, with made-up values.
struct MailPreview
{
    QString subject;
    QString text;
    QString html;

    static void members(auto &visit, auto &v) { visit("subject"_L1, v.subject, "text"_L1, v.text, "html"_L1, v.html); }
};

using ReadMail = OrderFor<MailOverview, "mail.read">;

/// Newest first.
struct ListMails : OrderFor<PageOf<MailView>, "mail.list">
{
    static constexpr bool onlyReads = true;
    QString text = {}; ///< A part of the recipient's address (TextMatcher).
    std::optional<MailState> state = {};
    QString cursor = {};
    int limit = 0; ///< 1–500.

    static void members(auto &visit, auto &v) { visit("text"_L1, v.text, "state"_L1, v.state, "cursor"_L1, v.cursor, "limit"_L1, v.limit); }
};

struct FindMail : OrderFor<MailView, "mail.find">
{
    Id mail;
    static void members(auto &visit, auto &v) { visit("mail"_L1, v.mail); }
};

/// Those that wait or failed are tried at once, as if for the first time; nothing becomes of others. Answers how many. Of one alone that
/// may not be tried: NotFound, or Conflict with why.
struct RetryMails : OrderFor<int, "mail.retry">
{
    QList<Id> mails; ///< At most 1000.
    static void members(auto &visit, auto &v) { visit("mails"_L1, v.mails); }
};

/// Those that wait or failed are never sent; otherwise the same.
struct DropMails : OrderFor<int, "mail.drop">
{
    QList<Id> mails;
    static void members(auto &visit, auto &v) { visit("mails"_L1, v.mails); }
};

/// Hands a test mail over at once, beside the outbox, and waits for what becomes of it, half a minute at most. Conflict where
/// `mail.transport` is off, InvalidInput for what is no address.
struct SendTestMail : OrderFor<MailTestView, "mail.test">
{
    QString to;
    QString language = {}; ///< Empty: `mail.language`.
    static void members(auto &visit, auto &v) { visit("to"_L1, v.to, "language"_L1, v.language); }
};

struct PreviewMail : OrderFor<MailPreview, "mail.preview">
{
    QString kind;
    QString language = {}; ///< Empty: `mail.language`.
    static void members(auto &visit, auto &v) { visit("kind"_L1, v.kind, "language"_L1, v.language); }
};

using MailOrders = std::tuple<ReadMail, ListMails, FindMail, RetryMails, DropMails, SendTestMail, PreviewMail>;

} // namespace warder
